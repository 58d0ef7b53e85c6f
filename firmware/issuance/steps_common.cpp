#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {
namespace {

// A printer that prints on after a killed process is waited for; a reset would spoil the card.
constexpr Duration idlePatience = std::chrono::seconds{90};
constexpr Duration idleRhythm = std::chrono::milliseconds{500};

}  // namespace

Result<std::string> noBaseline(Making&) {
    return std::string();
}
Result<void> nothingMore(storage::Transaction&, Making&) {
    return {};
}
Result<void> nothingLost(storage::Transaction&, Making&, const Error&) {
    return {};
}
Result<Seen> assumeNot(Making&, const custody::JournalEntry&) {
    return Seen::didNotHappen;
}
bool always(const Making&) {
    return true;
}
std::string noWords(const Making&) {
    return {};
}

Result<void> waitUntilIdle(Making& making) {
    const Instant until = making.parts.clock.now() + idlePatience;
    while (!TRY(making.parts.printer.idle())) {
        if (making.parts.clock.now() >= until) return fail(ErrorCode::printerBusy, "still moving");
        making.parts.clock.sleepFor(idleRhythm);
    }
    return {};
}

bool isDeviceLost(const Error& error) {
    switch (error.code) {
        case ErrorCode::printerNotFound:
        case ErrorCode::printerAmbiguous:
        case ErrorCode::printerNoPermission:
        case ErrorCode::printerHeldByDriver:
        case ErrorCode::printerHeldByProcess:
        case ErrorCode::printerUnplugged:
        case ErrorCode::printerSilent:
        case ErrorCode::printerGarbled:
        case ErrorCode::chipReaderNotFound:
        case ErrorCode::chipReaderAmbiguous:
        case ErrorCode::chipServiceDown:
        case ErrorCode::chipReaderHung:
        case ErrorCode::chipReaderHeld:
            return true;
        default:
            return false;
    }
}

bool isLineTrouble(const Error& error) {
    switch (error.code) {
        case ErrorCode::provinceUnreachable:
        case ErrorCode::provinceOutcomeUnknown:
        case ErrorCode::provinceSignatureWrong:
        case ErrorCode::provinceCertificateWrong:
        case ErrorCode::provinceReplyMalformed:
        case ErrorCode::provinceBusy:
        case ErrorCode::cardAuthenticationRefused:
        case ErrorCode::provinceRefusedKiosk:
        case ErrorCode::paymentUnreachable:
        case ErrorCode::paymentUnclear:
        case ErrorCode::paymentRefused:
            return true;
        default:
            return false;
    }
}

}  // namespace liqu::issuance::steps
