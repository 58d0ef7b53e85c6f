#include <algorithm>

#include "tests/world/receipt_printer/receipt_machine.hpp"

namespace liqu::world {

Duration ReceiptPrinterMachine::rowTime() const {
    const std::int64_t perSecond = std::int64_t{settings_.timings.millimetresPerSecond} * 1000;
    return Duration{settings_.profile.micrometresPerRow() * 1'000'000 / perSecond};
}

Duration ReceiptPrinterMachine::workOn(const Work& work) {
    switch (work.what) {
        case Doing::row:
            moveRow(work);
            return rowTime();
        case Doing::cut:
            cut(work.partly);
            return settings_.timings.cut;
        case Doing::present:
            present(work);
            break;
        case Doing::retract:
            retract();
            break;
        case Doing::eject:
            eject();
            break;
    }
    return settings_.timings.present;
}

void ReceiptPrinterMachine::moveRow(const Work& work) {
    if (Slip* const slip = hanging()) {
        if (settings_.profile.presenter != ReceiptPresenter::none) {
            violate(bytesTaken_, "printing while a slip is in the presenter");
        }
        slip->place = SlipPlace::droppedOut;
        retractAt_.reset();
        takenAt_.reset();
    }
    const bool inked =
        std::any_of(work.dots.begin(), work.dots.end(), [](auto b) { return b != 0; });
    stripInked_ = stripInked_ || inked;
    stripGarbled_ = stripGarbled_ || work.garbled;
    stripMoved_ = true;
    strip_.push_back(work.dots);
    paperLeft_ -= settings_.profile.micrometresPerRow();
    pass(ReceiptMoment::Of::row, at_);
}

void ReceiptPrinterMachine::cut(bool partly) {
    const ReceiptProfile& profile = settings_.profile;
    if (profile.cuts.ignoresEmpty && !stripInked_) return;
    pass(ReceiptMoment::Of::cut, at_);
    if (!on_) return;
    const bool stuck = hasFault(ReceiptFault::cutterStuck);
    if (stuck || strikes(ReceiptFault::cutterJam)) {
        cutter_ = stuck ? Cutter::stuck : Cutter::jammed;
        interruptedCut_ = Work{.what = Doing::cut, .partly = partly};
        return;
    }
    const auto keep = static_cast<std::size_t>(profile.headToCutterRows);
    const auto shortest = static_cast<std::size_t>(profile.shortestSlipRows) + keep;
    const auto width = static_cast<std::size_t>(profile.bytesPerRow());
    while (strip_.size() < shortest && paperLeft_ > 0) {
        strip_.emplace_back(width);
        paperLeft_ -= profile.micrometresPerRow();
    }
    ++cuts_;
    const bool presents = profile.presenter != ReceiptPresenter::none;
    endStrip(partly ? SlipEnd::cutPartly : SlipEnd::cut,
             presents ? SlipPlace::inPresenter : SlipPlace::atMouth, keep);
}

// What is before the cutter becomes a slip; what lies between head and cutter stays, and is the
// beginning of the next one.
void ReceiptPrinterMachine::endStrip(SlipEnd end, SlipPlace place, std::size_t keepRows) {
    const std::size_t length = strip_.size() - std::min(keepRows, strip_.size());
    const auto at = strip_.begin() + static_cast<std::ptrdiff_t>(length);
    Slip slip{
        {settings_.profile.headDots, {strip_.begin(), at}}, end, place, stripGarbled_, stripText_};
    strip_.erase(strip_.begin(), at);
    const DotPicture rest{settings_.profile.headDots, strip_};
    stripInked_ = !rest.blank();
    stripMoved_ = stripInked_;
    stripGarbled_ = false;
    stripText_.clear();
    if (keepRows == 0) {
        const auto white = Bytes(static_cast<std::size_t>(settings_.profile.bytesPerRow()));
        strip_.assign(static_cast<std::size_t>(settings_.profile.headToCutterRows), white);
    }
    if (length == 0) return;
    if (Slip* const before = hanging()) before->place = SlipPlace::droppedOut;
    slips_.push_back(std::move(slip));
    if (place == SlipPlace::atMouth && settings_.takesSlipAfter) {
        takenAt_ = at_ + *settings_.takesSlipAfter;
    }
}

void ReceiptPrinterMachine::present(const Work& work) {
    Slip* const slip = hanging();
    if (slip == nullptr) return violate(work.at, "no slip to present");
    if (strikes(ReceiptFault::presenterJam)) {
        presenterJam_ = true;
        slip->place = SlipPlace::jammed;
        return;
    }
    slip->place = SlipPlace::atMouth;
    pushesOut_ = work.pushesOut;
    const Instant out = at_ + settings_.timings.present;
    if (work.then.count() > 0) retractAt_ = out + work.then;
    if (settings_.takesSlipAfter) takenAt_ = out + *settings_.takesSlipAfter;
}

void ReceiptPrinterMachine::retract() {
    retractAt_.reset();
    takenAt_.reset();
    if (Slip* const slip = hanging()) slip->place = SlipPlace::retracted;
}

void ReceiptPrinterMachine::eject() {
    retractAt_.reset();
    takenAt_.reset();
    if (Slip* const slip = hanging()) slip->place = SlipPlace::droppedOut;
}

const Slip* ReceiptPrinterMachine::hanging() const {
    if (slips_.empty()) return nullptr;
    const SlipPlace place = slips_.back().place;
    const bool there = place == SlipPlace::atMouth || place == SlipPlace::inPresenter;
    return there ? &slips_.back() : nullptr;
}

Slip* ReceiptPrinterMachine::hanging() {
    return const_cast<Slip*>(std::as_const(*this).hanging());
}

bool ReceiptPrinterMachine::ticketAtOutput() const {
    const Slip* const slip = hanging();
    return settings_.profile.presenter != ReceiptPresenter::none && slip != nullptr &&
           slip->place == SlipPlace::atMouth;
}

std::size_t ReceiptPrinterMachine::countOf(SlipPlace place) const {
    return static_cast<std::size_t>(std::count_if(
        slips_.begin(), slips_.end(), [place](const Slip& slip) { return slip.place == place; }));
}

DotPicture ReceiptPrinterMachine::underHead() const {
    return {settings_.profile.headDots, strip_};
}

bool ReceiptPrinterMachine::offLine() const {
    return coverOpen_ || paperLeft_ <= 0 || headCool_ || cutter_ != Cutter::ready ||
           unrecoverable_ || presenterJam_ || feedHeld_;
}

void ReceiptPrinterMachine::loadRoll(int millimetres, Instant now) {
    advance(now);
    paperLeft_ = std::int64_t{millimetres} * 1000;
    if (settings_.afterReload == AfterReload::forgets) clearBuffer();
    advance(now);
}

void ReceiptPrinterMachine::setCover(bool open, Instant now) {
    advance(now);
    if (open) openedInPrint_ = stripMoved_ || !idle();
    coverOpen_ = open;
    if (!open) openedInPrint_ = false;
    advance(now);
}

void ReceiptPrinterMachine::holdFeedButton(bool held, Instant now) {
    advance(now);
    feedHeld_ = held;
    advance(now);
}

void ReceiptPrinterMachine::clearJam(Instant now) {
    advance(now);
    cutter_ = Cutter::ready;
    presenterJam_ = false;
    if (interruptedCut_) work_.push_front(*std::exchange(interruptedCut_, std::nullopt));
    advance(now);
}

bool ReceiptPrinterMachine::takeSlip(Instant now) {
    takenAt_.reset();
    Slip* const slip = hanging();
    if (slip == nullptr || slip->place != SlipPlace::atMouth) return false;
    slip->place = SlipPlace::taken;
    retractAt_.reset();
    tellChanges(now);
    return true;
}

bool ReceiptPrinterMachine::pushSlipBack(Instant now) {
    const bool taken = !slips_.empty() && slips_.back().place == SlipPlace::taken;
    if (!taken || stripMoved_ || settings_.profile.presenter == ReceiptPresenter::none)
        return false;
    slips_.back().place = SlipPlace::atMouth;
    tellChanges(now);
    return true;
}

bool ReceiptPrinterMachine::pullPaper(Instant now) {
    if (!stripMoved_) return false;
    endStrip(SlipEnd::torn, SlipPlace::taken, 0);
    tellChanges(now);
    return true;
}

}  // namespace liqu::world
