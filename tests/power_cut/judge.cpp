#include "tests/power_cut/judge.hpp"

#include <algorithm>

#include "firmware/custody/bin.hpp"
#include "firmware/staff/audit.hpp"
#include "tests/power_cut/staff_acts.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::proof {
namespace {

using scenario::SimulatedKiosk;
using world::BlankState;

// Longer than any deadline of the kiosk's own (decision 5).
constexpr Duration longTime = std::chrono::minutes(35);
constexpr int turnsAlone = 12;
// Of an exchange four facts are parked one after the other.
constexpr int timesStaffCome = 4;

// What two people closed waits no more.
constexpr std::string_view waitingFacts =
    "SELECT count(*) FROM outbox WHERE state <> 'delivered' AND "
    "fact NOT IN (SELECT fact FROM closed_facts)";

std::int64_t count(SimulatedKiosk& kiosk, std::string_view sql) {
    return kiosk.database().number(sql).value_or(-1);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
    return text;
}

// What the books lost while it was given to its holder is missing here for good: the province
// knows it.
void putAwayLost(scenario::Sides& sides) {
    world::CardPlaces& places = sides.places;
    std::erase_if(places.holder, [&](const world::PlasticCard& card) {
        const auto record = custody::findCard(sides.database, card.id);
        const bool isMissed = record && *record && (*record)->place == custody::Place::missing();
        const auto blank = sides.province.blanks.find(card.id);
        const bool isKnown =
            blank != sides.province.blanks.end() && blank->second.state == BlankState::used;
        if (!isMissed || !isKnown) return false;
        places.gone.push_back(card);
        return true;
    });
}

// The machine shows that it holds a card these books know nothing of.
bool isUnexplained(const std::string& screen) {
    return screen.ends_with(nameOf(ErrorCode::cardInPrinterUnexplained)) ||
           screen.ends_with(nameOf(ErrorCode::mouthBlocked));
}

// Not the stranger's whose data a blank may have had before it came here.
bool holdsSomebody(const world::CardEngine& chip) {
    const Bytes number = chip.item(world::card_tag::socialNumber);
    if (textOf(number).starts_with(world::holderOfUsedBlank)) return false;
    return std::ranges::any_of(
        number, [](std::uint8_t byte) { return byte != 0x00 && byte != 0xFF && byte != ' '; });
}

// Has the key that the card factory gave it, and that nobody can read out of it to copy it.
bool isGenuine(const world::CardEngine& chip) {
    static const world::Hsm factory = world::Hsm::forTheSimulation();
    constexpr auto name = world::KeyName::issuerRecognition;
    const world::CardMemory memory = chip.memory();
    return memory.keys.at(static_cast<std::uint8_t>(name)).value ==
           factory.cardKey(world::keyAddressOf(name), memory.identity).value();
}

}  // namespace

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
    if (outside.printer->coverOpen()) return "printer.cover-open";
    if (!outside.printer->plugged()) return "printer.unplug";
    if (!outside.idReader->plugged()) return "reader.unplug";
    return {};
}

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
    if (!holdsSomebody(outside_.chipOf(card->id))) {
        found_.push_back(card->id + " at the mouth with an empty chip");
    }
}

bool Judge::isSettled() {
    return count(kiosk_, "SELECT count(*) FROM orders WHERE state = 'open'") == 0 &&
           count(kiosk_, waitingFacts) == 0;
}

std::string Judge::lastScreen() const {
    const auto& names = kiosk_.citizen().names;
    const auto& seen = kiosk_.citizen().seen;
    if (names.empty()) return "-";
    const auto* out =
        seen.empty() ? nullptr : std::get_if<screen::OutOfServiceScreen>(&seen.back().content);
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
    dealWithParked();
    if (letMakingGoOn(kiosk_) && staffFor_.empty()) staffFor_ = "the same failure, card after card";
    const std::string mechanical = mechanicalFault(outside);
    if (staffFor_.empty()) staffFor_ = mechanical;
    countStoppedLane();
    if (staffFor_.empty()) {
        say("needs staff for nothing that declares it, screen " + lastScreen());
    }
    outside.faults.mend("");
    bool well = false;
    for (int times = 0; times < timesStaffCome && !well; ++times) {
        if (times > 0) {
            bookGoneBlank();
            dealWithParked();
            countStoppedLane();
        }
        if (stage_.booksFellBack() && isUnexplained(lastScreen())) outside.printer->takeOut();
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

// The province has put right what made it refuse; staff send the facts again. What it refuses
// because one side fell back is told it by letter, and closed.
void Judge::dealWithParked() {
    const auto parked = kiosk_.database().query(
        "SELECT fact FROM outbox WHERE state = 'parked' AND "
        "fact NOT IN (SELECT fact FROM closed_facts)");
    if (!parked || parked->empty()) return;
    auto transaction = storage::Transaction::begin(kiosk_.database()).value();
    if (stage_.booksFellBack() || stage_.provinceFellBack()) {
        if (staffFor_.empty()) staffFor_ = "a fact of a business the province lost";
        for (const storage::Row& row : *parked) {
            const auto closed = province::closeParked(
                transaction, row.integer(0),
                {"told by letter", "LETTER-1", "S-01", "S-02", mandateOfStaff().at});
            if (!closed) say("closing a fact failed: " + describe(closed.error()));
        }
        if (!transaction.commit()) say("closing a fact failed");
        return;
    }
    bool refused = false;
    for (const world::ArmedFault& armed : kiosk_.outside().faults.armed()) {
        const bool refuses = armed.fault == world::Fault::provinceRefuses ||
                             armed.fault == world::Fault::provinceEnableRefused;
        refused = refused || (refuses && armed.fired > 0);
    }
    if (!refused) say("a fact is parked though the province refused nothing on purpose");
    staffFor_ = "a fact the province refused";
    for (const storage::Row& row : *parked) {
        if (!province::requeueParked(transaction, row.integer(0))) say("requeueing failed");
    }
    if (!transaction.commit()) say("requeueing failed");
}

void Judge::compareOrders() {
    if (count(kiosk_, "SELECT count(*) FROM orders WHERE state = 'staffLook'") > 0) {
        staffFor_ += (staffFor_.empty() ? "" : ", ") + std::string("a face in doubt (print)");
    }
    if (count(kiosk_, waitingFacts) > 0) {
        say("a fact never reached the province");
    }
    const auto twice = kiosk_.database().query(
        "SELECT application_no, group_concat(cards.card_number) FROM cards JOIN orders "
        "USING(order_id) WHERE condition = 'finished' GROUP BY application_no "
        "HAVING count(*) > 1 UNION ALL SELECT 'a holder', group_concat(cards.card_number) FROM "
        "cards JOIN orders USING(order_id) WHERE condition = 'finished' "
        "GROUP BY holder_digest, service HAVING count(*) > 1");
    if (!twice) say("the orders cannot be read");
    for (const storage::Row& row : *twice) {
        say("two finished cards: " + row.text(0) + " has " + row.text(1));
    }
}

// What the books call carried out the province has done, and what they do not it has not. A
// province that was restored forgot, and books that fell back know less.
void Judge::compareChanges() {
    const auto orders = kiosk_.database().query(
        "SELECT order_id, state FROM orders WHERE service LIKE 'loss-%' OR "
        "service IN ('enable', 'data-change')");
    if (!orders) say("the orders cannot be read");
    const auto& carriedOut = kiosk_.outside().province().carriedOut;
    for (const storage::Row& row : *orders) {
        const bool done = std::ranges::any_of(carriedOut, [&](const auto& entry) {
            const std::string& type = entry.second.messageType;
            return (type.starts_with("LOSS.") || type == "CARD.ENABLE" || type == "DATA.CHANGE") &&
                   entry.second.bizId == row.text(0);
        });
        const bool isSaid = row.text(1) == "carriedOut";
        if (done == isSaid || (isSaid && stage_.provinceEverFellBack())) continue;
        if (!isSaid && stage_.booksEverFellBack()) continue;
        say("the change of order " + row.text(0) + " is " + row.text(1) + " here and " +
            (done ? "done" : "not done") + " at the province");
    }
}

// No order of these books is of that application: what was done for it, the province knows.
bool Judge::isForgotten(const std::string& application) const {
    const auto rows =
        kiosk_.database().query("SELECT 1 FROM orders WHERE application_no = ?", {application});
    return rows && rows->empty();
}

// What the province holds of each blank is what the books say of it.
void Judge::compareBlanks() {
    if (count(kiosk_, waitingFacts) != 0) return;
    const auto& blanks = kiosk_.outside().province().blanks;
    const world::CardPlaces places = kiosk_.outside().printer->places();
    const auto rows = kiosk_.database().query(
        "SELECT card_number, condition, coalesce((SELECT state FROM orders WHERE orders.order_id = "
        "cards.order_id), '') FROM cards WHERE " +
        scenario::isToldInFull("cards"));
    for (const storage::Row& row : *rows) {
        const auto known = blanks.find(row.text(0));
        if (known == blanks.end()) continue;
        const BlankState state = known->second.state;
        const std::string& condition = row.text(1);
        // What was fed after the moment the books fell back to, the province knows better.
        const auto there = places.find(row.text(0));
        const bool wasFed = there && there->place != "hopper 1";
        if (stage_.booksFellBack() && condition == "blank" && wasFed) continue;
        const bool untouched = state == BlankState::inStock || state == BlankState::reserved;
        const bool wasForgotten = stage_.booksEverFellBack() && condition == "refused" &&
                                  isForgotten(known->second.applicationNo);
        const bool oneFellBack = stage_.booksFellBack() || stage_.provinceFellBack();
        const bool waits = condition == "written" && row.text(2) == "staffLook";
        const bool agrees = condition == "finished"  ? state == BlankState::used
                            : condition == "spoiled" ? state == BlankState::spoiled
                            : waits                  ? state == BlankState::permitted || oneFellBack
                                                     : untouched || wasForgotten;
        if (agrees) continue;
        say(row.text(0) + " is " + condition + " here and " + std::string(nameOf(state)) +
            " at the province");
    }
}

bool Judge::isToldByLetter(const std::string& epoch, std::int64_t number) {
    const auto closed = kiosk_.database().query(
        "SELECT 1 FROM outbox JOIN closed_facts USING(fact) WHERE epoch = ? AND terminal_seq = ?",
        {epoch, number});
    return closed && !closed->empty();
}

// The staff's record is whole, no number is missing at the province, and of a case that is over
// nothing personal is left.
void Judge::compareRecords() {
    if (const auto whole = staff::checkChain(kiosk_.database()); !whole) {
        say("the record of the staff: " + describe(whole.error()));
    }
    for (const auto& [terminal, known] : kiosk_.outside().province().terminals) {
        for (const std::int64_t number : known.missingNumbers(100)) {
            if (isToldByLetter(known.epoch, number)) continue;
            say("a number the province never got: " + std::to_string(number));
        }
    }
    const auto kept = count(kiosk_,
                            "SELECT count(*) FROM orders WHERE state NOT IN ('open', 'staffLook') "
                            "AND personalisation_sealed IS NOT NULL");
    if (kept > 0) say("personal data of an order that ended are kept");
    // 签收 is of a card that was taken at the mouth.
    const auto unfounded = count(kiosk_,
                                 "SELECT count(*) FROM handover_confirmations WHERE line NOT IN "
                                 "(SELECT line FROM handovers WHERE way = 'machine')");
    if (unfounded != 0) say("a card is signed for that nobody took at the mouth");
}

// By the province's word, unless it was restored once: then a blank may name the application that
// had it before, and the order that has it now knows better.
std::string Judge::applicationOf(const std::string& number) const {
    const world::Books& province = kiosk_.outside().province();
    if (!stage_.provinceEverFellBack()) {
        const auto blank = province.blanks.find(number);
        return blank == province.blanks.end() ? "" : blank->second.applicationNo;
    }
    const auto rows = kiosk_.database().query(
        "SELECT application_no FROM orders WHERE card_number = ? ORDER BY rowid DESC", {number});
    return rows && !rows->empty() ? rows->front().textOrEmpty(0) : "";
}

bool Judge::isBlankInBooks(const std::string& number) const {
    const auto card = custody::findCard(kiosk_.database(), number);
    return card && *card && (*card)->condition == liqu::nameOf(custody::Condition::blank);
}

// Wherever a card lies: nobody's data are on a copy, which opens to everybody, nor on a card that
// is to be another's.
void Judge::compareChips() {
    const world::Books& province = kiosk_.outside().province();
    const world::CardPlaces places = kiosk_.outside().printer->places();
    for (const world::CardPlaces::Found& found : places.all()) {
        const std::string& number = found.card->id;
        const world::CardEngine& chip = kiosk_.outside().chipOf(number);
        if (!holdsSomebody(chip)) continue;
        if (!isGenuine(chip)) say(number + ": a person's data on a copied chip, " + found.place);
        // A blank of older books: what became of it since they do not know, and no kiosk feeds it.
        if (stage_.booksEverFellBack() && isBlankInBooks(number)) continue;
        const auto application = province.applications.find(applicationOf(number));
        if (application == province.applications.end()) continue;
        const Bytes holder = chip.item(world::card_tag::socialNumber);
        if (!textOf(holder).starts_with(application->second.socialNumber)) {
            say(number + ": another person's data on the chip, " + found.place);
        }
    }
}

void Judge::compare() {
    stage_.forgetRefusals();
    compareOrders();
    compareChanges();
    compareBlanks();
    compareRecords();
    compareChips();
    scenario::Sides sides = scenario::sidesOf(kiosk_);
    if (stage_.booksFellBack()) putAwayLost(sides);
    for (std::string& what : scenario::disagreements(sides)) say(std::move(what));
    for (const std::string& what : kiosk_.owners().found()) say(what);
    for (const std::string& what : guard_.found()) say(what);
    for (const std::string& what : stage_.found()) say(what);
    for (const std::string& lie : kiosk_.truth().lies()) say(lie);
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
    if (stage_.booksFellBack()) bookCounted();
    compare();
    if (!found_.empty()) return {Verdict::unaccounted, joined(found_)};
    if (!staffFor_.empty()) return {Verdict::staff, staffFor_};
    return {};
}

}  // namespace liqu::proof
