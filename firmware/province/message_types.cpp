#include "firmware/province/message_types.hpp"

#include <algorithm>
#include <iterator>

#include "firmware/base/assert.hpp"
#include "firmware/base/bytes.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::province {
namespace {

struct DetailRow {
    std::string_view detail;
    ErrorCode error;
};
constexpr DetailRow details[] = {
    {"PERSON_UNKNOWN", ErrorCode::personUnknown},
    {"PERSON_DATA_DIFFERS", ErrorCode::personDataDiffers},
    {"NOT_ELIGIBLE", ErrorCode::notEligible},
    {"CARD_EXISTS", ErrorCode::notEligible},
    {"APPLICATION_PENDING", ErrorCode::applicationPending},
    {"FEE_DUE", ErrorCode::feeDue},
    {"OLD_CARD_NOT_LOST", ErrorCode::oldCardNotReportedLost},
    {"BANK_LINK_MISSING", ErrorCode::bankLinkMissing},
    {"ENABLING_REFUSED", ErrorCode::enablingRefused},
    {"TEMP_CARD_OPEN", ErrorCode::temporaryCardOpen},
    {"PERMIT_REFUSED", ErrorCode::permitRefused},
    {"BLANK_UNKNOWN", ErrorCode::blankRefused},
    {"BLANK_WRONG_BANK", ErrorCode::blankRefused},
    {"BLANK_USED", ErrorCode::blankRefused},
    {"CARD_AUTH_REFUSED", ErrorCode::cardAuthenticationRefused},
    {"TOO_LATE", ErrorCode::tooLateToWithdraw},
    {"BUSY", ErrorCode::provinceBusy},
    {"HSM_DOWN", ErrorCode::provinceBusy},
    {"TERMINAL_UNKNOWN", ErrorCode::provinceRefusedKiosk},
    {"SIGNATURE_WRONG", ErrorCode::provinceRefusedKiosk},
    {"CLOCK_DIFFERS", ErrorCode::clockNotTrusted},
    {"KEY_REUSED", ErrorCode::provinceRefusedKiosk},
    {"EPOCH_REFUSED", ErrorCode::booksNotNewest},
    {"CHAIN_BROKEN", ErrorCode::booksNotNewest},
    {"AUDIT_BROKEN", ErrorCode::auditChainBroken},
};

}  // namespace

MessageKind kindOf(MessageType type) {
    switch (type) {
        case MessageType::signIn:
        case MessageType::personQuery:
        case MessageType::photoGet:
        case MessageType::eligibilityCheck:
        case MessageType::progressQuery:
        case MessageType::cardQuery:
        case MessageType::cardAuthInternal:
        case MessageType::cardAuthExternal:
        case MessageType::cardAuthSecure:
        case MessageType::reconDay:
        case MessageType::feeQuote:
            return MessageKind::query;
        case MessageType::applyCreate:
        case MessageType::applyCancel:
        case MessageType::issueMark:
        case MessageType::issueUnmark:
        case MessageType::lossTemp:
        case MessageType::lossFormal:
        case MessageType::lossRelease:
        case MessageType::cardEnable:
        case MessageType::dataChange:
        case MessageType::blankReserve:
        case MessageType::personalisationGet:
            return MessageKind::change;
        case MessageType::issueReport:
        case MessageType::issueEnable:
        case MessageType::issueHandover:
        case MessageType::pinChanged:
        case MessageType::pinUnlocked:
        case MessageType::pinReset:
        case MessageType::stockLoad:
        case MessageType::stockReceive:
        case MessageType::stockUnload:
        case MessageType::stockCount:
        case MessageType::stockAdjust:
        case MessageType::stockReturn:
        case MessageType::stockDestroy:
        case MessageType::stockSnapshot:
        case MessageType::auditCheckpoint:
        case MessageType::finishedOverdue:
        case MessageType::finishedReturn:
        case MessageType::finishedReceive:
        case MessageType::cardRecover:
        case MessageType::wrongCardRegister:
        case MessageType::wrongCardConfirm:
        case MessageType::feeRegister:
        case MessageType::feeRefund:
            return MessageKind::fact;
    }
    LIQU_ASSERT(!"a message type that is none");
}

std::optional<ErrorCode> errorCodeOf(std::string_view detail) {
    const auto* row = std::ranges::find(details, detail, &DetailRow::detail);
    if (row == std::end(details)) return std::nullopt;
    return row->error;
}

bool succeeded(const Reply& reply) {
    return reply.code == ReplyCode::ok || reply.code == ReplyCode::partial;
}

Error errorOf(const Reply& reply) {
    const std::string cause =
        "the province says " + std::string(nameOf(reply.code)) + " " + reply.detail;
    const std::optional<ErrorCode> byDetail = errorCodeOf(reply.detail);
    switch (reply.code) {
        case ReplyCode::refused:
            return {byDetail.value_or(ErrorCode::provinceRefused), cause};
        case ReplyCode::security:
            return {byDetail.value_or(ErrorCode::provinceRefusedKiosk), cause};
        case ReplyCode::retryLater:
            return {ErrorCode::provinceBusy, cause};
        case ReplyCode::unknownOutcome:
            return {ErrorCode::provinceOutcomeUnknown, cause};
        // An existing record that is not ours, and a request the contract does not allow for this
        // person, are for people to look at.
        default:
            return {byDetail.value_or(ErrorCode::provinceNeedsStaff), cause};
    }
}

bool mayHaveHappened(const Error& error) {
    switch (error.code) {
        case ErrorCode::provinceOutcomeUnknown:
        case ErrorCode::provinceReplyMalformed:
        case ErrorCode::provinceSignatureWrong:
            return true;
        default:
            return false;
    }
}

Business feeBusiness(Business business) {
    business.bizId += feeSuffix;
    return business;
}

std::string idempotencyKey(std::string_view terminalId, std::string_view bizId,
                           std::string_view step, std::string_view stepNo) {
    std::string parts;
    for (const std::string_view part : {terminalId, bizId, step, stepNo}) {
        if (!parts.empty()) parts += '\n';
        parts += part;
    }
    return toHex(security::sm3(bytesOf(parts)));
}

std::string idempotencyKey(std::string_view terminalId, std::string_view bizId, MessageType type,
                           int ordinal) {
    return idempotencyKey(terminalId, bizId, nameOf(type), std::to_string(ordinal));
}

}  // namespace liqu::province
