#include "tests/world/card_printer/printer_engine.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace liqu::world {
namespace {

constexpr std::uint8_t outEndpoint = 0x01;
constexpr std::uint8_t inEndpoint = 0x82;

DeviceShape shapeFor(const PrinterSettings& settings) {
    DeviceShape shape;
    shape.vendorId = 0x0F49;
    shape.productId = settings.productId;
    shape.interfaceClass = 7;
    shape.interfaceSubclass = 1;
    shape.interfaceProtocol = 2;
    shape.endpoints = {{outEndpoint, 2, settings.maxPacketSize},
                       {inEndpoint, 2, settings.maxPacketSize}};
    shape.manufacturer = "Evolis";
    shape.product = "Evolis " + settings.model;
    shape.serial = settings.serial;
    return shape;
}

Bytes deviceId(const PrinterSettings& settings) {
    const std::string text = fmt::format("MFG:Evolis;CMD:ESC;MDL:{};CLS:PRINTER;SN:{};",
                                         settings.model, settings.serial);
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

PrinterEngine::PrinterEngine(PrinterSettings settings, FaultPlan* faults, ChipListener station)
    : settings_(std::move(settings)),
      faults_(faults),
      station_(std::move(station)),
      shape_(shapeFor(settings_)),
      machine_(settings_, faults),
      inPipe_(settings_.maxPacketSize) {
    if (!settings_.recordPath.empty()) record_.open(settings_.recordPath, std::ios::binary);
}

bool PrinterEngine::plugged() const {
    const std::lock_guard lock(mutex_);
    return pluggedLocked();
}

bool PrinterEngine::pluggedLocked() const {
    if (faults_ != nullptr && faults_->holds(Fault::printerAbsent)) return false;
    return cablePlugged_;
}

UsbTransfer PrinterEngine::control(const UsbSetup& setup, ByteView, Instant now) {
    std::unique_lock lock(mutex_);
    const UsbTransfer answer = controlLocked(setup, now);
    tellChipStation(lock);
    return answer;
}

UsbTransfer PrinterEngine::controlLocked(const UsbSetup& setup, Instant now) {
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (const auto endpoint = clearedHalt(setup)) {
        (*endpoint == outEndpoint ? outHalted_ : inHalted_) = false;
        return outcome(UsbOutcome::done);
    }
    machine_.advance(now);
    const bool forInterface = (setup.index & 0xFF) == 0 || setup.request == 0;
    if (setup.requestType == 0xA1 && setup.request == 0) {
        Bytes id = deviceId(settings_);
        id.resize(std::min<std::size_t>(id.size(), setup.length));
        return outcome(UsbOutcome::done, std::move(id));
    }
    if (setup.requestType == 0xA1 && setup.request == 1 && setup.length >= 1 && forInterface) {
        return outcome(UsbOutcome::done, {machine_.portStatus()});
    }
    const bool isReset = setup.requestType == 0x21 || setup.requestType == 0x23;
    if (isReset && setup.request == 2 && forInterface) {
        machine_.softReset(now);
        inPipe_.clear();
        return outcome(UsbOutcome::done);
    }
    return answerStandardRequest(shape_, setup).value_or(outcome(UsbOutcome::stall));
}

UsbTransfer PrinterEngine::out(std::uint8_t endpoint, ByteView data, Instant now) {
    std::unique_lock lock(mutex_);
    now_ = now;
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (endpoint != outEndpoint) return outcome(UsbOutcome::stall);
    if (faults_ != nullptr && faults_->strikes(Fault::printerStall, "out")) outHalted_ = true;
    if (outHalted_) return outcome(UsbOutcome::stall);
    UsbTransfer transfer;
    transfer.accepted = machine_.take(data, now);
    transfer.outcome =
        transfer.accepted > 0 || data.empty() ? UsbOutcome::done : UsbOutcome::notYet;
    if (record_.is_open() && transfer.accepted > 0) {
        record_.write(reinterpret_cast<const char*>(data.data()),
                      static_cast<std::streamsize>(transfer.accepted));
        record_.flush();
    }
    tellChipStation(lock);
    return transfer;
}

UsbTransfer PrinterEngine::in(std::uint8_t endpoint, std::size_t most, Instant now) {
    std::unique_lock lock(mutex_);
    now_ = now;
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (endpoint != inEndpoint) return outcome(UsbOutcome::stall);
    machine_.advance(now);
    collectReplies();
    if (faults_ != nullptr && !inPipe_.empty() && faults_->strikes(Fault::printerStall, "in")) {
        inHalted_ = true;
    }
    const UsbTransfer transfer = inHalted_ ? outcome(UsbOutcome::stall) : inPipe_.take(most, now);
    tellChipStation(lock);
    return transfer;
}

void PrinterEngine::collectReplies() {
    for (const MachineReply& reply : machine_.takeReplies()) {
        inPipe_.push(bytesOf(reply.text + settings_.terminator), reply.readyAt);
    }
}

void PrinterEngine::advance(Instant now) {
    std::unique_lock lock(mutex_);
    now_ = now;
    machine_.advance(now);
    tellChipStation(lock);
}

std::optional<Instant> PrinterEngine::nextEvent() const {
    const std::lock_guard lock(mutex_);
    const auto reply = inPipe_.nextEvent();
    const auto motion = machine_.nextEvent();
    if (!reply || *reply <= now_) return motion;
    return motion ? std::min(*reply, *motion) : *reply;
}

// Last thing in every method that lets time pass.
void PrinterEngine::tellChipStation(std::unique_lock<std::mutex>& lock) {
    collectReplies();
    if (machine_.takeUnplug()) {
        cablePlugged_ = false;
        loseWire();
    }
    const std::vector<ChipEvent> events = machine_.takeChipEvents();
    if (events.empty()) return;
    lock.unlock();
    for (const ChipEvent& event : events) {
        const auto& tell =
            event.arrived ? station_.onCardAtChipStation : station_.onCardLeavesChipStation;
        if (tell) tell(event.cardId);
    }
}

void PrinterEngine::loseWire() {
    machine_.forgetWire();
    inPipe_.clear();
    outHalted_ = false;
    inHalted_ = false;
}

bool PrinterEngine::load(int lane, std::vector<PlasticCard> cards) {
    const std::lock_guard lock(mutex_);
    return machine_.load(lane, std::move(cards));
}
bool PrinterEngine::unload(int lane) {
    const std::lock_guard lock(mutex_);
    return machine_.unload(lane);
}

std::optional<std::string> PrinterEngine::take(Instant now) {
    std::unique_lock lock(mutex_);
    auto taken = machine_.takeFromMouth(now);
    tellChipStation(lock);
    return taken;
}

bool PrinterEngine::pushBack(const std::string& cardId) {
    const std::lock_guard lock(mutex_);
    return machine_.pushBack(cardId);
}

bool PrinterEngine::layAtMouth(PlasticCard card) {
    const std::lock_guard lock(mutex_);
    return machine_.layAtMouth(std::move(card));
}

std::optional<PlasticCard> PrinterEngine::takeInHand(const std::string& cardId, Instant now) {
    std::unique_lock lock(mutex_);
    auto card = machine_.takeInHand(cardId, now);
    tellChipStation(lock);
    return card;
}

void PrinterEngine::putIntoBin(PlasticCard card) {
    const std::lock_guard lock(mutex_);
    machine_.putIntoBin(std::move(card));
}

bool PrinterEngine::takeOutJammed() {
    const std::lock_guard lock(mutex_);
    return machine_.takeOutJammed();
}

void PrinterEngine::rememberCards() {
    const std::lock_guard lock(mutex_);
    machine_.rememberCards();
}

bool PrinterEngine::takeOut() {
    std::unique_lock lock(mutex_);
    const bool taken = machine_.takeOut();
    tellChipStation(lock);
    return taken;
}

bool PrinterEngine::carryOff() {
    std::unique_lock lock(mutex_);
    const bool gone = machine_.carryOff();
    tellChipStation(lock);
    return gone;
}

void PrinterEngine::setCover(bool open) {
    const std::lock_guard lock(mutex_);
    machine_.setCover(open);
}

void PrinterEngine::setRibbon(const std::string& type, int remaining) {
    const std::lock_guard lock(mutex_);
    machine_.setRibbon(type, remaining);
}

void PrinterEngine::sendOffBin() {
    const std::lock_guard lock(mutex_);
    machine_.sendOffBin();
}

bool PrinterEngine::giveFromBin(const std::string& card) {
    const std::lock_guard lock(mutex_);
    return machine_.giveFromBin(card);
}

bool PrinterEngine::giveRemoved(const std::string& card) {
    const std::lock_guard lock(mutex_);
    return machine_.giveRemoved(card);
}

bool PrinterEngine::putIntoBin(const std::string& card) {
    const std::lock_guard lock(mutex_);
    return machine_.putIntoBin(card);
}

void PrinterEngine::emptyBin() {
    const std::lock_guard lock(mutex_);
    machine_.emptyBin();
}

void PrinterEngine::takeCleaningCard() {
    const std::lock_guard lock(mutex_);
    machine_.takeCleaningCard();
}

void PrinterEngine::insertCleaningCard() {
    const std::lock_guard lock(mutex_);
    machine_.insertCleaningCard();
}

void PrinterEngine::powerCycle(Instant now) {
    std::unique_lock lock(mutex_);
    inPipe_.clear();
    machine_.powerCycle(now);
    tellChipStation(lock);
}

void PrinterEngine::forgetCounters() {
    const std::lock_guard lock(mutex_);
    machine_.forgetCounters();
}

void PrinterEngine::unplug() {
    const std::lock_guard lock(mutex_);
    cablePlugged_ = false;
    loseWire();
}

void PrinterEngine::plugIn() {
    const std::lock_guard lock(mutex_);
    cablePlugged_ = true;
}

CardPlaces PrinterEngine::places() const {
    const std::lock_guard lock(mutex_);
    return machine_.places();
}

const PlasticCard* PrinterEngine::cardAtMouth() const {
    const std::lock_guard lock(mutex_);
    return machine_.places().mouth ? &*machine_.places().mouth : nullptr;
}

std::vector<MechanicalStep> PrinterEngine::steps() const {
    const std::lock_guard lock(mutex_);
    return machine_.steps();
}

std::vector<PanelGap> PrinterEngine::gaps() const {
    const std::lock_guard lock(mutex_);
    return machine_.gaps();
}

std::optional<std::string> PrinterEngine::faceUnderWay() const {
    const std::lock_guard lock(mutex_);
    return machine_.faceUnderWay();
}

bool PrinterEngine::coverOpen() const {
    const std::lock_guard lock(mutex_);
    return machine_.coverOpen();
}

int PrinterEngine::ribbonRemaining() const {
    const std::lock_guard lock(mutex_);
    return machine_.ribbonRemaining();
}

bool PrinterEngine::idle() const {
    const std::lock_guard lock(mutex_);
    return machine_.idle();
}

std::string PrinterEngine::stateJson() const {
    const std::lock_guard lock(mutex_);
    return machine_.stateJson();
}

}  // namespace liqu::world
