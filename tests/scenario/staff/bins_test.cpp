// The ways out of the bins: a held card to its holder, whose ID card the machine compares; the
// rejected ones back to the bank.
#include <doctest/doctest.h>

#include "firmware/custody/ledger.hpp"
#include "tests/scenario/staff/staff_hands.hpp"

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
}

void layDownWhenAsked(StaffedKiosk& branch, const world::Document& document) {
    branch.hands.onScreen = [&branch, document](const std::string& screen) {
        world::ReaderEngine& reader = *branch.kiosk->outside().idReader;
        if (screen == "staff-identity") reader.layDown(document);
        if (screen != "staff-identity" && reader.documentLies()) reader.lift();
    };
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
    branch.hands.touch("staff-done", "understood");
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
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("another person's ID card gets no card, and nothing of either is shown") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveCard(branch);
    layDownWhenAsked(branch, world::documents::permit());
    toTheHeldCard(branch);
    branch.hands.touch("staff-problem", "understood");
    branch.hands.signOut("staff-held");
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
    branch.hands.touch("staff-done", "understood");
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
    std::map<std::string, session::StaffTone> tones;
    for (const session::Screen& screen : branch.hands.screens) {
        const auto* menu = std::get_if<session::StaffMenuScreen>(&screen.content);
        if (menu == nullptr) continue;
        for (const session::StaffWay& way : menu->ways) tones[way.choice] = way.tone;
    }
    CHECK(tones["held"] == session::StaffTone::attention);
    CHECK(tones["bins"] == session::StaffTone::plain);
}
