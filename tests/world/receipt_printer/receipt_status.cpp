#include <algorithm>
#include <utility>

#include "tests/world/receipt_printer/receipt_machine.hpp"

namespace liqu::world {
namespace {

constexpr unsigned fixedPattern = 0x12;
constexpr std::uint8_t xoff = 0x13;
constexpr std::uint8_t xon = 0x11;

unsigned when(bool condition, unsigned bits) {
    return condition ? bits : 0U;
}

std::uint8_t byteOf(unsigned bits) {
    return static_cast<std::uint8_t>(bits);
}

}  // namespace

bool ReceiptPrinterMachine::nearEnd() const {
    return settings_.profile.answers.nearEndSensor &&
           paperLeft_ <= std::int64_t{settings_.nearEndMm} * 1000;
}

void ReceiptPrinterMachine::obeyOnSight(std::uint32_t code, Instant now) {
    const auto n = byteOf(code & 0xFF);
    switch (code >> 8) {
        case 0x1004:
            if (n != 0x14 || settings_.profile.answers.fullStatus) answerQuestion(n, now);
            return;
        case 0x1005:
            return recover(n, now);
        default:
            return violate(bytesTaken_, "a command to the drawer");
    }
}

void ReceiptPrinterMachine::answerQuestion(std::uint8_t n, Instant now) {
    const ReceiptAnswers& answers = settings_.profile.answers;
    pass(ReceiptMoment::Of::question, now);
    const bool silent =
        !on_ || settings_.profile.oneWay || !answers.dleEot || (!answers.whileFeeding && feeding());
    if (silent || hasFault(ReceiptFault::statusMute) || strikes(ReceiptFault::statusOnce)) return;
    Bytes bytes = n == 0x14 ? fullStatus() : Bytes{answerTo(n)};
    const bool bare = !answers.fixedBits || hasFault(ReceiptFault::statusBare);
    if (n != 0x14 && bare) bytes[0] = byteOf(bytes[0] & ~fixedPattern);
    sayAsked(std::move(bytes), now);
}

void ReceiptPrinterMachine::sayAsked(Bytes bytes, Instant now) {
    if (hasFault(ReceiptFault::statusLate)) bytes = std::exchange(lastAnswer_, bytes);
    if (bytes.empty()) return;
    if (strikes(ReceiptFault::statusGarbage)) bytes = {0xFF, 0x00, 0xA5};
    if (hasFault(ReceiptFault::statusAfterXoff)) bytes.insert(bytes.begin(), xoff);
    if (hasFault(ReceiptFault::statusDoubled)) {
        const Bytes once = bytes;
        bytes.insert(bytes.end(), once.begin(), once.end());
    }
    say(std::move(bytes), now);
}

void ReceiptPrinterMachine::say(Bytes bytes, Instant now) {
    if (settings_.profile.oneWay || bytes.empty()) return;
    const bool slow = hasFault(ReceiptFault::statusSlow);
    Instant ready = now + (slow ? settings_.timings.slowAnswer : settings_.timings.answer);
    if (!hasFault(ReceiptFault::statusSplit)) {
        answers_.push_back({std::move(bytes), ready});
        return;
    }
    for (const std::uint8_t byte : bytes) {
        answers_.push_back({{byte}, ready});
        ready += std::chrono::milliseconds{15};
    }
}

std::uint8_t ReceiptPrinterMachine::answerTo(std::uint8_t n) const {
    const unsigned drawer = when(settings_.profile.answers.drawerBit && n == 1, 0x04);
    if (hasFault(ReceiptFault::statusLies)) return byteOf(fixedPattern | drawer);
    const bool paperOut = paperLeft_ <= 0;
    const bool recoverable = headCool_ || openedInPrint_;
    const bool cutter = cutter_ != Cutter::ready;
    const bool mechanical = presenterJam_;
    const bool error = recoverable || cutter || unrecoverable_ || mechanical;
    switch (n) {
        case 1:
            return byteOf(fixedPattern | drawer | when(offLine(), 0x08) | when(feedHeld_, 0x40));
        case 2:
            return byteOf(fixedPattern | when(coverOpen_, 0x04) | when(feedHeld_, 0x08) |
                          when(paperOut, 0x20) | when(error, 0x40));
        case 3:
            return byteOf(fixedPattern | when(mechanical, 0x04) | when(cutter, 0x08) |
                          when(unrecoverable_, 0x20) | when(recoverable, 0x40));
        default:
            return byteOf(fixedPattern | when(nearEnd(), 0x0C) | when(paperOut, 0x60));
    }
}

// The group of GS a.
Bytes ReceiptPrinterMachine::automaticGroup() const {
    const bool drawer = settings_.profile.answers.drawerBit;
    const std::uint8_t last = drawer ? 0x0F : 0x00;
    if (hasFault(ReceiptFault::statusLies)) return {byteOf(0x10U | when(drawer, 0x04)), 0, 0, last};
    const bool citizen = settings_.profile.presenter == ReceiptPresenter::gsR;
    return {
        byteOf(0x10U | when(drawer, 0x04) | when(offLine(), 0x08) | when(coverOpen_, 0x20) |
               when(feedHeld_, 0x40)),
        byteOf(when(presenterJam_, citizen ? 0x02 : 0x04) | when(cutter_ != Cutter::ready, 0x08) |
               when(unrecoverable_, 0x20) | when(headCool_ || openedInPrint_, 0x40)),
        byteOf(when(nearEnd(), 0x03) | when(paperLeft_ <= 0, 0x0C)), last};
}

// The six bytes of DLE EOT 20 and of GS E0h.
Bytes ReceiptPrinterMachine::fullStatus() const {
    if (hasFault(ReceiptFault::statusLies)) return {0x10, 0x0F, 0, 0, 0, 0};
    return {
        0x10,
        0x0F,
        byteOf(when(paperLeft_ <= 0, 0x01) | when(nearEnd(), 0x04) | when(ticketAtOutput(), 0x20)),
        byteOf(when(coverOpen_, 0x03) | when(feeding(), 0x08) | when(feedHeld_, 0x20)),
        byteOf(when(headCool_.has_value(), 0x01) | when(presenterJam_, 0x40)),
        byteOf(when(cutter_ != Cutter::ready, 0x01) | when(unrecoverable_, 0x04))};
}

// The answer to GS e 6.
std::uint8_t ReceiptPrinterMachine::presenterByte() const {
    const Slip* const slip = hanging();
    const bool inside = slip != nullptr && slip->place == SlipPlace::inPresenter;
    return byteOf(when(nearEnd(), 0x01) | when(inside || stripMoved_, 0x04) |
                  when(ticketAtOutput(), 0x08) | when(presenterJam_, 0x40 | 0x80));
}

// 18h is healthy; 20h is added where the paper is at its end, 08h is missing where it is in error.
std::uint8_t ReceiptPrinterMachine::portStatus() const {
    const bool tells = settings_.profile.answers.portByte && !hasFault(ReceiptFault::portStuck);
    if (!tells || hasFault(ReceiptFault::statusLies)) return 0x18;
    const bool paperOut = paperLeft_ <= 0;
    return byteOf(0x10U | when(!offLine(), 0x08) | when(paperOut, 0x20));
}

void ReceiptPrinterMachine::recover(std::uint8_t how, Instant now) {
    if (moving_ == Doing::cut && at_ > now) violate(bytesTaken_, "DLE ENQ while the cutter moves");
    if (cutter_ == Cutter::ready) return;
    const bool free = !hasFault(ReceiptFault::cutterStuck);
    if (how == 2) clearBuffer();
    if (!free) return;
    cutter_ = Cutter::ready;
    if (interruptedCut_) work_.push_front(*std::exchange(interruptedCut_, std::nullopt));
}

void ReceiptPrinterMachine::tellChanges(Instant now) {
    if (!on_) return;
    if (automatic_ != 0) {
        const Bytes group = automaticGroup();
        const auto differs = [&](std::size_t at) {
            return told_.size() != 4 || group[at] != told_[at];
        };
        const bool tell = ((automatic_ & 0x03) != 0 && differs(0)) ||
                          ((automatic_ & 0x04) != 0 && differs(1)) ||
                          ((automatic_ & 0x08) != 0 && differs(2));
        if (tell) {
            told_ = group;
            say(group, now);
        }
    }
    if (!automaticFull_) return;
    Bytes full = fullStatus();
    // That the motor turns is no news.
    full[3] = byteOf(full[3] & ~0x08U);
    if (full == toldFull_) return;
    toldFull_ = full;
    say(std::move(full), now);
}

void ReceiptPrinterMachine::tellFlow(Instant now) {
    if (settings_.flow != ReceiptFlow::xonXoff || !on_) return;
    const std::size_t held = input_.size();
    if (!saidXoff_ && held * 4 > settings_.bufferBytes * 3) {
        saidXoff_ = true;
        answers_.push_back({{xoff}, now});
    } else if (saidXoff_ && held * 4 < settings_.bufferBytes) {
        saidXoff_ = false;
        answers_.push_back({{xon}, now});
    }
}

}  // namespace liqu::world
