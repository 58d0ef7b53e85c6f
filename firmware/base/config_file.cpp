#include "firmware/base/config_file.hpp"

#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

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

namespace liqu {

struct ConfigFile::Content {
    std::string name;
    toml::table root;
    std::set<std::string, std::less<>> asked;

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

Result<toml::table> tableOf(std::string_view text, const std::string& name) try {
    toml::parse_result parsed = toml::parse(text, name);
    if (parsed) return std::move(parsed).table();
    const toml::parse_error& error = parsed.error();
    return fail(ErrorCode::configSyntax, name + ":" + std::to_string(error.source().begin.line) +
                                             ": " + std::string(error.description()));
} catch (const NotToml&) {
    return fail(ErrorCode::configSyntax, name + ": is not TOML");
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

Result<ConfigFile> ConfigFile::read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::configNotReadable, path.string() + ": cannot be opened");
    std::string text(largestFile + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return fail(ErrorCode::configNotReadable, path.string() + ": cannot be read");
    if (text.size() > largestFile)
        return fail(ErrorCode::configSyntax, path.string() + ": too large");
    return parse(text, path.filename().string());
}

Result<ConfigFile> ConfigFile::parse(std::string_view text, std::string name) {
    const AsciiText ascii = asciiOf(text);
    if (ascii.stray) {
        const std::string_view before = text.substr(0, *ascii.stray);
        return fail(ErrorCode::configSyntax,
                    name + ":" + std::to_string(1 + std::ranges::count(before, '\n')) +
                        ": letters other than ASCII stand between \"…\" and in comments only, and "
                        "a text in one line");
    }
    auto root = TRY(tableOf(ascii.text, name));
    auto content = std::make_shared<Content>();
    content->name = std::move(name);
    content->root = std::move(root);
    return ConfigFile(std::move(content));
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

template <typename T>
Result<T> valueOf(const ConfigFile& file, toml::node_view<const toml::node> node,
                  std::string_view key) {
    if (!node) return fail(file.wrong(ErrorCode::configMissingKey, key, "is missing"));
    const std::optional<T> value = node.template value_exact<T>();
    if (!value) {
        return fail(
            file.wrong(ErrorCode::configWrongType, key, "must be " + std::string(typeName<T>)));
    }
    return *value;
}
}  // namespace

Result<std::string> ConfigFile::text(std::string_view key) const {
    return valueOf<std::string>(*this, content_->ask(key), key);
}
Result<bool> ConfigFile::boolean(std::string_view key) const {
    return valueOf<bool>(*this, content_->ask(key), key);
}

Result<std::int64_t> ConfigFile::integer(std::string_view key, std::int64_t least,
                                         std::int64_t most) const {
    const std::int64_t value = TRY(valueOf<std::int64_t>(*this, content_->ask(key), key));
    if (value < least || value > most) {
        return fail(wrong(ErrorCode::configBadValue, key,
                          "must be from " + std::to_string(least) + " to " + std::to_string(most)));
    }
    return value;
}

Result<double> ConfigFile::real(std::string_view key, double least, double most) const {
    const auto node = content_->ask(key);
    // A whole number is a number, too.
    const double value = node && node.is_integer()
                             ? static_cast<double>(node.value<std::int64_t>().value_or(0))
                             : TRY(valueOf<double>(*this, node, key));
    if (!(value >= least && value <= most)) {
        return fail(wrong(ErrorCode::configBadValue, key, "is out of its limits"));
    }
    return value;
}

Result<std::vector<std::string>> ConfigFile::texts(std::string_view key) const {
    const auto node = content_->ask(key);
    if (!node) return fail(wrong(ErrorCode::configMissingKey, key, "is missing"));
    const toml::array* array = node.as_array();
    if (array == nullptr)
        return fail(wrong(ErrorCode::configWrongType, key, "must be a list of texts"));
    std::vector<std::string> values;
    for (const toml::node& item : *array) {
        const auto value = item.value_exact<std::string>();
        if (!value) return fail(wrong(ErrorCode::configWrongType, key, "must be a list of texts"));
        values.push_back(*value);
    }
    return values;
}

Result<std::string> ConfigFile::oneOf(std::string_view key,
                                      std::initializer_list<std::string_view> choices) const {
    std::string value = TRY(text(key));
    std::string listed;
    for (const std::string_view choice : choices) {
        if (choice == value) return value;
        listed += (listed.empty() ? "" : ", ") + std::string(choice);
    }
    return fail(wrong(ErrorCode::configBadValue, key, "must be one of: " + listed));
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
        if (!content_->asked.contains(path)) {
            return fail(ErrorCode::configUnknownKey,
                        content_->where(node) + ": " + path + ": no such key");
        }
    }
    return {};
}

}  // namespace liqu
