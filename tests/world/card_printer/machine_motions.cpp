// Where the simulated printer moves cards, and what it refuses to move.
#include <algorithm>

#include "tests/world/card_printer/printer_machine.hpp"

namespace liqu::world {
namespace {

constexpr int misfeedTries = 3;

bool triesOnlyOnce(const std::string& errorMode) {
    return errorMode == "16" || errorMode == "18";
}

}  // namespace

// Why nothing can move now.
std::optional<PrinterMachine::Reply> PrinterMachine::obstacle() {
    if (coverIsOpen()) latch("COVER OPEN");
    if (latched_.empty()) return std::nullopt;
    return latched_;
}

PrinterMachine::Answer PrinterMachine::moveTo(Station station) {
    if (const auto refusal = obstacle()) return refusal;
    if (jobOpen_) return "ERROR CDE";
    std::vector<Step> steps;
    Reply refusal;
    if (!places_.inside) addFeed(steps, refusal);
    if (!refusal.empty() && steps.empty()) return refusal;
    if (refusal.empty()) addMoveTo(steps, station);
    plan(std::move(steps), [refusal] { return Answer(refusal.empty() ? "OK" : refusal); });
    return std::nullopt;
}

PrinterMachine::Step PrinterMachine::moveStep(const char* name, const char* place, Duration length,
                                              std::function<void()> onEnd) {
    return {name, place, length, std::move(onEnd), true, 0};
}

// Steps that bring a card in. With a refusal, the steps are the time it takes to find out.
void PrinterMachine::addFeed(std::vector<Step>& steps, Reply& refusal) {
    if (modes_.entry != "F" && modes_.entry != "B") {
        refusal = "FEEDER EMPTY";  // nobody puts a card in by hand in this world
        return;
    }
    if (places_.mouth) {
        refusal = "ERR CARD";
        return;
    }
    const auto lane = chosenFeeder();
    const bool isEmpty = !lane || places_.hoppers[static_cast<std::size_t>(*lane)].empty() ||
                         holds(Fault::printerHopperEmpty, "feed");
    if (isEmpty) {
        refusal = "FEEDER EMPTY";
        steps.push_back({"feed-empty", "", timings_.emptyFeederWait, nullptr, false, 0});
        return;
    }
    int failures = 0;
    if (faults_ != nullptr) {
        const std::string tries = faults_->placeOf(Fault::printerMisfeed);
        const int named = tries.empty() || tries == "feed" ? misfeedTries : std::stoi(tries);
        if (strikes(Fault::printerMisfeed, tries)) failures = named;
    }
    const int most = triesOnlyOnce(modes_.errorMode) ? 1 : misfeedTries;
    for (int i = 0; i < std::min(failures, most); ++i) {
        steps.push_back({"misfeed", "", timings_.misfeedTry, nullptr, false, 0});
    }
    if (failures >= most) {
        refusal = "ERROR HOPPER";
        return;
    }
    auto& hopper = places_.hoppers[static_cast<std::size_t>(*lane)];
    steps.push_back(moveStep("feed", "feed", timings_.feed, [this, &hopper] {
        places_.inside = std::move(hopper.front());
        hopper.pop_front();
        places_.moving = false;
        places_.station = Station::print;
        ++cardsInserted_;
        ++cardsSinceCleaning_;
    }));
    if (timings_.sync > Duration::zero()) {
        steps.push_back(
            moveStep("sync", "feed", timings_.sync, [this] { places_.moving = false; }));
    }
}

void PrinterMachine::addMoveTo(std::vector<Step>& steps, Station station) {
    const bool isThere = places_.inside && places_.station == station;
    const bool feedsToPrint = !places_.inside && station == Station::print;
    if (isThere || feedsToPrint) return;
    const auto arrive = [this, station] {
        places_.station = station;
        places_.moving = false;
    };
    if (station == Station::print) {
        steps.push_back(moveStep("from-chip", "print", timings_.fromChip, arrive));
        return;
    }
    steps.push_back(moveStep("to-chip", "chip", timings_.toChip, arrive));
    if (station == Station::chip) {
        const auto contact = [this] { chipEvents_.push_back({places_.inside->id, true}); };
        steps.push_back({"settle", "", timings_.chipSettle, contact, false, 0});
    }
}

void PrinterMachine::leaveChip() {
    chipEvents_.push_back({places_.inside->id, false});
}

PrinterMachine::Answer PrinterMachine::takeBack() {
    if (const auto refusal = obstacle()) return refusal;
    if (!places_.mouth) return "NO CARD";
    if (places_.inside) return "ERR CARD";
    places_.inside = std::move(places_.mouth);
    places_.mouth.reset();
    places_.station = Station::rear;
    std::vector<Step> steps;
    steps.push_back(
        moveStep("take-back", "exit", timings_.takeBack, [this] { places_.moving = false; }));
    plan(std::move(steps), [] { return Answer("OK"); });
    return std::nullopt;
}

// `Se`: prints what is left, then ejects where that is allowed.
PrinterMachine::Answer PrinterMachine::finishJob() {
    if (!jobOpen_ && panels_.empty()) return eject();
    if (!latched_.empty()) {
        const Reply refusal = latched_;
        dropJob();
        return refusal;
    }
    for (Panel& panel : panels_) panel.released = true;
    motion_ = [this] { return afterJob(); };
    return std::nullopt;
}

PrinterMachine::Answer PrinterMachine::afterJob() {
    const bool printed = panelsOfJob_ > 0;
    dropJob();
    if (!latched_.empty()) return latched_;
    if (printed && places_.inside) forgetOldPanels(*places_.inside);
    if (!modes_.mayEject) return "OK";
    return eject();
}

PrinterMachine::Answer PrinterMachine::eject() {
    if (const auto refusal = obstacle()) return refusal;
    tellsOfCard_ = false;
    if (!places_.inside) return "NO CARD";
    if (!modes_.mayEject) return "OPT NOT AVAILABLE";
    if (modes_.exit == "K") return discard();
    if (places_.mouth) return "HOPPER FULL";
    std::vector<Step> steps;
    if (modes_.exit == "M") {
        steps.push_back(moveStep("eject", "exit", timings_.eject, [this] {
            places_.tray.push_back(std::move(*places_.inside));
            places_.inside.reset();
            places_.moving = false;
        }));
        plan(std::move(steps), [] { return Answer("OK"); });
        return std::nullopt;
    }
    steps.push_back(moveStep("eject", "exit", timings_.eject, [this] { arriveAtMouth(); }));
    plan(std::move(steps), [this]() -> Answer {
        if (!settings_.ejectBlocks) return "OK";
        if (!places_.mouth) return "OK";
        waitsForTaking_ = true;
        bezelDeadline_ = now_ + modes_.bezelDelay;
        motion_ = [] { return Answer("OK"); };
        return std::nullopt;
    });
    return std::nullopt;
}

void PrinterMachine::arriveAtMouth() {
    places_.mouth = std::move(places_.inside);
    places_.inside.reset();
    places_.moving = false;
}

PrinterMachine::Answer PrinterMachine::discard() {
    if (const auto refusal = obstacle()) return refusal;
    if (!places_.inside) return "NO CARD";
    if (!modes_.mayEject) return "OPT NOT AVAILABLE";
    if (modes_.rejectTray != "D" && modes_.exit != "K") return "OPT NOT AVAILABLE";
    if (binFull()) return "HOPPER FULL";
    dropJob();
    std::vector<Step> steps;
    steps.push_back(moveStep("discard", "discard", timings_.discard, [this] {
        places_.bin.push_back(std::move(*places_.inside));
        places_.inside.reset();
        places_.moving = false;
    }));
    plan(std::move(steps), [] { return Answer("OK"); });
    return std::nullopt;
}

PrinterMachine::Answer PrinterMachine::clean() {
    if (const auto refusal = obstacle()) return refusal;
    if (!ribbonType_.empty()) return "ERROR RIBBON";
    if (places_.inside) return "ERR CARD";
    if (!cleaningCard_) return "FEEDER EMPTY";
    plan({{"clean", "", timings_.cleaning,
           [this] {
               cleaningCard_ = false;
               cardsSinceCleaning_ = 0;
               ++cleanings_;
           },
           false, 0}},
         [] { return Answer("OK"); });
    return std::nullopt;
}

bool PrinterMachine::load(int lane, std::vector<PlasticCard> cards) {
    if (lane < 1 || lane > settings_.hoppers) return false;
    auto& hopper = places_.hoppers[static_cast<std::size_t>(lane - 1)];
    for (PlasticCard& card : cards) hopper.push_back(std::move(card));
    if (latched_ == "FEEDER EMPTY") latched_.clear();
    startWork();
    return true;
}

bool PrinterMachine::unload(int lane) {
    if (lane < 1 || lane > settings_.hoppers) return false;
    places_.hoppers[static_cast<std::size_t>(lane - 1)].clear();
    return true;
}

std::optional<std::string> PrinterMachine::takeFromMouth(Instant now) {
    advance(now);
    if (!places_.mouth || holds(Fault::printerCardNotTaken)) return std::nullopt;
    const std::string id = places_.mouth->id;
    places_.holder.push_back(std::move(*places_.mouth));
    places_.mouth.reset();
    if (waitsForTaking_) endBezelWait(true);
    startWork();
    return id;
}

bool PrinterMachine::pushBack(const std::string& cardId) {
    if (places_.mouth) return false;
    for (auto card = places_.holder.begin(); card != places_.holder.end(); ++card) {
        if (card->id != cardId) continue;
        places_.mouth = std::move(*card);
        places_.holder.erase(card);
        return true;
    }
    return false;
}

bool PrinterMachine::layAtMouth(PlasticCard card) {
    if (places_.mouth || motion_) return false;
    places_.mouth = std::move(card);
    return true;
}

std::optional<PlasticCard> PrinterMachine::takeInHand(const std::string& cardId, Instant now) {
    advance(now);
    if (places_.mouth && places_.mouth->id == cardId) takeFromMouth(now);
    for (std::vector<PlasticCard>* from : {&places_.holder, &places_.removed}) {
        const auto found = std::ranges::find(*from, cardId, &PlasticCard::id);
        if (found == from->end()) continue;
        PlasticCard card = std::move(*found);
        from->erase(found);
        return card;
    }
    for (auto& hopper : places_.hoppers) {
        if (hopper.empty() || hopper.front().id != cardId) continue;
        PlasticCard card = std::move(hopper.front());
        hopper.pop_front();
        return card;
    }
    return std::nullopt;
}

bool PrinterMachine::takeOutJammed() {
    if (!places_.jammed || !places_.inside) return false;
    tellsOfCard_ = remembersCards_;
    places_.removed.push_back(std::move(*places_.inside));
    places_.inside.reset();
    places_.jammed = false;
    places_.moving = false;
    return true;
}

bool PrinterMachine::takeOut() {
    if (takeOutJammed()) return true;
    std::optional<PlasticCard>& card = places_.inside ? places_.inside : places_.mouth;
    if (!card || step_ || motion_) return false;
    places_.removed.push_back(std::move(*card));
    card.reset();
    places_.moving = false;
    return true;
}

bool PrinterMachine::carryOff() {
    if (!places_.inside || !idle()) return false;
    places_.gone.push_back(std::move(*places_.inside));
    places_.inside.reset();
    places_.jammed = false;
    places_.moving = false;
    return true;
}

void PrinterMachine::setCover(bool open) {
    coverOpen_ = open;
    // With Pem;0 the operator's act is what clears the line.
    if (!open && modes_.errorMode == "0" && !places_.jammed) latched_.clear();
    startWork();
}

void PrinterMachine::setRibbon(const std::string& type, int remaining) {
    ribbonType_ = type;
    ribbonRemaining_ = remaining;
    ribbonEnded_ = remaining == 0;
}

bool PrinterMachine::give(std::vector<PlasticCard>& from, const std::string& card) {
    const auto found = std::ranges::find(from, card, &PlasticCard::id);
    if (found == from.end()) return false;
    places_.holder.push_back(std::move(*found));
    from.erase(found);
    return true;
}

bool PrinterMachine::putIntoBin(const std::string& card) {
    const auto found = std::ranges::find(places_.holder, card, &PlasticCard::id);
    if (found == places_.holder.end()) return false;
    places_.bin.push_back(std::move(*found));
    places_.holder.erase(found);
    return true;
}

void PrinterMachine::emptyBin() {
    for (PlasticCard& card : places_.bin) places_.removed.push_back(std::move(card));
    places_.bin.clear();
}

void PrinterMachine::powerCycle(Instant now) {
    advance(now);
    restart(true);
}

}  // namespace liqu::world
