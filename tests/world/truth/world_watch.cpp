#include "tests/world/truth/world_watch.hpp"

#include <algorithm>
#include <span>

#include "tests/world/chip/blank_cards.hpp"

namespace liqu::truth {
namespace {

constexpr std::size_t longLatinName = 28;
// The reader is looked at three times a second, and its answer takes a while: a page that says that
// a document lies there can be so much older than the hand that lifts it.
constexpr Duration ageOfLook = std::chrono::milliseconds{500};
constexpr int adultFrom = 160'000;  // years as in 20240511

std::string_view typeOf(world::DocumentLayout layout) {
    switch (layout) {
        case world::DocumentLayout::resident:
            return "RESIDENT_ID";
        case world::DocumentLayout::permit:
            return "RESIDENCE_PERMIT";
        case world::DocumentLayout::foreigner2017:
            return "FOREIGNER_2017";
        case world::DocumentLayout::foreigner2023:
            break;
    }
    return "FOREIGNER_2023";
}

// Not in the Basic Multilingual Plane, or in its extension A: not every chip and font has it.
bool hasRareCharacter(const std::string& utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte >= 0xF0) return true;
        if (byte == 0xE3 && i + 1 < utf8.size()) {
            const auto second = static_cast<unsigned char>(utf8[i + 1]);
            if (second >= 0x90) return true;
        }
        if (byte == 0xE4 && i + 1 < utf8.size()) {
            const auto second = static_cast<unsigned char>(utf8[i + 1]);
            if (second < 0xB8) return true;
        }
    }
    return false;
}

// What no document tells.
std::string dataOf(const world::Person& person) {
    return person.phone + "\n" + person.mailingAddress + "\n" + person.occupation;
}

bool isBad(const world::Document& document, WallTime now) {
    const std::string today = formatDate(chinaDate(now));
    const bool ends = document.validTo.size() == 8;
    const bool young =
        document.birth.size() == 8 && std::stoi(today) - std::stoi(document.birth) < adultFrom;
    return (ends && document.validTo < today) || document.validFrom > today || young ||
           !document.typeMark.empty() || hasRareCharacter(document.name) ||
           document.nameLatin.size() > longLatinName;
}

bool isOfBin(const std::string& place) {
    return place == "bin" || place == "removed" || place == "tray";
}
bool isInside(const std::string& place) {
    return place != "mouth" && place != "holder" && place != "gone" && !isOfBin(place);
}

using Fact = std::pair<std::string_view, int Truth::*>;

int Truth::*factOf(std::span<const Fact> facts, std::string_view state, int Truth::*otherwise) {
    const auto found = std::ranges::find(facts, state, &Fact::first);
    return found == facts.end() ? otherwise : found->second;
}

int Truth::*applicationFact(std::string_view state) {
    static constexpr Fact facts[] = {
        {"CREATED", &Truth::applicationCreated},
        {"MARKED", &Truth::applicationMarked},
        {"DATA_READY", &Truth::applicationMaking},
        {"REPORTED_OK", &Truth::applicationMade},
        {"ENABLED", &Truth::applicationEnabled},
        {"HANDED_OVER", &Truth::applicationHandedOver},
        {"HELD", &Truth::applicationHeld},
        {"CANCELLED", &Truth::applicationCancelled},
        {"NEEDS_STAFF", &Truth::applicationNeedsStaff},
    };
    return factOf(facts, state, nullptr);
}

int Truth::*cardFact(std::string_view state) {
    static constexpr Fact facts[] = {
        {"NOT_ENABLED", &Truth::cardNotEnabled}, {"NORMAL", &Truth::cardNormal},
        {"TEMP_LOST", &Truth::cardTempLost},     {"FORMAL_LOST", &Truth::cardFormalLost},
        {"REPLACING", &Truth::cardReplacing},    {"CANCELLED", &Truth::cardCancelled},
    };
    return factOf(facts, state, &Truth::cardsOdd);
}

}  // namespace

world::Person* personOf(world::Books& books, const world::Document& document) {
    return books.personByDocument(typeOf(document.layout), document.number);
}

void WorldWatch::kioskStarts() {
    ++told_.startsSince;
    told_.justStarted = 1;
    told_.visitRuns = 0;
}

void WorldWatch::machineIsFree() {
    told_.justStarted = 0;
    told_.visitRuns = 0;
}

void WorldWatch::visitBegins() {
    told_ = {};
    told_.visitRuns = 1;
    holder_.reset();
    touchedBefore_.clear();
    takenBefore_.clear();
    inBinBefore_.clear();
    statesBefore_.clear();
    dataBefore_.clear();
    around_.withBooks([&](world::Books& books) {
        for (const auto& [number, person] : books.persons) dataBefore_[number] = dataOf(person);
        for (const auto& [number, card] : books.cards) statesBefore_[number] = card.state;
    });
    for (const SeenCard& card : cardsOutside()) {
        if (card.touched) touchedBefore_.insert(card.number);
        if (card.place == "holder") takenBefore_.insert(card.number);
        if (isOfBin(card.place)) inBinBefore_.insert(card.number);
    }
}

// Those in the hopper were never touched.
std::vector<WorldWatch::SeenCard> WorldWatch::cardsOutside() {
    std::vector<SeenCard> cards;
    const world::CardPlaces places = around_.printer.places();
    for (const world::CardPlaces::Found& found : places.all()) {
        if (found.place.starts_with("hopper")) continue;
        SeenCard card{found.card->id, found.place};
        card.holder = around_.holderOnChip(card.number);
        card.made = found.card->hasWholeFace() && !card.holder.empty();
        const bool written = !card.holder.empty() && card.holder != world::holderOfUsedBlank;
        card.touched = written || !found.card->panels.empty() || isConsumed(card.number);
        cards.push_back(std::move(card));
    }
    return cards;
}

// From the permit on (decision 14): a refused blank was not used.
bool WorldWatch::isConsumed(const std::string& card) {
    bool consumed = false;
    around_.withBooks([&](world::Books& books) {
        const auto blank = books.blanks.find(card);
        consumed = blank != books.blanks.end() &&
                   blank->second.state != world::BlankState::inStock &&
                   blank->second.state != world::BlankState::reserved;
    });
    return consumed;
}

std::string WorldWatch::socialNumber() {
    std::string number;
    if (!holder_) return number;
    around_.withBooks([&](world::Books& books) {
        const world::Person* person = personOf(books, *holder_);
        if (person != nullptr) number = person->socialNumber;
    });
    return number;
}

void WorldWatch::lookAtReader(Truth& truth, WallTime now) {
    const auto lying = around_.idReader.documentLying();
    const bool read = lying && around_.idReader.readings() > 0;
    if (read && !holder_ && told_.visitRuns > 0) holder_ = *lying;
    const auto seen = around_.idReader.documentSeenWithin(ageOfLook);
    truth.idCardLies = seen ? 1 : 0;
    truth.idCardUnread = lying && !read ? 1 : 0;
    truth.idCardKnown = holder_ ? 1 : 0;
    truth.idCardIsAnothers = seen && holder_ && seen->number != holder_->number ? 1 : 0;
    truth.documentLifted = !lying && !holder_ ? 1 : 0;
    const auto& document = holder_ ? holder_ : lying;
    truth.documentBad = document && isBad(*document, now) ? 1 : 0;
}

void WorldWatch::lookAtCards(Truth& truth) {
    const std::string person = socialNumber();
    const auto isTheirs = [&](const SeenCard& card) {
        return card.made && !person.empty() && card.holder == person;
    };
    for (const SeenCard& card : cardsOutside()) {
        const bool put = isOfBin(card.place);
        truth.madeForThem += isTheirs(card) ? 1 : 0;
        truth.cardInside += isInside(card.place) ? 1 : 0;
        const bool isNew = card.touched && !touchedBefore_.contains(card.number);
        if (isNew) ++truth.touchedSince;
        if (isNew && (put || isInside(card.place))) ++truth.touchedKept;
        if (put) ++truth.cardsInBins;
        if (card.place == "gone") ++truth.cardsGone;
        const bool putNow = put && !inBinBefore_.contains(card.number);
        if (putNow && !card.made) ++truth.unfinishedInBin;
        const bool isOfNow = putNow || isInside(card.place);
        if (isOfNow && struckChips_.contains(card.number)) ++truth.chipFaults;
        if (card.place == "mouth") {
            ++truth.cardAtMouth;
            truth.madeCardAtMouth += isTheirs(card) ? 1 : 0;
        } else if (card.place == "holder") {
            const bool now = isTheirs(card) && !takenBefore_.contains(card.number);
            truth.madeCardTaken += now ? 1 : 0;
        } else if (isTheirs(card)) {
            ++truth.madeCardKept;
        }
    }
    const world::CardPlaces places = around_.printer.places();
    for (const auto& hopper : places.hoppers) {
        truth.blanksInHopper += static_cast<int>(hopper.size());
    }
    if (places.inside && places.jammed) ++truth.printerFaults;
    truth.printerCoverOpen = around_.printer.coverOpen() ? 1 : 0;
    truth.ribbonSets = around_.printer.ribbonRemaining();
    truth.printerFaults += truth.printerCoverOpen;
}

void WorldWatch::lookAtProvince(Truth& truth) {
    around_.withBooks([&](world::Books& books) {
        world::Person* person = holder_ ? personOf(books, *holder_) : nullptr;
        truth.provinceSaysNo = holder_ && person == nullptr ? 1 : 0;
        if (person == nullptr) return;
        truth.portraitMissing = person->photo ? 0 : 1;
        const auto before = dataBefore_.find(person->socialNumber);
        truth.dataChangedNow =
            before != dataBefore_.end() && before->second != dataOf(*person) ? 1 : 0;
        truth.feePaid = person->feePaid ? 1 : 0;
        truth.feeOwed = person->feeCents > 0 && !person->feePaid ? 1 : 0;
        truth.bankLinked = person->bankLinked ? 1 : 0;
        for (const world::Application* one : books.applicationsOf(person->socialNumber)) {
            if (one->feePaid) truth.feePaid = 1;
            if (one->feePaid) truth.feeOwed = 0;
            if (int Truth::*const fact = applicationFact(one->state)) ++(truth.*fact);
            if (!one->open()) continue;
            if (one->marked()) ++truth.marked;
            ++(one->terminalId == around_.terminal ? truth.appliedHere : truth.appliedElsewhere);
        }
        bool formallyLost = false;
        for (const world::Card* card : books.cardsOf(person->socialNumber)) {
            ++(truth.*cardFact(card->state));
            if (card->state == "NORMAL") ++truth.hasValidCard;
            lookAtLoss(truth, *card);
            if (card->regionCode != person->regionOfRecord) ++truth.cardsElsewhere;
            if (card->state != "NORMAL" && card->state != "CANCELLED") ++truth.hasInvalidCard;
            if (card->state == "FORMAL_LOST") formallyLost = true;
            truth.cardEnabled = card->state == "NORMAL" ? 1 : 0;
            if (!card->bankLinked) truth.bankLinked = 0;
        }
        // Nothing to replace, or not yet formally lost.
        const bool nothingLost = told_.wantsReplacement > 0 && !formallyLost;
        const bool feeDue = truth.feeOwed > 0 && !books.feesAtTerminals;
        truth.temporaryCard = person->temporaryCard ? 1 : 0;
        const bool no = !person->alive || person->needsStaff || !person->photo || feeDue ||
                        truth.hasValidCard > 0 || truth.appliedHere + truth.appliedElsewhere > 0 ||
                        nothingLost ||
                        (!books.cardsOf(person->socialNumber).empty() && !formallyLost);
        truth.provinceSaysNo = no ? 1 : 0;
    });
}

void WorldWatch::lookAtLoss(Truth& truth, const world::Card& card) const {
    const auto isLost = [](std::string_view state) {
        return state == "TEMP_LOST" || state == "FORMAL_LOST";
    };
    const auto before = statesBefore_.find(card.number);
    const std::string was = before == statesBefore_.end() ? "" : before->second;
    if (card.state == "NORMAL") {
        truth.cardsReleasedNow += isLost(was) ? 1 : 0;
        truth.cardsEnabledNow += was == "NOT_ENABLED" ? 1 : 0;
        truth.banksStillBlocked += card.bankBlocked ? 1 : 0;
    }
    if (!isLost(card.state)) return;
    truth.cardsLostNow += card.state == was ? 0 : 1;
    truth.lostWithBank += card.bankBlocked ? 1 : 0;
    truth.lostForDays += card.lostUntil.empty() ? 0 : 1;
}

void WorldWatch::lookAtFaults(Truth& truth) {
    static const std::pair<std::string_view, int Truth::*> kinds[] = {
        {"reader.", &Truth::readerFaults},  {"printer.", &Truth::printerFaults},
        {"chip.", &Truth::chipFaults},      {"province.", &Truth::lineFaults},
        {"kiosk.disk", &Truth::diskFaults}, {"kiosk.clock", &Truth::clockFaults}};
    for (const world::ArmedFault& armed : around_.faults.armed()) {
        if (armed.fired == 0) continue;
        for (const auto& [verb, fact] : kinds) {
            if (world::verbOf(armed.fault).starts_with(verb)) ++(truth.*fact);
        }
    }
    if (!around_.idReader.plugged()) ++truth.readerFaults;
    if (!around_.printer.plugged()) ++truth.printerFaults;
    const world::CardPlaces places = around_.printer.places();
    if (truth.chipFaults > 0 && places.inside) struckChips_.insert(places.inside->id);
}

Truth WorldWatch::look(WallTime now) {
    Truth truth = told_;
    lookAtReader(truth, now);
    lookAtCards(truth);
    lookAtProvince(truth);
    lookAtFaults(truth);
    // What only the kiosk's books tell; whoever can read them says otherwise.
    truth.booksBalance = truth.recordHolds = 1;
    return truth;
}

}  // namespace liqu::truth
