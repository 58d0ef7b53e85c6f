// Every reference in the tree leads somewhere, and the scanner that says so can fail.
#include "tests/unit/house/references.hpp"

#include <doctest/doctest.h>

using namespace liqu::house;

namespace {

// A tree of three pages. Planted words are written in two parts, or this file would be found.
const std::string decisionWord = std::string("deci") + "sion";
const std::string articleWord = std::string("Guangdong Ar") + "t.";
const std::string chipPage = std::string("hardware-notes/chip.") + "md";

const Files& smallTree() {
    static const Files tree = {{"docs/decisions.md", "# Some\n\n## 1. Places\n\n## 3. Print\n"},
                               {"docs/rules.md", "## Art.36: Making a card\n\n## Shangluo Ar" +
                                                     std::string("t.15: Loss\n")},
                               {chipPage, "# The chip\n\n## Keys\n\ntext\n\n## A card's way\n"}};
    return tree;
}

std::size_t planted(const std::string& text) {
    return danglingIn("firmware/card/x.cpp", text, smallTree()).size();
}

}  // namespace

TEST_CASE("every reference of the tree leads to something in it") {
    const Files tree = readTexts(LIQU_SOURCE_DIR);
    REQUIRE(tree.size() > 900);
    CHECK(referencesIn(tree) > 300);
    for (const std::string& line : danglingReferences(tree)) FAIL_CHECK(line);
}

TEST_CASE("references that lead somewhere are let through") {
    CHECK(planted("// Held (" + decisionWord + " 1).") == 0);
    CHECK(planted("// Held (" + decisionWord + "s 1, 3).") == 0);
    CHECK(planted("// " + articleWord + "36(4), counted every day.") == 0);
    CHECK(planted("// As " + chipPage + ", \"Keys\", \"A card's way\".") == 0);
    CHECK(planted("// As " + chipPage + ", \"A\n    // card's way\": said.") == 0);
    CHECK(planted("// Shangluo Ar" + std::string("t.15.")) == 0);
    CHECK(planted("// RFC 7914 §12.") == 0);
    CHECK(planted("// A " + decisionWord + " was made; 17 were not.") == 0);
}

TEST_CASE("a planted dangling reference is found") {
    CHECK(planted("// Held (" + decisionWord + " 2).") == 1);
    CHECK(planted("// Held (" + decisionWord + "s 1, 2, 3, 4).") == 2);
    CHECK(planted("// Held (" + decisionWord + "s 1–3).") == 1);
    CHECK(planted("// Held (" + decisionWord + "\n// 99).") == 1);
    CHECK(planted("// " + articleWord + "35.") == 1);
    CHECK(planted("// " + articleWord + "36, 12.") == 1);
    CHECK(planted("// Shangluo Ar" + std::string("t.36.")) == 1);
    CHECK(planted("// 004 Ar" + std::string("t.36")) == 1);
    CHECK(planted("// As " + chipPage + ", \"Locks\".") == 1);
    CHECK(planted("// As " + chipPage + ", \"Keys\", \"Locks\".") == 1);
    CHECK(planted("// As hardware-notes/lamp" + std::string(".md")) == 1);
    CHECK(planted("// Since the rul" + std::string("ings 3")) == 1);
    CHECK(planted("// Rese" + std::string("arch says so.")) == 1);
    CHECK(planted("// As it stands (§" + std::string("1.2).")) == 1);
}

TEST_CASE("a file that a page names is looked for") {
    const auto inPage = [](const std::string& name) {
        return danglingIn("docs/rules.md", "## Some\n\n`" + name + "`\n",
                          {{"firmware/card/x.hpp", ""}})
            .size();
    };
    CHECK(inPage("firmware/card/x.hpp") == 0);
    CHECK(inPage("x.hpp") == 0);
    CHECK(inPage("firmware/card/y.hpp") == 1);
    CHECK(inPage("liqu stock show") == 0);
}

TEST_CASE("pages are found from the root and from the folder of the one that names them") {
    const auto from = [](const std::string& where, const std::string& name) {
        return danglingIn(where, "[it](" + name + std::string(".md)"), smallTree()).size();
    };
    CHECK(from("hardware-notes/chip.md", "../docs/rules") == 0);
    CHECK(from("docs/rules.md", "decisions") == 0);
    CHECK(from("hardware-notes/chip.md", "docs/rules") == 0);
    CHECK(from("ARCHITECTURE.md", "../docs/rules") == 1);
}
