// What staff count and book by hand, where the machine could not see it.
#include <algorithm>
#include <set>

#include "firmware/custody/bin.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "tests/power_cut/judge.hpp"
#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::proof {
namespace {

using scenario::SimulatedKiosk;

// On the way to the mouth, with nobody to see it: pulled out before the machine could look again,
// it is as if its holder had taken it. Who has it in the hand gives it to the holder.
bool jammedWhileUnplugged(scenario::Outside& outside) {
    bool unplugged = false;
    bool jammed = false;
    for (const world::ArmedFault& armed : outside.faults.armed()) {
        unplugged = unplugged || (armed.fault == world::Fault::printerUnplugged && armed.fired > 0);
        jammed = jammed || (armed.fault == world::Fault::printerJam && armed.fired > 0);
    }
    return unplugged && jammed;
}

// In it, or out of it in the hands of those who count.
bool isBinned(std::string_view place) {
    return place == "bin" || place == "removed" || place == "tray";
}

// Cards that are there without a number; the lane they came from still lists them.
std::int64_t unreadAt(SimulatedKiosk& kiosk, const custody::Place& place) {
    const auto listed = custody::cardsAt(kiosk.database(), place);
    const auto balance = custody::balanceOf(kiosk.database(), place).value_or(0);
    return listed ? balance - static_cast<std::int64_t>(listed->size()) : 0;
}

// The one inside needs no number yet.
bool isCardInsideBooked(SimulatedKiosk& kiosk) {
    for (const auto& place :
         {custody::Place::chipStation(), custody::Place::transport(), custody::Place::mouth()}) {
        if (custody::balanceOf(kiosk.database(), place).value_or(0) > 0) return true;
    }
    return false;
}

// Bins, and what was taken out of the printer to be put into one: more than the books have there.
std::int64_t surplusInBins(SimulatedKiosk& kiosk) {
    std::int64_t booked = 0;
    for (const auto& bin : {custody::Place::holdBin(), custody::Place::rejectBin()}) {
        booked += custody::balanceOf(kiosk.database(), bin).value_or(0);
    }
    std::int64_t there = 0;
    const world::CardPlaces places = kiosk.outside().printer->places();
    for (const world::CardPlaces::Found& found : places.all()) {
        const std::string& number = found.card->id;
        const bool left =
            kiosk.outside().inCabinet.contains(number) || kiosk.outside().atBank.contains(number);
        there += isBinned(found.place) && !left ? 1 : 0;
    }
    return there - booked;
}

bool holdsMoreThanBooked(SimulatedKiosk& kiosk) {
    return surplusInBins(kiosk) > 0;
}

// What whoever counts finds at a place of the count.
Result<std::int64_t> foundAt(SimulatedKiosk& kiosk, const std::string& place) {
    if (place == custody::Place::hopper(1).name()) {
        return std::ssize(kiosk.outside().printer->places().hoppers.front());
    }
    std::int64_t booked = 0;
    for (const custody::Balance& balance : TRY(custody::balances(kiosk.database()))) {
        if (custody::countedAs(balance.place.name()) == place) booked += balance.cards;
    }
    const bool isRejectBin = place == custody::Place::rejectBin().name();
    return booked + (isRejectBin ? std::max<std::int64_t>(0, surplusInBins(kiosk)) : 0);
}

Result<void> countAndClose(desk::StockDesk& desk, SimulatedKiosk& kiosk, const TwoPeople& people) {
    TRY(desk.freezeDay(people));
    for (bool again = true; again;) {
        for (const custody::CountLine& line : TRY(custody::counting(kiosk.database()))) {
            if (line.result) continue;
            const std::int64_t found = TRY(foundAt(kiosk, line.place));
            for (const auto& badge : {people.operatorId, people.secondOperatorId}) {
                TRY(desk.enterCount({line.place, badge, found}));
            }
        }
        again = TRY(custody::countingState(kiosk.database())) == custody::CountingState::recount;
        if (again) TRY(desk.beginRecount(people));
    }
    TRY(desk.closeDay(people));
    for (const custody::StockCase& open : TRY(custody::openCases(kiosk.database()))) {
        TRY(desk.releaseCase(open.id, "reported to the bank", people));
    }
    return {};
}

}  // namespace

// A printer whose counters went with the power cannot say whether it fed: the lane is counted.
void Judge::countStoppedLane() {
    const auto stop = custody::laneStopped(kiosk_.database(), 1);
    if (!stop) return say("the lane cannot be asked: " + describe(stop.error()));
    const bool inDoubt = *stop && !(*stop)->exchange && !(*stop)->stockCase;
    if (!inDoubt) return;
    if (!stage_.countersEverForgotten()) say("a lane is in doubt though its printer can count");
    desk::StockDesk desk(kiosk_.stock());
    const auto closed = countAndClose(desk, kiosk_, mandateOfStaff().people);
    if (!closed) say("the lane in doubt cannot be counted: " + describe(closed.error()));
    if (staffFor_.empty()) staffFor_ = "a lane in doubt was counted";
}

// A blank that waited at the chip station for the next order was the one that was stuck.
void Judge::bookGoneBlank() {
    const custody::Place station = custody::Place::chipStation();
    const bool isBooked = custody::balanceOf(kiosk_.database(), station).value_or(0) == 1;
    if (!isBooked || kiosk_.outside().printer->places().inside) return;
    const auto there = custody::cardsAt(kiosk_.database(), station);
    const std::string number = there && !there->empty() ? there->front().cardNumber : "";
    auto transaction = storage::Transaction::begin(kiosk_.database()).value();
    const auto booked = custody::bookMissing(transaction, number, station, mandateOfStaff());
    if (!booked || !transaction.commit()) say("booking the blank that is gone failed");
}

custody::Mandate Judge::mandateOfStaff() const {
    return {{"S-01", "S-02"}, "pulled out of the printer", kiosk_.outside().clock.wallTime()};
}

// After books that fell back everything is counted, card by card.
void Judge::bookCounted() {
    // What these books say of cabinet and bank the hands do first.
    scenario::takeOutAsBooked(kiosk_);
    const world::CardPlaces places = kiosk_.outside().printer->places();
    const auto balances = custody::balances(kiosk_.database());
    if (!balances) return say("the books cannot be counted: " + describe(balances.error()));
    std::int64_t unreadInBin = unreadAt(kiosk_, custody::Place::rejectBin());
    for (const custody::Balance& balance : *balances) {
        const auto cards = custody::cardsAt(kiosk_.database(), balance.place);
        if (!cards) continue;
        for (const custody::CardRecord& card : *cards) {
            const auto there = places.find(card.cardNumber);
            const bool isOneUnread = unreadInBin > 0 && there && isBinned(there->place) &&
                                     card.place == custody::Place::hopper(1);
            if (isOneUnread) {
                --unreadInBin;
            } else {
                bookAsCounted(card, places);
            }
        }
    }
    bookOldCards();
    bool well = isWell();
    if (!well) {
        letTimePass();
        // Told before the books fell back, and now once more.
        dealWithParked();
        well = isWell();
    }
    if (well) return;
    // A fault that was armed may have struck only now.
    if (!mechanicalFault(kiosk_.outside()).empty()) return callStaff();
    say("not well after the count either: " + lastScreen());
}

// Whoever counts sees an old card in its bin, also where these books never had it: one the province
// was told of, or one an attendant put there before anybody was told.
void Judge::bookOldCards() {
    const world::Books& province = kiosk_.outside().province();
    std::set<std::string> there;
    for (const auto& [number, card] : province.cards) {
        if (!card.recoveredAs.empty()) there.insert(number);
    }
    if (kiosk_.outside().oldCardsTakenIn > 0) {
        for (const auto& [number, application] : province.applications) {
            if (!application.oldCardNo.empty()) there.insert(application.oldCardNo);
        }
    }
    for (const std::string& number : there) {
        const auto known = custody::findCard(kiosk_.database(), number);
        if (!known || *known) continue;
        auto parts = kiosk_.stock();
        parts.deed = staff::Deed{staff::Act::correctBooks, number};
        const auto found = desk::StockDesk(parts).bookFound(number, custody::Place::oldCardBin(),
                                                            "counted", mandateOfStaff().people);
        if (!found) say("an old card, counted, not booked: " + describe(found.error()));
        const auto card = province.cards.find(number);
        const bool isTold = card != province.cards.end() && !card->second.recoveredAs.empty();
        if (!isTold) kiosk_.outside().oldCardsByLetter.insert(number);
    }
}

void Judge::bookAsCounted(const custody::CardRecord& card, const world::CardPlaces& places) {
    const auto there = places.find(card.cardNumber);
    const std::string place = there ? there->place : "";
    const bool inBin = isBinned(place);
    const bool inHopper = place == "hopper 1";
    const custody::Place hopper = custody::Place::hopper(1);
    const bool bookedInBin =
        card.place == custody::Place::holdBin() || card.place == custody::Place::rejectBin();
    scenario::Outside& outside = kiosk_.outside();
    const bool leftAsBooked =
        (outside.atBank.contains(card.cardNumber) && card.place == custody::Place::bank()) ||
        (outside.inCabinet.contains(card.cardNumber) && card.place == custody::Place::cabinet());
    const bool agrees = leftAsBooked || (inBin && bookedInBin) ||
                        (inHopper && card.place == hopper) ||
                        (place == "holder" && card.place == custody::Place::holder()) || !there ||
                        (!inBin && !inHopper && place != "holder" && isCardInsideBooked(kiosk_));
    if (agrees) return;
    auto parts = kiosk_.stock();
    parts.deed = staff::Deed{staff::Act::correctBooks, card.cardNumber};
    desk::StockDesk desk(parts);
    const TwoPeople people = mandateOfStaff().people;
    // Fed without being read, it is missed without a number.
    if (card.place == hopper && unreadAt(kiosk_, custody::Place::missing()) > 0) {
        const auto named =
            desk.nameCard(card.cardNumber, custody::Place::missing(), "counted", people);
        if (!named) say("counted, not named: " + describe(named.error()));
    } else if (card.place != custody::Place::missing()) {
        const auto booked = desk.bookMissing(card.cardNumber, card.place, "counted", people);
        if (!booked) say("counted, not booked missing: " + describe(booked.error()));
    }
    if (!inBin && !inHopper) return;
    const bool finished = card.condition == liqu::nameOf(custody::Condition::finished);
    const custody::Place bin = finished ? custody::Place::holdBin() : custody::Place::rejectBin();
    const auto found = desk.bookFound(card.cardNumber, inHopper ? hopper : bin, "counted", people);
    if (!found) say("counted, not booked found: " + describe(found.error()));
}

// By its number, or as one that was fed and left unread: its lane still lists it. One that the
// books have in the bin already, unread too, is not it.
bool Judge::isMissed(const custody::CardRecord& card) {
    if (card.place == custody::Place::missing()) return true;
    return unreadAt(kiosk_, custody::Place::missing()) > 0 && holdsMoreThanBooked(kiosk_) &&
           card.place.name().starts_with("hopper");
}

// A card that was pulled out of a jam which the kiosk could not see any more is missing in its
// books. Whoever pulled it out puts it into the bin and books it as found.
void Judge::bookPulledOut() {
    const world::CardPlaces places = kiosk_.outside().printer->places();
    for (const world::PlasticCard& card : places.removed) {
        const auto record = custody::findCard(kiosk_.database(), card.id);
        if (!record || !*record) continue;
        if ((*record)->place == custody::Place::holder() &&
            jammedWhileUnplugged(kiosk_.outside())) {
            kiosk_.outside().printer->giveRemoved(card.id);
            if (staffFor_.empty()) staffFor_ = "a card its holder is to have, pulled out";
            continue;
        }
        if (!isMissed(**record)) continue;
        const bool finished = (*record)->condition == liqu::nameOf(custody::Condition::finished);
        auto transaction = storage::Transaction::begin(kiosk_.database()).value();
        const auto found = custody::bookFound(
            transaction, card.id,
            finished ? custody::Place::holdBin() : custody::Place::rejectBin(), mandateOfStaff());
        if (!found || !transaction.commit()) say("booking " + card.id + " as found failed");
        if (staffFor_.empty()) staffFor_ = "a card pulled out of the printer";
    }
}

}  // namespace liqu::proof
