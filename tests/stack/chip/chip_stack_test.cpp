// The whole chip part over the real stack: social card, PC/SC driver, pcscd, vpcd, emulated card.
#include <cstdlib>
#include <doctest/doctest.h>

#include "drivers/chip_reader/pcsc_chip_reader.hpp"
#include "firmware/chip/social_card.hpp"
#include "tests/scenario/chip/chip_bench.hpp"
#include "tests/world/chip/private_pcscd.hpp"
#include "tests/world/chip/vpcd_slot.hpp"

using namespace liqu;
using namespace liqu::chip;
using namespace liqu::tests;
using world::Fault;

namespace {

// libpcsclite reads its socket's name once per process, so all cases share one daemon.
world::PrivatePcscd& daemon() {
    static const std::unique_ptr<world::PrivatePcscd> running = [] {
        auto started = world::PrivatePcscd::start();
        REQUIRE_MESSAGE(started.has_value(), started.error().cause);
        ::setenv(world::PrivatePcscd::socketVariable, (*started)->socketPath().c_str(), 1);
        return std::move(*started);
    }();
    return *running;
}

struct Stack {
    ChipBench bench;  // its card, order and authority; its in-process reader is not used
    SystemClock clock;
    std::unique_ptr<world::VpcdSlot> slot =
        world::VpcdSlot::start(bench.station, {.port = daemon().port()}).value();
    drivers::PcscChipReader reader;

    explicit Stack(Duration transmitDeadline = std::chrono::seconds(20))
        : reader(clock,
                 {.namePattern = "Liqu Chip Station*", .transmitDeadline = transmitDeadline}) {}
    // The next case must not meet this one's card: wait until pcscd has seen it leave.
    ~Stack() {
        reader.powerOff();
        slot.reset();
        drivers::PcscChipReader witness(clock, {.namePattern = "Liqu Chip Station*"});
        while (!seesNoCard(witness)) witness.powerOff();
    }

    static bool seesNoCard(drivers::PcscChipReader& witness) {
        const auto atr = witness.powerOn(std::chrono::milliseconds(200));
        return !atr && atr.error().cause.starts_with("no card");
    }

    SocialCard socialCard() {
        return SocialCard(reader, bench.authority, bench.profile, std::chrono::seconds(20));
    }
};

}  // namespace

TEST_CASE("a card of each generation is made through pcscd") {
    for (const std::string version : {"3.00", "2.00"}) {
        CAPTURE(version);
        Stack stack;
        stack.bench.blank.version = version;
        stack.bench.feed();
        CHECK(stack.reader.selfTest());
        SocialCard social = stack.socialCard();
        const auto identity = social.inspectBlank(stack.bench.expectation());
        REQUIRE_MESSAGE(identity.has_value(), describe(identity.error()));
        const auto report = stack.bench.personalise(social, *identity);
        REQUIRE_MESSAGE(report.has_value(), describe(report.error()));
        const auto found = social.readBack(stack.bench.order());
        REQUIRE_MESSAGE(found.has_value(), describe(found.error()));
        CHECK(found->items.name.reveal() == "张三");
        social.powerOff();
        checkComplete(*stack.bench.card);
    }
}

TEST_CASE("power lost in the middle of writing: one restart, a complete card") {
    for (const std::string place : {"1", "4", "7", "after-6"}) {
        CAPTURE(place);
        Stack stack;
        stack.bench.faults.arm(Fault::chipReset, place);
        stack.bench.feed();
        SocialCard social = stack.socialCard();
        const auto identity = social.inspectBlank(stack.bench.expectation());
        REQUIRE_MESSAGE(identity.has_value(), describe(identity.error()));
        const auto report = stack.bench.personalise(social, *identity);
        REQUIRE_MESSAGE(report.has_value(), describe(report.error()));
        CHECK(report->restarted);
        CHECK(stack.bench.faults.allFired());
        CHECK(social.readBack(stack.bench.order()));
        checkComplete(*stack.bench.card);
    }
}

TEST_CASE("no card, and one that is mute from the start") {
    Stack stack;
    SUBCASE("none") {
        const auto atr = stack.reader.powerOn(Duration(0));
        REQUIRE_FALSE(atr);
        CHECK(atr.error().code == ErrorCode::chipMute);
    }
    SUBCASE("mute") {
        stack.bench.faults.arm(Fault::chipMute, "1");
        stack.bench.feed();
        const auto atr = stack.reader.powerOn(std::chrono::seconds(2));
        REQUIRE_FALSE(atr);
        CHECK(atr.error().code == ErrorCode::chipMute);
    }
}

TEST_CASE("pcscd dies and comes back: the card is found by a new context") {
    Stack stack;
    stack.bench.feed();
    SocialCard social = stack.socialCard();
    const auto before = social.inspectBlank(stack.bench.expectation());
    REQUIRE_MESSAGE(before.has_value(), describe(before.error()));
    REQUIRE(daemon().restart());
    const auto lost = social.compare(stack.bench.order());
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == ErrorCode::chipServiceDown);
    const auto again = social.inspectBlank(stack.bench.expectation());
    REQUIRE_MESSAGE(again.has_value(), describe(again.error()));
}

TEST_CASE("a card that never answers hangs the reader, which is given up") {
    Stack stack(std::chrono::seconds(1));
    stack.bench.faults.arm(Fault::chipMute, "sex");
    stack.bench.feed();
    SocialCard social = stack.socialCard();
    const auto identity = social.inspectBlank(stack.bench.expectation());
    REQUIRE_MESSAGE(identity.has_value(), describe(identity.error()));
    const auto report = stack.bench.personalise(social, *identity);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::chipReaderHung);
    CHECK(report.error().fate == CardFate::atChipStation);
}

// The last case: after it, pcscd's virtual reader does not see another card for a while.
TEST_CASE("a card that is taken away while it is used") {
    Stack stack;
    stack.bench.feed();
    REQUIRE(stack.reader.powerOn(std::chrono::seconds(20)));
    stack.bench.station.remove();
    const auto reply = stack.reader.transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08});
    REQUIRE_FALSE(reply);
    const bool lost = reply.error().code == ErrorCode::chipRemoved ||
                      reply.error().code == ErrorCode::chipReplyTorn;
    CHECK(lost);
}
