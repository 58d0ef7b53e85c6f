#include "tests/world/id_reader/reader_engine.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::size_t headLength = 7;
constexpr std::size_t packetSize = 64;
constexpr std::uint8_t headOut = 0x02;
constexpr std::uint8_t bodyOut = 0x06;
constexpr std::uint8_t headIn = 0x81;
constexpr std::uint8_t bodyIn = 0x85;
// Late enough to come after the answer, soon enough to lie there when the next command is sent.
constexpr Duration repetitionDelay = std::chrono::milliseconds(5);

DeviceShape shapeFor(const ReaderSettings& settings) {
    DeviceShape shape;
    shape.vendorId = 0x0400;
    shape.productId = 0xC35A;
    shape.manufacturer = "SAM";
    shape.product = "ID card reader";
    const std::uint8_t kind = settings.interruptPipes ? 3 : 2;
    if (settings.flavour == ReaderFlavour::fourPipes) {
        shape.endpoints = {{headIn, 2, 64}, {headOut, 2, 64}, {bodyIn, 2, 64}, {bodyOut, 2, 64}};
    } else {
        shape.endpoints = {{headIn, kind, 64}, {headOut, kind, 64}};
    }
    return shape;
}

UsbTransfer outcome(UsbOutcome what) {
    UsbTransfer transfer;
    transfer.outcome = what;
    return transfer;
}

}  // namespace

ReaderEngine::ReaderEngine(ReaderSettings settings, FaultPlan* faults, Transcript* transcript)
    : settings_(std::move(settings)),
      faults_(faults),
      transcript_(transcript),
      shape_(shapeFor(settings_)),
      sam_(settings_.sam, faults) {}

Bytes ReaderEngine::descriptors() const {
    return descriptorsOf(shape_);
}

bool ReaderEngine::plugged() const {
    const std::lock_guard lock(mutex_);
    return pluggedLocked();
}

bool ReaderEngine::pluggedLocked() const {
    if (faults_ != nullptr && faults_->holds(Fault::readerAbsent)) return false;
    return cablePlugged_;
}

UsbTransfer ReaderEngine::control(const UsbSetup& setup, ByteView, Instant) {
    const std::lock_guard lock(mutex_);
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    if (clearedHalt(setup)) return outcome(UsbOutcome::done);
    return answerStandardRequest(shape_, setup).value_or(outcome(UsbOutcome::stall));
}

UsbTransfer ReaderEngine::out(std::uint8_t endpoint, ByteView data, Instant now) {
    const std::lock_guard lock(mutex_);
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    const bool isFourPipes = settings_.flavour == ReaderFlavour::fourPipes;
    const bool exists = endpoint == headOut || (isFourPipes && endpoint == bodyOut);
    if (!exists) return outcome(UsbOutcome::stall);
    now_ = now;
    if (now < busyUntil_) return outcome(UsbOutcome::notYet);
    if (transcript_ != nullptr) transcript_->record(false, endpoint, data, now);
    endpoint == headOut ? assembler_.addHead(data) : assembler_.addBody(data);
    answerWaitingFrame(now);
    UsbTransfer transfer = outcome(pluggedLocked() ? UsbOutcome::done : UsbOutcome::gone);
    transfer.accepted = data.size();
    return transfer;
}

void ReaderEngine::answerWaitingFrame(Instant now) {
    while (true) {
        const auto frame = settings_.flavour == ReaderFlavour::fourPipes
                               ? assembler_.takeSplitFrame()
                               : assembler_.takeFrame();
        if (!frame) return;
        const SamAnswer answer = sam_.answer(*frame);
        if (answer.losesCable) {
            cablePlugged_ = false;
            forgetTransfers();
            if (transcript_ != nullptr) transcript_->note("unplugged", now);
            return;
        }
        busyUntil_ = std::max(now, busyUntil_) + answer.latency;
        deliver(answer, busyUntil_);
        if (answer.repeated) deliver(answer, busyUntil_ + repetitionDelay);
    }
}

void ReaderEngine::deliver(const SamAnswer& answer, Instant at) {
    if (answer.frame.empty()) return;
    Bytes bytes = answer.strayBytes;
    bytes.insert(bytes.end(), answer.frame.begin(), answer.frame.end());
    if (settings_.flavour == ReaderFlavour::onePair) {
        if (settings_.padsLastPacket) {
            bytes.resize((bytes.size() + packetSize - 1) / packetSize * packetSize);
        }
        headPipe_.push(bytes, at, settings_.fullPackets);
        return;
    }
    const std::size_t split = std::min(bytes.size(), answer.strayBytes.size() + headLength);
    headPipe_.push(ByteView(bytes).first(split), at, settings_.fullPackets);
    const ByteView body = ByteView(bytes).subspan(split);
    if (!body.empty()) bodyPipe_.push(body, at, settings_.fullPackets);
}

UsbTransfer ReaderEngine::in(std::uint8_t endpoint, std::size_t most, Instant now) {
    const std::lock_guard lock(mutex_);
    if (!pluggedLocked()) return outcome(UsbOutcome::gone);
    const bool isFourPipes = settings_.flavour == ReaderFlavour::fourPipes;
    const bool exists = endpoint == headIn || (isFourPipes && endpoint == bodyIn);
    if (!exists) return outcome(UsbOutcome::stall);
    UsbTransfer transfer = (endpoint == headIn ? headPipe_ : bodyPipe_).take(most, now);
    if (transfer.outcome == UsbOutcome::done && transcript_ != nullptr) {
        transcript_->record(true, endpoint, transfer.data, now);
    }
    return transfer;
}

void ReaderEngine::advance(Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
}

std::optional<Instant> ReaderEngine::nextEvent() const {
    const std::lock_guard lock(mutex_);
    std::optional<Instant> next;
    for (const auto& event :
         {std::optional(busyUntil_), headPipe_.nextEvent(), bodyPipe_.nextEvent()}) {
        // What is ready already is no event to wait for.
        if (event && *event > now_ && (!next || *event < *next)) next = event;
    }
    return next;
}

void ReaderEngine::layDown(const Document& document) {
    const std::lock_guard lock(mutex_);
    sam_.layDown(document);
}

void ReaderEngine::lift() {
    const std::lock_guard lock(mutex_);
    if (sam_.documentLies()) {
        lifted_ = sam_.document();
        liftedAt_ = now_;
    }
    sam_.lift();
}

bool ReaderEngine::documentLies() const {
    const std::lock_guard lock(mutex_);
    return sam_.documentLies();
}

std::optional<Document> ReaderEngine::documentLying() const {
    const std::lock_guard lock(mutex_);
    return sam_.document();
}

std::optional<Document> ReaderEngine::documentSeenWithin(Duration age) const {
    const std::lock_guard lock(mutex_);
    if (sam_.documentLies()) return sam_.document();
    return lifted_ && now_ - liftedAt_ <= age ? lifted_ : std::nullopt;
}

int ReaderEngine::readings() const {
    const std::lock_guard lock(mutex_);
    return sam_.readings();
}

void ReaderEngine::unplug() {
    const std::lock_guard lock(mutex_);
    cablePlugged_ = false;
    forgetTransfers();
}

void ReaderEngine::plugIn() {
    const std::lock_guard lock(mutex_);
    cablePlugged_ = true;
    forgetTransfers();
    // The module gets its power from the cable: it starts afresh and sees the document anew.
    const std::uint8_t reset[] = {0x10, 0xFF};
    sam_.answer(samFrame(reset));
}

void ReaderEngine::forgetTransfers() {
    assembler_.clear();
    headPipe_.clear();
    bodyPipe_.clear();
    busyUntil_ = Instant{};
}

SerialReader::SerialReader(SamSettings settings, FaultPlan* faults, Transcript* transcript)
    : transcript_(transcript),
      sam_(
          [&settings] {
              settings.onSerialLine = true;
              return settings;
          }(),
          faults) {}

void SerialReader::write(ByteView bytes, Instant now) {
    const std::lock_guard lock(mutex_);
    if (transcript_ != nullptr) transcript_->record(false, 0, bytes, now);
    assembler_.addWhole(bytes);
    while (const auto frame = assembler_.takeFrame()) {
        const SamAnswer answer = sam_.answer(*frame);
        if (answer.losesCable) return;
        line_.push(answer.strayBytes, now + answer.latency, MessageEnd::open);
        line_.push(answer.frame, now + answer.latency, MessageEnd::open);
        if (answer.repeated) {
            line_.push(answer.frame, now + answer.latency + repetitionDelay, MessageEnd::open);
        }
    }
}

Bytes SerialReader::read(std::size_t most, Instant now) {
    const std::lock_guard lock(mutex_);
    Bytes bytes = line_.take(most, now).data;
    if (!bytes.empty() && transcript_ != nullptr) transcript_->record(true, 0, bytes, now);
    return bytes;
}

std::optional<Instant> SerialReader::nextEvent() const {
    const std::lock_guard lock(mutex_);
    return line_.nextEvent();
}

void SerialReader::layDown(const Document& document) {
    const std::lock_guard lock(mutex_);
    sam_.layDown(document);
}

void SerialReader::lift() {
    const std::lock_guard lock(mutex_);
    sam_.lift();
}

}  // namespace liqu::world
