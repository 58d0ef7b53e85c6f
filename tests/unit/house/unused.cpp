#include "tests/unit/house/unused.hpp"

#include <algorithm>
#include <optional>
#include <regex>

#include "tests/unit/house/source_scan.hpp"

namespace liqu::house {
namespace {

bool isProductSource(const std::string& path) {
    const bool source = path.ends_with(".hpp") || path.ends_with(".cpp");
    const std::string room = path.substr(0, path.find('/'));
    return source && (room == "firmware" || room == "drivers" || room == "ui" || room == "program");
}

struct Declared {
    std::string name;
    bool isFunction = false;
    std::string around;  // what is said beside the name, and may be a use of another
};

std::string withoutAhead(const std::string& text) {
    static const std::regex ahead("^((public|private|protected) ?: ?)+|\\[\\[.*?\\]\\] ?");
    return std::regex_replace(text, ahead, "");
}

// "(" that stands in no template's arguments and after no "=": of a function's parameters.
bool beginsParameters(std::string before) {
    static const std::regex arrow("->");
    before = std::regex_replace(before, arrow, "");
    const auto opened = std::count(before.begin(), before.end(), '<');
    const auto closed = std::count(before.begin(), before.end(), '>');
    return opened <= closed && before.find('=') == std::string::npos;
}

std::optional<Declared> functionIn(const std::string& text) {
    static const std::regex call("(\\w+) ?\\(");
    static const std::set<std::string> noNames = {
        "alignas", "decltype", "explicit", "noexcept", "operator", "requires", "static_assert"};
    for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
        if (noNames.contains((*at)[1])) continue;
        const auto begin = static_cast<std::size_t>(at->position());
        const std::string before = text.substr(0, begin);
        if (!beginsParameters(before)) return std::nullopt;
        return Declared{(*at)[1], true, before + text.substr(begin + (*at)[1].str().size())};
    }
    return std::nullopt;
}

std::optional<Declared> memberIn(const std::string& text) {
    static const std::regex other(
        "^(using|friend|enum|struct|class|template|typedef|static_assert)\\b");
    static const std::regex member("^(.*[ >&*])(\\w+)( ?: ?\\d+)?(\\[.*\\])?( ?\\{\\})?$");
    std::smatch parts;
    if (std::regex_search(text, other)) return std::nullopt;
    const std::size_t set = text.find('=');
    const std::string plain =
        text.substr(0, set == std::string::npos ? set : text.find_last_not_of(' ', set - 1) + 1);
    if (!std::regex_match(plain, parts, member)) return std::nullopt;
    return Declared{parts[2], false, parts[1].str() + parts[4].str() + text.substr(plain.size())};
}

// Words that are read in a text, and words that are only given a value there.
void addUses(const std::string& text, std::set<std::string>& read) {
    static const std::regex word("(\\.|->)?\\b([A-Za-z_]\\w*)\\b(\\s*=(?!=))?");
    for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) {
        const std::string name = (*at)[2];
        const bool given = (*at)[3].matched && ((*at)[1].matched || name.ends_with('_'));
        if (!given) read.insert(name);
    }
}

}  // namespace

std::vector<std::string> functionsTooLong(const Files& files, std::size_t most,
                                          const std::set<std::string>& known) {
    std::vector<std::string> wrong;
    for (const auto& [path, text] : files) {
        const std::string code = codeOf(text);
        for (const Scope& scope : scopesOf(code)) {
            const std::size_t lines = lineOf(code, scope.close) - lineOf(code, scope.open);
            if (scope.kind != ScopeKind::function || lines <= most) continue;
            const auto function = functionIn(scope.head);
            if (function && known.contains(function->name)) continue;
            wrong.push_back(path + ":" + std::to_string(lineOf(code, scope.open)) + " has " +
                            std::to_string(lines) + " lines: " + scope.head);
        }
    }
    return wrong;
}

std::vector<std::string> unusedNames(const Files& files, const std::set<std::string>& known) {
    std::set<std::string> read;
    std::vector<std::pair<std::string, std::string>> declared;  // name, where
    for (const auto& [path, text] : files) {
        if (!isProductSource(path)) continue;
        const std::string code = codeOf(text);
        const Declarations found = declarationsOf(code);
        addUses(found.inside, read);
        for (const Declaration& one : found.all) {
            const std::string plain = withoutAhead(one.text);
            auto what = functionIn(plain);
            if (!what && one.ofType) what = memberIn(plain);
            addUses(what ? what->around : plain, read);
            if (!what || !path.ends_with(".hpp")) continue;
            declared.emplace_back(what->name, path + ":" + std::to_string(lineOf(code, one.at)));
        }
    }
    std::vector<std::string> idle;
    for (const std::string& name : known) {
        if (read.contains(name)) idle.push_back(name + " is asked for, and no exception any more");
    }
    for (const auto& [name, where] : declared) {
        if (!read.contains(name) && !known.contains(name)) {
            idle.push_back(where + ": nobody in the product asks for " + name);
        }
    }
    return idle;
}

}  // namespace liqu::house
