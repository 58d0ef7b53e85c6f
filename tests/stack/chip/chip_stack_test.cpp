// The whole chip part over the real stack: social card, PC/SC driver, pcscd, vpcd, emulated card.
// Rules: I-05.
#include <cstdlib>
#include <doctest/doctest.h>
#include <winscard.h>

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

// vpcd has two slots of one name.
constexpr const char* readerName = "Liqu Chip Station 00 00";

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
        : reader(clock, {.namePart = readerName, .transmitDeadline = transmitDeadline}) {}
    // The next case must not meet this one's card: wait until pcscd has seen it leave.
    ~Stack() {
        reader.powerOff();
        slot.reset();
        drivers::PcscChipReader witness(clock, {.namePart = readerName});
        while (!seesNoCard(witness)) witness.powerOff();
    }

    static bool seesNoCard(drivers::PcscChipReader& witness) {
        const auto atr = witness.powerOn(std::chrono::milliseconds(200));
        return !atr && atr.error().cause.starts_with("no card");
    }

    SocialCard socialCard() {
        return SocialCard(reader, bench.authority, bench.random, bench.profile,
                          std::chrono::seconds(20));
    }
};

// A monitor that looks at every new card.
class OtherProgram {
  public:
    explicit OtherProgram(DWORD share) {
        REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) == 0);
        DWORD protocol = 0;
        REQUIRE(SCardConnect(context_, readerName, share, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                             &card_, &protocol) == 0);
    }
    ~OtherProgram() {
        letGo();
        SCardReleaseContext(context_);
    }
    void letGo() {
        if (card_ != 0) SCardDisconnect(card_, SCARD_LEAVE_CARD);
        card_ = 0;
    }

  private:
    SCARDCONTEXT context_ = 0;
    SCARDHANDLE card_ = 0;
};

// pcsc-lite, with somebody who hears what a connection came to.
class NoticingContext final : public drivers::PcscContext {
  public:
    explicit NoticingContext(std::function<void(drivers::PcscCode)> onConnect)
        : onConnect_(std::move(onConnect)) {}
    drivers::PcscCode establish() override { return real_->establish(); }
    drivers::PcscCode listReaders(std::vector<std::string>& names) override {
        return real_->listReaders(names);
    }
    drivers::PcscCode waitForChange(const std::string& reader, std::chrono::milliseconds patience,
                                    drivers::CardPresence& presence) override {
        return real_->waitForChange(reader, patience, presence);
    }
    drivers::PcscCode connectExclusively(const std::string& reader) override {
        const drivers::PcscCode answer = real_->connectExclusively(reader);
        onConnect_(answer);
        return answer;
    }
    drivers::PcscCode reset(drivers::ResetKind kind) override { return real_->reset(kind); }
    drivers::PcscCode answerToReset(Bytes& atr) override { return real_->answerToReset(atr); }
    drivers::PcscCode transmit(ByteView command, Bytes& reply) override {
        return real_->transmit(command, reply);
    }
    drivers::PcscCode disconnect() override { return real_->disconnect(); }

  private:
    std::shared_ptr<drivers::PcscContext> real_ = drivers::makePcscLiteContext();
    std::function<void(drivers::PcscCode)> onConnect_;
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

TEST_CASE("pcscd dies and comes back: the card is seated again with a new context") {
    Stack stack;
    stack.bench.feed();
    SocialCard social = stack.socialCard();
    const auto before = social.inspectBlank(stack.bench.expectation());
    REQUIRE_MESSAGE(before.has_value(), describe(before.error()));
    REQUIRE(daemon().restart());
    const auto contents = social.compare(stack.bench.order());
    REQUIRE_MESSAGE(contents.has_value(), describe(contents.error()));
    CHECK(*contents == ChipContents::untouched);
    const auto again = social.inspectBlank(stack.bench.expectation());
    REQUIRE_MESSAGE(again.has_value(), describe(again.error()));
}

TEST_CASE("a part of the name that fits two slots is said, not guessed") {
    Stack stack;
    stack.bench.feed();
    drivers::PcscChipReader either(stack.clock, {.namePart = "Liqu Chip Station"});
    const auto test = either.selfTest();
    REQUIRE_FALSE(test);
    CHECK(test.error().code == ErrorCode::chipReaderAmbiguous);
    for (const char* slot : {"Liqu Chip Station 00 00", "Liqu Chip Station 00 01"}) {
        CHECK(test.error().cause.find(slot) != std::string::npos);
    }
    CHECK(either.powerOn(std::chrono::seconds(5)).error().code == ErrorCode::chipReaderAmbiguous);
}

TEST_CASE("another program has the reader open when the card comes: it is waited for") {
    for (const DWORD share : {SCARD_SHARE_SHARED, SCARD_SHARE_EXCLUSIVE}) {
        CAPTURE(share);
        Stack stack;
        stack.bench.feed();
        // Until pcscd has seen the card.
        REQUIRE(stack.reader.powerOn(std::chrono::seconds(20)));
        stack.reader.powerOff();
        OtherProgram other(share);
        int refusals = 0;
        drivers::PcscChipReader reader(stack.clock, {.namePart = readerName}, [&] {
            return std::make_shared<NoticingContext>([&](drivers::PcscCode answer) {
                if (answer != drivers::PcscCode::sharingViolation) return;
                if (++refusals == 2) other.letGo();
            });
        });
        const auto atr = reader.powerOn(std::chrono::seconds(20));
        CHECK_MESSAGE(atr.has_value(), describe(atr.error()));
        CHECK(refusals == 2);
        reader.powerOff();
    }
}

TEST_CASE("a reader that another program never lets go of fails the self-test") {
    Stack stack;
    stack.bench.feed();
    REQUIRE(stack.reader.powerOn(std::chrono::seconds(20)));
    stack.reader.powerOff();
    CHECK(stack.reader.selfTest());
    OtherProgram other(SCARD_SHARE_SHARED);
    const auto test = stack.reader.selfTest();
    REQUIRE_FALSE(test);
    CHECK(test.error().code == ErrorCode::chipReaderHeld);
    other.letGo();
    CHECK(stack.reader.selfTest());
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
