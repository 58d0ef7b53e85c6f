#include <doctest/doctest.h>

#include "tests/unit/house/house_rules.hpp"
#include "tests/unit/house/unused.hpp"

using namespace liqu::house;

namespace {

void checkNone(const std::vector<std::string>& findings) {
    for (const std::string& finding : findings) FAIL_CHECK(finding);
}

// Longer than a function may be, and why.
const std::set<std::string> longFunctions = {
    // Tables of one row for each key of a file, given by a function because they hold functions.
    "kioskRows", "regionRows"};

// What the product does not ask for, and why it is there all the same.
const std::set<std::string> knownUnused = {
    // The window may become a process of its own; until then only tests make the journey.
    "byteFormOf", "screenFrom", "actionFrom",
    // Held, and let go with its owner.
    "mark_",
    // Answers of the province, read so that a wrong form is refused.
    "replayed",
    // A test holds the table, or what is left in memory, against what it should be.
    "causePatterns", "personalTexts"};

}  // namespace

TEST_CASE("the tree keeps the rules of the house") {
    const Files files = readTree(LIQU_SOURCE_DIR);
    REQUIRE(files.size() > 40);
    checkNone(includesAgainstRank(files));
    checkNone(circles(files));
    checkNone(filesTooLong(files, 500));
    checkNone(unfinishedMarks(files));
    checkNone(commitsOfSession(files));
    checkNone(codesNeverRaised(files));
    checkNone(includedSources(files));
    checkNone(threadsUnsaid(files));
    checkNone(functionsTooLong(files, 60, longFunctions));
    checkNone(unusedNames(files, knownUnused));
}

TEST_CASE("a planted function that is too long is found, and only that") {
    const auto source = [](int lines) {
        std::string text = "namespace a {\nint f(int x) {\n";
        for (int i = 1; i < lines; ++i) text += "    ++x;  // }\n";
        return text + "}\n}\n";
    };
    CHECK(functionsTooLong({{"tests/a.cpp", source(61)}}, 60, {}).size() == 1);
    CHECK(functionsTooLong({{"program/a.cpp", source(60)}}, 60, {}).empty());
    CHECK(functionsTooLong({{"tests/a.cpp", source(61)}}, 60, {"f"}).empty());
}

TEST_CASE("a planted function that nobody asks for is found") {
    const Files files = {{"firmware/card/x.hpp",
                          "namespace a {\nint used(int x = defaultX());\nint idle();\n"
                          "int defaultX();\n}\n"},
                         {"firmware/card/x.cpp",
                          "int used(int x) { return x; }\nint idle() { return 1; }\n"
                          "int defaultX() { return 2; }\n"},
                         {"program/main.cpp", "int main() { return used(1); }  // idle()\n"},
                         {"tests/x_test.cpp", "int test() { return idle(); }\n"}};
    const auto idle = unusedNames(files, {});
    REQUIRE(idle.size() == 1);
    CHECK(idle[0] == "firmware/card/x.hpp:3: nobody in the product asks for idle");
    CHECK(unusedNames(files, {"idle"}).empty());
}

TEST_CASE("a planted member that is never read is found") {
    const Files files = {
        {"firmware/card/x.hpp",
         "struct Card {\n    int lane = 1;\n    int told = 0;\n    int never;\n"
         "    std::function<void()> then{};\n};\n"},
        {"firmware/card/x.cpp",
         "int f(Card& c) {\n    c.told = 3;\n    Card d{.told = 4};\n    c.then();\n"
         "    return c.lane;\n}\n"}};
    CHECK(unusedNames(files, {}).size() == 2);
    CHECK(unusedNames(files, {"told", "never"}).empty());
}

TEST_CASE("a known name that the product does ask for is found") {
    const Files files = {{"firmware/card/x.hpp", "int used();\n"},
                         {"firmware/card/x.cpp", "int f() { return used(); }\n"}};
    CHECK(unusedNames(files, {"used"}).size() == 1);
}

TEST_CASE("a source that includes a source is found") {
    CHECK(includedSources({{"tests/a.cpp", "#include \"tests/b.cpp\"\n"}}).size() == 1);
    CHECK(includedSources({{"tests/a.cpp", "#include \"tests/b.hpp\"\n"}}).empty());
}

TEST_CASE("a header that does not say its threads is found") {
    const std::string mutex = "#include <mutex>\n";
    CHECK(threadsUnsaid({{"firmware/card/x.hpp", "// A value.\n" + mutex}}).size() == 1);
    CHECK(threadsUnsaid({{"firmware/card/x.hpp", "// Any thread.\n" + mutex}}).empty());
    const Files both = {{"drivers/https/x.cpp", mutex}, {"drivers/https/x.hpp", "// A line.\n"}};
    CHECK(threadsUnsaid(both) ==
          std::vector<std::string>{"drivers/https/x.hpp does not say which thread may use it"});
}

TEST_CASE("a program that includes a test is found, and whoever includes the program") {
    CHECK(includesAgainstRank({{"program/x.cpp", "#include \"tests/world/y.hpp\"\n"}}).size() == 1);
    CHECK(includesAgainstRank({{"program/x.cpp", "#include \"ui/paper/y.hpp\"\n"}}).empty());
    CHECK(includesAgainstRank({{"ui/paper/x.cpp", "#include \"program/y.hpp\"\n"}}).size() == 1);
}

TEST_CASE("a code that is only compared, or not even that, is found") {
    const std::string codes = "LIQU_ERROR(90101, one, tryAgain)\nLIQU_ERROR(90102, two, tryAgain)";
    const auto idle = codesNeverRaised(
        {{"firmware/base/errors.def", codes},
         {"firmware/card/x.cpp", "if (code == ErrorCode::one) return fail(ErrorCode::two, why);"}});
    CHECK(idle == std::vector<std::string>{"one is never raised"});
}

TEST_CASE("an act of staff that commits beside the shape of all acts is found") {
    const std::string commit = "auto t = storage::Transaction::begin(database);";
    CHECK(commitsOfSession({{"firmware/session/staff_x.cpp", commit}}).size() == 1);
    CHECK(commitsOfSession({{"firmware/issuance/x.cpp", commit}}).empty());
}

TEST_CASE("a planted upward include is found") {
    const Files files = {{"firmware/card/x.hpp", "#include \"firmware/issuance/y.hpp\"\n"}};
    CHECK(includesAgainstRank(files).size() == 1);
}

TEST_CASE("a planted sideways include is found") {
    const Files files = {{"firmware/custody/x.cpp", "#include \"firmware/province/y.hpp\"\n"},
                         {"firmware/issuance/z.cpp", "#include \"firmware/province/y.hpp\"\n"}};
    CHECK(includesAgainstRank(files).size() == 1);
}

TEST_CASE("a driver that looks into the firmware is found") {
    const Files files = {{"drivers/https/x.cpp", "#include \"firmware/province/y.hpp\"\n"}};
    CHECK(includesAgainstRank(files).size() == 1);
}

TEST_CASE("a window that looks behind what is shown is found") {
    const Files files = {{"ui/screens/x.cpp", "#include \"firmware/session/visit.hpp\"\n"},
                         {"ui/toolkit/y.cpp", "#include \"firmware/screen/screen.hpp\"\n"},
                         {"firmware/screen/z.hpp", "#include \"firmware/ports/w.hpp\"\n"}};
    CHECK(includesAgainstRank(files).size() == 2);
}

TEST_CASE("a room without a rank is found") {
    const Files files = {{"firmware/attic/x.hpp", ""}};
    CHECK(includesAgainstRank(files).size() == 1);
}

TEST_CASE("a planted circle is found") {
    const Files files = {{"firmware/card/a.hpp", "#include \"firmware/card/b.hpp\"\n"},
                         {"firmware/card/b.hpp", "#include \"firmware/card/c.hpp\"\n"},
                         {"firmware/card/c.hpp", "#include \"firmware/card/a.hpp\"\n"}};
    CHECK(circles(files).size() == 1);
}

TEST_CASE("a file that is too long is found") {
    CHECK(filesTooLong({{"a.cpp", std::string(501, '\n')}}, 500).size() == 1);
    CHECK(filesTooLong({{"a.cpp", std::string(500, '\n')}}, 500).empty());
}
