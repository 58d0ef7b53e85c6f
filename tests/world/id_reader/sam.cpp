#include "tests/world/id_reader/sam.hpp"

#include <algorithm>
#include <cstdlib>

namespace liqu::world {
namespace {

constexpr std::uint8_t preamble[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
constexpr std::size_t headLength = 7;

// SW3, hardware-notes/id-reader.md, "Status words".
constexpr std::uint8_t swSuccess = 0x90;
constexpr std::uint8_t swFound = 0x9F;
constexpr std::uint8_t swChecksum = 0x10;
constexpr std::uint8_t swLength = 0x11;
constexpr std::uint8_t swCommand = 0x21;
constexpr std::uint8_t swReadFailed = 0x41;
constexpr std::uint8_t swSelfTestFailed = 0x60;
constexpr std::uint8_t swNotAuthorised = 0x66;
constexpr std::uint8_t swFindFailed = 0x80;
constexpr std::uint8_t swSelectFailed = 0x81;
constexpr std::uint8_t swNoSuchItem = 0x91;

Bytes status(std::uint8_t sw3) {
    return {0x00, 0x00, sw3};
}

std::uint8_t exclusiveOr(ByteView bytes) {
    std::uint8_t sum = 0;
    for (const std::uint8_t byte : bytes) sum = static_cast<std::uint8_t>(sum ^ byte);
    return sum;
}

void append(Bytes& to, ByteView more) {
    to.insert(to.end(), more.begin(), more.end());
}

void appendLength(Bytes& to, std::size_t length) {
    to.push_back(static_cast<std::uint8_t>(length >> 8));
    to.push_back(static_cast<std::uint8_t>(length & 0xFF));
}

SamCommand commandOf(std::uint8_t command, std::uint8_t parameter) {
    switch (command << 8 | parameter) {
        case 0x10FF:
            return SamCommand::reset;
        case 0x11FF:
            return SamCommand::status;
        case 0x12FF:
            return SamCommand::number;
        case 0x2001:
            return SamCommand::find;
        case 0x2002:
            return SamCommand::select;
        case 0x3001:
            return SamCommand::read;
        case 0x3010:
            return SamCommand::readWithFingerprints;
        case 0x3003:
            return SamCommand::newAddress;
        case 0x61FF:
            return SamCommand::setRadio;
        default:
            return command == 0x60 ? SamCommand::setBaud : SamCommand::unknown;
    }
}

// The place a fault names for this command.
std::string_view placeOf(SamCommand command) {
    switch (command) {
        case SamCommand::find:
            return "find";
        case SamCommand::select:
            return "select";
        case SamCommand::read:
        case SamCommand::readWithFingerprints:
            return "read";
        case SamCommand::newAddress:
            return "new-address";
        default:
            return "status";
    }
}

bool isReading(SamCommand command) {
    return command == SamCommand::read || command == SamCommand::readWithFingerprints;
}

}  // namespace

Bytes samFrame(ByteView content) {
    Bytes frame(std::begin(preamble), std::end(preamble));
    appendLength(frame, content.size() + 1);
    append(frame, content);
    frame.push_back(exclusiveOr(ByteView(frame).subspan(std::size(preamble))));
    return frame;
}

SamAnswer Sam::answer(ByteView request) {
    SamAnswer answer;
    const ByteView checked = request.subspan(std::size(preamble));
    if (exclusiveOr(checked) != 0) {
        answer.frame = samFrame(status(swChecksum));
        return answer;
    }
    if (request.size() < headLength + 3) {
        answer.frame = samFrame(status(swLength));
        return answer;
    }
    answer.command = commandOf(request[7], request[8]);
    answer.latency = latencyOf(answer.command);
    const std::string_view place = placeOf(answer.command);
    if (strikes(Fault::readerUnplugged, place)) {
        answer.losesCable = true;
        return answer;
    }
    const Bytes content = perform(answer.command, request);
    if (holds(Fault::readerMute, place)) return answer;
    answer.frame = samFrame(content);
    addWireFaults(answer);
    return answer;
}

Bytes Sam::perform(SamCommand command, ByteView request) {
    if (command == SamCommand::unknown) return status(swCommand);
    const std::size_t expected = command == SamCommand::setRadio ? 4 : 3;
    if (request.size() != headLength + expected) return status(swLength);
    if (const auto forced = forcedStatus(command)) {
        if (isReading(command)) card_ = Card::failed;
        return status(*forced);
    }
    switch (command) {
        case SamCommand::reset:
            card_ = document_ ? Card::present : Card::none;
            return status(swSuccess);
        case SamCommand::number: {
            Bytes content = status(swSuccess);
            append(content, settings_.samNumber);
            return content;
        }
        case SamCommand::find:
            return find();
        case SamCommand::select:
            return select();
        case SamCommand::read:
            return read(false);
        case SamCommand::readWithFingerprints:
            return read(true);
        case SamCommand::newAddress:
            return newAddress();
        case SamCommand::setRadio:
            return status(request[9] >= 24 ? swSuccess : swCommand);
        case SamCommand::setBaud:
            return status(settings_.onSerialLine && request[8] <= 4 ? swSuccess : swCommand);
        default:
            return status(swSuccess);
    }
}

Bytes Sam::find() {
    const bool isNew = card_ != Card::none && card_ != Card::read && card_ != Card::failed;
    if (!isNew) return status(swFindFailed);
    card_ = Card::found;
    Bytes content = status(swFound);
    const Bytes number = settings_.fillsChipNumbers ? Bytes{0x53, 0x41, 0x4D, 0x50} : Bytes(4);
    append(content, number);
    return content;
}

Bytes Sam::select() {
    if (strikes(Fault::readerAnswers, "81")) unselectable_ = true;
    const bool selectable = (card_ == Card::found || card_ == Card::selected) && !unselectable_;
    if (!selectable) return status(swSelectFailed);
    card_ = Card::selected;
    Bytes content = status(swSuccess);
    const Bytes serial = settings_.fillsChipNumbers ? Bytes{1, 2, 3, 4, 5, 6, 7, 8} : Bytes(8);
    append(content, serial);
    return content;
}

Bytes Sam::read(bool withFingerprints) {
    const bool readable =
        card_ == Card::selected || (card_ == Card::read && settings_.rereadWithoutFind);
    if (!readable) return status(swReadFailed);
    if (strikes(Fault::readerCardLifted)) {
        lift();
        return status(swReadFailed);
    }
    card_ = Card::read;
    ++readings_;
    const Document document = documentAsRead();
    const Bytes text = encodeText(document);
    const Bytes photo = encodePhoto(document);
    const Bytes fingers = encodeFingerprints(document);
    Bytes content = status(swSuccess);
    appendLength(content, text.size());
    appendLength(content, photo.size());
    if (withFingerprints) appendLength(content, fingers.size());
    append(content, text);
    append(content, photo);
    if (withFingerprints) append(content, fingers);
    return content;
}

Bytes Sam::newAddress() {
    if (card_ != Card::selected && card_ != Card::read) return status(swReadFailed);
    card_ = Card::read;
    if (document_->newAddress.empty()) return status(swNoSuchItem);
    Bytes content = status(swSuccess);
    append(content, encodeNewAddress(*document_));
    return content;
}

void Sam::layDown(Document document) {
    document_ = std::move(document);
    card_ = Card::present;
    unselectable_ = false;
    readings_ = 0;
}

void Sam::lift() {
    document_.reset();
    card_ = Card::none;
    unselectable_ = false;
}

Document Sam::documentAsRead() const {
    Document document = *document_;
    if (holds(Fault::readerUnknownDocument)) document = documents::unknownTypeMark(document);
    if (holds(Fault::readerWrongCheckDigit)) document = documents::wrongCheckDigit(document);
    if (holds(Fault::readerExpiredDocument)) document = documents::expired(document);
    if (holds(Fault::readerNotYetValid)) document = documents::notYetValid(document);
    const std::string sex = faults_ == nullptr ? "" : faults_->placeOf(Fault::readerSexCode);
    if (!sex.empty() && holds(Fault::readerSexCode, sex)) document.sex = sex;
    return document;
}

// A module that is broken answers so to everything; a chip that is broken, to every reading. A
// failed reading (41) happens once: the person lays the document down again.
std::optional<std::uint8_t> Sam::forcedStatus(SamCommand command) {
    if (holds(Fault::readerAnswers, "66")) {
        return command == SamCommand::status ? swSelfTestFailed : swNotAuthorised;
    }
    if (holds(Fault::readerAnswers, "60")) return swSelfTestFailed;
    if (!isReading(command) || card_ != Card::selected) return std::nullopt;
    for (const std::string_view code : {"31", "32", "33", "40", "47"}) {
        if (holds(Fault::readerAnswers, code)) {
            return static_cast<std::uint8_t>(std::strtoul(std::string(code).c_str(), nullptr, 16));
        }
    }
    if (strikes(Fault::readerAnswers, "41")) return swReadFailed;
    return std::nullopt;
}

Duration Sam::latencyOf(SamCommand command) const {
    Duration latency = settings_.otherLatency;
    if (command == SamCommand::find) latency = settings_.findLatency;
    if (command == SamCommand::select) latency = settings_.selectLatency;
    if (command == SamCommand::read) latency = settings_.readLatency;
    if (command == SamCommand::readWithFingerprints) latency = settings_.fingerprintLatency;
    if (command == SamCommand::newAddress) latency = settings_.newAddressLatency;
    return std::chrono::duration_cast<Duration>(latency / settings_.speed);
}

void Sam::addWireFaults(SamAnswer& answer) {
    const std::string_view place = placeOf(answer.command);
    answer.repeated = strikes(Fault::readerStaleReply, place);
    // Longer than a host that goes by hardware-notes/id-reader.md waits for it.
    if (strikes(Fault::readerLateAnswer, place)) {
        const bool reads = place == "read";
        answer.latency += reads ? std::chrono::seconds(4) : std::chrono::milliseconds(700);
    }
    if (strikes(Fault::readerTornReply, place)) answer.frame.resize(answer.frame.size() / 2);
    if (strikes(Fault::readerStrayBytes, place)) answer.strayBytes = {0x00, 0xAA, 0xAA, 0xFF};
}

bool Sam::strikes(Fault fault, std::string_view place) {
    return faults_ != nullptr && faults_->strikes(fault, place);
}

bool Sam::holds(Fault fault, std::string_view place) const {
    return faults_ != nullptr && faults_->holds(fault, place);
}

}  // namespace liqu::world
