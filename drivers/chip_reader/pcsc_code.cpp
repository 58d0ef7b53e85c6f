#include "drivers/chip_reader/pcsc_code.hpp"

#include "firmware/base/bytes.hpp"

namespace liqu::drivers {
namespace {

ErrorCode errorCodeOf(PcscCode code) {
    switch (code) {
        case PcscCode::resetCard:
            return ErrorCode::chipWasReset;
        case PcscCode::removedCard:
        case PcscCode::noSmartcard:
            return ErrorCode::chipRemoved;
        case PcscCode::notTransacted:
        case PcscCode::insufficientBuffer:
            return ErrorCode::chipReplyTorn;
        case PcscCode::unresponsiveCard:
        case PcscCode::unpoweredCard:
        case PcscCode::unsupportedCard:
        case PcscCode::timeout:
            return ErrorCode::chipMute;
        case PcscCode::protoMismatch:
            return ErrorCode::chipForeign;
        case PcscCode::sharingViolation:
            return ErrorCode::chipReaderHeld;
        case PcscCode::unknownReader:
        case PcscCode::readerUnavailable:
        case PcscCode::noReadersAvailable:
            return ErrorCode::chipReaderNotFound;
        // All that is left means that this context is of no more use.
        default:
            return ErrorCode::chipServiceDown;
    }
}

std::string hexOf(PcscCode code) {
    const auto value = static_cast<std::uint32_t>(code);
    const std::uint8_t bytes[] = {
        static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16 & 0xFF),
        static_cast<std::uint8_t>(value >> 8 & 0xFF), static_cast<std::uint8_t>(value & 0xFF)};
    return toHex(bytes);
}

}  // namespace

Error errorOfPcsc(PcscCode code, std::string_view step) {
    std::string cause = std::string(step) + ": pcscd answered " + hexOf(code);
    if (code == PcscCode::securityViolation) cause += " (not allowed by its policy)";
    return Error{errorCodeOf(code), std::move(cause)};
}

}  // namespace liqu::drivers
