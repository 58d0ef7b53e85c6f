// Rules: G-06.
#include "firmware/session/advice.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using session::checkedAdvice;

TEST_CASE("what the province advises is shown as it is") {
    CHECK(checkedAdvice("请先到参保地办理参保登记。").reveal() == "请先到参保地办理参保登记。");
    CHECK(checkedAdvice("　请带户口簿（原件）到 3 号窗口 \n").reveal().empty());
    CHECK(checkedAdvice("　请带户口簿（原件）到 3 号窗口 ").reveal() ==
          "请带户口簿（原件）到 3 号窗口");
    CHECK(checkedAdvice("Call 12333 {counter}").reveal() == "Call 12333 {counter}");
}

TEST_CASE("what is no sentence is not shown") {
    CHECK(checkedAdvice("").reveal().empty());
    CHECK(checkedAdvice("  　").reveal().empty());
    CHECK(checkedAdvice("a\nb").reveal().empty());
    CHECK(checkedAdvice(std::string("a\0b", 3)).reveal().empty());
    CHECK(checkedAdvice("\x1b[2J").reveal().empty());
    CHECK(checkedAdvice("\u202E反").reveal().empty());
    CHECK(checkedAdvice("零\u200B宽").reveal().empty());
    CHECK(checkedAdvice("\uE863").reveal().empty());
    CHECK(checkedAdvice("\xff\xfe").reveal().empty());
    std::string tooLong;
    for (int i = 0; i < 101; ++i) tooLong += "长";
    CHECK(checkedAdvice(tooLong).reveal().empty());
    // A rare character of a name or a place is one.
    CHECK(checkedAdvice("𬭸").reveal() == "𬭸");
}
