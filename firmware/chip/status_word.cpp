#include "firmware/chip/status_word.hpp"

#include "firmware/base/bytes.hpp"

namespace liqu::chip {
namespace {

ErrorCode codeOf(std::uint16_t word) {
    if (word == 0x63C0) return ErrorCode::chipKeyBlocked;
    if (isWrongKey(word)) return ErrorCode::chipKeyCounterLow;
    switch (word) {
        case 0x6581:
            return ErrorCode::chipMemoryFailed;
        case status::securityNotSatisfied:
        // No current file, though one was selected: a reset that nobody noticed.
        case 0x6986:
            return ErrorCode::chipSecurityLost;
        case status::keyBlocked:
            return ErrorCode::chipKeyBlocked;
        case 0x6A81:
        case 0x9303:
            return ErrorCode::chipBlocked;
        case 0x6A82:
            return ErrorCode::chipForeign;
        case status::recordNotFound:
            return ErrorCode::chipRecordMalformed;
        // The key the profile expects is not there: another generation of card.
        case 0x6A88:
            return ErrorCode::chipVersionUnsupported;
        default:
            return ErrorCode::chipStatusUnexpected;
    }
}

}  // namespace

Error errorOfStatus(std::uint16_t word, std::string_view step) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(word >> 8),
                                  static_cast<std::uint8_t>(word & 0xFF)};
    return chipError(codeOf(word), std::string(step) + " answered " + toHex(bytes));
}

Error chipError(ErrorCode code, std::string cause) {
    return Error{code, std::move(cause), CardFate::atChipStation};
}

}  // namespace liqu::chip
