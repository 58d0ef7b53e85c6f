#include "firmware/province/adapters/card_service/inner_string.hpp"

#include <algorithm>
#include <set>

#include "firmware/base/encoding.hpp"

namespace liqu::province::card_service {
namespace {

constexpr std::size_t longestName = 96;
constexpr std::string_view ideographicSpace = "\xE3\x80\x80";

tl::unexpected<Error> malformed(std::string why) {
    return fail(ErrorCode::provinceReplyMalformed, "the string inside: " + std::move(why));
}
tl::unexpected<Error> unsendable(std::string why) {
    return fail(ErrorCode::provinceNeedsStaff, "not sent: " + std::move(why));
}

bool isControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view plain("\r\n \t\0", 5);
    while (true) {
        const std::size_t before = text.size();
        while (!text.empty() && plain.find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        while (!text.empty() && plain.find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        if (text.starts_with(ideographicSpace)) text.remove_prefix(ideographicSpace.size());
        if (text.ends_with(ideographicSpace)) text.remove_suffix(ideographicSpace.size());
        if (text.size() == before) return text;
    }
}

// One line without its end; a CR stands before a LF only.
Result<std::string_view> takeLine(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (std::ranges::any_of(line, isControl)) return malformed("a control character in a row");
    return line;
}

std::vector<std::string_view> cellsOf(std::string_view line) {
    std::vector<std::string_view> cells;
    while (true) {
        const std::size_t comma = line.find(',');
        cells.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) return cells;
        line.remove_prefix(comma + 1);
    }
}

class Scanner {
  public:
    Scanner(std::string_view text, EndTags endTags) : rest_(text), endTags_(endTags) {}

    Result<InnerReply> read() {
        InnerReply reply;
        while (rest_.starts_with('<')) TRY(field(reply));
        if (rest_.empty()) return reply;
        if (!rest_.starts_with('\r') && !rest_.starts_with('\n'))
            return malformed("text outside its tags");
        TRY(table(reply));
        return reply;
    }

  private:
    Result<void> field(InnerReply& reply) {
        const std::string_view name = TRY(tagName());
        const std::size_t end = rest_.find('<');
        if (end == std::string_view::npos) return malformed("a tag without its end");
        const std::string_view value = rest_.substr(0, end);
        rest_.remove_prefix(end);
        if (!rest_.starts_with("</")) return malformed("a tag inside another");
        std::string_view endName = TRY(tagName());
        endName.remove_prefix(1);
        const bool same =
            endTags_ == EndTags::strict ? endName == name : plainName(endName) == plainName(name);
        if (!same) return malformed("a tag ends as another");
        if (value.size() > longestValue) return malformed("a value is too long");
        if (std::ranges::any_of(value, isControl)) return malformed("a control character");
        if (reply.fields.size() == mostFields) return malformed("too many fields");
        std::string plain = plainName(name);
        if (!seen_.insert(plain).second) return malformed("a field twice");
        reply.fields.push_back({std::move(plain), PersonalText(std::string(value))});
        return {};
    }

    // From `<` to behind `>`; of an end tag with its slash.
    Result<std::string_view> tagName() {
        const std::size_t end = rest_.find_first_of("<>\r\n", 1);
        if (end == std::string_view::npos || rest_[end] != '>') return malformed("a broken tag");
        const std::string_view name = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        const std::size_t least = name.starts_with('/') ? 2 : 1;
        if (name.size() < least || name.size() > longestName || plainName(name).empty())
            return malformed("a tag without a name");
        if (std::ranges::any_of(name, isControl)) return malformed("a broken tag");
        return name;
    }

    Result<void> table(InnerReply& reply) {
        if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
        if (!rest_.starts_with('\n')) return malformed("a line that ends with CR alone");
        rest_.remove_prefix(1);
        if (rest_.find_first_of("<>\"") != std::string_view::npos)
            return malformed("tags or quotes in its table");
        if (trimmed(rest_).empty()) return {};
        std::set<std::string> names;
        for (const std::string_view name : cellsOf(TRY(takeLine(rest_)))) {
            reply.columns.push_back(plainName(name));
            const bool good = !reply.columns.back().empty() && name.size() <= longestName;
            if (!good || !names.insert(reply.columns.back()).second)
                return malformed("a column without a name of its own");
        }
        if (reply.columns.size() > mostColumns) return malformed("too many columns");
        while (!rest_.empty()) {
            const std::string_view line = TRY(takeLine(rest_));
            if (line.empty()) continue;
            TRY(row(reply, line));
        }
        return {};
    }

    Result<void> row(InnerReply& reply, std::string_view line) const {
        if (reply.rows.size() == mostRows) return malformed("too many rows");
        const auto cells = cellsOf(line);
        if (cells.size() != reply.columns.size())
            return malformed("a row with another number of columns");
        std::vector<PersonalText>& row = reply.rows.emplace_back();
        for (const std::string_view cell : cells) row.emplace_back(std::string(cell));
        return {};
    }

    std::string_view rest_;
    EndTags endTags_;
    std::set<std::string> seen_;
};

// Full-width digits, brackets and letters stand at U+FF01 and on, as their ASCII ones do at 21.
bool isForeignForm(char32_t point) {
    return point == 0xFF08 || point == 0xFF09 || (point >= 0xFF10 && point <= 0xFF19);
}

std::string withPlainForms(std::string_view text) {
    std::string plain;
    for (const char32_t point : codePointsOf(text))
        plain += utf8Of(isForeignForm(point) ? point - 0xFF01 + 0x21 : point);
    return plain;
}

// GB 18030 has these beside GBK: FE50 to FEA0, and 25 signs.
bool isOutsideGbk(std::uint8_t lead, std::uint8_t trail) {
    switch (lead) {
        case 0xFE:
            return trail >= 0x50 && trail <= 0xA0;
        case 0xA2:
            return trail == 0xE3;
        case 0xA6:
            return (trail >= 0xD9 && trail <= 0xDF) || trail == 0xEC || trail == 0xED ||
                   trail == 0xF3;
        case 0xA8:
            return trail == 0xBC || trail == 0xBF;
        case 0xA9:
            return trail >= 0x89 && trail <= 0x95;
        default:
            return false;
    }
}

}  // namespace

const PersonalText* InnerReply::field(std::string_view name) const {
    const auto found = std::ranges::find(fields, plainName(name), &InnerField::name);
    return found == fields.end() ? nullptr : &found->value;
}

const PersonalText* InnerReply::cell(std::size_t row, std::string_view column) const {
    const auto found = std::ranges::find(columns, plainName(column));
    if (found == columns.end() || row >= rows.size()) return nullptr;
    return &rows[row][static_cast<std::size_t>(found - columns.begin())];
}

std::string plainName(std::string_view name) {
    std::string plain = withPlainForms(name);
    while (plain.ends_with('*')) plain.pop_back();
    return plain;
}

std::string plainText(std::string_view text) {
    return withPlainForms(trimmed(text));
}

Result<InnerReply> readInner(std::string_view text, EndTags endTags) {
    if (text.size() > longestInner) return malformed("too long");
    // The end of a table is its last line break; only what stands before is trimmed here.
    const std::string_view all = trimmed(text);
    if (all.empty() || all == "null") return malformed("empty");
    if (all.starts_with('<')) return Scanner(all, endTags).read();
    if (all.find_first_of("<>") != std::string_view::npos) return malformed("a word with tags");
    if (std::ranges::any_of(all, isControl)) return malformed("a control character in a word");
    InnerReply reply;
    reply.word = PersonalText(std::string(all));
    return reply;
}

Result<void> InnerWriter::field(std::string_view name, std::string_view value) {
    if (value.find_first_of("<>&") != std::string_view::npos ||
        std::ranges::any_of(value, isControl))
        return unsendable("a value with a sign that means something there");
    TRY(lengthInGbk(value));
    const std::string tag(name);
    text_ += "<" + tag + ">" + std::string(value) + "</" + tag + ">";
    return {};
}

Result<void> InnerWriter::row(const std::vector<PersonalText>& cells) {
    std::string line;
    for (const PersonalText& one : cells) {
        const std::string& cell = one.reveal();
        if (cell.find_first_of("<>&,\"") != std::string::npos ||
            std::ranges::any_of(cell, isControl))
            return unsendable("a cell with a sign that means something there");
        TRY(lengthInGbk(cell));
        if (&one != &cells.front()) line += ',';
        line += cell;
    }
    text_ += (inTable_ ? "" : "\r\n") + line + "\r\n";
    wipe(line);
    inTable_ = true;
    return {};
}

PersonalText InnerWriter::take() {
    PersonalText whole(std::move(text_));
    text_.clear();
    inTable_ = false;
    return whole;
}

Result<std::size_t> lengthInGbk(std::string_view utf8) {
    auto bytes = gb18030FromUtf8(utf8);
    if (!bytes) return unsendable("a character that GBK has not");
    bool foreign = false;
    for (std::size_t at = 0; at < bytes->size(); at += (*bytes)[at] < 0x80 ? 1 : 2) {
        if ((*bytes)[at] < 0x80) continue;
        foreign =
            foreign || at + 1 >= bytes->size() || isOutsideGbk((*bytes)[at], (*bytes)[at + 1]);
    }
    const std::size_t length = bytes->size();
    wipe(*bytes);
    if (foreign) return unsendable("a character that GBK has not");
    return length;
}

std::string cutToGbk(std::string_view utf8, std::size_t most) {
    std::string kept;
    std::size_t length = 0;
    for (const char32_t point : codePointsOf(utf8)) {
        std::string one = utf8Of(point);
        const auto size = lengthInGbk(one);
        if (!size) one = "?";
        const std::size_t more = size.value_or(1);
        if (length + more > most) break;
        length += more;
        kept += one;
    }
    return kept;
}

}  // namespace liqu::province::card_service
