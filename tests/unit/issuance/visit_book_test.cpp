// Rules: G-20.
#include "firmware/issuance/visit_book.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

using namespace liqu;

TEST_CASE("visits that ended without a card are counted by their reason, day by day") {
    const test::Scratch scratch;
    const auto database = test::openDatabase(scratch);
    constexpr WallTime noon{
        std::chrono::milliseconds{1717214400000}};  // 2024-06-01, 12:00 in China
    const auto note = [&](ErrorCode reason, WallTime at) {
        REQUIRE(issuance::noteEnd(*database, {at, reason, ""}));
    };
    note(ErrorCode::cancelledByPerson, noon);
    note(ErrorCode::visitTimedOut, noon);
    note(ErrorCode::visitTimedOut, noon + std::chrono::hours(1));
    note(ErrorCode::cardJammed, noon + std::chrono::hours(13));
    const auto reasons = issuance::reasonsOn(*database, "20240601");
    REQUIRE(reasons);
    REQUIRE(reasons->size() == 2);
    CHECK((*reasons)[0].code == numberOf(ErrorCode::visitTimedOut));
    CHECK((*reasons)[0].visits == 2);
    CHECK((*reasons)[1].code == numberOf(ErrorCode::cancelledByPerson));
    CHECK(issuance::reasonsOn(*database, "20240602").value().size() == 1);
    CHECK(issuance::reasonsOn(*database, "20240603").value().empty());
}
