#include "program/heartbeat.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::program;
using namespace std::chrono_literals;

namespace {

class HandClock final : public Clock {
  public:
    Instant now() const override { return now_; }
    WallTime wallTime() const override { return {}; }
    void sleepUntil(Instant instant) override { now_ = instant; }

  private:
    Instant now_{};
};

struct Loops {
    HandClock clock;
    Heartbeat heartbeat{clock};
};

}  // namespace

TEST_CASE("before anything runs nobody is late") {
    Loops loops;
    loops.clock.sleepFor(1h);
    CHECK_FALSE(loops.heartbeat.late());
}

TEST_CASE("each loop that does not turn in its time is late, and only that one") {
    for (const Loop stuck : {Loop::window, Loop::kiosk, Loop::sender}) {
        CAPTURE(wordOf(stuck));
        Loops loops;
        const auto turnAll = [&](bool stuckToo) {
            for (const Loop loop : {Loop::window, Loop::kiosk, Loop::sender}) {
                if (loop != stuck || stuckToo) loops.heartbeat.turned(loop);
            }
        };
        for (const Loop loop : {Loop::window, Loop::kiosk, Loop::sender}) {
            loops.heartbeat.expect(loop, 10s);
        }
        for (int i = 0; i < 20; ++i) {
            turnAll(true);
            loops.clock.sleepFor(10s);
            REQUIRE_FALSE(loops.heartbeat.late());
        }
        turnAll(false);
        loops.clock.sleepFor(1s);
        CHECK(loops.heartbeat.late() == stuck);
        turnAll(true);
        CHECK_FALSE(loops.heartbeat.late());
    }
}

TEST_CASE("a loop that never came to turn is late") {
    Loops loops;
    loops.heartbeat.expect(Loop::kiosk, 10s);
    loops.clock.sleepFor(11s);
    CHECK(loops.heartbeat.late() == Loop::kiosk);
}

TEST_CASE("a loop that ended in order is not late, and is not brought back by a last word") {
    Loops loops;
    loops.heartbeat.expect(Loop::sender, 10s);
    loops.heartbeat.turned(Loop::sender);
    loops.heartbeat.end(Loop::sender);
    loops.heartbeat.turned();
    loops.clock.sleepFor(1h);
    CHECK_FALSE(loops.heartbeat.late());
}

TEST_CASE("what a loop waits for tells for it, and nobody else's thread does") {
    Loops loops;
    loops.heartbeat.expect(Loop::kiosk, 10s);
    loops.heartbeat.turned(Loop::kiosk);
    loops.clock.sleepFor(8s);
    loops.heartbeat.turned();
    loops.clock.sleepFor(8s);
    CHECK_FALSE(loops.heartbeat.late());
    std::jthread([&loops] { loops.heartbeat.turned(); }).join();
    loops.clock.sleepFor(3s);
    CHECK(loops.heartbeat.late() == Loop::kiosk);
}

TEST_CASE("a loop may be given more time for what comes next") {
    Loops loops;
    loops.heartbeat.expect(Loop::window, 3min);
    loops.clock.sleepFor(1min);
    CHECK_FALSE(loops.heartbeat.late());
    loops.heartbeat.expect(Loop::window, 10s);
    loops.clock.sleepFor(11s);
    CHECK(loops.heartbeat.late() == Loop::window);
}
