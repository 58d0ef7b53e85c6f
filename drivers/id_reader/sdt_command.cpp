#include "drivers/id_reader/sdt_command.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/assert.hpp"

namespace liqu::drivers::sdt {
namespace {

using namespace std::chrono_literals;

struct Row {
    Command command;
    std::string_view name;
    std::uint8_t code;
    std::uint8_t parameter;
    std::chrono::milliseconds deadline;
};

constexpr std::array rows{
    Row{Command::resetModule, "reset", 0x10, 0xFF, 500ms},
    Row{Command::moduleStatus, "status", 0x11, 0xFF, 500ms},
    Row{Command::moduleNumber, "module number", 0x12, 0xFF, 500ms},
    Row{Command::findCard, "find", 0x20, 0x01, 500ms},
    Row{Command::selectCard, "select", 0x20, 0x02, 500ms},
    Row{Command::readBase, "read", 0x30, 0x01, 3500ms},
    Row{Command::readBaseFingerprint, "read with fingerprint", 0x30, 0x10, 5000ms},
    Row{Command::readNewestAddress, "newest address", 0x30, 0x03, 1500ms},
    Row{Command::setMaxRadioBytes, "set radio bytes", 0x61, 0xFF, 500ms},
};

const Row& rowOf(Command command) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const Row& row) { return row.command == command; });
    LIQU_ASSERT(found != rows.end());
    return *found;
}

// Does this much data belong to the command's success? (hardware-notes/id-reader.md, "Answers")
bool dataFits(Command command, std::size_t size) {
    constexpr std::size_t text = 256;
    constexpr std::size_t photo = 1024;
    switch (command) {
        case Command::resetModule:
        case Command::moduleStatus:
        case Command::setMaxRadioBytes:
            return size == 0;
        case Command::moduleNumber:
            return size == 16;
        case Command::findCard:
            return size == 4;
        case Command::selectCard:
            return size == 8;
        case Command::readBase:
            return size == 4 + text || size == 4 + text + photo;
        case Command::readBaseFingerprint:
            return size >= 6 + text && size <= 6 + text + photo + 1024;
        case Command::readNewestAddress:
            return size % 70 == 0 && size <= 4 * 70;
    }
    return false;
}

}  // namespace

Bytes requestOf(Command command, ByteView data) {
    return encodeRequest(rowOf(command).code, rowOf(command).parameter, data);
}
std::string_view nameOf(Command command) {
    return rowOf(command).name;
}
Duration deadlineOf(Command command) {
    return rowOf(command).deadline;
}

bool couldAnswer(Command command, const Answer& answer) {
    const bool touchesCard = command == Command::selectCard || command == Command::readBase ||
                             command == Command::readBaseFingerprint ||
                             command == Command::readNewestAddress;
    switch (const std::uint8_t sw3 = answer.status.sw3) {
        case success:
            return command != Command::findCard && dataFits(command, answer.data.reveal().size());
        case cardFound:
            return command == Command::findCard && dataFits(command, answer.data.reveal().size());
        case noNewCard:
            return command == Command::findCard;
        case selectFailed:
            return command == Command::selectCard;
        case noSuchItem:
            return command == Command::readNewestAddress;
        // A strange card may be noticed while it is looked for.
        case 0x40:
            return touchesCard || command == Command::findCard;
        default:
            return touchesCard || sw3 < 0x31 || sw3 > 0x47;
    }
}

Error errorOf(Command command, Status status) {
    const auto code = [&] {
        switch (status.sw3) {
            case 0x31:
                return ErrorCode::idCardRejectedReader;
            case 0x32:
                return ErrorCode::idReaderRejectedCard;
            case 0x33:
                return ErrorCode::idCardDataUnverified;
            case 0x40:
                return ErrorCode::idCardTypeUnrecognised;
            case 0x41:
            case 0x47:
                return ErrorCode::idCardLifted;
            case 0x60:
                return ErrorCode::idReaderSelfTestFailed;
            case 0x66:
                return ErrorCode::idReaderNotAuthorised;
            case selectFailed:
                return ErrorCode::idCardSelectFailed;
            default:
                return ErrorCode::idReaderRefusedCommand;
        }
    }();
    return Error{code, std::string(nameOf(command)) + ": " + describe(status)};
}

}  // namespace liqu::drivers::sdt
