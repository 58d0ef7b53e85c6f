// Every message the adapter can send, before each of the three provinces: answered as the contract
// has it, and the server has nothing to complain of.
#include <doctest/doctest.h>
#include <fstream>

#include "firmware/base/china_time.hpp"
#include "firmware/province/bodies.hpp"
#include "firmware/province/branch_list.hpp"
#include "tests/scenario/legacy_province/legacy_kiosk.hpp"

namespace liqu::scenario {
namespace {

using namespace province;

constexpr const char* listed = "OK/BRANCH_LIST";
constexpr const char* no = "NEEDS_STAFF";  // nothing is sent

SignIn signIn() {
    SignIn message;
    message.firmwareVersion = "0.1.0";
    message.schemaVersion = 1;
    message.epoch = std::string(32, 'e');
    message.lastChain = std::string(64, '0');
    return message;
}

PersonQuery personOf(const LegacyCitizen& who) {
    PersonQuery query;
    query.documentNumber = PersonalText(who.number);
    query.name = PersonalText(who.name);
    return query;
}

// Their name is known once they were asked for.
std::string asked(LegacyKiosk& kiosk, MessageType type, const LegacyCitizen& who) {
    if (kiosk.tell(MessageType::personQuery, personOf(who)) != "OK") return "unknown person";
    const PersonalText number(who.number);
    switch (type) {
        case MessageType::photoGet:
        case MessageType::cardQuery:
            return kiosk.tell(type, AboutPerson{number});
        case MessageType::eligibilityCheck: {
            EligibilityCheck check;
            check.socialNumber = number;
            return kiosk.tell(type, check);
        }
        default:
            return kiosk.tell(type, ProgressQuery{ProgressBy::socialNumber, number});
    }
}

// A card on its way, up to this message.
std::string madeUpTo(LegacyKiosk& kiosk, MessageType type) {
    Making making(kiosk);
    const std::string applied = making.apply();
    if (type == MessageType::applyCreate) return applied;
    // A lock keeps the batch from being made, so that there is a mark alone to withdraw.
    if (type == MessageType::issueUnmark) {
        kiosk.faults.arm(world::LegacyFault::batchLocked);
        making.mark();
        return kiosk.tell(type, Withdrawal{making.application, WithdrawReason::person});
    }
    const std::string marked = making.mark();
    if (type == MessageType::issueMark) return marked;
    const std::string reserved = making.reserve();
    if (type == MessageType::blankReserve) return reserved;
    const std::string permitted = making.personalise();
    if (type == MessageType::personalisationGet) return permitted;
    const std::string reported = making.report();
    return type == MessageType::issueReport ? reported : making.enable();
}

std::string said(LegacyKiosk& kiosk, MessageType type) {
    switch (type) {
        case MessageType::signIn:
            return kiosk.tell(type, signIn());
        case MessageType::personQuery:
            return kiosk.tell(type, personOf(newcomer));
        case MessageType::photoGet:
        case MessageType::cardQuery:
        case MessageType::eligibilityCheck:
        case MessageType::progressQuery:
            return asked(kiosk, type, holder);
        case MessageType::lossTemp:
        case MessageType::lossFormal:
            return kiosk.tell(type, lossOf(holder));
        case MessageType::lossRelease:
            return kiosk.tell(type, lossOf(silentLoser));
        case MessageType::cardEnable:
            kiosk.there().cards.at(holder.card).state = world::LegacyCardState::sealed;
            return kiosk.tell(type, enablingOf(holder));
        case MessageType::issueEnable:
            if (kiosk.adapter->can(MessageType::applyCreate)) return madeUpTo(kiosk, type);
            kiosk.there().cards.at(holder.card).state = world::LegacyCardState::sealed;
            return kiosk.tell(
                type, Enabling{"A-20240601-000042", holder.card, PersonalText(holder.number),
                               PersonalText(holder.name), false});
        case MessageType::applyCreate:
        case MessageType::issueMark:
        case MessageType::issueUnmark:
        case MessageType::blankReserve:
        case MessageType::personalisationGet:
        case MessageType::issueReport:
            return madeUpTo(kiosk, type);
        default:
            return kiosk.tellBody(type, PersonalText("{}"));
    }
}

// By province: hn, hb, jl. What stands here not is a fact without a place there.
using Expected = std::array<const char*, 3>;
const std::map<MessageType, Expected> expected = {
    {MessageType::signIn, {"OK", "OK", "OK"}},
    {MessageType::personQuery, {"OK", "OK", "OK"}},
    {MessageType::photoGet, {"OK", "OK", "OK"}},
    {MessageType::eligibilityCheck, {"OK", "OK", no}},
    {MessageType::progressQuery, {"OK", "OK", "OK"}},
    {MessageType::cardQuery, {"OK", "OK", no}},
    {MessageType::applyCreate, {"OK", no, no}},
    {MessageType::applyCancel, {no, no, no}},
    {MessageType::issueMark, {"OK", no, no}},
    {MessageType::issueUnmark, {"OK", no, no}},
    {MessageType::lossTemp, {"OK", "OK", no}},
    {MessageType::lossFormal, {"OK", "OK", no}},
    {MessageType::lossRelease, {"OK", "OK", no}},
    {MessageType::cardEnable, {"OK", "OK", no}},
    {MessageType::dataChange, {no, no, no}},
    {MessageType::blankReserve, {"OK", no, no}},
    {MessageType::personalisationGet, {"OK", no, no}},
    {MessageType::cardAuthInternal, {"OK", "OK", "OK"}},  // by the encryption machine
    {MessageType::cardAuthExternal, {"OK", "OK", "OK"}},
    {MessageType::cardAuthSecure, {"OK", "OK", "OK"}},
    {MessageType::issueReport, {"OK", listed, listed}},
    {MessageType::issueEnable, {"OK", "OK", listed}},
    {MessageType::reconDay, {no, no, no}},
    // What the older systems have no home for is on the day's paper.
    {MessageType::auditCheckpoint, {"OK/DAY_PAPER", "OK/DAY_PAPER", "OK/DAY_PAPER"}},
    {MessageType::feeQuote, {no, no, no}}};

TEST_CASE("every message has the answer its province can give, and the server saw nothing wrong") {
    const std::array<std::string, 3> provinces = {"hn", "hb", "jl"};
    for (std::size_t i = 0; i < provinces.size(); ++i) {
        for (const MessageType type : wordTable<MessageType>.values()) {
            CAPTURE(provinces[i]);
            CAPTURE(std::string(nameOf(type)));
            LegacyKiosk kiosk(provinces[i]);
            const auto row = expected.find(type);
            const std::string wanted = row == expected.end() ? listed : row->second[i];
            CHECK(said(kiosk, type) == wanted);
            CHECK(kiosk.complaints() == std::vector<std::string>{});
            if (wanted == listed) CHECK(*branchListLength(*kiosk.database) >= 1);
            if (wanted == no) CHECK_FALSE(kiosk.adapter->can(type));
        }
    }
}

TEST_CASE("its clock is the one of the HTTP head") {
    LegacyKiosk kiosk;
    kiosk.faults.arm(world::LegacyFault::clock, "-600");
    const auto answer = Province(*kiosk.adapter).signIn(kiosk.business(), signIn());
    REQUIRE_MESSAGE(answer, (answer ? "" : describe(answer.error())));
    CHECK(answer->serverTime.starts_with("2024-06-01T09:50:00"));
}

TEST_CASE("a person whose name was never heard is asked about where no name is asked for") {
    const ProgressQuery about{ProgressBy::socialNumber, PersonalText(holder.number)};
    LegacyKiosk hubei("hb");
    CHECK(hubei.tell(MessageType::progressQuery, about) == "OK");
    LegacyKiosk henan("hn");
    CHECK(henan.tell(MessageType::progressQuery, about) == "40202");
    CHECK(henan.there().calls.empty());
}

TEST_CASE("what is under way is told with the kind, bank and time of that system") {
    LegacyKiosk kiosk;
    kiosk.tell(MessageType::personQuery, personOf(newcomer));
    Making making(kiosk);
    making.apply();
    const WallTime applied = kiosk.there().applications.front().applied;
    kiosk.clock.sleepFor(std::chrono::hours{3});
    const auto progress =
        kiosk.adapter->progress(kiosk.business(7), ProgressBy::socialNumber, newcomer.number);
    REQUIRE(progress);
    REQUIRE(progress->applications.size() == 1);
    const Application& told = progress->applications.front();
    CHECK(told.applicationNo == making.application);
    CHECK(told.kind == ApplicationKind::newCard);
    CHECK(told.bankCode == "B01");
    CHECK(told.state == ApplicationState::created);
    CHECK(told.createdTime.substr(0, 19) == formatChinaTime(applied).substr(0, 19));
    making.mark();
    const auto marked =
        kiosk.adapter->progress(kiosk.business(7), ProgressBy::socialNumber, newcomer.number);
    REQUIRE(marked);
    CHECK(marked->applications.front().cardNumber == making.card);
}

TEST_CASE("an answer about a namesake is nobody's, whatever it was asked for") {
    LegacyKiosk kiosk;
    Making making(kiosk);
    making.apply();
    kiosk.faults.arm(world::LegacyFault::namesake, "getAZ03");
    CHECK(kiosk.adapter->progress(kiosk.business(), ProgressBy::socialNumber, newcomer.number)
              .error()
              .code == ErrorCode::answerForOtherPerson);
    // Here whom it is about stands in the answer, and who asked compares.
    kiosk.faults.arm(world::LegacyFault::namesake, "getRysj");
    const auto found = Province(*kiosk.adapter).person(kiosk.business(), personOf(newcomer));
    REQUIRE(found);
    CHECK(found->documentNumber.reveal() == world::namesakeOfFirst);
}

TEST_CASE("a replacement is paid for first, and the old card ends with the report") {
    LegacyKiosk unpaid;
    CHECK(Making(unpaid).apply(unpaidLoser) == "BIZ_REFUSED/FEE_DUE");
    LegacyKiosk kiosk;
    Making making(kiosk);
    CHECK(making.apply(paidLoser) == "OK");
    CHECK(making.mark() == "OK");
    CHECK(making.personalise() == "OK");
    CHECK(making.report(MakeResult::failed) == "OK");
    // Its number is dead: the next blank has another.
    const std::string dead = making.card;
    CHECK(making.mark(2) == "ALREADY");  // the person stays marked
    CHECK(making.card != dead);
    CHECK(making.personalise() == "OK");
    CHECK(making.report(MakeResult::ok, 2) == "OK");
    CHECK(making.enable() == "OK");
    CHECK(kiosk.stateThere(paidLoser.card) == world::LegacyCardState::cancelled);
    CHECK(kiosk.stateThere(making.card) == world::LegacyCardState::normal);
    CHECK(kiosk.complaints() == std::vector<std::string>{});
}

TEST_CASE("a mark whose batch is made stays, and that is no text nobody knows") {
    LegacyKiosk kiosk;
    Making making(kiosk);
    making.apply();
    making.mark();
    CHECK(kiosk.tell(MessageType::issueUnmark,
                     Withdrawal{making.application, WithdrawReason::person}) == "NEEDS_STAFF");
    CHECK(kiosk.complaints() == std::vector<std::string>{});
}

}  // namespace
}  // namespace liqu::scenario
