#include "tests/world/receipt_printer/receipt_engine.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::size_t maxPacketSize = 64;

DeviceShape shapeFor(const ReceiptProfile& profile) {
    DeviceShape shape;
    shape.vendorId = profile.vendorId;
    shape.productId = profile.productId;
    shape.interfaceClass = profile.interfaceClass;
    const bool ofClass = profile.interfaceClass == 7;
    shape.interfaceSubclass = ofClass ? 1 : 0xFF;
    shape.interfaceProtocol = ofClass ? 2 : 0xFF;
    shape.endpoints = {{profile.outEndpoint, 2, maxPacketSize},
                       {profile.inEndpoint, 2, maxPacketSize}};
    shape.manufacturer = "Simulated";
    shape.product = "Receipt printer " + profile.id;
    return shape;
}

Bytes deviceId(const ReceiptProfile& profile) {
    const std::string text = "MFG:Simulated;CMD:ESC/POS;MDL:" + profile.id + ";CLS:PRINTER;";
    const std::size_t length = text.size() + 2;
    Bytes id{static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length & 0xFF)};
    id.insert(id.end(), text.begin(), text.end());
    return id;
}

UsbTransfer outcome(UsbOutcome what, Bytes data = {}) {
    UsbTransfer transfer;
    transfer.outcome = what;
    transfer.data = std::move(data);
    return transfer;
}

}  // namespace

ReceiptPrinterEngine::ReceiptPrinterEngine(ReceiptSettings settings, ReceiptFaults* faults)
    : profile_(settings.profile),
      faults_(faults),
      shape_(shapeFor(settings.profile)),
      machine_(std::move(settings), faults),
      inPipe_(maxPacketSize) {
    machine_.greet(now_);
}

bool ReceiptPrinterEngine::plugged() const {
    const std::lock_guard lock(mutex_);
    return pluggedLocked();
}

bool ReceiptPrinterEngine::pluggedLocked() const {
    if (faults_ != nullptr && faults_->holds(ReceiptFault::absent)) return false;
    return cablePlugged_ && machine_.on();
}

UsbTransfer ReceiptPrinterEngine::control(const UsbSetup& setup, ByteView, Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
    machine_.advance(now);
    const UsbTransfer answer = controlLocked(setup, now);
    collect();
    return answer;
}

UsbTransfer ReceiptPrinterEngine::controlLocked(const UsbSetup& setup, Instant now) {
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (const auto endpoint = clearedHalt(setup)) {
        (*endpoint == profile_.outEndpoint ? outHalted_ : inHalted_) = false;
        return outcome(UsbOutcome::done);
    }
    const bool forInterface = (setup.index & 0xFF) == 0 || setup.request == 0;
    const bool ofClass = profile_.interfaceClass == 7;
    if (ofClass && setup.requestType == 0xA1 && setup.request == 0) {
        Bytes id = deviceId(profile_);
        id.resize(std::min<std::size_t>(id.size(), setup.length));
        return outcome(UsbOutcome::done, std::move(id));
    }
    const bool asksPort = setup.requestType == 0xA1 && setup.request == 1 && setup.length >= 1;
    if (ofClass && asksPort && forInterface) {
        return outcome(UsbOutcome::done, {machine_.portStatus()});
    }
    const bool isReset = setup.requestType == 0x21 || setup.requestType == 0x23;
    if (ofClass && isReset && setup.request == 2 && forInterface) {
        machine_.softReset(now);
        inPipe_.clear();
        return outcome(UsbOutcome::done);
    }
    const bool setsInterface = setup.requestType == 0x01 && setup.request == 11;
    if (setsInterface && profile_.noSetInterface) return outcome(UsbOutcome::stall);
    return answerStandardRequest(shape_, setup).value_or(outcome(UsbOutcome::stall));
}

UsbTransfer ReceiptPrinterEngine::out(std::uint8_t endpoint, ByteView data, Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (endpoint != profile_.outEndpoint) return outcome(UsbOutcome::stall);
    if (faults_ != nullptr && faults_->strikes(ReceiptFault::stallOut)) outHalted_ = true;
    if (outHalted_) return outcome(UsbOutcome::stall);
    UsbTransfer transfer;
    transfer.accepted = machine_.take(data, now);
    collect();
    const bool moved = transfer.accepted > 0 || data.empty();
    transfer.outcome = moved ? UsbOutcome::done : UsbOutcome::notYet;
    return transfer;
}

UsbTransfer ReceiptPrinterEngine::in(std::uint8_t endpoint, std::size_t most, Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
    machine_.advance(now);
    collect();
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (endpoint != profile_.inEndpoint) return outcome(UsbOutcome::stall);
    if (faults_ != nullptr && faults_->strikes(ReceiptFault::stallIn)) inHalted_ = true;
    return inHalted_ ? outcome(UsbOutcome::stall) : inPipe_.take(most, now);
}

void ReceiptPrinterEngine::advance(Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
    machine_.advance(now);
    collect();
}

std::optional<Instant> ReceiptPrinterEngine::nextEvent() const {
    const std::lock_guard lock(mutex_);
    const auto answer = inPipe_.nextEvent();
    const auto motion = machine_.nextEvent();
    if (!answer || *answer <= now_) return motion;
    return motion ? std::min(*answer, *motion) : *answer;
}

// Last thing wherever time may have passed.
void ReceiptPrinterEngine::collect() {
    for (const ReceiptAnswer& answer : machine_.takeAnswers()) {
        inPipe_.push(answer.bytes, answer.readyAt);
    }
    if (machine_.takeUnplug()) cablePlugged_ = false;
    if (!cablePlugged_ || !machine_.on()) loseWire();
}

void ReceiptPrinterEngine::loseWire() {
    inPipe_.clear();
    outHalted_ = false;
    inHalted_ = false;
}

void ReceiptPrinterEngine::hands(const Hands& act) {
    const std::lock_guard lock(mutex_);
    act(machine_, now_);
    collect();
}

void ReceiptPrinterEngine::unplug() {
    const std::lock_guard lock(mutex_);
    cablePlugged_ = false;
    loseWire();
}

void ReceiptPrinterEngine::plugIn() {
    const std::lock_guard lock(mutex_);
    cablePlugged_ = true;
    machine_.greet(now_);
    collect();
}

ReceiptPrinterMachine ReceiptPrinterEngine::machine() const {
    const std::lock_guard lock(mutex_);
    return machine_;
}

}  // namespace liqu::world
