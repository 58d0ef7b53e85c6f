// Time, order and replies of the simulated printer.
#include <algorithm>
#include <utility>

#include "tests/world/card_printer/printer_machine.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t longestQueue = 32;

bool isQuery(const std::string& name) {
    return name[0] == 'R' || name == "Sk";
}

}  // namespace

PrinterMachine::PrinterMachine(PrinterSettings settings, FaultPlan* faults)
    : settings_(std::move(settings)), timings_(settings_.timings), faults_(faults) {
    places_.hoppers.resize(static_cast<std::size_t>(settings_.hoppers));
    ribbonType_ = settings_.ribbonType;
    ribbonRemaining_ = settings_.ribbonRemaining;
    savedModes_.bezelDelay = settings_.defaultBezelDelay;
    modes_ = savedModes_;
}

std::size_t PrinterMachine::take(ByteView bytes, Instant now) {
    advance(now);
    if (restartedAt_) return bytes.size();  // nobody listens
    const bool waitsForOperator = !latched_.empty() && modes_.errorMode == "0";
    if (waitsForOperator) return 0;
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        if (stream_.insidePanel() && !panelAdmitted_) {
            const auto queued = std::count_if(queue_.begin(), queue_.end(),
                                              [](const auto& one) { return one.isDownload(); });
            const std::size_t used = panels_.size() + static_cast<std::size_t>(queued);
            if (used >= settings_.panelBuffers) break;
            panelAdmitted_ = true;
            lastByte_ = now;
        }
        if (queue_.size() >= longestQueue) break;
        auto part = stream_.take(bytes.subspan(taken));
        taken += part.bytes;
        if (part.panelAnnounced) releaseAnnounced();
        if (part.command) {
            if (part.command->isDownload()) panelAdmitted_ = false;
            queue_.push_back(std::move(*part.command));
        }
        startWork();
    }
    if (taken > 0) lastByte_ = now;
    return taken;
}

void PrinterMachine::advance(Instant now) {
    while (true) {
        const Instant change = nextChange();
        if (change > now) break;
        now_ = std::max(now_, change);
        if (restartedAt_ && *restartedAt_ <= now_) restartedAt_.reset();
        if (step_ && step_->end <= now_) endStep();
        if (bezelDeadline_ && *bezelDeadline_ <= now_) endBezelWait(false);
        if (stream_.insidePanel() && panelAdmitted_ &&
            lastByte_ + settings_.payloadPatience <= now_) {
            stream_.abandon();
            panelAdmitted_ = false;
            reply("ERROR TIME OUT", false);
        }
        startWork();
    }
    now_ = std::max(now_, now);
    startWork();
}

Instant PrinterMachine::nextChange() const {
    Instant next = Instant::max();
    if (restartedAt_) next = std::min(next, *restartedAt_);
    if (step_) next = std::min(next, step_->end);
    if (bezelDeadline_) next = std::min(next, *bezelDeadline_);
    // A panel that has no room is not late: the printer itself holds it back.
    if (stream_.insidePanel() && panelAdmitted_) {
        next = std::min(next, lastByte_ + settings_.payloadPatience);
    }
    return next;
}

std::optional<Instant> PrinterMachine::nextEvent() const {
    const Instant next = nextChange();
    if (next == Instant::max()) return std::nullopt;
    return next;
}

void PrinterMachine::startWork() {
    while (!restartedAt_ && startOne()) {
    }
}

// Does one thing that can be done now; false when there is none.
bool PrinterMachine::startOne() {
    if (!step_ && !waitsForTaking_) {
        if (!plan_.empty()) {
            Step next = std::move(plan_.front());
            plan_.pop_front();
            beginStep(std::move(next));
            return true;
        }
        if (startPanel()) return true;
        if (motion_ && (panels_.empty() || !latched_.empty())) {
            const auto then = std::move(motion_);
            motion_ = nullptr;
            if (const Answer answer = then()) reply(*answer, true);
            return true;
        }
    }
    if (queue_.empty() || !mayExecute(queue_.front())) return false;
    PrinterCommand command = std::move(queue_.front());
    queue_.pop_front();
    execute(std::move(command));
    return true;
}

bool PrinterMachine::mayExecute(const PrinterCommand& command) const {
    if (!command.understood) return true;
    if (isQuery(command.name) && settings_.answersDuringMotion) return true;
    if (motion_ || waitsForTaking_) return false;
    const bool printing = step_ || !plan_.empty();
    return !printing || command.isDownload() || command.name == "Se" || command.name == "Wcb";
}

void PrinterMachine::beginStep(Step step) {
    const std::string& place = step.place;
    if (strikes(Fault::printerUnplugged, place)) unplugged_ = true;
    RunningStep running{std::move(step), now_, {}, {}};
    if (running.step.movesCard && places_.inside) {
        if (places_.station == Station::chip && !places_.moving) leaveChip();
        places_.moving = running.step.panel == 0;
    }
    Duration length = running.step.length;
    if (strikes(Fault::printerCoverOpen, running.step.place)) {
        coverOpen_ = true;
        running.failure = "COVER OPEN";
    } else if (strikes(Fault::printerJam, running.step.place)) {
        running.failure = "CARD JAM";
    } else if (running.step.panel != 0 && strikes(Fault::printerRibbonEnd, running.step.name)) {
        running.failure = "ERROR RIBBON";
    }
    if (!running.failure.empty()) length /= 2;
    running.end = now_ + length;
    step_ = std::move(running);
}

void PrinterMachine::endStep() {
    RunningStep done = std::move(*step_);
    step_.reset();
    const std::string cardId = places_.inside ? places_.inside->id : std::string();
    steps_.push_back({done.step.name, done.begin, done.end, cardId});
    if (done.failure.empty()) {
        if (done.step.onEnd) done.step.onEnd();
        return;
    }
    if (done.step.panel != 0) endPanel(false);
    if (done.failure == "CARD JAM" && !places_.inside) {
        // A card that jams on its way in has left its hopper.
        if (done.step.onEnd) done.step.onEnd();
    }
    places_.jammed = done.failure == "CARD JAM";
    if (done.failure == "ERROR RIBBON") {
        ribbonEnded_ = true;
        ribbonRemaining_ = 0;
    }
    failStep(done.failure);
}

void PrinterMachine::failStep(const std::string& failure) {
    plan_.clear();
    dropJob();
    latch(failure);
    if (motion_) finishMotion(failure);
}

void PrinterMachine::finishMotion(const Reply& text) {
    motion_ = nullptr;
    reply(text, true);
}

void PrinterMachine::latch(const std::string& failure) {
    latched_ = failure;
}

void PrinterMachine::plan(std::vector<Step> steps, std::function<Answer()> then) {
    plan_.assign(std::make_move_iterator(steps.begin()), std::make_move_iterator(steps.end()));
    motion_ = std::move(then);
}

void PrinterMachine::reply(const Reply& text, bool isMotion) {
    lastReply_ = text;
    if (holds(Fault::printerMute, isMotion ? "motion" : "query")) return;
    MachineReply one{text, now_};
    const std::string_view place = isMotion ? "motion" : "query";
    if (strikes(Fault::printerLateReply, place)) {
        one.readyAt += isMotion ? settings_.lateMotionReply : settings_.lateQueryReply;
    }
    if (strikes(Fault::printerGarbledReply, place)) one.text = "\x15\xC3\x28\xFE";
    replies_.push_back(std::move(one));
}

void PrinterMachine::endBezelWait(bool taken) {
    waitsForTaking_ = false;
    bezelDeadline_.reset();
    if (!motion_) return;
    if (taken || modes_.bezelAction == 'D') {
        finishMotion("OK");
        return;
    }
    std::vector<Step> steps;
    places_.inside = std::move(places_.mouth);
    places_.mouth.reset();
    places_.moving = true;
    if (modes_.bezelAction == 'N') {
        steps.push_back(moveStep("take-back", "exit", timings_.takeBack, [this] {
            places_.moving = false;
            places_.station = Station::rear;
        }));
    } else {
        steps.push_back(moveStep("discard", "discard", timings_.discard, [this] {
            places_.bin.push_back(std::move(*places_.inside));
            places_.inside.reset();
            places_.moving = false;
        }));
    }
    plan(std::move(steps), [] { return Answer("OK"); });
}

// What a restart of its processor does to the machine: the card stays where the rollers hold it.
void PrinterMachine::restart(bool power) {
    if (step_ && step_->step.panel != 0) endPanel(false);
    const bool stoppedOnTheWay = step_ && step_->step.movesCard && places_.inside;
    step_.reset();
    plan_.clear();
    motion_ = nullptr;
    waitsForTaking_ = false;
    bezelDeadline_.reset();
    queue_.clear();
    replies_.clear();
    stream_ = CommandStream();
    panelAdmitted_ = false;
    dropJob();
    latched_ = places_.jammed ? "CARD JAM" : "";
    tellsOfCard_ = false;
    modes_ = savedModes_;
    // Finding the card again ends with it under the head.
    if (stoppedOnTheWay && !places_.jammed) {
        places_.moving = false;
        places_.station = Station::print;
    }
    restartedAt_ = now_ + timings_.reset;
    if (!power && settings_.answersReset) reply("OK", true);
}

// USB class request: the job and both pipes are emptied, the card stays.
void PrinterMachine::softReset(Instant now) {
    advance(now);
    if (step_ && step_->step.panel != 0) {
        endPanel(false);
        step_.reset();
    }
    plan_.clear();
    dropJob();
    if (!step_) motion_ = nullptr;
    if (step_) motion_ = [] { return Answer(); };
    if (waitsForTaking_) {
        waitsForTaking_ = false;
        bezelDeadline_.reset();
        motion_ = nullptr;
    }
    queue_.clear();
    forgetWire();
}

void PrinterMachine::forgetWire() {
    replies_.clear();
    stream_ = CommandStream();
    panelAdmitted_ = false;
}

std::uint8_t PrinterMachine::portStatus() const {
    constexpr std::uint8_t healthy = 0x18;
    constexpr std::uint8_t mediaError = 0x38;
    constexpr std::uint8_t mechanicalError = 0x10;
    if (latched_ == "CARD JAM" || latched_ == "COVER OPEN" || coverOpen_) return mechanicalError;
    return latched_.empty() ? healthy : mediaError;
}

std::vector<MachineReply> PrinterMachine::takeReplies() {
    return std::exchange(replies_, {});
}
std::vector<ChipEvent> PrinterMachine::takeChipEvents() {
    return std::exchange(chipEvents_, {});
}
bool PrinterMachine::takeUnplug() {
    return std::exchange(unplugged_, false);
}

bool PrinterMachine::strikes(Fault fault, std::string_view place) {
    return faults_ != nullptr && faults_->strikes(fault, place);
}

bool PrinterMachine::holds(Fault fault, std::string_view place) const {
    return faults_ != nullptr && faults_->holds(fault, place);
}

}  // namespace liqu::world
