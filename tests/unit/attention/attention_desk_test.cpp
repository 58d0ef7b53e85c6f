// The call as it stands: asked until the wire says that somebody acknowledged, and never said to be
// heard where the wire failed.
// Rules: G-14.
#include "drivers/attention/attention_desk.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace liqu;
using namespace liqu::drivers;
using ports::CallReason;
using ports::CallState;

namespace {

struct Told {
    std::vector<std::pair<std::uint64_t, CallReason>> asked;
    std::vector<std::uint64_t> over;
    bool acknowledges = false;
    bool isDead = false;
    bool refusesEnds = false;
};

class ToldWire final : public AttentionWire {
  public:
    explicit ToldWire(Told& told) : told_(told) {}
    Result<bool> ask(std::uint64_t call, CallReason reason) override {
        if (told_.isDead) return fail(ErrorCode::attentionNotHeard, "dead");
        told_.asked.emplace_back(call, reason);
        return told_.acknowledges;
    }
    Result<void> over(std::uint64_t call) override {
        if (told_.isDead || told_.refusesEnds) return fail(ErrorCode::attentionNotHeard, "dead");
        told_.over.push_back(call);
        return {};
    }

  private:
    Told& told_;
};

struct Site {
    Told told;
    AttentionDesk desk{std::make_unique<ToldWire>(told), 100};
};

}  // namespace

TEST_CASE_FIXTURE(Site, "a call is asked until it is acknowledged, and then asked no more") {
    CHECK(desk.state() == CallState::none);
    CHECK(desk.step().value() == false);
    CHECK(told.asked.empty());
    desk.call(CallReason::person);
    CHECK(desk.state() == CallState::asked);
    CHECK(desk.step().value() == true);
    CHECK(desk.state() == CallState::asked);
    desk.call(CallReason::problemWithCard);  // the same call
    told.acknowledges = true;
    CHECK(desk.step().value() == false);
    CHECK(desk.state() == CallState::acknowledged);
    CHECK(desk.step().value() == false);
    CHECK(told.asked == std::vector<std::pair<std::uint64_t, CallReason>>{
                            {101, CallReason::person}, {101, CallReason::person}});
}

TEST_CASE_FIXTURE(Site, "who was told nothing is not said to have been told; it is tried again") {
    told.isDead = true;
    desk.call(CallReason::person);
    CHECK_FALSE(desk.step());
    CHECK(desk.state() == CallState::unheard);
    told.isDead = false;
    CHECK(desk.step().value() == true);
    CHECK(desk.state() == CallState::asked);
}

TEST_CASE_FIXTURE(Site, "a call that ended is told as over, also after the wire failed") {
    desk.call(CallReason::idCardLeft);
    REQUIRE(desk.step());
    desk.clear();
    CHECK(desk.state() == CallState::none);
    told.isDead = true;
    CHECK_FALSE(desk.step());
    told.isDead = false;
    CHECK(desk.step().value() == false);
    CHECK(told.over == std::vector<std::uint64_t>{101});
    desk.call(CallReason::person);
    REQUIRE(desk.step());
    CHECK(told.asked.back().first == 102);
}

TEST_CASE_FIXTURE(Site, "an end that is not taken in keeps no later call from being asked") {
    desk.call(CallReason::person);
    REQUIRE(desk.step());
    desk.clear();
    told.refusesEnds = true;
    CHECK_FALSE(desk.step());
    desk.call(CallReason::idCardLeft);
    CHECK_FALSE(desk.step());
    CHECK(told.asked.back() == std::pair<std::uint64_t, CallReason>{102, CallReason::idCardLeft});
    told.acknowledges = true;
    CHECK_FALSE(desk.step());
    CHECK(desk.state() == CallState::acknowledged);
    told.refusesEnds = false;
    CHECK(desk.step().value() == false);
    CHECK(told.over == std::vector<std::uint64_t>{101});
}

TEST_CASE_FIXTURE(Site, "where an end is told in vain nobody is said to be told of the next call") {
    desk.call(CallReason::person);
    REQUIRE(desk.step());
    desk.clear();
    told.isDead = true;
    CHECK_FALSE(desk.step());
    desk.call(CallReason::person);
    CHECK_FALSE(desk.step());
    CHECK(desk.state() == CallState::unheard);
}
