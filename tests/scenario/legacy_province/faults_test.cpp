// Whatever goes wrong with a change: it is asked about before it is sent again, and ends as one act
// in the server's books or with people, never as a success that was guessed.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "firmware/province/bodies.hpp"
#include "tests/scenario/legacy_province/acts.hpp"

namespace liqu::scenario {
namespace {

using world::LegacyFault;

constexpr const char* foreignBanksNumber = "F30000000";

// Lasting states of the server; tests of their own.
bool isState(LegacyFault fault) {
    return fault == LegacyFault::unreachable || fault == LegacyFault::clock ||
           fault == LegacyFault::progressLags || fault == LegacyFault::batchLocked;
}

// The act was carried out or not, and its answer says nothing else: no people are needed.
bool isOfTheWay(LegacyFault fault) {
    static const std::set<LegacyFault> ofTheWay = {
        LegacyFault::requestLost,   LegacyFault::answerLost,     LegacyFault::late,
        LegacyFault::halfReply,     LegacyFault::faultBefore,    LegacyFault::faultAfter,
        LegacyFault::htmlGood,      LegacyFault::proxyPage,      LegacyFault::executedTwice,
        LegacyFault::gbkBytes,      LegacyFault::gbkTorn,        LegacyFault::truncatedInner,
        LegacyFault::nilReturn,     LegacyFault::emptyReturn,    LegacyFault::multiRefDangling,
        LegacyFault::doubleEscaped, LegacyFault::cdata,          LegacyFault::childElements,
        LegacyFault::multiRef,      LegacyFault::byteOrderMark,  LegacyFault::trailingNul,
        LegacyFault::hugeReply,     LegacyFault::duplicateErr,   LegacyFault::controlCharacter,
        LegacyFault::halfLinked,    LegacyFault::halfLinkedText, LegacyFault::otherPerson,
        LegacyFault::namesake,      LegacyFault::twoPersons,     LegacyFault::csvQuoted,
        LegacyFault::csvShort,      LegacyFault::fullWidthCode};
    return ofTheWay.contains(fault);
}

// A record of a failure is proof, and its absence is none: it stays open for a day, then people.
bool hasNoCounterProof(const LegacyActCase& act, LegacyFault fault) {
    const bool isBefore = fault == LegacyFault::requestLost || fault == LegacyFault::faultBefore;
    return isBefore && act.name == std::string("report of a failure");
}

// What both runs below hold a settled act to.
void check(Before& before, const LegacyActCase& act, const std::string& said) {
    // Compared with the blank: a case of its own below.
    const bool foreignNumber = before.making.kiosk.adapter->numberAssigned(
                                   before.making.application) == std::string(foreignBanksNumber);
    CHECK(world::violations(before.kiosk.there()) == std::vector<std::string>{});
    CHECK(before.kiosk.there().wrongs == std::vector<std::string>{});
    if (isDone(said) && !foreignNumber) CHECK(act.isThere(before));
    CHECK((isDone(said) || isForStaff(said)));
}

TEST_CASE("each act with each fault of its own call") {
    for (const LegacyActCase& act : legacyActs()) {
        for (const std::string& place : act.places) {
            for (const LegacyFault fault : world::allLegacyFaults()) {
                if (isState(fault)) continue;
                Before before(act.province);
                act.prepare(before);
                const int firedBefore = before.kiosk.faults.fired();
                before.kiosk.faults.arm(fault, place);
                const std::string said = sendUntilSettled(before, act);
                if (before.kiosk.faults.fired() == firedBefore) continue;
                CAPTURE(act.name);
                CAPTURE(place);
                CAPTURE(std::string(world::verbOf(fault)));
                CAPTURE(said);
                check(before, act, said);
                if (isOfTheWay(fault)) CHECK(isDone(said) != hasNoCounterProof(act, fault));
            }
        }
    }
}

constexpr LegacyFault faultsOfLooks[] = {
    LegacyFault::requestLost,    LegacyFault::late,          LegacyFault::faultAfter,
    LegacyFault::htmlGood,       LegacyFault::proxyPage,     LegacyFault::gbkTorn,
    LegacyFault::truncatedInner, LegacyFault::otherPerson,   LegacyFault::namesake,
    LegacyFault::otherBank,      LegacyFault::nameLost,      LegacyFault::bareWord,
    LegacyFault::unmappedText,   LegacyFault::emptyReturn,   LegacyFault::csvSwapped,
    LegacyFault::csvShort,       LegacyFault::portraitEmpty, LegacyFault::dateForm,
    LegacyFault::duplicateErr};

TEST_CASE("and with each fault of the question that is to prove it") {
    for (const LegacyActCase& act : legacyActs()) {
        for (const std::string& look : act.looks) {
            for (const LegacyFault fault : faultsOfLooks) {
                Before before(act.province);
                act.prepare(before);
                for (const std::string& place : act.places)
                    before.kiosk.faults.arm(LegacyFault::answerLost, place);
                const int firedBefore = before.kiosk.faults.fired();
                before.kiosk.faults.arm(fault, look);
                const std::string said = sendUntilSettled(before, act);
                const auto unfired = before.kiosk.faults.unfired();
                const std::string verb = std::string(world::verbOf(fault)) + "@" + look;
                if (std::ranges::find(unfired, verb) != unfired.end()) continue;
                CAPTURE(act.name);
                CAPTURE(verb);
                CAPTURE(said);
                CHECK(before.kiosk.faults.fired() > firedBefore);
                check(before, act, said);
            }
        }
    }
}

TEST_CASE("with a number of another bank nothing is made: neither blank nor data") {
    Before before("hn");
    before.making.apply();
    before.kiosk.faults.arm(LegacyFault::otherBank, "即制卡批次");
    CHECK(before.making.mark() == "OK");
    REQUIRE(before.making.card == foreignBanksNumber);
    CHECK_FALSE(isDone(before.making.personalise()));
    const std::string number = before.kiosk.there().applications.front().card;
    before.making.card = number;
    CHECK(before.making.reserve() == "40202");
}

TEST_CASE("a batch that is locked for two hours is asked for again and made once") {
    for (const char* half : {"", "half"}) {
        CAPTURE(half);
        Before before("hn");
        before.making.apply();
        before.kiosk.faults.arm(LegacyFault::batchLocked, half);
        const std::string first = before.making.mark();
        CHECK(first == "RETRY_LATER/BUSY");
        before.kiosk.clock.sleepFor(std::chrono::minutes{30});
        const std::string meanwhile = before.making.mark();
        CHECK((meanwhile == "RETRY_LATER/BUSY" || meanwhile == "40106"));
        before.kiosk.clock.sleepFor(std::chrono::hours{2});
        before.kiosk.restart();
        CHECK(before.making.mark() == "OK");
        CHECK(before.kiosk.there().applications.front().card == before.making.card);
        CHECK(before.kiosk.there().cards.contains(before.making.card));
        CHECK(before.kiosk.complaints() == std::vector<std::string>{});
    }
}

TEST_CASE("progress that lags ten seconds is waited for, and nothing is sent twice") {
    for (const LegacyActCase& act : legacyActs()) {
        if (act.province != std::string("hn")) continue;
        CAPTURE(act.name);
        Before before("hn");
        act.prepare(before);
        before.kiosk.faults.arm(LegacyFault::progressLags);
        before.kiosk.faults.arm(LegacyFault::answerLost, act.places.front());
        const std::string said = sendUntilSettled(before, act);
        CHECK(isDone(said));
        check(before, act, said);
    }
}

TEST_CASE("the server's clock is ten minutes slow or fast: an application is still known as ours") {
    for (const char* offset : {"-590", "600"}) {
        CAPTURE(offset);
        Before before("hn");
        before.kiosk.faults.arm(LegacyFault::clock, offset);
        const LegacyActCase& act = legacyActs().front();
        act.prepare(before);
        before.kiosk.faults.arm(LegacyFault::answerLost, act.places.front());
        check(before, act, sendUntilSettled(before, act));
        CHECK(act.isThere(before));
        CHECK(before.kiosk.act("apply", newcomer.number).asked == 1);
    }
}

}  // namespace
}  // namespace liqu::scenario
