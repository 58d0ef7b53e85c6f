#include "tests/world/receipt_printer/receipt_machine.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::size_t mostViolations = 200;
constexpr std::size_t shortWrite = 7;
constexpr std::uint8_t everyChange = 0x0E;

}  // namespace

ReceiptTimings ReceiptTimings::scaled(double speed) const {
    const auto quicker = [speed](Duration duration) {
        return std::chrono::duration_cast<Duration>(duration / speed);
    };
    ReceiptTimings timings = *this;
    timings.millimetresPerSecond = static_cast<int>(millimetresPerSecond * speed);
    for (Duration* one : {&timings.cut, &timings.present, &timings.headCools, &timings.wakesUp}) {
        *one = quicker(*one);
    }
    return timings;
}

ReceiptPrinterMachine::ReceiptPrinterMachine(ReceiptSettings settings, ReceiptFaults* faults)
    : settings_(std::move(settings)),
      faults_(faults),
      stream_(settings_.profile),
      chinese_(settings_.profile.chinese),
      paperLeft_(std::int64_t{settings_.rollMm} * 1000) {
    const auto white = Bytes(static_cast<std::size_t>(settings_.profile.bytesPerRow()));
    strip_.assign(static_cast<std::size_t>(settings_.profile.headToCutterRows), white);
}

std::size_t ReceiptPrinterMachine::take(ByteView bytes, Instant now) {
    advance(now);
    if (!on_ || hasFault(ReceiptFault::deaf)) return 0;
    if (hasFault(ReceiptFault::shortWrites))
        bytes = bytes.first(std::min(shortWrite, bytes.size()));
    std::size_t taken = 0;
    while (taken < bytes.size() && on_) {
        // What acts on sight is heard by some where nothing else is.
        if (!room() && settings_.flow == ReceiptFlow::heldBack) {
            const ByteView rest = bytes.subspan(taken);
            const bool three = rest.size() >= 3 && settings_.profile.answers.whenFull;
            const std::uint32_t code =
                three ? std::uint32_t{rest[0]} << 16 | std::uint32_t{rest[1]} << 8 | rest[2] : 0;
            if (!actsOnSight(code)) break;
            obeyOnSight(code, now);
            taken += 3;
            continue;
        }
        store(bytes[taken++]);
        // An empty buffer is carried out while it fills.
        if (!room()) proceed(now);
    }
    proceed(now);
    tellChanges(now);
    tellFlow(now);
    return taken;
}

void ReceiptPrinterMachine::store(std::uint8_t byte) {
    ++bytesTaken_;
    pass(ReceiptMoment::Of::byte, now_);
    if (!on_ || strikes(ReceiptFault::droppedByte)) return;
    if (room()) input_.push_back(byte);
    lastThree_ = (lastThree_ << 8 | byte) & 0xFFFFFF;
    if (!actsOnSight(lastThree_)) return;
    const std::uint32_t code = lastThree_;
    lastThree_ = 0;
    obeyOnSight(code, now_);
}

std::vector<ReceiptAnswer> ReceiptPrinterMachine::takeAnswers() {
    return std::exchange(answers_, {});
}

void ReceiptPrinterMachine::softReset(Instant now) {
    advance(now);
    clearBuffer();
    initialise();
}

void ReceiptPrinterMachine::greet(Instant now) {
    automatic_ = settings_.automaticBySwitch ? everyChange : std::uint8_t{0};
    automaticFull_ = false;
    told_.clear();
    toldFull_.clear();
    advance(now);
}

bool ReceiptPrinterMachine::takeUnplug() {
    return std::exchange(unplugged_, false);
}

void ReceiptPrinterMachine::advance(Instant now) {
    now_ = std::max(now_, now);
    strike(now);
    proceed(now);
    timers(now);
    proceed(now);
    tellChanges(now);
    tellFlow(now);
}

// Carries out what waits until the paper has to move longer than the time that has passed.
void ReceiptPrinterMachine::proceed(Instant now) {
    while (on_ && at_ <= now) {
        if (offLine()) {
            at_ = now;
            return;
        }
        if (!work_.empty()) {
            const Work work = std::move(work_.front());
            work_.pop_front();
            moving_ = work.what;
            at_ += workOn(work);
            continue;
        }
        if (input_.empty()) {
            at_ = now;
            return;
        }
        const std::uint8_t byte = input_.front();
        input_.pop_front();
        if (const auto item = stream_.take(byte)) execute(*item);
    }
}

void ReceiptPrinterMachine::timers(Instant now) {
    if (headCool_ && *headCool_ <= now) headCool_.reset();
    if (takenAt_ && *takenAt_ <= now) takeSlip(now);
    if (retractAt_ && *retractAt_ <= now) pushesOut_ ? eject() : retract();
}

std::optional<Instant> ReceiptPrinterMachine::nextEvent() const {
    std::optional<Instant> next;
    const auto consider = [&next](std::optional<Instant> at) {
        if (at && (!next || *at < *next)) next = at;
    };
    if (on_ && !offLine() && !idle()) consider(at_);
    consider(headCool_);
    consider(takenAt_);
    consider(retractAt_);
    return next;
}

void ReceiptPrinterMachine::pass(ReceiptMoment::Of what, Instant now) {
    if (faults_ == nullptr) return;
    faults_->pass(what);
    strike(now);
}

// What happens once, where its moment has come.
void ReceiptPrinterMachine::strike(Instant now) {
    if (faults_ == nullptr) return;
    if (strikes(ReceiptFault::paperEnd)) paperLeft_ = 0;
    if (strikes(ReceiptFault::nearEnd)) {
        paperLeft_ = std::min(paperLeft_, std::int64_t{settings_.nearEndMm} * 1000);
    }
    if (strikes(ReceiptFault::coverOpen)) {
        coverOpen_ = true;
        openedInPrint_ = stripMoved_ || !idle();
    }
    if (strikes(ReceiptFault::headHot)) headCool_ = now + settings_.timings.headCools;
    if (strikes(ReceiptFault::unrecoverable)) unrecoverable_ = true;
    if (strikes(ReceiptFault::unplugged)) unplugged_ = true;
    if (strikes(ReceiptFault::paperTorn)) pullPaper(now);
    if (strikes(ReceiptFault::statusStale)) say({0x12}, now);
    if (strikes(ReceiptFault::unaskedStatus)) say(automaticGroup(), now);
    if (strikes(ReceiptFault::powerCut)) switchOff(now);
}

void ReceiptPrinterMachine::clearBuffer() {
    input_.clear();
    work_.clear();
    stream_.abandon();
    line_.clear();
    lineColumns_.clear();
    lastThree_ = 0;
    interruptedCut_.reset();
}

void ReceiptPrinterMachine::violate(std::uint64_t at, std::string what) {
    if (violations_.size() < mostViolations) violations_.push_back({at, std::move(what)});
}

void ReceiptPrinterMachine::switchOff(Instant now) {
    now_ = std::max(now_, now);
    if (!on_) return;
    on_ = false;
    clearBuffer();
    answers_.clear();
    retractAt_.reset();
    headCool_.reset();
    unrecoverable_ = false;
    saidXoff_ = false;
    lastAnswer_.clear();
}

void ReceiptPrinterMachine::switchOn(Instant now) {
    now_ = std::max(now_, now);
    if (on_) return;
    on_ = true;
    at_ = now + settings_.timings.wakesUp;
    openedInPrint_ = false;
    initialise();
    const bool whole = cutter_ == Cutter::ready && settings_.cutsAtPowerOn;
    if (stripMoved_ && whole) endStrip(SlipEnd::stub, SlipPlace::droppedOut, 0);
    greet(now);
}

}  // namespace liqu::world
