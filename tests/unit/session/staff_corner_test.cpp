#include "firmware/session/staff_corner.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace std::chrono_literals;

namespace {

struct HandClock final : Clock {
    Instant at{};
    Instant now() const override { return at; }
    WallTime wallTime() const override { return {}; }
    void sleepUntil(Instant instant) override { at = instant; }
};

}  // namespace

TEST_CASE("three touches open the corner; a slow one begins anew") {
    HandClock clock;
    session::StaffCorner corner(clock);
    CHECK_FALSE(corner.touched());
    clock.at += 1s;
    CHECK_FALSE(corner.touched());
    clock.at += 10s;
    CHECK_FALSE(corner.touched());
    clock.at += 1s;
    CHECK_FALSE(corner.touched());
    clock.at += 1s;
    CHECK(corner.touched());
    // The next one is the first of another three.
    CHECK_FALSE(corner.touched());
}
