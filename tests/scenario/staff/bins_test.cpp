// The ways out of the bins: a held card to its holder, whose ID card the machine compares; the
// rejected ones back to the bank.
// Rules: D-02, G-17, I-11, K-01, K-04, K-05, M-05, M-09, M-10, M-12, M-15, M-19, W-04.
#include <doctest/doctest.h>
#include <set>

#include "firmware/custody/ledger.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/scenario/staff/staff_hands.hpp"
#include "tests/support/shown_words.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

std::int64_t cardsAt(StaffedKiosk& branch, const custody::Place& place) {
    return custody::balanceOf(branch.database(), place).value();
}

// Somebody's card is finished and not taken.
void leaveCard(StaffedKiosk& branch) {
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    REQUIRE(cardsAt(branch, custody::Place::holdBin()) == 1);
}

std::string pickupCode(StaffedKiosk& branch) {
    const auto rows =
        branch.database().query("SELECT pickup_code FROM orders WHERE state = 'held'");
    return rows.value().at(0).text(0);
}
std::string heldNumber(StaffedKiosk& branch) {
    return custody::cardsAt(branch.database(), custody::Place::holdBin()).value().at(0).cardNumber;
}

void toTheHeldCard(StaffedKiosk& branch) {
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "held");
    branch.hands.touch("staff-held", "card-" + heldNumber(branch));
    branch.hands.touch("staff-held-card", "deliver");
}

void layDownWhenAsked(StaffedKiosk& branch, const world::Document& document) {
    branch.hands.onScreen = [&branch, document](const std::string& screen) {
        world::ReaderEngine& reader = *branch.kiosk->outside().idReader;
        if (screen == "staff-identity") reader.layDown(document);
        if (screen != "staff-identity" && reader.documentLies()) reader.lift();
    };
}

std::set<std::string> pagesThatSay(const StaffedKiosk& branch, const std::string& key) {
    std::set<std::string> pages;
    for (const screen::Screen& screen : branch.hands.screens) {
        for (const test::ShownWords& words : test::shownWords(screen)) {
            if (words.phrase.key != key) continue;
            pages.insert(std::string(screen::nameOf(screen.content)));
        }
    }
    return pages;
}

// Somewhere while the face is printed the power goes: staff have to look.
std::unique_ptr<StaffedKiosk> withDoubtfulFace() {
    for (int after = 20; after <= 70; after += 4) {
        auto branch = std::make_unique<StaffedKiosk>();
        branch->hands.letCitizenUntilPowerCut(world::documents::resident(),
                                              std::chrono::seconds{after});
        if (branch->number("SELECT count(*) FROM orders WHERE state = 'staffLook'") == 1) {
            return branch;
        }
    }
    return nullptr;
}

void judgeFace(StaffedKiosk& branch, const char* verdict) {
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    branch.hands.touch("staff-menu", "faces");
    branch.hands.touch("staff-faces", "card-" + heldNumber(branch));
    branch.hands.touch("staff-face", verdict);
    branch.hands.secondSignsIn("1001");
    branch.hands.signOut("staff-faces");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

}  // namespace

TEST_CASE("a face that may be half printed: complete is registered, incomplete is spoiled") {
    const auto whole = withDoubtfulFace();
    REQUIRE(whole != nullptr);
    judgeFace(*whole, "complete");
    CHECK(cardsAt(*whole, custody::Place::holdBin()) == 1);
    CHECK(whole->number("SELECT count(*) FROM orders WHERE state = 'held'") == 1);
    const auto half = withDoubtfulFace();
    REQUIRE(half != nullptr);
    judgeFace(*half, "incomplete");
    CHECK(cardsAt(*half, custody::Place::holdBin()) == 0);
    CHECK(cardsAt(*half, custody::Place::rejectBin()) == 1);
}

TEST_CASE("a held card goes to its holder: ID card, pick-up code, signature, two people") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    layDownWhenAsked(branch, world::documents::resident());
    toTheHeldCard(branch);
    branch.hands.type("staff-deliver", {{"pickup-code", "000000"}, {"paper", "P17"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-problem", "understood");
    branch.hands.type("staff-deliver", {{"pickup-code", pickupCode(branch)}, {"paper", "P17"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 0);
    CHECK(cardsAt(branch, custody::Place::holder()) == 1);
    CHECK(pagesThatSay(branch, "staff.deliver.bank-missing") == std::set<std::string>{});
    // To be told to its holder all the same: the account is activated in person.
    CHECK(pagesThatSay(branch, "staff.deliver.bank-activate") ==
          std::set<std::string>{"staff-deliver", "staff-done"});
    CHECK(pagesThatSay(branch, "staff.deliver.keep") == std::set<std::string>{"staff-done"});
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("whoever hands over a card without its bank account is asked to tell the holder") {
    StaffedKiosk branch({"holder.walks-away@take-card", "province.enable-partial"});
    leaveCard(branch);
    layDownWhenAsked(branch, world::documents::resident());
    toTheHeldCard(branch);
    branch.hands.type("staff-deliver", {{"pickup-code", pickupCode(branch)}, {"paper", "P17"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(cardsAt(branch, custody::Place::holder()) == 1);
    CHECK(pagesThatSay(branch, "staff.deliver.bank-missing") ==
          std::set<std::string>{"staff-deliver", "staff-done"});
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("another person's ID card gets no card, and nothing of either is shown") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    layDownWhenAsked(branch, world::documents::permit());
    toTheHeldCard(branch);
    branch.hands.touch("staff-problem", "understood");
    branch.hands.signOut("staff-held-card");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 1);
}

TEST_CASE("the reject bin is emptied after it was counted; what went back is destroyed by two") {
    StaffedKiosk branch({"chip.6581@name"});
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    const std::int64_t rejected = cardsAt(branch, custody::Place::rejectBin());
    REQUIRE(rejected > 0);
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "bins");
    branch.hands.touch("staff-bins", "reject-bin");
    branch.hands.type("staff-bin-count", {{"count", std::to_string(rejected + 1)}});
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-problem", "understood");
    branch.hands.type("staff-bin-count", {{"count", std::to_string(rejected)}});
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.touch("staff-bins", "destroy-returned");
    branch.hands.touch("staff-destroy-returned", "destroy");
    branch.hands.secondSignsIn("1003");
    branch.hands.touch("staff-bins", "destroy-returned");
    branch.hands.touch("staff-destroy-returned", "back");
    branch.hands.signOut("staff-bins");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(cardsAt(branch, custody::Place::rejectBin()) == 0);
    CHECK(cardsAt(branch, custody::Place::destroyed()) == rejected);
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a held card that waits too long alarms where it is handed over, not at the bins") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * 40});
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    std::map<std::string, screen::Tone> tones;
    for (const screen::Screen& screen : branch.hands.screens) {
        const auto* menu = std::get_if<screen::StaffMenuScreen>(&screen.content);
        if (menu == nullptr) continue;
        for (const screen::StaffWay& way : menu->ways) tones[way.choice] = way.tone;
    }
    CHECK(tones["held"] == screen::Tone::warning);
    CHECK(tones["bins"] == screen::Tone::plain);
}

namespace {

void waitDays(StaffedKiosk& branch, int days) {
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * days});
}

void moveIntoCabinet(StaffedKiosk& branch) {
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "held");
    branch.hands.touch("staff-held", "to-cabinet");
    branch.hands.touch("staff-to-cabinet", "taken-out");
    branch.hands.type("staff-to-cabinet-count", {{"count", "2"}});
    branch.hands.touch("staff-problem", "understood");
    branch.hands.type("staff-to-cabinet-count", {{"count", "1"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    takeOutAsBooked(*branch.kiosk);
    branch.kiosk->settle();
    REQUIRE(cardsAt(branch, custody::Place::cabinet()) == 1);
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 0);
}

std::vector<session::ExistingKind> seenByHolder(StaffedKiosk& branch) {
    branch.kiosk->citizen().seen.clear();
    branch.hands.letCitizen(world::documents::resident());
    std::vector<session::ExistingKind> kinds;
    for (const auto& have : existingTold(branch.kiosk->citizen())) kinds.push_back(have.kind);
    return kinds;
}

std::int64_t factsOf(StaffedKiosk& branch, const std::string& type) {
    return branch.number(
        "SELECT count(*) FROM outbox WHERE state = 'delivered' AND "
        "message_type = '" +
        type + "'");
}

}  // namespace

TEST_CASE("an unfetched card goes into the cabinet after its days, and to its holder from there") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    // Not before: the page has nothing to move.
    waitDays(branch, 6);
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "held");
    branch.hands.touch("staff-held", "to-cabinet");
    branch.hands.touch("staff-to-cabinet", "back");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    waitDays(branch, 2);
    moveIntoCabinet(branch);
    CHECK(factsOf(branch, "FINISHED.OVERDUE") == 1);
    CHECK(branch.number("SELECT count(*) FROM orders WHERE state = 'held'") == 1);
    const auto kinds = seenByHolder(branch);
    REQUIRE(!kinds.empty());
    CHECK(kinds.front() == session::ExistingKind::heldAtCounter);

    layDownWhenAsked(branch, world::documents::resident());
    const std::string number =
        custody::cardsAt(branch.database(), custody::Place::cabinet()).value().at(0).cardNumber;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "held");
    branch.hands.touch("staff-held", "card-" + number);
    branch.hands.touch("staff-held-card", "deliver");
    branch.hands.type("staff-deliver", {{"pickup-code", pickupCode(branch)}, {"paper", "P17"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(cardsAt(branch, custody::Place::cabinet()) == 0);
    CHECK(cardsAt(branch, custody::Place::holder()) == 1);
    CHECK(custody::checkInvariants(branch.database()));
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("from the cabinet a card goes back to the bank, and its holder is told so") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    waitDays(branch, 8);
    moveIntoCabinet(branch);
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "held");
    // Half a year is not over.
    branch.hands.touch("staff-held", "to-bank");
    branch.hands.touch("staff-to-bank-cause", "unclaimed");
    branch.hands.touch("staff-to-bank", "back");
    branch.hands.touch("staff-held", "to-bank");
    branch.hands.touch("staff-to-bank-cause", "reminded");
    const std::string number =
        custody::cardsAt(branch.database(), custody::Place::cabinet()).value().at(0).cardNumber;
    branch.hands.touch("staff-to-bank-card", "card-" + number);
    branch.hands.touch("staff-to-bank", "taken-out");
    branch.hands.type("staff-to-bank-paper", {{"count", "1"}, {"paper", "R-2024-17"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    takeOutAsBooked(*branch.kiosk);
    branch.kiosk->settle();
    CHECK(cardsAt(branch, custody::Place::cabinet()) == 0);
    CHECK(factsOf(branch, "FINISHED.RETURN") == 1);
    CHECK(branch.number("SELECT count(*) FROM orders WHERE state = 'returned'") == 1);
    CHECK(branch.kiosk->outside().front->auditBooks().empty());
    const auto kinds = seenByHolder(branch);
    REQUIRE(!kinds.empty());
    CHECK(kinds.front() == session::ExistingKind::returnedToBank);
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE(
    "a card whose enabling is refused for good goes back at once, and its holder applies anew") {
    StaffedKiosk branch({"province.enable-refused"});
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    REQUIRE(cardsAt(branch, custody::Place::holdBin()) == 1);
    const std::string number = heldNumber(branch);
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "held");
    branch.hands.touch("staff-held", "to-bank");
    branch.hands.touch("staff-to-bank-cause", "refused-for-good");
    branch.hands.touch("staff-to-bank", "taken-out");
    branch.hands.type("staff-to-bank-paper", {{"count", "1"}, {"paper", "L-1"}});
    branch.hands.secondSignsIn("1002");
    branch.hands.signOut("staff-held");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    branch.kiosk->settle();
    CHECK(cardsAt(branch, custody::Place::holdBin()) == 0);
    CHECK(custody::findCard(branch.database(), number).value()->place == custody::Place::bank());
    branch.kiosk->outside().faults.mend("");
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    CHECK(cardsAt(branch, custody::Place::holder()) == 1);
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

namespace {

const TwoPeople two{"1001", "1002"};

std::string stateOfOrder(StaffedKiosk& branch) {
    return branch.database().query("SELECT state FROM orders").value().at(0).text(0);
}

// Two count everything as the books have it, but find the hold bin empty, however often.
void closeDayWithEmptyHoldBin(StaffedKiosk& branch) {
    desk::StockDesk desk(branch.kiosk->stock());
    REQUIRE(desk.freezeDay(two));
    for (int round = 1; round <= 3; ++round) {
        if (round > 1) REQUIRE(desk.beginRecount(two));
        const auto lines = custody::counting(branch.database()).value();
        for (const custody::CountLine& line : lines) {
            if (line.result) continue;
            const custody::Place place = custody::Place::named(line.place);
            const bool isHoldBin = place == custody::Place::holdBin();
            const std::int64_t there =
                isHoldBin ? 0 : custody::balanceOf(branch.database(), place).value_or(0);
            for (const auto& badge : {two.operatorId, two.secondOperatorId}) {
                REQUIRE(desk.enterCount({line.place, badge, there, {}, isHoldBin && round == 3}));
            }
        }
    }
    REQUIRE(desk.closeDay(two));
}

}  // namespace

TEST_CASE("an order follows its card: nobody is sent to one that is gone, and each has an end") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    const std::string number = heldNumber(branch);
    const std::string code = pickupCode(branch);
    desk::StockDesk desk(branch.kiosk->stock());
    const auto first = [&] {
        const auto kinds = seenByHolder(branch);
        return kinds.empty() ? session::ExistingKind::feePaid : kinds.front();
    };
    REQUIRE(desk.bookMissing(number, custody::Place::holdBin(), "not there", two));
    CHECK(stateOfOrder(branch) == "missing");
    CHECK(first() == session::ExistingKind::pendingHere);
    REQUIRE(desk.bookFound(number, custody::Place::holdBin(), "behind it", two));
    CHECK(stateOfOrder(branch) == "held");
    CHECK(pickupCode(branch) == code);
    CHECK(first() == session::ExistingKind::heldHere);
    REQUIRE(desk.bookMissing(number, custody::Place::holdBin(), "not there", two));
    REQUIRE(desk.bookFound(number, custody::Place::rejectBin(), "among others", two));
    CHECK(stateOfOrder(branch) == "missing");
    branch.kiosk->outside().printer->giveFromBin(number);
    CHECK(first() == session::ExistingKind::pendingHere);
    REQUIRE(desk.emptyBin(custody::Place::rejectBin(), 1, "full", two));
    CHECK(stateOfOrder(branch) == "returned");
    branch.kiosk->outside().atBank.insert(number);
    branch.kiosk->settle();
    CHECK(first() == session::ExistingKind::returnedToBank);
    CHECK(branch.number("SELECT count(*) FROM outbox WHERE state <> 'delivered'") == 0);
    CHECK(factsOf(branch, "FINISHED.RETURN") == 1);
    CHECK(factsOf(branch, "STOCK.RETURN") == 0);
    CHECK(custody::checkInvariants(branch.database()));
}

TEST_CASE("a held card that the count of the day lacks is ready for nobody") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    branch.kiosk->outside().printer->giveFromBin(heldNumber(branch));
    closeDayWithEmptyHoldBin(branch);
    CHECK(stateOfOrder(branch) == "missing");
    const auto kinds = seenByHolder(branch);
    REQUIRE(!kinds.empty());
    CHECK(kinds.front() == session::ExistingKind::pendingHere);
    // Books of an earlier version did not follow the card.
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(transaction.run("UPDATE orders SET state = 'held'"));
    REQUIRE(transaction.commit());
    CHECK(seenByHolder(branch).front() == session::ExistingKind::pendingHere);
}
