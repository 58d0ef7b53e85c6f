// The counters of held cards, wrong cards and the ledger, with the whole kiosk behind them.
// Rules: A-19, D-02, K-01, K-02, K-03, K-06, K-07, K-08, M-10, M-16, W-01, W-02.
#include <doctest/doctest.h>

#include "firmware/custody/ledger.hpp"
#include "firmware/desk/bin_exits.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/staff/counter_walks.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

constexpr const char* walksAway = "holder.walks-away@take-card";

std::int64_t cardsAt(StaffedKiosk& branch, const custody::Place& place) {
    return custody::balanceOf(branch.database(), place).value();
}

std::int64_t told(StaffedKiosk& branch, const std::string& type) {
    return branch.number(
        "SELECT count(*) FROM outbox WHERE state = 'delivered' AND message_type = '" + type + "'");
}

// Everything planned was done, everything shown has words, and province and machine agree.
void checkWell(StaffedKiosk& branch) {
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
    branch.kiosk->settle();
    CHECK(branch.number("SELECT count(*) FROM outbox WHERE state <> 'delivered'") == 0);
    CHECK(branch.kiosk->outside().front->auditBooks().empty());
    CHECK(custody::checkInvariants(branch.database()));
}

}  // namespace

TEST_CASE("who was told in which way is kept; a card of the dead is given to nobody") {
    StaffedKiosk branch({walksAway});
    notices(branch);
    checkWell(branch);
    CHECK(branch.number("SELECT count(*) FROM held_notices WHERE kind = 'told'") == 2);
    const std::string number =
        custody::cardsAt(branch.database(), custody::Place::holdBin()).value().at(0).cardNumber;
    const auto given =
        desk::handOverFromHold(branch.kiosk->stock(),
                               branch.database()
                                   .query("SELECT order_id FROM orders WHERE state = 'held'")
                                   .value()
                                   .at(0)
                                   .text(0),
                               {codeOfHeld(branch), true, "P-1"}, {"1001", "1002"});
    CHECK_FALSE(given);
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 1);
}

TEST_CASE(
    "a collector with both documents, the proof and a copy gets the card, sealed in the ledger") {
    StaffedKiosk branch({walksAway});
    aCollector(branch);
    checkWell(branch);
    CHECK(cardsAt(branch, custody::Place::holder()) == 1);
    CHECK(branch.number("SELECT count(*) FROM handovers WHERE way = 'agent' AND proof = 'kinship' "
                        "AND proof_paper = 'K-1' AND copy_paper = 'C-1'") == 1);
    CHECK(told(branch, "ISSUE.HANDOVER") == 2);
}

TEST_CASE("a card taken at the mouth is a line of the ledger too") {
    StaffedKiosk branch;
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    CHECK(branch.number("SELECT count(*) FROM handovers_confirmed WHERE way = 'machine' AND "
                        "document = 'residentIdCard' AND confirmed = 'touch'") == 1);
}

TEST_CASE(
    "who goes with the card and touches nothing, or says that it is not right, has not signed") {
    StaffedKiosk silent({"holder.walks-away@next-steps"});
    silent.hands.letCitizen(world::documents::resident());
    SimulatedKiosk wrong;
    wrong.citizen().touchesFirst["next-steps"] = {screen::ActionKind::reportProblem};
    wrong.serve();
    const std::string notSigned =
        "SELECT count(*) FROM handovers_confirmed WHERE way = 'machine' AND confirmed = 'nothing'";
    CHECK(silent.number(notSigned) == 1);
    CHECK(wrong.database().number(notSigned).value() == 1);
    CHECK(silent.number("SELECT count(*) FROM handovers") == 1);
}

TEST_CASE("documents no reader takes are looked at and typed; a wrong number opens nothing") {
    StaffedKiosk branch({walksAway});
    aHouseholdBook(branch);
    checkWell(branch);
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 1);
    CHECK(branch.number("SELECT count(*) FROM handovers") == 0);
}

TEST_CASE("a wrong card is taken back by two, told, and confirmed by a third") {
    StaffedKiosk branch({walksAway});
    aWrongCard(branch);
    CHECK(cardsAt(branch, custody::Place::rejectBin()) == 1);
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 0);
    checkWell(branch);
    CHECK(told(branch, "WRONGCARD.REGISTER") == 1);
    CHECK(told(branch, "WRONGCARD.CONFIRM") == 1);
}

TEST_CASE("a card that went back unfetched comes once more and waits for its holder again") {
    StaffedKiosk branch({walksAway});
    aSecondDelivery(branch);
    checkWell(branch);
    CHECK(cardsAt(branch, custody::Place::cabinet()) == 1);
    CHECK(told(branch, "FINISHED.RETURN") == 1);
    CHECK(told(branch, "FINISHED.RECEIVE") == 1);
    CHECK(branch.number("SELECT count(*) FROM orders WHERE state = 'held'") == 1);
}

TEST_CASE(
    "the ledger of a day is opened for a reason, and a line of it by two; both are recorded") {
    StaffedKiosk branch({walksAway});
    theLedger(branch);
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE act = 'view-ledger' AND object "
                        "LIKE '%asked-by-holder'") == 1);
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE act = 'open-ledger' AND second = "
                        "'1002'") == 1);
}
