#include "ui/screens/making_bar.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace std::chrono_literals;

namespace {

constexpr Instant start{1h};

screen::MakingScreen writing() {
    screen::MakingScreen told;
    told.steps = {"making.checking", "making.writing", "making.printing"};
    told.current = 1;
    told.percent = 30;
    told.percentAfter = 50;
    told.untilAfter = 10s;
    told.slowAfter = 18s;
    told.timeLeft = 35s;
    return told;
}

}  // namespace

TEST_CASE("the bar goes on by itself, as far as the step goes") {
    const ui::MakingBar bar(writing(), start);
    CHECK(bar.at(start).percent == 30);
    CHECK(bar.at(start + 5s).percent == 40);
    CHECK(*bar.at(start + 5s).timeLeft == 30s);
    CHECK(bar.at(start + 15s).percent == 50);
    CHECK(*bar.at(start + 15s).timeLeft == 25s);
    CHECK(*bar.untilNext(start + 5s) == 1s);
}

TEST_CASE("what takes longer than usual is said once, and then nothing ticks") {
    const ui::MakingBar bar(writing(), start);
    CHECK(*bar.untilNext(start + 12s) == 6s);
    CHECK_FALSE(bar.at(start + 17s).slow);
    CHECK(bar.at(start + 18s).slow);
    CHECK_FALSE(bar.untilNext(start + 18s));
}

TEST_CASE("the bar never goes back, whatever is told") {
    ui::MakingBar bar(writing(), start);
    screen::MakingScreen earlier = writing();
    earlier.percent = 35;
    bar.tell(earlier, start + 5s);
    CHECK(bar.at(start + 5s).percent == 40);
    CHECK(bar.at(start + 15s).percent == 50);
}

TEST_CASE("the same page again, in another language, is nothing new") {
    ui::MakingBar bar(writing(), start);
    screen::MakingScreen again = writing();
    again.idCardMayGo = true;
    bar.tell(again, start + 9s);
    CHECK(bar.at(start + 9s).percent == 48);
    CHECK(bar.at(start + 9s).idCardMayGo);
    CHECK(bar.at(start + 18s).slow);
}

TEST_CASE("a step that takes no time is at its end at once") {
    screen::MakingScreen told = writing();
    told.untilAfter = Duration::zero();
    told.slowAfter = Duration::zero();
    const ui::MakingBar bar(told, start);
    CHECK(bar.at(start).percent == 30);
    CHECK(bar.at(start).slow);
}
