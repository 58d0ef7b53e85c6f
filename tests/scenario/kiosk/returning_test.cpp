// People who come back (rulings 9): recognised at the ID card, and led on from where they were.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

bool sawScreen(const Citizen& citizen, std::string_view name) {
    return std::ranges::find(citizen.names, name) != citizen.names.end();
}

const session::AlreadyHaveScreen* existing(const Citizen& citizen) {
    for (const session::Screen& screen : citizen.seen) {
        if (const auto* have = std::get_if<session::AlreadyHaveScreen>(&screen.content))
            return have;
    }
    return nullptr;
}

void makesACardTheSecondTime(const char* fault, const char* firstEnd, const char* cards) {
    CAPTURE(fault);
    SimulatedKiosk kiosk(shippedSettings({fault}));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == firstEnd);
    kiosk.citizen().seen.clear();
    kiosk.serve();
    kiosk.settle();
    const auto* have = existing(kiosk.citizen());
    REQUIRE(have != nullptr);
    CHECK(have->kind == session::ExistingKind::pendingHere);
    CHECK(have->canContinue);
    CHECK(cardsInBooks(kiosk) == cards);
    CHECK(applicationsAtProvince(kiosk) == "HANDED_OVER");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("an application that made no card yet is led on") {
    makesACardTheSecondTime("printer.misfeed", "-", "holder 1");
}

TEST_CASE("after a spoiled card the next visit makes one from another blank") {
    makesACardTheSecondTime("chip.6581@name", "reject-bin 1", "holder 1, reject-bin 1");
}

TEST_CASE("a card that was not taken waits for its holder, and nobody else") {
    SimulatedKiosk kiosk(shippedSettings({"holder.walks-away@take-card"}));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");
    kiosk.citizen().seen.clear();
    kiosk.serve();
    const auto* have = existing(kiosk.citizen());
    REQUIRE(have != nullptr);
    CHECK(have->kind == session::ExistingKind::heldHere);
    CHECK(have->pickupCode.size() == 6);
    CHECK(have->cardNumberTail == kiosk.outside().blanks.front().cardNumber.substr(6));
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");

    kiosk.citizen().seen.clear();
    kiosk.serve(world::documents::permit());
    CHECK(existing(kiosk.citizen()) == nullptr);
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1, holder 1");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("who has a card gets no second first card") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    kiosk.citizen().seen.clear();
    kiosk.serve();
    const auto* have = existing(kiosk.citizen());
    REQUIRE(have != nullptr);
    CHECK(have->kind == session::ExistingKind::validCard);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("a held card is shown also where no card can be made") {
    SimulatedKiosk kiosk(shippedSettings({"province.line-cut@ISSUE.REPORT"}));
    kiosk.serve();
    kiosk.settle(3);
    kiosk.citizen().seen.clear();
    kiosk.citizen().names.clear();
    kiosk.citizen().usesQueries = true;
    kiosk.serve();
    REQUIRE(existing(kiosk.citizen()) != nullptr);
    CHECK(existing(kiosk.citizen())->kind == session::ExistingKind::heldHere);
    CHECK(!sawScreen(kiosk.citizen(), "consent"));
}

}  // namespace
}  // namespace liqu::scenario
