// The scanner of braces sees what a compiler would.
#include "tests/unit/house/source_scan.hpp"

#include <doctest/doctest.h>

using namespace liqu::house;

namespace {

std::string kinds(const std::string& text) {
    std::string all;
    for (const Scope& scope : scopesOf(codeOf(text))) {
        all += scope.kind == ScopeKind::space      ? 'n'
               : scope.kind == ScopeKind::type     ? 't'
               : scope.kind == ScopeKind::function ? 'f'
                                                   : 'o';
    }
    return all;
}

}  // namespace

TEST_CASE("comments and quotes are blank, and no line is lost") {
    CHECK(codeOf("a // \"b\n c") == "a      \n c");
    CHECK(codeOf("a /* {\n } */ c") == "a     \n      c");
    CHECK(codeOf("f(\"{ \\\" }\");") == "f(\"      \");");
    CHECK(codeOf("x = '}'; y = U'\\\\';").find('}') == std::string::npos);
    CHECK(codeOf("n = 1'000'000; {").back() == '{');
    CHECK(codeOf("t = R\"x(})\" })x\"; {").back() == '{');
    CHECK(codeOf("t = R\"x(})\" })x\"; {").find('}') == std::string::npos);
}

TEST_CASE("scopes are told apart") {
    CHECK(kinds("namespace a { struct B { int c{}; void d() { if (x) { } } }; }") == "oftn");
    CHECK(kinds("B::B(int a) : a_{a}, b_(a) { run(); }") == "ff");
    CHECK(kinds("constexpr std::array<int, 2> table = {{1, f(2)}};") == "o");
    CHECK(kinds("enum class A : char { b, c };") == "o");
    CHECK(kinds("template <typename T> struct A { }; template <int N> int f() { }") == "tf");
    CHECK(kinds("bool operator==(A a, B b) { return true; }") == "f");
    CHECK(kinds("TEST_CASE(\"a = {\") { CHECK(x); }") == "f");
    CHECK(kinds("#define A {\nint f() { }\n") == "f");
}

TEST_CASE("declarations are statements, bodies are not") {
    const Declarations found = declarationsOf(
        codeOf("struct A {\n  public:\n    int b() const { return c_; }\n    int c_ = 1;\n};\n"));
    REQUIRE(found.all.size() == 3);
    CHECK(found.all[0].text == "struct A");
    CHECK(found.all[1].text == "public: int b() const {}");
    CHECK(found.all[2].text == "int c_ = 1");
    CHECK(found.all[2].ofType);
    CHECK(found.inside.find("return c_") != std::string::npos);
}
