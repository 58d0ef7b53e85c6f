#include "firmware/base/config_file.hpp"

#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <set>

namespace liqu {
namespace {
struct NotToml {};
constexpr void mustHold(bool holds) {
    if (!holds) throw NotToml();
}
}  // namespace
}  // namespace liqu
// Texts like "[(" make the parser assert where it has an error to give; no file stops the kiosk.
#define TOML_ASSERT(holds) ::liqu::mustHold(static_cast<bool>(holds))
#include <toml++/toml.h>

#include "firmware/base/encoding.hpp"
#include "firmware/base/plain_file.hpp"

namespace liqu {

struct ConfigFile::Content {
    std::string name;
    toml::table root;
    std::set<std::string, std::less<>> asked;
    Faults* faults = nullptr;

    std::set<std::string, std::less<>> faulty;

    // Where faults are gathered, the reading goes on; what follows from a fault is not another one.
    Result<void> goOn(Error error, std::string_view key) {
        if (faults == nullptr) return fail(std::move(error));
        if (faulty.emplace(key).second) faults->push_back(std::move(error));
        return {};
    }

    std::string where(const toml::node* node) const {
        const auto line = node != nullptr ? node->source().begin.line : 0;
        return line > 0 ? name + ":" + std::to_string(line) : name;
    }
    toml::node_view<const toml::node> ask(std::string_view key) {
        asked.emplace(key);
        return std::as_const(root).at_path(key);
    }
};

namespace {

constexpr std::size_t largestFile = 256 * 1024;
// The parser and the destructor of its tables call themselves once for each part of a dotted key:
// this house's keys have three parts, and none its stack would notice.
constexpr std::size_t mostPartsOfKey = 16;
constexpr std::size_t longestLine = 16 * 1024;

// The end of a comment or a string of one line; where the string is not closed, the line's.
std::size_t endOfSpan(std::string_view text, std::size_t begin) {
    const char opened = text[begin];
    for (std::size_t i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '\n') return i;
        if (opened == '#') continue;
        if (text[i] == opened) return i + 1;
        if (opened == '"' && text[i] == '\\' && i + 1 < text.size() && text[i + 1] != '\n') ++i;
    }
    return text.size();
}

// Of one span, in ASCII; none where that cannot be.
std::optional<std::string> escaped(std::string_view span) {
    constexpr char32_t malformed = 0xFFFD;
    std::string ascii;
    bool afterBackslash = false;
    for (const char32_t sign : codePointsOf(span)) {
        if (sign < 0x80) {
            afterBackslash = sign == U'\\' && !afterBackslash;
            ascii += static_cast<char>(sign);
        } else if (span.front() == '"' && sign != malformed && !afterBackslash) {
            std::array<char, 11> code{};
            std::snprintf(code.data(), code.size(), "\\U%08X", static_cast<unsigned>(sign));
            ascii += code.data();
        } else if (span.front() != '#') {
            return std::nullopt;
        }
    }
    return ascii;
}

struct AsciiText {
    std::string text;
    std::optional<std::size_t> stray;  // where the original has what TOML or this house has not
};

// toml++ runs into undefined code when it asks of some letters, as of U+FEC3, whether they are
// white space. It is given none: those of a string are escaped, those of a comment left out, and
// elsewhere TOML has no others. Strings of several lines are not known here.
AsciiText asciiOf(std::string_view text) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    AsciiText ascii;
    std::size_t i = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    while (i < text.size()) {
        const std::string_view rest = text.substr(i);
        const bool spans = text[i] == '#' || text[i] == '"' || text[i] == '\'';
        const std::size_t end = spans ? endOfSpan(text, i) : i + 1;
        const auto span = escaped(text.substr(i, end - i));
        const bool severalLines = rest.starts_with(R"(""")") || rest.starts_with("'''");
        if (!span || severalLines) {
            ascii.stray = i;
            return ascii;
        }
        ascii.text += *span;
        i = end;
    }
    return ascii;
}

// A dot outside strings and comments belongs to a key or to a number; a number has one.
bool isTooDeep(std::string_view line) {
    std::size_t dots = 0;
    for (std::size_t i = 0; i < line.size();) {
        const bool spans = line[i] == '#' || line[i] == '"' || line[i] == '\'';
        if (line[i] == ',' || line[i] == '=') dots = 0;
        if (line[i] == '.' && ++dots >= mostPartsOfKey) return true;
        i = spans ? endOfSpan(line, i) : i + 1;
    }
    return line.size() > longestLine;
}

// The first line no machine of ours would have, counted from 1; 0: there is none.
std::size_t lineTooDeep(std::string_view text) {
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (isTooDeep(text.substr(0, end))) return number;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return 0;
}

Error syntaxError(const std::string& name, std::size_t line, std::string_view why) {
    return {ErrorCode::configSyntax, name + ":" + std::to_string(line) + ": " + std::string(why)};
}

bool asserts(std::string_view text) try {
    (void)toml::parse(text);
    return false;
} catch (const NotToml&) {
    return true;
}

// An assertion names no line: it is the first with which the text, from its beginning, has one.
std::size_t lineThatAsserts(std::string_view text) {
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') ends.push_back(i);
    }
    const auto before = std::ranges::partition_point(
        ends, [text](std::size_t end) { return !asserts(text.substr(0, end)); });
    return 1 + static_cast<std::size_t>(before - ends.begin());
}

Result<toml::table> tableOf(std::string_view text, const std::string& name) try {
    toml::parse_result parsed = toml::parse(text, name);
    if (parsed) return std::move(parsed).table();
    const toml::parse_error& error = parsed.error();
    return fail(syntaxError(name, error.source().begin.line, error.description()));
} catch (const NotToml&) {
    return fail(syntaxError(name, lineThatAsserts(text), "is not TOML"));
}

// Every leaf's path, as the getters spell it.
void collectLeaves(const toml::node& node, const std::string& path,
                   std::vector<std::pair<std::string, const toml::node*>>& leaves) {
    if (const auto* table = node.as_table()) {
        for (const auto& [key, child] : *table) {
            collectLeaves(
                child, path.empty() ? std::string(key.str()) : path + "." + std::string(key.str()),
                leaves);
        }
    } else if (const auto* array = node.as_array();
               array != nullptr && array->is_array_of_tables()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            collectLeaves((*array)[i], path + "[" + std::to_string(i) + "]", leaves);
        }
    } else {
        leaves.emplace_back(path, &node);
    }
}

}  // namespace

Result<ConfigFile> ConfigFile::read(const std::filesystem::path& path, Faults* faults) {
    const auto file = PlainFile::open(path);
    const auto text = file ? file->read(largestFile) : tl::unexpected(file.error());
    if (!text) return fail(ErrorCode::configNotReadable, text.error().cause);
    return parse(*text, path.filename().string(), faults);
}

Result<ConfigFile> ConfigFile::parse(std::string_view text, std::string name, Faults* faults) {
    const AsciiText ascii = asciiOf(text);
    if (ascii.stray) {
        const auto lines = std::ranges::count(text.substr(0, *ascii.stray), '\n');
        return fail(syntaxError(name, static_cast<std::size_t>(lines) + 1,
                                "letters other than ASCII stand between \"…\" and in comments "
                                "only, and a text in one line"));
    }
    if (const std::size_t line = lineTooDeep(ascii.text); line > 0) {
        return fail(syntaxError(name, line, "too long, or a key of too many parts"));
    }
    auto root = TRY(tableOf(ascii.text, name));
    auto content = std::make_shared<Content>();
    content->name = std::move(name);
    content->root = std::move(root);
    content->faults = faults;
    return ConfigFile(std::move(content));
}

Result<void> ConfigFile::refuse(ErrorCode code, std::string_view key, std::string_view why) const {
    return content_->goOn(wrong(code, key, why), key);
}

Error ConfigFile::wrong(ErrorCode code, std::string_view key, std::string_view why) const {
    const toml::node* node = std::as_const(content_->root).at_path(key).node();
    return Error{code, content_->where(node) + ": " + std::string(key) + ": " + std::string(why)};
}

bool ConfigFile::has(std::string_view key) const {
    return static_cast<bool>(content_->ask(key));
}

namespace {
template <typename T>
constexpr std::string_view typeName = "a text";
template <>
constexpr std::string_view typeName<std::int64_t> = "a whole number";
template <>
constexpr std::string_view typeName<double> = "a number";
template <>
constexpr std::string_view typeName<bool> = "true or false";
template <>
constexpr std::string_view typeName<toml::date> = "a date like 2023-05-01";

// Of the type asked for, or why not.
template <typename T>
std::optional<Error> faultOf(const ConfigFile& file, toml::node_view<const toml::node> node,
                             std::string_view key) {
    if (!node) return file.wrong(ErrorCode::configMissingKey, key, "is missing");
    if (node.template value_exact<T>()) return std::nullopt;
    return file.wrong(ErrorCode::configWrongType, key, "must be " + std::string(typeName<T>));
}
}  // namespace

template <typename T>
Result<T> ConfigFile::valueOf(std::string_view key, T instead) const {
    const auto node = content_->ask(key);
    if (auto fault = faultOf<T>(*this, node, key)) {
        TRY(content_->goOn(std::move(*fault), key));
        return instead;
    }
    return node.template value_exact<T>().value_or(instead);
}

Result<std::string> ConfigFile::text(std::string_view key) const {
    return valueOf<std::string>(key, {});
}
Result<bool> ConfigFile::boolean(std::string_view key) const {
    return valueOf<bool>(key, false);
}

Result<Date> ConfigFile::date(std::string_view key) const {
    constexpr Date instead{std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}};
    const auto said = TRY(valueOf<toml::date>(key, toml::date{1970, 1, 1}));
    const Date date{std::chrono::year{said.year}, std::chrono::month{said.month},
                    std::chrono::day{said.day}};
    if (date.ok()) return date;
    TRY(refuse(ErrorCode::configBadValue, key, "is no day of the calendar"));
    return instead;
}

Result<std::int64_t> ConfigFile::integer(std::string_view key, std::int64_t least,
                                         std::int64_t most) const {
    const std::int64_t value = TRY(valueOf<std::int64_t>(key, least));
    if (value >= least && value <= most) return value;
    TRY(refuse(ErrorCode::configBadValue, key,
               "must be from " + std::to_string(least) + " to " + std::to_string(most)));
    return least;
}

Result<std::int64_t> ConfigFile::oneOf(std::string_view key,
                                       std::initializer_list<std::int64_t> choices) const {
    const std::int64_t value = TRY(valueOf<std::int64_t>(key, *choices.begin()));
    std::string listed;
    for (const std::int64_t choice : choices) {
        if (choice == value) return value;
        listed += (listed.empty() ? "" : ", ") + std::to_string(choice);
    }
    TRY(refuse(ErrorCode::configBadValue, key, "must be one of: " + listed));
    return *choices.begin();
}

Result<double> ConfigFile::real(std::string_view key, double least, double most) const {
    const auto node = content_->ask(key);
    // A whole number is a number, too.
    const double value = node && node.is_integer()
                             ? static_cast<double>(node.value<std::int64_t>().value_or(0))
                             : TRY(valueOf<double>(key, least));
    if (value >= least && value <= most) return value;
    TRY(refuse(ErrorCode::configBadValue, key, "is out of its limits"));
    return least;
}

Result<std::vector<std::string>> ConfigFile::texts(std::string_view key) const {
    const auto node = content_->ask(key);
    std::vector<std::string> values;
    if (!node) {
        TRY(refuse(ErrorCode::configMissingKey, key, "is missing"));
        return values;
    }
    const toml::array* array = node.as_array();
    bool onlyTexts = array != nullptr;
    for (std::size_t i = 0; onlyTexts && i < array->size(); ++i) {
        const auto value = (*array)[i].value_exact<std::string>();
        onlyTexts = value.has_value();
        values.push_back(value.value_or(""));
    }
    if (!onlyTexts) TRY(refuse(ErrorCode::configWrongType, key, "must be a list of texts"));
    return values;
}

Result<std::size_t> ConfigFile::indexIn(std::string_view key,
                                        std::span<const std::string_view> choices) const {
    const std::string value = TRY(valueOf<std::string>(key, std::string(choices.front())));
    std::string listed;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i] == value) return i;
        listed += (listed.empty() ? "" : ", ") + std::string(choices[i]);
    }
    TRY(refuse(ErrorCode::configBadValue, key, "must be one of: " + listed));
    return std::size_t{0};
}

Result<std::string> ConfigFile::text(std::string_view key, std::string otherwise) const {
    return has(key) ? text(key) : Result<std::string>(std::move(otherwise));
}
Result<std::int64_t> ConfigFile::integer(std::string_view key, std::int64_t least,
                                         std::int64_t most, std::int64_t otherwise) const {
    return has(key) ? integer(key, least, most) : Result<std::int64_t>(otherwise);
}
Result<double> ConfigFile::real(std::string_view key, double least, double most,
                                double otherwise) const {
    return has(key) ? real(key, least, most) : Result<double>(otherwise);
}
Result<bool> ConfigFile::boolean(std::string_view key, bool otherwise) const {
    return has(key) ? boolean(key) : Result<bool>(otherwise);
}

std::size_t ConfigFile::count(std::string_view key) const {
    const toml::array* array = std::as_const(content_->root).at_path(key).as_array();
    return array != nullptr ? array->size() : 0;
}

std::vector<std::string> ConfigFile::names(std::string_view key) const {
    std::vector<std::string> found;
    const auto node = std::as_const(content_->root).at_path(key);
    const toml::table* table = key.empty() ? &content_->root : node.as_table();
    if (table == nullptr) return found;
    for (const auto& [name, child] : *table) found.emplace_back(name.str());
    return found;
}

Result<void> ConfigFile::refuseUnknownKeys() const {
    std::vector<std::pair<std::string, const toml::node*>> leaves;
    collectLeaves(content_->root, "", leaves);
    for (const auto& [path, node] : leaves) {
        if (content_->asked.contains(path)) continue;
        TRY(content_->goOn(
            {ErrorCode::configUnknownKey, content_->where(node) + ": " + path + ": no such key"},
            path));
    }
    return {};
}

}  // namespace liqu
