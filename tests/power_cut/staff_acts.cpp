#include "tests/power_cut/staff_acts.hpp"

#include <algorithm>

#include "firmware/custody/day.hpp"
#include "firmware/desk/bin_exits.hpp"
#include "firmware/desk/staff_look.hpp"
#include "firmware/issuance/reading_streak.hpp"
#include "firmware/issuance/streak.hpp"
#include "tests/scenario/kiosk/agreement.hpp"

// A disk that fails ends an act in the middle: then nothing more is done of it.
#define OR_LEAVE(result) \
    if (!(result)) return

namespace liqu::proof {
namespace {

using custody::Place;
using desk::StockDesk;

const TwoPeople two{"S-01", "S-02"};
constexpr int cardsInBox = 3;
constexpr const char* box = "BX-1";
constexpr const char* seal = "SEAL-1";

custody::BoxLabel labelOf(scenario::SimulatedKiosk& kiosk) {
    world::BlankBatch batch;
    batch.firstNumber = "A" + std::to_string(1000100 + scenario::loadedBlanks);
    batch.count = cardsInBox;
    const auto blanks = world::blanksOf(batch);
    return {box,
            scenario::bankCode,
            "V01",
            "3.00",
            kiosk.stock().region.regionCode,
            blanks.front().cardNumber,
            blanks.back().cardNumber,
            cardsInBox,
            seal};
}

std::int64_t booked(scenario::SimulatedKiosk& kiosk, const Place& place) {
    return custody::balanceOf(kiosk.database(), place).value_or(0);
}

std::optional<custody::ExchangeId> openExchange(scenario::SimulatedKiosk& kiosk) {
    const auto found =
        kiosk.database().number("SELECT exchange FROM exchanges WHERE state = 'open'");
    return found ? std::optional(*found) : std::nullopt;
}

}  // namespace

void receiveAndLoadBox(scenario::SimulatedKiosk& kiosk) {
    StockDesk desk(kiosk.stock());
    scenario::Outside& outside = kiosk.outside();
    const custody::BoxLabel label = labelOf(kiosk);
    const bool isLoaded = outside.blanks.size() > scenario::loadedBlanks;
    if (!isLoaded) outside.inVault = cardsInBox;
    if (!custody::findBox(kiosk.database(), box)) OR_LEAVE(desk.receiveBox(label, two));
    const auto found = custody::findBox(kiosk.database(), box);
    OR_LEAVE(found);
    if (found->state == custody::BoxState::sealed) OR_LEAVE(desk.openBox(box, seal, two));
    auto session = openExchange(kiosk);
    if (!session && found->inVault == 0) return;
    if (!session) {
        const auto begun = desk.beginLoad({1, box, label.first, label.last}, two);
        OR_LEAVE(begun);
        session = begun->id;
    }
    if (!isLoaded) {
        outside.addBlanks(cardsInBox);
        outside.inVault = 0;
    }
    const auto shown = custody::findExchange(kiosk.database(), *session);
    OR_LEAVE(shown);
    if (!shown->counted) OR_LEAVE(desk.countExchange(*session, cardsInBox, two));
    static_cast<void>(desk.endExchange(*session, {}, two));
}

void emptyRejectBin(scenario::SimulatedKiosk& kiosk) {
    const std::int64_t cards = booked(kiosk, Place::rejectBin());
    if (cards == 0) return;
    kiosk.outside().printer->sendOffBin();
    static_cast<void>(StockDesk(kiosk.stock()).emptyBin(Place::rejectBin(), cards, "full", two));
}

void handOverHeldCard(scenario::SimulatedKiosk& kiosk) {
    const auto held = desk::heldCards(kiosk.database(), kiosk.stock().orders, {},
                                      kiosk.outside().clock.wallTime());
    OR_LEAVE(held);
    for (const desk::HeldCard& one : *held) {
        OR_LEAVE(desk::handOverFromHold(kiosk.stock(), one.order.orderId,
                                        {one.order.pickupCode, true, "PAPER-1"}, two));
    }
    // Given only when it is written down.
    const world::CardPlaces places = kiosk.outside().printer->places();
    for (const world::PlasticCard& card : places.bin) {
        const auto record = custody::findCard(kiosk.database(), card.id);
        if (record && *record && (*record)->place == Place::holder()) {
            kiosk.outside().printer->giveFromBin(card.id);
        }
    }
}

namespace {

Result<std::vector<desk::HeldCard>> heldCards(scenario::SimulatedKiosk& kiosk) {
    const auto parts = kiosk.stock();
    return desk::heldCards(kiosk.database(), parts.orders, desk::binRulesOf(parts.region.stock),
                           parts.clock.wallTime());
}

}  // namespace

void keepInCabinet(scenario::SimulatedKiosk& kiosk) {
    const auto held = heldCards(kiosk);
    OR_LEAVE(held);
    for (const desk::HeldCard& one : *held) {
        if (!one.mayGoToCabinet) continue;
        OR_LEAVE(desk::moveToCabinet(kiosk.stock(), {one.order.cardNumber}, two));
    }
    scenario::takeOutAsBooked(kiosk);
}

void returnToBank(scenario::SimulatedKiosk& kiosk) {
    const auto held = heldCards(kiosk);
    OR_LEAVE(held);
    for (const desk::HeldCard& one : *held) {
        OR_LEAVE(desk::returnToBank(
            kiosk.stock(), {{one.order.cardNumber}, desk::ReturnCause::reminded, "R-1"}, two));
    }
    scenario::takeOutAsBooked(kiosk);
}

void lookAtFaceInDoubt(scenario::SimulatedKiosk& kiosk) {
    const auto parts = kiosk.stock();
    const auto waiting = parts.orders.waitingForStaff();
    OR_LEAVE(waiting);
    for (const issuance::Order& order : *waiting) {
        const auto found = kiosk.outside().printer->places().find(order.cardNumber);
        const bool whole = found && found->card->hasWholeFace();
        OR_LEAVE(desk::settleStaffLook(
            parts, order.orderId,
            whole ? desk::FaceVerdict::complete : desk::FaceVerdict::incomplete, two));
    }
}

void closeTheDay(scenario::SimulatedKiosk& kiosk) {
    StockDesk desk(kiosk.stock());
    const auto closed = custody::closedDays(kiosk.database(), 1);
    OR_LEAVE(closed && closed->empty());
    const auto day = custody::currentDay(kiosk.database());
    OR_LEAVE(day);
    if (!*day || (*day)->state == custody::DayState::open) OR_LEAVE(desk.freezeDay(two));
    const auto lines = custody::counting(kiosk.database());
    OR_LEAVE(lines);
    const auto lane = kiosk.outside().printer->places().hoppers.front().size();
    for (const custody::CountLine& line : *lines) {
        const std::int64_t cards = line.place == "hopper-1" ? static_cast<std::int64_t>(lane) : 0;
        for (const std::string& badge : {two.operatorId, two.secondOperatorId}) {
            if (std::ranges::find(line.enteredBy, badge) != line.enteredBy.end()) continue;
            OR_LEAVE(desk.enterCount({line.place, badge, cards}));
        }
    }
    static_cast<void>(desk.closeDay(two));
}

bool letMakingGoOn(scenario::SimulatedKiosk& kiosk) {
    storage::Database& database = kiosk.database();
    const auto& region = kiosk.stock().region;
    const bool isStopped = !issuance::requireNoStreak(database, region) ||
                           !issuance::requireGoodReadings(database, region);
    if (!isStopped) return false;
    auto transaction = storage::Transaction::begin(database);
    return transaction && issuance::endStreak(*transaction) &&
           issuance::endReadingStreak(*transaction) && transaction->commit();
}

}  // namespace liqu::proof
