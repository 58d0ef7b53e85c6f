// Cards that go another way than the machine meant: out through the cover, or into the hand while
// it is being taken back; blanks that wait for the next person; bins that are full in the books.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

void checkNothingIsOpen(SimulatedKiosk& kiosk) {
    CHECK(kiosk.database().number("SELECT count(*) FROM orders WHERE state = 'open'").value() == 0);
    CHECK(disagreements(kiosk) == Names{});
}

void mendTheProvince(SimulatedKiosk& kiosk) {
    kiosk.outside().faults.mend("province");
    kiosk.outside().front->mendLine();
}

std::int64_t unused(SimulatedKiosk& kiosk) {
    return custody::balanceOf(kiosk.database(), custody::Place::hopper(1)).value();
}

std::string reasonTold(const Citizen& citizen) {
    const auto problems = problemsTold(citizen);
    return problems.empty() ? "" : std::string(nameOf(problems.front().reason));
}

TEST_CASE("a card that somebody takes out through the cover is missing, and in no bin") {
    int carriedOff = 0;
    int finished = 0;
    // The second one keeps a finished card waiting inside, for an acknowledgement.
    for (const char* fault : {"reader.lifted", "province.unreachable@ISSUE.ENABLE"}) {
        for (Duration after = 15s; after < 90s; after += 2s) {
            SimulatedKiosk kiosk(oneOfMany({fault}));
            CAPTURE(after.count());
            bool gone = false;
            Outside& outside = kiosk.outside();
            TimedHands stranger;
            stranger.putOn(outside.clock);
            stranger.at(outside.clock.now() + after, [&] { gone = outside.printer->carryOff(); });
            kiosk.serve();
            kiosk.settle();
            if (!gone) continue;
            ++carriedOff;
            const std::string cards = cardsInBooks(kiosk);
            CHECK_MESSAGE(cards.find("missing 1") != std::string::npos, cards);
            CHECK(custody::goneToday(kiosk.database()).value() == 1);
            checkNothingIsOpen(kiosk);
            if (ordersOf(kiosk) != "missing") continue;
            // Whole, and perhaps enabled, but never said to be handed over.
            ++finished;
            CHECK(reasonTold(kiosk.citizen()) == "cardGoneFromPrinter");
            CHECK(applicationsAtProvince(kiosk) != "HANDED_OVER");
        }
    }
    CHECK(carriedOff > 12);
    CHECK(finished > 3);
}

TEST_CASE("a hand that is quicker than the motor has taken the card") {
    // The patience is over and the card on its way back: whenever the hand comes, machine, books
    // and province agree who has it.
    int taken = 0;
    int held = 0;
    for (Duration late = -2s; late < 4s; late += 150ms) {
        SimulatedKiosk kiosk(oneOfMany({"holder.walks-away@take-card"}));
        Outside& outside = kiosk.outside();
        TimedHands person;
        person.putOn(outside.clock);
        CAPTURE(late.count());
        kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != "take-card") return;
            const Duration patience = shippedSettings().region.takePatience;
            person.at(outside.clock.now() + patience + late,
                      [&] { outside.printer->take(outside.clock.now()); });
        };
        kiosk.serve();
        kiosk.settle();
        checkNothingIsOpen(kiosk);
        const std::string cards = cardsInBooks(kiosk);
        CHECK_MESSAGE((cards == "holder 1" || cards == "hold-bin 1"), cards);
        ++(cards == "holder 1" ? taken : held);
    }
    CHECK(taken > 0);
    CHECK(held > 0);
}

TEST_CASE("told to stop with a card at the mouth: taken is taken, left is held") {
    int taken = 0;
    for (Duration late = -1s; late < 4s; late += 150ms) {
        SimulatedKiosk kiosk(oneOfMany({"holder.walks-away@take-card"}));
        Outside& outside = kiosk.outside();
        TimedHands person;
        person.putOn(outside.clock);
        CAPTURE(late.count());
        kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != "take-card") return;
            person.at(outside.clock.now() + 2s, [&] { kiosk.stop(); });
            person.at(outside.clock.now() + 2s + late,
                      [&] { outside.printer->take(outside.clock.now()); });
        };
        kiosk.serve();
        kiosk.restart();
        kiosk.settle();
        checkNothingIsOpen(kiosk);
        const std::string cards = cardsInBooks(kiosk);
        CHECK_MESSAGE((cards == "holder 1" || cards == "hold-bin 1"), cards);
        taken += cards == "holder 1";
    }
    CHECK(taken > 0);
}

TEST_CASE("a blank kept from one person is the next one's") {
    for (const char* fault : {"province.refuses@PERSO.GET", "province.unreachable@PERSO.GET"}) {
        CAPTURE(std::string(fault));
        SimulatedKiosk kiosk(shippedSettings({fault}));
        const std::int64_t before = unused(kiosk);
        kiosk.serve();
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "chip-station 1");
        mendTheProvince(kiosk);
        kiosk.citizen().seen.clear();
        kiosk.serve(world::documents::permit());
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "holder 1");
        CHECK(unused(kiosk) == before - 1);
        checkNothingIsOpen(kiosk);
        // And the first person is led on all the same.
        kiosk.citizen().seen.clear();
        kiosk.serve();
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "holder 2");
        checkNothingIsOpen(kiosk);
    }
}

TEST_CASE("a blank kept for a person waits for that person") {
    SimulatedKiosk kiosk(shippedSettings({"province.refuses@PERSO.GET"}));
    const std::int64_t before = unused(kiosk);
    kiosk.serve();
    kiosk.settle();
    mendTheProvince(kiosk);
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(unused(kiosk) == before - 1);
    checkNothingIsOpen(kiosk);
}

TEST_CASE("a blank that was missed by its number and then is fed is found, and the next one made") {
    SimulatedKiosk kiosk;
    desk::StockDesk desk(kiosk.stock());
    const std::string number = kiosk.outside().blanks.front().cardNumber;
    const auto lane = custody::Place::hopper(1);
    REQUIRE(desk.bookMissing(number, lane, "49 of 50", {"S-01", "S-02"}));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1, reject-bin 1");
    const auto found = custody::findCard(kiosk.database(), number).value();
    CHECK(found->place == custody::Place::rejectBin());
    CHECK(found->condition == "refused");
    checkNothingIsOpen(kiosk);
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 2, reject-bin 1");
    checkNothingIsOpen(kiosk);
}

TEST_CASE("a blank that is booked in the vault and then is fed goes to the bin, and no further") {
    SimulatedKiosk kiosk;
    const std::string number = kiosk.outside().blanks.front().cardNumber;
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(custody::moveCard(transaction, number, custody::Place::hopper(1),
                              custody::Place::vault(),
                              {"a card of the vault lies in the lane", "", {}}));
    REQUIRE(transaction.commit());
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1, reject-bin 1, vault 1");
    CHECK(ordersOf(kiosk) == "handedOver");
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "handedOver, handedOver");
}

TEST_CASE("what the province has against the application costs no blank") {
    SimulatedKiosk kiosk(shippedSettings({"province.refuses@ISSUE.MARK"}));
    const std::int64_t before = unused(kiosk);
    kiosk.serve();
    kiosk.settle();
    CHECK(unused(kiosk) == before);
    checkNothingIsOpen(kiosk);
}

TEST_CASE("an application with another bank takes none of this bank's blanks") {
    SimulatedKiosk kiosk(shippedSettings({"printer.misfeed"}));
    kiosk.serve();
    kiosk.settle();
    const std::int64_t before = unused(kiosk);
    kiosk.outside().province().applications.begin()->second.bankCode = "B02";
    kiosk.citizen().seen.clear();
    kiosk.serve();
    kiosk.settle();
    CHECK(reasonTold(kiosk.citizen()) == "noBlanksForBank");
    CHECK(unused(kiosk) == before);
    CHECK(cardsInBooks(kiosk) == "-");
}

TEST_CASE("two refused blanks in one order fit into a bin that the books call full") {
    KioskSettings settings = shippedSettings({"chip.mute@1", "chip.foreign"});
    settings.binCapacity = 1;
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.serve();
    kiosk.settle();
    CHECK(custody::balanceOf(kiosk.database(), custody::Place::rejectBin()).value() >= 1);
    checkNothingIsOpen(kiosk);
    // The next person is told before anything is fed.
    const std::int64_t before = unused(kiosk);
    kiosk.serve(world::documents::permit());
    CHECK(unused(kiosk) == before);
}

TEST_CASE("blanks without a number get theirs with the permit, and are told apart before") {
    for (const char* fault : {"", "chip.mute@1", "province.refuses@PERSO.GET",
                              "province.line-cut@PERSO.GET", "printer.ribbon-end@cyan"}) {
        CAPTURE(std::string(fault));
        KioskSettings settings = shippedSettings(*fault ? Names{fault} : Names{});
        settings.outside.numbersAssigned = true;
        SimulatedKiosk kiosk(std::move(settings));
        kiosk.serve();
        kiosk.settle();
        if (cardsInBooks(kiosk).find("holder 1") == std::string::npos) {
            kiosk.outside().printer->setRibbon("ymcko", 100);
            mendTheProvince(kiosk);
            kiosk.serve();
            kiosk.settle();
        }
        CHECK_MESSAGE(cardsInBooks(kiosk).find("holder 1") != std::string::npos,
                      cardsInBooks(kiosk));
        CHECK(applicationsAtProvince(kiosk) == "HANDED_OVER");
        CHECK(custody::checkInvariants(kiosk.database()).has_value());
        const auto handed = custody::cardsAt(kiosk.database(), custody::Place::holder()).value();
        REQUIRE(handed.size() == 1);
        const auto places = kiosk.outside().printer->places();
        REQUIRE(places.holder.size() == 1);
        const Bytes onChip =
            kiosk.outside().chipOf(places.holder[0].id).item(world::card_tag::cardNumber);
        CHECK(std::string(textOf(onChip)) == handed[0].cardNumber);
    }
}

}  // namespace
}  // namespace liqu::scenario
