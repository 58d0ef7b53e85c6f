#include "tests/unit/house/source_scan.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace liqu::house {
namespace {

bool isWord(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string inOneLine(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!space) line += c;
        if (space && !line.empty() && line.back() != ' ') line += ' ';
    }
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

// Where what begins at `at` ends, if it is a comment or something in quotes; else `at`.
std::size_t endOfBlank(std::string_view text, std::size_t at) {
    const auto after = [&](std::string_view mark, std::size_t from) {
        const std::size_t found = text.find(mark, from);
        return found == std::string_view::npos ? text.size() : found + mark.size();
    };
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
    if (rest.starts_with("/*")) return after("*/", at + 2);
    if (rest.starts_with("R\"") && (at == 0 || !isWord(text[at - 1]))) {
        const std::size_t open = text.find('(', at);
        return after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
    }
    const char quote = text[at];
    // 1'000'000 is a number; u8'x' and U'x' are not.
    const bool inNumber = quote == '\'' && at > 1 && isWord(text[at - 1]) &&
                          std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
    if ((quote != '"' && quote != '\'') || inNumber) return at;
    std::size_t end = at + 1;
    while (end < text.size() && text[end] != quote) end += text[end] == '\\' ? 2 : 1;
    return std::min(end + 1, text.size());
}

// What stands outside of parentheses.
std::string withoutParentheses(const std::string& head) {
    std::string flat;
    int depth = 0;
    for (const char c : head) {
        if (c == ')') --depth;
        if (depth == 0 && c != ')') flat += c;
        if (c == '(') ++depth;
    }
    return flat;
}

ScopeKind kindOf(const std::string& head) {
    static const std::regex ahead("^(\\[\\[[^\\]]*\\]\\] ?|template ?<.*> (?=struct|class))");
    static const std::regex space("^(inline )?namespace\\b");
    static const std::regex type("^(struct|class|union)\\b");
    static const std::regex set("(^|[^=<>!+*/|&^-])=([^=]|$)");
    static const std::regex operators("operator ?[=<>!+*/-]+");
    const std::string bare = std::regex_replace(head, ahead, "");
    if (std::regex_search(bare, space)) return ScopeKind::space;
    const bool calls = bare.find('(') != std::string::npos;
    if (!calls && std::regex_search(bare, type)) return ScopeKind::type;
    // A body after initialisers of members that end on a brace.
    if (bare.empty()) return ScopeKind::function;
    const std::string flat = std::regex_replace(withoutParentheses(bare), operators, "");
    return calls && !std::regex_search(flat, set) ? ScopeKind::function : ScopeKind::other;
}

// Directives are read by the preprocessor and open no scope.
std::string withoutDirectives(const std::string& code, std::string& directives) {
    std::string rest = code;
    bool continues = false;
    for (std::size_t begin = 0; begin < code.size();) {
        const std::size_t end = std::min(code.find('\n', begin), code.size());
        const std::string line = code.substr(begin, end - begin);
        const std::size_t first = line.find_first_not_of(' ');
        if (continues || (first != std::string::npos && line[first] == '#')) {
            directives += line + '\n';
            std::fill(rest.begin() + static_cast<std::ptrdiff_t>(begin),
                      rest.begin() + static_cast<std::ptrdiff_t>(end), ' ');
            continues = !line.empty() && line.back() == '\\';
        }
        begin = end + 1;
    }
    return rest;
}

}  // namespace

std::string codeOf(std::string_view text) {
    std::string code(text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = endOfBlank(text, at);
        for (std::size_t i = at; i < end; ++i) {
            if (code[i] != '\n') code[i] = ' ';
        }
        if (end > at + 1 && text[at] != '/') code[at] = code[end - 1] = '"';
        at = std::max(end, at + 1);
    }
    return code;
}

std::vector<Scope> scopesOf(const std::string& code) {
    std::string directives;
    const std::string text = withoutDirectives(code, directives);
    std::vector<Scope> open;
    std::vector<Scope> closed;
    int within = 0;  // braces inside a function or an initialiser
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{' && within > 0)
            ++within;
        else if (c == '{') {
            Scope scope;
            scope.head = inOneLine(std::string_view(text).substr(begin, at - begin));
            scope.kind = kindOf(scope.head);
            scope.open = at;
            const bool divides = scope.kind == ScopeKind::space || scope.kind == ScopeKind::type;
            within = divides ? 0 : 1;
            if (divides) begin = at + 1;
            open.push_back(std::move(scope));
        } else if (c == '}' && within > 1)
            --within;
        else if (c == '}' && !open.empty()) {
            within = 0;
            open.back().close = at;
            closed.push_back(std::move(open.back()));
            open.pop_back();
            begin = at + 1;
        } else if (c == ';' && within == 0) {
            begin = at + 1;
        }
    }
    return closed;
}

Declarations declarationsOf(const std::string& code) {
    Declarations found;
    const std::string text = withoutDirectives(code, found.inside);
    const std::vector<Scope> scopes = scopesOf(code);
    std::string marks(text.size(), ' ');  // 't': in a class; 'b': in a body
    const auto mark = [&marks](const Scope& scope, char as) {
        std::fill(marks.begin() + static_cast<std::ptrdiff_t>(scope.open),
                  marks.begin() + static_cast<std::ptrdiff_t>(scope.close) + 1, as);
    };
    // Closed from the inside out: what is within is marked last.
    for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
        if (scope->kind == ScopeKind::type) mark(*scope, 't');
        if (scope->kind == ScopeKind::function || scope->kind == ScopeKind::other)
            mark(*scope, 'b');
    }
    Declaration now;
    const auto endStatement = [&] {
        now.text = inOneLine(now.text);
        if (!now.text.empty()) found.all.push_back(std::move(now));
        now = {};
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (marks[at] == 'b') {
            found.inside += text[at];
            if (at + 1 == text.size() || marks[at + 1] == 'b') continue;
            now.text += "{}";
            // A body ends its function; an initialiser is followed by its ';' or the next.
            const std::size_t next = text.find_first_not_of(" \n", at + 1);
            const bool goesOn = next != std::string::npos &&
                                (text[next] == ';' || text[next] == ',' || text[next] == '{');
            if (!goesOn) endStatement();
            continue;
        }
        const char c = text[at];
        if (now.text.empty() && std::isspace(static_cast<unsigned char>(c)) == 0) {
            now.at = at;
            now.ofType = marks[at] == 't';
        }
        if (c == ';' || c == '{' || c == '}') {
            endStatement();
        } else if (!now.text.empty() || std::isspace(static_cast<unsigned char>(c)) == 0) {
            now.text += c;
        }
    }
    return found;
}

std::size_t lineOf(const std::string& code, std::size_t at) {
    return static_cast<std::size_t>(
               std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
           1;
}

}  // namespace liqu::house
