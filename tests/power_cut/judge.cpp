#include "tests/power_cut/judge.hpp"

#include <algorithm>

#include "firmware/custody/bin.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::proof {
namespace {

using scenario::SimulatedKiosk;
using world::BlankState;

// Longer than any deadline of the kiosk's own (rulings 5).
constexpr Duration longTime = std::chrono::minutes(35);
constexpr int turnsAlone = 12;
constexpr int timesStaffCome = 3;

std::int64_t count(SimulatedKiosk& kiosk, std::string_view sql) {
    return kiosk.database().number(sql).value_or(-1);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
    return text;
}

// Faults of the machine that only hands can mend.
std::string mechanicalFault(scenario::Outside& outside) {
    for (const world::ArmedFault& armed : outside.faults.armed()) {
        const std::string_view verb = world::verbOf(armed.fault);
        const bool hands = verb.starts_with("printer.") || verb.starts_with("reader.") ||
                           verb.starts_with("kiosk.");
        if (hands && armed.fired > 0) return std::string(verb);
    }
    // Since an earlier visit, which ended before anybody saw it.
    const world::CardPlaces places = outside.printer->places();
    if (places.inside && places.jammed) return "printer.jam";
    if (!outside.printer->plugged()) return "printer.unplug";
    if (!outside.idReader->plugged()) return "reader.unplug";
    return {};
}

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

}  // namespace

MouthGuard::MouthGuard(scenario::Outside& outside) : outside_(outside) {
    outside.clock.add(
        {[this](Instant) { look(); }, []() -> std::optional<Instant> { return std::nullopt; }});
}

void MouthGuard::look() {
    const world::PlasticCard* card = outside_.printer->cardAtMouth();
    if (card == nullptr) {
        lastSeen_.clear();
        return;
    }
    if (card->id == lastSeen_) return;
    lastSeen_ = card->id;
    if (!card->hasWholeFace()) found_.push_back(card->id + " at the mouth without a whole face");
    const Bytes holder = outside_.chipOf(card->id).memory().item(world::card_tag::socialNumber);
    const bool written = std::ranges::any_of(
        holder, [](std::uint8_t byte) { return byte != 0x00 && byte != 0xFF && byte != ' '; });
    if (!written) found_.push_back(card->id + " at the mouth with an empty chip");
}

bool Judge::isSettled() {
    return count(kiosk_, "SELECT count(*) FROM orders WHERE state = 'open'") == 0 &&
           count(kiosk_, "SELECT count(*) FROM outbox WHERE state <> 'delivered'") == 0;
}

std::string Judge::lastScreen() const {
    const auto& names = kiosk_.citizen().names;
    const auto& seen = kiosk_.citizen().seen;
    if (names.empty()) return "-";
    const auto* out =
        seen.empty() ? nullptr : std::get_if<session::OutOfServiceScreen>(&seen.back().content);
    return names.back() + (out == nullptr ? "" : " " + std::string(nameOf(out->reason)));
}

// Nothing is open, everything is reported, and the next person is let in.
bool Judge::isWell() {
    kiosk_.settle(turnsAlone);
    kiosk_.turn();
    return isSettled() && lastScreen() == "welcome";
}

// No person is needed for it: the line comes back, deadlines pass.
void Judge::letTimePass() {
    scenario::Outside& outside = kiosk_.outside();
    outside.faults.mend("province.");
    outside.front->mendLine();
    outside.clock.sleepFor(longTime);
}

void Judge::callStaff() {
    scenario::Outside& outside = kiosk_.outside();
    requeueRefused();
    const std::string mechanical = mechanicalFault(outside);
    if (staffFor_.empty()) staffFor_ = mechanical;
    if (staffFor_.empty()) {
        say("needs staff for nothing that declares it, screen " + lastScreen());
    }
    outside.faults.mend("");
    bool well = false;
    for (int times = 0; times < timesStaffCome && !well; ++times) {
        if (times > 0) bookGoneBlank();
        outside.idReader->plugIn();
        outside.printer->plugIn();
        outside.printer->takeOutJammed();
        outside.printer->setCover(false);
        outside.printer->setRibbon("ymcko", 100);
        outside.clock.sleepFor(longTime);
        well = isWell();
    }
    if (!well) say("not well with staff either: " + lastScreen());
}

// A blank that waited at the chip station for the next order was the one that was stuck.
void Judge::bookGoneBlank() {
    const custody::Place station = custody::Place::chipStation();
    const bool isBooked = custody::balanceOf(kiosk_.database(), station).value_or(0) == 1;
    if (!isBooked || kiosk_.outside().printer->places().inside) return;
    const auto there = custody::cardsAt(kiosk_.database(), station);
    const std::string number = there && !there->empty() ? there->front().cardNumber : "";
    auto transaction = storage::Transaction::begin(kiosk_.database()).value();
    const auto booked = custody::bookMissing(transaction, number, station, actOfStaff());
    if (!booked || !transaction.commit()) say("booking the blank that is gone failed");
}

custody::Act Judge::actOfStaff() const {
    return {{"S-01", "S-02"}, "pulled out of the printer", kiosk_.outside().clock.wallTime()};
}

// By its number, or as one that was fed and left unread: its lane still lists it.
bool Judge::isMissed(const custody::CardRecord& card) {
    if (card.place == custody::Place::missing()) return true;
    const std::int64_t unread = count(kiosk_,
                                      "SELECT balance - (SELECT count(*) FROM cards WHERE place = "
                                      "'missing') FROM places WHERE place = 'missing'");
    return unread > 0 && card.place.name().starts_with("hopper");
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
        const bool finished = (*record)->condition == nameOf(custody::Condition::finished);
        auto transaction = storage::Transaction::begin(kiosk_.database()).value();
        const auto found = custody::bookFound(
            transaction, card.id,
            finished ? custody::Place::holdBin() : custody::Place::rejectBin(), actOfStaff());
        if (!found || !transaction.commit()) say("booking " + card.id + " as found failed");
        if (staffFor_.empty()) staffFor_ = "a card pulled out of the printer";
    }
}

// The province has put right what made it refuse; staff send the facts again.
void Judge::requeueRefused() {
    const auto parked = kiosk_.database().query("SELECT fact FROM outbox WHERE state = 'parked'");
    if (!parked || parked->empty()) return;
    bool refused = false;
    for (const world::ArmedFault& armed : kiosk_.outside().faults.armed()) {
        const bool refuses = armed.fault == world::Fault::provinceRefuses ||
                             armed.fault == world::Fault::provinceEnableRefused;
        refused = refused || (refuses && armed.fired > 0);
    }
    if (!refused) say("a fact is parked though the province refused nothing on purpose");
    staffFor_ = "a fact the province refused";
    auto transaction = storage::Transaction::begin(kiosk_.database()).value();
    for (const storage::Row& row : *parked) {
        if (!province::requeueParked(transaction, row.integer(0))) say("requeueing failed");
    }
    if (!transaction.commit()) say("requeueing failed");
}

void Judge::compareOrders() {
    if (count(kiosk_, "SELECT count(*) FROM orders WHERE state = 'staffLook'") > 0) {
        staffFor_ += (staffFor_.empty() ? "" : ", ") + std::string("a face in doubt (print)");
    }
    if (count(kiosk_, "SELECT count(*) FROM outbox WHERE state <> 'delivered'") > 0) {
        say("a fact never reached the province");
    }
    const auto twice = kiosk_.database().query(
        "SELECT application_no, group_concat(cards.card_number) FROM cards JOIN orders "
        "USING(order_id) WHERE condition = 'finished' GROUP BY application_no "
        "HAVING count(*) > 1");
    if (!twice) say("the orders cannot be read");
    for (const storage::Row& row : *twice) {
        say("two finished cards for one application: " + row.text(0) + " has " + row.text(1));
    }
}

// What the province holds of each blank is what the books say of it.
void Judge::compareBlanks() {
    if (count(kiosk_, "SELECT count(*) FROM outbox WHERE state <> 'delivered'") != 0) return;
    const auto& blanks = kiosk_.outside().province().blanks;
    const auto rows = kiosk_.database().query(
        "SELECT card_number, condition, coalesce((SELECT state FROM orders WHERE orders.order_id = "
        "cards.order_id), '') FROM cards");
    for (const storage::Row& row : *rows) {
        const auto known = blanks.find(row.text(0));
        if (known == blanks.end()) continue;
        const BlankState state = known->second.state;
        const std::string& condition = row.text(1);
        const bool untouched = state == BlankState::inStock || state == BlankState::reserved;
        const bool waits = condition == "written" && row.text(2) == "staffLook";
        const bool agrees = condition == "finished"  ? state == BlankState::used
                            : condition == "spoiled" ? state == BlankState::spoiled
                            : waits                  ? state == BlankState::permitted
                                                     : untouched;
        if (agrees) continue;
        say(row.text(0) + " is " + condition + " here and " + std::string(nameOf(state)) +
            " at the province");
    }
}

void Judge::compare() {
    compareOrders();
    compareBlanks();
    for (std::string& what : scenario::disagreements(kiosk_)) say(std::move(what));
    for (const std::string& what : guard_.found()) say(what);
}

Judgement Judge::judge() {
    const auto sound = custody::checkInvariants(kiosk_.database());
    if (!sound) say("at start: " + describe(sound.error()));
    kiosk_.settle(turnsAlone);
    // Staff who were interrupted go on with what the machine shows them.
    if (staffGoOn_) staffGoOn_();
    // Whoever still stands there, or comes, is served.
    kiosk_.turn();
    bool well = isWell();
    for (int waits = 0; waits < 3 && !well; ++waits) {
        letTimePass();
        well = isWell();
    }
    if (!well) callStaff();
    // Also where the kiosk was cut short after the hand had pulled it out.
    bookPulledOut();
    compare();
    if (!found_.empty()) return {Verdict::unaccounted, joined(found_)};
    if (!staffFor_.empty()) return {Verdict::staff, staffFor_};
    return {};
}

}  // namespace liqu::proof
