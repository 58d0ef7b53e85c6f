#include "tests/world/chip/station_chip_reader.hpp"

#include "firmware/base/stop.hpp"

namespace liqu::world {
namespace {

constexpr Duration lookRhythm = std::chrono::milliseconds(20);

bool isUpdate(ByteView command) {
    return command.size() > 1 && (command[1] == 0xDC || command[1] == 0xD6);
}

}  // namespace

Result<Bytes> StationChipReader::powerOn(Duration patience) {
    const Instant deadline = clock_.now() + patience;
    powerOff();
    while (clock_.now() < deadline) {
        waitUntil(clock_, deadline, lookRhythm, {},
                  [&] { return station_.occupant().card != nullptr; });
        const ChipStation::Occupant occupant = station_.occupant();
        if (occupant.card == nullptr) break;
        clock_.sleepFor(timing_.settle + timing_.powerUp);
        const Bytes answer = station_.reset(occupant);
        if (!answer.empty()) {
            connected_ = occupant;
            wasReset_ = false;
            return answer;
        }
    }
    return fail(ErrorCode::chipMute, "no answer to reset within the patience",
                CardFate::atChipStation);
}

Result<Bytes> StationChipReader::coldReset() {
    clock_.sleepFor(timing_.powerUp);
    if (!station_.stillThere(connected_)) {
        return fail(ErrorCode::chipRemoved, "the card has left the station", CardFate::unknown);
    }
    const Bytes answer = station_.reset(connected_);
    if (answer.empty()) {
        return fail(ErrorCode::chipMute, "no answer to reset", CardFate::atChipStation);
    }
    wasReset_ = false;
    return answer;
}

Result<Bytes> StationChipReader::transmit(ByteView command) {
    if (!station_.stillThere(connected_)) {
        return fail(ErrorCode::chipRemoved, "the card has left the station", CardFate::unknown);
    }
    if (wasReset_) {
        return fail(ErrorCode::chipWasReset, "reset since the last command",
                    CardFate::atChipStation);
    }
    const CardReply reply = station_.transmit(connected_, command);
    clock_.sleepFor((isUpdate(command) ? timing_.perUpdate : timing_.perCommand) + reply.delay);
    if (!station_.stillThere(connected_)) {
        return fail(ErrorCode::chipRemoved, "the card left during a command", CardFate::unknown);
    }
    switch (reply.kind) {
        case CardReply::Kind::answered:
            return reply.bytes;
        case CardReply::Kind::mute:
            clock_.sleepFor(timing_.watchdog);
            return fail(ErrorCode::chipReaderHung, "no reply within the watchdog's time",
                        CardFate::atChipStation);
        case CardReply::Kind::wasReset:
            break;
    }
    wasReset_ = true;
    return fail(ErrorCode::chipWasReset, "power lost during a command", CardFate::atChipStation);
}

void StationChipReader::powerOff() {
    station_.powerOff(connected_);
    connected_ = {};
}

}  // namespace liqu::world
