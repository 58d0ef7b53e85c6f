#include "drivers/id_reader/id_reader.hpp"

#include <utility>

#include "drivers/id_reader/text_block.hpp"

namespace liqu::drivers {
namespace {

using namespace std::chrono_literals;
using sdt::Command;

constexpr Duration pollRhythm = 300ms;  // hardware-notes/id-reader.md, "Rhythm and deadlines"

}  // namespace

SdtIdReader::SdtIdReader(std::vector<WireOpener> openers, Clock& clock, IdReaderOptions options)
    : openers_(std::move(openers)), clock_(clock), options_(std::move(options)) {}

Result<void> SdtIdReader::selfTest() {
    const auto answer = askAnyReader(Command::moduleStatus);
    // A module may lose its first words after a pause; proving asks three times.
    if (!answer && session_) return session_->prove();
    if (!answer) return fail(answer.error());
    if (answer->status.sw3 != sdt::success) {
        return fail(errorOf(Command::moduleStatus, answer->status));
    }
    return {};
}

Result<std::string> SdtIdReader::serialNumber() {
    const sdt::Answer answer = TRY(askAnyReader(Command::moduleNumber));
    if (answer.status.sw3 != sdt::success) {
        return fail(errorOf(Command::moduleNumber, answer.status));
    }
    return sdt::formatModuleNumber(answer.data.reveal());
}

Result<bool> SdtIdReader::findDocument() {
    keepRhythm();
    const sdt::Answer answer = TRY(askAnyReader(Command::findCard));
    if (answer.status.sw3 == sdt::noNewCard) return false;
    if (answer.status.sw3 != sdt::cardFound) {
        return fail(errorOf(Command::findCard, answer.status));
    }
    documentWasRead_ = false;
    return true;
}

Result<card::IdentityDocument> SdtIdReader::readDocument() {
    TRY(selectDocument());
    const sdt::Answer answer = TRY(expect(Command::readBase, sdt::success));
    documentWasRead_ = true;
    return sdt::parseBaseMessage(answer.data.reveal());
}

Result<bool> SdtIdReader::documentStillThere() {
    if (!documentWasRead_ || !options_.watchRemoval) return false;
    keepRhythm();
    const sdt::Answer answer = TRY(ask(Command::readNewestAddress));
    switch (answer.status.sw3) {
        case sdt::success:
        case sdt::noSuchItem:
            return true;
        case 0x60:
        case 0x66:
            return fail(errorOf(Command::readNewestAddress, answer.status));
        default:
            documentWasRead_ = false;
            return false;
    }
}

Result<void> SdtIdReader::selectDocument() {
    auto selected = expect(Command::selectCard, sdt::success);
    // One immediate second try: the card may just be settling (hardware-notes/id-reader.md, "Order
    // of a reading").
    if (!selected && selected.error().code == ErrorCode::idCardSelectFailed) {
        selected = expect(Command::selectCard, sdt::success);
    }
    return selected.map([](const sdt::Answer&) {});
}

Result<void> SdtIdReader::open() {
    if (session_) return {};
    std::optional<Error> first;
    for (const WireOpener& opener : openers_) {
        const auto opened = openWith(opener);
        if (opened) return {};
        if (!first) first = opened.error();
    }
    return fail(*first);
}

Result<void> SdtIdReader::openWith(const WireOpener& opener) {
    auto wire = TRY(opener());
    session_.emplace(std::move(wire), clock_);
    auto proven = session_->prove();
    if (!proven) session_.reset();
    return proven;
}

Result<sdt::Answer> SdtIdReader::ask(Command command) {
    TRY(open());
    auto answer = session_->run(command);
    // What was read lies there until a reader says otherwise.
    if (!answer && sdt::wireIsGone(answer.error().code)) session_.reset();
    return answer;
}

// For questions about no particular card: a reader that was pulled out and is there again answers
// as if nothing had happened.
Result<sdt::Answer> SdtIdReader::askAnyReader(Command command) {
    const bool wasOpen = session_.has_value();
    auto answer = ask(command);
    if (answer || !wasOpen || session_) return answer;
    auto again = ask(command);
    // "Unplugged" tells more than the "not found" that follows it.
    return again ? std::move(again) : std::move(answer);
}

Result<sdt::Answer> SdtIdReader::expect(Command command, std::uint8_t good) {
    auto answer = TRY(ask(command));
    if (answer.status.sw3 != good) return fail(errorOf(command, answer.status));
    return answer;
}

// The module wants 300 ms between two looks at the card.
void SdtIdReader::keepRhythm() {
    if (clock_.now() < nextPoll_) clock_.sleepUntil(nextPoll_);
    nextPoll_ = clock_.now() + pollRhythm;
}

std::unique_ptr<ports::IdReader> makeUsbIdReader(UsbBus& bus, Clock& clock,
                                                 IdReaderOptions options) {
    std::vector<SdtIdReader::WireOpener> openers;
    for (const auto flavour : {sdt::UsbFlavour::byDescriptors, sdt::UsbFlavour::onePair}) {
        openers.push_back([&bus, flavour, path = options.usbPath] {
            return sdt::openUsbWire(bus, flavour, path);
        });
    }
    return std::make_unique<SdtIdReader>(std::move(openers), clock, std::move(options));
}

std::unique_ptr<ports::IdReader> makeSerialIdReader(std::string path, SerialRate rate, Clock& clock,
                                                    IdReaderOptions options) {
    const auto opener = [path = std::move(path), rate]() -> Result<std::unique_ptr<sdt::Wire>> {
        auto port = openSerialPort(path, rate);
        if (!port) return fail(sdt::wireError(port.error()));
        return sdt::makeSerialWire(std::move(port).value());
    };
    return std::make_unique<SdtIdReader>(std::vector<SdtIdReader::WireOpener>{opener}, clock,
                                         std::move(options));
}

}  // namespace liqu::drivers
