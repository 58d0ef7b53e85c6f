#include "firmware/province/message_types.hpp"

#include <algorithm>
#include <iterator>

#include "firmware/base/bytes.hpp"
#include "firmware/province/wire_words.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::province {
namespace {

struct TypeRow {
    MessageType type;
    std::string_view wire;
    MessageKind kind;
};
constexpr TypeRow types[] = {
    {MessageType::signIn, "TERM.SIGNIN", MessageKind::query},
    {MessageType::personQuery, "PERSON.QUERY", MessageKind::query},
    {MessageType::photoGet, "PHOTO.GET", MessageKind::query},
    {MessageType::eligibilityCheck, "ELIG.CHECK", MessageKind::query},
    {MessageType::progressQuery, "PROGRESS.QUERY", MessageKind::query},
    {MessageType::applyCreate, "APPLY.CREATE", MessageKind::change},
    {MessageType::applyCancel, "APPLY.CANCEL", MessageKind::change},
    {MessageType::issueMark, "ISSUE.MARK", MessageKind::change},
    {MessageType::issueUnmark, "ISSUE.UNMARK", MessageKind::change},
    {MessageType::blankReserve, "BLANK.RESERVE", MessageKind::change},
    {MessageType::personalisationGet, "PERSO.GET", MessageKind::change},
    {MessageType::cardAuthInternal, "CARDAUTH.INT", MessageKind::query},
    {MessageType::cardAuthExternal, "CARDAUTH.EXT", MessageKind::query},
    {MessageType::issueReport, "ISSUE.REPORT", MessageKind::fact},
    {MessageType::issueEnable, "ISSUE.ENABLE", MessageKind::fact},
    {MessageType::issueHandover, "ISSUE.HANDOVER", MessageKind::fact},
    {MessageType::stockLoad, "STOCK.LOAD", MessageKind::fact},
    {MessageType::stockReceive, "STOCK.RECEIVE", MessageKind::fact},
    {MessageType::stockUnload, "STOCK.UNLOAD", MessageKind::fact},
    {MessageType::stockCount, "STOCK.COUNT", MessageKind::fact},
    {MessageType::stockAdjust, "STOCK.ADJUST", MessageKind::fact},
    {MessageType::stockReturn, "STOCK.RETURN", MessageKind::fact},
    {MessageType::stockDestroy, "STOCK.DESTROY", MessageKind::fact},
    {MessageType::stockSnapshot, "STOCK.SNAPSHOT", MessageKind::fact},
    {MessageType::reconDay, "RECON.DAY", MessageKind::query},
    {MessageType::finishedOverdue, "FINISHED.OVERDUE", MessageKind::fact},
    {MessageType::finishedReturn, "FINISHED.RETURN", MessageKind::fact},
};

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
    {"PERMIT_REFUSED", ErrorCode::permitRefused},
    {"BLANK_UNKNOWN", ErrorCode::blankRefused},
    {"BLANK_WRONG_BANK", ErrorCode::blankRefused},
    {"BLANK_USED", ErrorCode::blankRefused},
    {"CARD_AUTH_REFUSED", ErrorCode::cardAuthenticationRefused},
    {"BUSY", ErrorCode::provinceBusy},
    {"HSM_DOWN", ErrorCode::provinceBusy},
    {"TERMINAL_UNKNOWN", ErrorCode::provinceRefusedKiosk},
    {"SIGNATURE_WRONG", ErrorCode::provinceRefusedKiosk},
    {"CLOCK_DIFFERS", ErrorCode::clockNotTrusted},
    {"KEY_REUSED", ErrorCode::provinceRefusedKiosk},
    {"EPOCH_REFUSED", ErrorCode::booksNotNewest},
    {"CHAIN_BROKEN", ErrorCode::booksNotNewest},
};

const TypeRow& rowOf(MessageType type) {
    return *std::ranges::find(types, type, &TypeRow::type);
}

}  // namespace

std::string_view wireName(MessageType type) {
    return rowOf(type).wire;
}
MessageKind kindOf(MessageType type) {
    return rowOf(type).kind;
}

std::optional<MessageType> messageTypeOf(std::string_view wireName) {
    const auto* row = std::ranges::find(types, wireName, &TypeRow::wire);
    if (row == std::end(types)) return std::nullopt;
    return row->type;
}

std::string_view wireName(ReplyCode code) {
    return std::ranges::find(replyCodes, code, &Word<ReplyCode>::value)->text;
}

std::optional<ReplyCode> replyCodeOf(std::string_view wireName) {
    const auto* found = std::ranges::find(replyCodes, wireName, &Word<ReplyCode>::text);
    if (found == std::end(replyCodes)) return std::nullopt;
    return found->value;
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
        "the province says " + std::string(wireName(reply.code)) + " " + reply.detail;
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
    return idempotencyKey(terminalId, bizId, wireName(type), std::to_string(ordinal));
}

}  // namespace liqu::province
