#include "drivers/card_printer/evolis/printer_link.hpp"

#include <algorithm>
#include <utility>

#include "drivers/card_printer/evolis/command.hpp"
#include "drivers/card_printer/evolis/printer_errors.hpp"
#include "drivers/transport/known_devices.hpp"

namespace liqu::drivers {

namespace {

constexpr std::uint8_t printerClass = 7;
constexpr std::size_t largestReplyPacket = 512;
constexpr std::size_t writeSlice = 64 * 1024;
constexpr Duration slicePatience = std::chrono::seconds{2};
constexpr Duration controlPatience = std::chrono::seconds{2};
constexpr Duration shortestTransfer = std::chrono::milliseconds{1};
// How long somebody who touches the screen waits at most.
constexpr Duration meanwhileRhythm = std::chrono::milliseconds{200};
constexpr Duration commandWritePatience = std::chrono::seconds{15};
// Longer than any panel takes to print.
constexpr Duration mediaPatience = std::chrono::seconds{15};
constexpr int mostStalls = 3;
constexpr int mostFences = 8;
constexpr Duration fenceRhythm = std::chrono::seconds{6};
constexpr int mostSilences = 4;
constexpr int mostStaleReplies = 200;

struct Found {
    UsbDeviceInfo device;
    std::uint8_t interfaceNumber = 0;
    std::uint8_t out = 0;
    std::uint8_t in = 0;
};

std::optional<Found> printerOf(const UsbDeviceInfo& device) {
    if (device.vendorId != evolisVendor) return std::nullopt;
    for (const UsbInterface& candidate : device.interfaces) {
        if (candidate.classCode != printerClass) continue;
        Found found{device, candidate.number, 0, 0};
        for (const UsbEndpoint& endpoint : candidate.endpoints) {
            if (endpoint.type != UsbTransferType::bulk) continue;
            (endpoint.isIn() ? found.in : found.out) = endpoint.address;
        }
        if (found.in != 0 && found.out != 0) return found;
    }
    return std::nullopt;
}

}  // namespace

// Never the first of several: the cards lie in the other one.
Result<void> PrinterLink::findPrinter(UsbDeviceInfo& device) const {
    const auto devices = bus_.list();
    if (!devices) return fail(errorOf(devices.error()));
    int found = 0;
    std::string places;
    for (const UsbDeviceInfo& info : *devices) {
        if (!printerOf(info) || !isAt(info, usbPath_)) continue;
        places += (places.empty() ? "" : ", ") + info.path;
        device = info;
        ++found;
    }
    if (found == 1) return {};
    if (found == 0) {
        return fail(ErrorCode::printerNotFound, "no printer of vendor 0F49 on the bus" +
                                                    (usbPath_.empty() ? "" : " at " + usbPath_));
    }
    return fail(ErrorCode::printerAmbiguous,
                "printers at " + places + "; [printer] usbPath says which");
}

Result<bool> PrinterLink::open() {
    if (device_) return false;
    UsbDeviceInfo info;
    TRY(findPrinter(info));
    const Found found = *printerOf(info);
    auto device = bus_.open(found.device, found.interfaceNumber);
    if (!device) return fail(errorOf(device.error()));
    device_ = std::move(*device);
    interface_ = found.interfaceNumber;
    out_ = found.out;
    in_ = found.in;
    replies_ = ReplyAssembler(profile_.reply.terminator);
    serial_.clear();
    serialCandidate_.clear();
    inStep_ = fenceOwed_ = payloadOpen_ = false;
    ++beginnings_;
    return true;
}

// Only `open` opens: after an unplugging nobody goes on as if nothing had happened.
Result<void> PrinterLink::stillOpen() const {
    if (device_) return {};
    return fail(ErrorCode::printerUnplugged, "usb: not open");
}

Error PrinterLink::lost(const UsbFailure& failure) {
    if (failure.error == UsbError::unplugged || failure.error == UsbError::notFound) {
        device_.reset();
        return Error{ErrorCode::printerUnplugged, "usb: " + failure.cause};
    }
    return errorOf(failure);
}

// A printer whose memory is full takes nothing for a while: that is a pending write, not an error.
Result<void> PrinterLink::write(ByteView bytes, Duration patience) {
    const Instant deadline = clock_.now() + patience;
    const bool wasInStep = std::exchange(inStep_, false);
    Instant lastProgress = clock_.now();
    int stalls = 0;
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ByteView slice = bytes.subspan(sent, std::min(writeSlice, bytes.size() - sent));
        const Duration rest = std::max(deadline - clock_.now(), shortestTransfer);
        const auto written = device_->write(out_, slice, std::min(slicePatience, rest));
        const std::size_t gone =
            written ? slice.size() : std::min(written.error().transferred, slice.size());
        if (gone > 0) lastProgress = clock_.now();
        sent += gone;
        lastCommandLeft_ = lastCommandLeft_ || sent > 0;
        payloadOpen_ = sent > 0 && sent < bytes.size();
        if (written) continue;
        const UsbFailure& failure = written.error();
        if (failure.error == UsbError::stalled && ++stalls <= mostStalls) {
            if (const auto cleared = device_->clearHalt(out_); !cleared) {
                return fail(lost(cleared.error()));
            }
            continue;
        }
        if (failure.error != UsbError::timedOut) return fail(lost(failure));
        TRY(mayGoOnWaiting(lastProgress, deadline));
    }
    inStep_ = wasInStep;
    return {};
}

Result<void> PrinterLink::mayGoOnWaiting(Instant lastProgress, Instant deadline) {
    const PortStatus port = portStatus();
    TRY(stillOpen());
    // An empty feeder shows the same bit while the last card is printed: it alone stops nothing.
    const bool mediaFault = port.mediaFault() && clock_.now() - lastProgress >= mediaPatience;
    if (!port.mechanicalFault() && !mediaFault && clock_.now() < deadline) return {};
    return fail(ErrorCode::printerBusy, "the printer takes no data");
}

Result<std::optional<std::string>> PrinterLink::poll(Duration patience) {
    const Instant deadline = clock_.now() + patience;
    int stalls = 0;
    while (true) {
        if (auto reply = replies_.next()) return reply;
        TRY(stillOpen());
        const bool endsBySilence = replies_.hasPart() && replies_.endsBySilence();
        const Duration rest = std::max(deadline - clock_.now(), shortestTransfer);
        Duration wait = endsBySilence ? profile_.reply.silence : rest;
        if (meanwhile_) {
            meanwhile_();
            if (!endsBySilence) wait = std::min(wait, meanwhileRhythm);
        }
        const auto packet = device_->read(in_, largestReplyPacket, wait);
        if (packet) {
            replies_.take(*packet);
            // An empty packet means "nothing yet"; do not spin on it.
            if (packet->empty()) clock_.sleepFor(shortestTransfer);
        } else if (packet.error().error == UsbError::stalled && ++stalls <= mostStalls) {
            if (const auto cleared = device_->clearHalt(in_); !cleared) {
                return fail(lost(cleared.error()));
            }
        } else if (packet.error().error == UsbError::timedOut) {
            if (endsBySilence) replies_.silence();
        } else {
            return fail(lost(packet.error()));
        }
        if (auto reply = replies_.next()) return reply;
        const bool mayStillEnd = replies_.hasPart() && replies_.endsBySilence();
        const Instant end =
            deadline + (mayStillEnd ? mostSilences * profile_.reply.silence : Duration{});
        if (clock_.now() >= end) return std::optional<std::string>{};
    }
}

Result<void> PrinterLink::drain() {
    for (int stale = 0; stale < mostStaleReplies; ++stale) {
        if (TRY(poll(shortestTransfer))) continue;
        replies_.clear();
        return {};
    }
    return fail(ErrorCode::printerGarbled, "the printer does not stop talking");
}

bool PrinterLink::isFence(const std::string& reply) {
    if (!serial_.empty()) return reply == serial_;
    if (kindOf(reply) != ReplyKind::text || voltsOf(reply)) return false;
    // Twice the same: the first one could have been somebody else's old reply.
    if (reply == serialCandidate_) serial_ = reply;
    serialCandidate_ = reply;
    return !serial_.empty();
}

// A busy printer keeps questions for later: one every few seconds is enough for the case that the
// answer was lost.
Result<void> PrinterLink::askFence() {
    if (fenceOwed_ && clock_.now() - fenceAskedAt_ < fenceRhythm) return {};
    TRY(write(encodeCommand("Rsn"), commandWritePatience));
    fenceOwed_ = true;
    fenceAskedAt_ = clock_.now();
    return {};
}

Result<void> PrinterLink::synchronise(Duration patience) {
    if (inStep_) return {};
    if (payloadOpen_) TRY(softReset());
    const Instant deadline = clock_.now() + patience;
    for (int fence = 0; fence < mostFences; ++fence) {
        TRY(askFence());
        const auto reply = TRY(poll(std::max(deadline - clock_.now(), shortestTransfer)));
        if (!reply) return fail(ErrorCode::printerSilent, "Rsn: no answer");
        fenceOwed_ = false;
        if (!isFence(*reply)) continue;
        TRY(drain());
        inStep_ = true;
        return {};
    }
    return fail(ErrorCode::printerGarbled, "Rsn: no two answers alike");
}

// A printer that owes an answer gets the time of a late one to come back into step.
Result<void> PrinterLink::prepareToSend() {
    lastCommandLeft_ = false;
    TRY(stillOpen());
    const auto ready = synchronise(profile_.patience.lateReply);
    lastCommandLeft_ = false;  // the question for the serial number does not count
    TRY(Result<void>(ready));
    return drain();
}

Result<void> PrinterLink::send(std::string_view command) {
    TRY(prepareToSend());
    return write(encodeCommand(command), commandWritePatience);
}

Result<void> PrinterLink::sendAlongside(std::string_view command) {
    TRY(stillOpen());
    return write(encodeCommand(command), commandWritePatience);
}

Result<std::string> PrinterLink::exchange(std::string_view command, Duration patience) {
    TRY(send(command));
    auto reply = TRY(poll(patience));
    if (reply) return std::move(*reply);
    giveUpReply();
    const bool torn = replies_.hasPart();
    return fail(torn ? ErrorCode::printerGarbled : ErrorCode::printerSilent,
                std::string(command) + (torn ? ": the reply broke off" : ": no reply"));
}

Result<std::string> PrinterLink::exchangePanel(ByteView framed, Duration patience) {
    TRY(prepareToSend());
    TRY(write(framed, patience));
    if (!profile_.reply.panelsAnswered) return std::string{};
    auto reply = TRY(poll(patience));
    if (reply) return std::move(*reply);
    giveUpReply();
    return fail(ErrorCode::printerSilent, "Db: no reply");
}

Result<void> PrinterLink::softReset() {
    TRY(stillOpen());
    const auto done = device_->controlOut(0x21, 0x02, 0, interface_, {}, controlPatience);
    if (!done && done.error().error == UsbError::unplugged) return fail(lost(done.error()));
    replies_.clear();
    payloadOpen_ = false;
    noteRestart();
    return {};
}

void PrinterLink::noteRestart() {
    inStep_ = fenceOwed_ = false;
    ++beginnings_;
}

PortStatus PrinterLink::portStatus() {
    if (!device_) return {};
    const auto status = device_->controlIn(0xA1, 0x01, 0, interface_, 1, controlPatience);
    if (status && !status->empty()) return PortStatus{status->front()};
    if (!status && status.error().error == UsbError::unplugged) device_.reset();
    // A printer without this request is taken as healthy; its replies will tell.
    return {};
}

Result<std::string> PrinterLink::deviceId() {
    TRY(stillOpen());
    const auto index = static_cast<std::uint16_t>(interface_ << 8);
    const auto id = device_->controlIn(0xA1, 0x00, 0, index, 1023, controlPatience);
    if (!id) {
        if (id.error().error == UsbError::unplugged) return fail(lost(id.error()));
        return std::string{};
    }
    // The first two bytes are the length, in either order of bytes; the transfer's own is right.
    return id->size() > 2 ? textOf(ByteView(*id).subspan(2)) : std::string{};
}

}  // namespace liqu::drivers
