#include <doctest/doctest.h>

#include "tests/unit/house/house_rules.hpp"

using namespace liqu::house;

namespace {

void checkNone(const std::vector<std::string>& findings) {
    for (const std::string& finding : findings) FAIL_CHECK(finding);
}

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
