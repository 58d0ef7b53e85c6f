// What goes over the wire, byte for byte: a change of the code changes nothing here without a word.
#include <doctest/doctest.h>

#include "firmware/base/plain_file.hpp"
#include "firmware/province/bodies.hpp"
#include "tests/unit/province/scripted_link.hpp"

using namespace liqu;
using namespace liqu::province;

namespace {

StockAct exampleAct() {
    StockAct act;
    act.place = "hopper-1";
    act.toPlace = "missing";
    act.lane = 1;
    act.box = "BOX-1";
    act.seal = "S-4711";
    act.lastCardNumber = test::cardNumber;
    act.cardNumbers = {test::cardNumber};
    act.count = 1;
    act.before = 5;
    act.after = 4;
    act.reason = "a card \"slipped\"";
    return act;
}

StockSnapshot exampleSnapshot() {
    StockSnapshot snapshot;
    snapshot.day = "20240601";
    snapshot.until = WallTime(std::chrono::milliseconds(1'717'207'382'000));
    snapshot.places = {{"hopper-1", "B01", 1, 2, 3, 0, 0}};
    snapshot.consumed = 3;
    snapshot.taken = 2;
    snapshot.spoiled = 1;
    snapshot.cases = 1;
    snapshot.missingCardNumbers = {test::cardNumber};
    snapshot.auditLines = 12;
    snapshot.auditDigest = std::string(64, 'A');
    return snapshot;
}

SignIn exampleSignIn() {
    SignIn signIn;
    signIn.firmwareVersion = "0.1.0";
    signIn.schemaVersion = 1;
    signIn.modules = {{"card-printer", ModuleState::warning}};
    signIn.epoch = std::string(32, 'e');
    signIn.lastChain = std::string(64, '0');
    return signIn;
}

ports::CardKeyContext exampleCard() {
    ports::CardKeyContext card;
    card.historicalBytes.fill(0x3B);
    card.cardIdCode.fill(0xC1);
    return card;
}

// By the message's name; a second form of one has a number behind.
struct Bodies {
    std::vector<std::pair<std::string, Result<PersonalText>>> all;
    template <typename Message>
    void add(const char* name, const Message& message) {
        all.emplace_back(name, bodyOf(message));
    }
};

void addOfVisits(Bodies& bodies) {
    const auto add = [&bodies](const char* name, const auto& message) {
        bodies.add(name, message);
    };
    SignIn renewal = exampleSignIn();
    renewal.replacesEpoch = std::string(32, 'd');
    add("TERM.SIGNIN", exampleSignIn());
    add("TERM.SIGNIN 2", renewal);
    add("PERSON.QUERY", PersonQuery{card::DocumentKind::residencePermit,
                                    PersonalText(test::socialNumber), PersonalText("张三")});
    add("PHOTO.GET", AboutPerson{PersonalText(test::socialNumber)});
    add("ELIG.CHECK",
        EligibilityCheck{PersonalText(test::socialNumber), ApplicationKind::lost, AgeClass::minor});
    add("PROGRESS.QUERY",
        ProgressQuery{ProgressBy::socialNumber, PersonalText(test::socialNumber)});
    add("APPLY.CREATE", test::exampleApplication());
    add("APPLY.CANCEL", Withdrawal{"A-1", WithdrawReason::timeout});
    add("ISSUE.MARK", AboutApplication{"A-1"});
    add("LOSS.TEMP", test::exampleLoss());
    add("LOSS.FORMAL", test::exampleLoss());
    add("LOSS.RELEASE", test::exampleLoss());
    add("CARD.ENABLE", test::exampleCardEnabling());
    add("DATA.CHANGE", test::exampleDataChange());
    add("BLANK.RESERVE", test::exampleReservation());
    add("PERSO.GET", test::examplePersonalisation());
    add("CARDAUTH.INT", CardAuthentication{std::nullopt, "", exampleCard(), {1}, {2}});
    add("CARDAUTH.EXT",
        CardAuthentication{ports::CardKey::updateCard, "P-000042", exampleCard(), {1}, {2}});
    add("CARDAUTH.SECMSG", SecureMessageRequest{exampleCard(), {1}, "8424000114", "123456"});
    add("FEE.QUOTE", FeeQuestion{"A-1", PersonalText(test::socialNumber), ApplicationKind::lost});
    const std::string orderNo = "0123456789ABCDEFGHJKMNPQRS";
    add("FEE.REGISTER", FeePayment{"A-1", orderNo, Money::ofFen(2000), "42001", "NATIVE",
                                   "2024-06-01T10:00:20+08:00"});
    add("FEE.REFUND", FeeRefund{"A-1", orderNo, "0123456789ABCDEFGHJKMNPQRT", Money::ofFen(2000),
                                RefundReason::paidTwice});
}

void addOfCards(Bodies& bodies) {
    const auto add = [&bodies](const char* name, const auto& message) {
        bodies.add(name, message);
    };
    MakeReport failed = test::exampleReport();
    failed.result = MakeResult::failed;
    failed.stage = MakeStage::power;
    failed.reasonCode = 20203;
    failed.faceState = FaceState::partial;
    failed.readBack.reset();
    add("ISSUE.REPORT", test::exampleReport());
    add("ISSUE.REPORT 2", failed);
    Enabling byPin = test::exampleEnabling();
    byPin.byPinChange = true;
    add("ISSUE.ENABLE", test::exampleEnabling());
    add("ISSUE.ENABLE 2", byPin);
    add("ISSUE.HANDOVER", test::exampleHandover());
    add("PIN.CHANGED", test::examplePinChange());
    add("PIN.UNLOCKED", test::examplePinService());
    add("STOCK.LOAD", test::exampleLoad());
    add("STOCK.ADJUST", exampleAct());
    add("CARD.RECOVER",
        CardRecovery{"A-1", test::cardNumber, test::cardNumber, RecoverReason::data, {}});
    add("WRONGCARD.REGISTER",
        WrongCard{test::cardNumber, {"NAME"}, {"PHOTO"}, WrongCause::machine, "P-1", {}});
    add("WRONGCARD.CONFIRM",
        WrongCardConfirmation{test::cardNumber, test::business().bizId, "Q-1", {}});
    add("STOCK.SNAPSHOT", exampleSnapshot());
    add("AUDIT.CHECKPOINT",
        AuditCheckpoint{exampleSnapshot().until, 12, std::string(64, 'B'), std::string(64, 'A'), 57,
                        48212, std::string(128, 'C')});
    add("RECON.DAY", ReconQuery{"20240601", {}, exampleSnapshot().until});
}

std::vector<std::pair<std::string, Result<PersonalText>>> bodies() {
    Bodies bodies;
    addOfVisits(bodies);
    addOfCards(bodies);
    return std::move(bodies.all);
}

}  // namespace

TEST_CASE("every body goes over the wire as it always did") {
    std::string written;
    for (const auto& [name, body] : bodies()) {
        REQUIRE(body.has_value());
        written += name + " " + body->reveal() + "\n";
    }
    const std::string file = LIQU_SOURCE_DIR "/tests/unit/province/golden_bodies.txt";
    CHECK(written == PlainFile::open(file).value().read(1U << 20).value());
}
