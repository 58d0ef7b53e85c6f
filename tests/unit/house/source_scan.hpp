// A source as its braces divide it: what is code and what is not, where a function begins and ends,
// what a class or a namespace declares. No compiler: enough for sources in the style of this house.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace liqu::house {

// The same text, line by line, with comments and what stands in quotes made blank.
std::string codeOf(std::string_view text);

enum class ScopeKind { space, type, function, other };  // other: an initialiser, an enumeration

struct Scope {
    ScopeKind kind = ScopeKind::other;
    std::string head;      // what stands before the brace, in one line
    std::size_t open = 0;  // the braces' places in the code
    std::size_t close = 0;
};
// Scopes that stand in no function and no initialiser.
std::vector<Scope> scopesOf(const std::string& code);

// A statement of a namespace or a class, without the bodies and initialisers in it.
struct Declaration {
    std::string text;  // in one line; a body or an initialiser is "{}"
    std::size_t at = 0;
    bool ofType = false;  // stands in a class
};
struct Declarations {
    std::vector<Declaration> all;
    std::string inside;  // the bodies and initialisers, and what the preprocessor reads
};
Declarations declarationsOf(const std::string& code);

std::size_t lineOf(const std::string& code, std::size_t at);

}  // namespace liqu::house
