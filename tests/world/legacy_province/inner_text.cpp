#include "tests/world/legacy_province/inner_text.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::size_t mostBytes = 256 * 1024;
constexpr std::size_t mostFields = 200;

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
}

// Where the element's value ends and where the text goes on; none where no end tag fits.
struct Ending {
    std::size_t value, next;
};
std::optional<Ending> endOf(std::string_view text, std::string_view name, std::size_t from,
                            InnerReading reading) {
    for (std::size_t at = text.find("</", from); at != std::string_view::npos;
         at = text.find("</", at + 2)) {
        const std::size_t close = text.find('>', at);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view end = text.substr(at + 2, close - at - 2);
        const bool fits =
            reading == InnerReading::strict ? end == name : plainName(end) == plainName(name);
        if (fits) return Ending{at, close + 1};
        if (reading == InnerReading::strict) return std::nullopt;
    }
    return std::nullopt;
}

tl::expected<std::vector<TableRow>, std::string> readTable(std::string_view text,
                                                           InnerReading reading) {
    std::vector<TableRow> rows;
    while (!text.empty()) {
        std::size_t end = text.find('\n');
        if (end == std::string_view::npos) end = text.size();
        std::string_view line = text.substr(0, end);
        const bool last = end == text.size();
        text.remove_prefix(last ? end : end + 1);
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        } else if (reading == InnerReading::strict && !last) {
            return tl::unexpected<std::string>("a line of the table ends without CR");
        }
        if (line.find('\r') != std::string_view::npos) {
            return tl::unexpected<std::string>("a CR inside a line of the table");
        }
        if (line.empty() && text.empty()) break;
        if (line.empty()) return tl::unexpected<std::string>("an empty line in the table");
        rows.push_back(cellsOf(line));
    }
    return rows;
}

}  // namespace

const std::string* InnerText::find(std::string_view name) const {
    const auto found =
        std::ranges::find_if(fields, [&](const InnerField& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &found->value;
}

std::string InnerText::valueOf(std::string_view name) const {
    const std::string* const value = find(name);
    return value == nullptr ? std::string() : *value;
}

std::string plainName(std::string_view name) {
    std::string plain(name);
    replaceAll(plain, "（", "(");
    replaceAll(plain, "）", ")");
    while (!plain.empty() && plain.back() == '*') plain.pop_back();
    return plain;
}

TableRow cellsOf(std::string_view line) {
    TableRow cells;
    for (std::size_t comma = line.find(','); comma != std::string_view::npos;
         comma = line.find(',')) {
        cells.emplace_back(line.substr(0, comma));
        line.remove_prefix(comma + 1);
    }
    cells.emplace_back(line);
    return cells;
}

tl::expected<InnerText, std::string> readInner(std::string_view text, InnerReading reading) {
    if (text.size() > mostBytes) return tl::unexpected<std::string>("the text is too long");
    InnerText inner;
    std::size_t at = 0;
    while (at < text.size() && text[at] == '<') {
        const std::size_t close = text.find('>', at);
        if (close == std::string_view::npos) return tl::unexpected<std::string>("a tag is cut");
        const std::string name(text.substr(at + 1, close - at - 1));
        if (name.empty() || name.find_first_of("<\r\n/") != std::string::npos) {
            return tl::unexpected<std::string>("no name of a field: " + name);
        }
        const auto ending = endOf(text, name, close + 1, reading);
        if (!ending) return tl::unexpected<std::string>("no end tag of its own: " + name);
        std::string value(text.substr(close + 1, ending->value - close - 1));
        if (value.find_first_of("<>&\r\n") != std::string::npos) {
            return tl::unexpected<std::string>("a value that breaks the text: " + name);
        }
        if (inner.find(name) != nullptr) {
            return tl::unexpected<std::string>("a field comes twice: " + name);
        }
        inner.fields.push_back({name, std::move(value)});
        if (inner.fields.size() > mostFields) {
            return tl::unexpected<std::string>("too many fields");
        }
        at = ending->next;
    }
    if (inner.fields.empty()) return tl::unexpected<std::string>("no field at all");
    std::string_view rest = text.substr(at);
    if (rest.empty()) return inner;
    if (rest[0] == '\n' && reading == InnerReading::strict) {
        return tl::unexpected<std::string>("LF before the table: CR is lost in XML unless &#xd;");
    }
    if (!rest.starts_with("\r\n") && !(reading == InnerReading::lenient && rest[0] == '\n')) {
        return tl::unexpected<std::string>("something between the fields and the table");
    }
    rest.remove_prefix(rest[0] == '\r' ? 2 : 1);
    auto rows = readTable(rest, reading);
    if (!rows) return tl::unexpected(rows.error());
    inner.rows = std::move(*rows);
    return inner;
}

}  // namespace liqu::world
