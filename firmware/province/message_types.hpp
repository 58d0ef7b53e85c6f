// The message types of the contract (openapi.json), and what a reply can say. Values only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/error.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/words.hpp"

namespace liqu::province {

enum class MessageType : std::uint8_t {
    signIn,
    personQuery,
    photoGet,
    eligibilityCheck,
    progressQuery,
    cardQuery,
    applyCreate,
    applyCancel,
    issueMark,
    issueUnmark,
    lossTemp,
    lossFormal,
    lossRelease,
    cardEnable,
    dataChange,
    blankReserve,
    personalisationGet,
    cardAuthInternal,
    cardAuthExternal,
    cardAuthSecure,
    issueReport,
    issueEnable,
    issueHandover,
    pinChanged,
    pinUnlocked,
    pinReset,
    stockLoad,
    stockReceive,
    stockUnload,
    stockCount,
    stockAdjust,
    stockReturn,
    stockDestroy,
    stockSnapshot,
    auditCheckpoint,
    reconDay,
    finishedOverdue,
    finishedReturn,
    finishedReceive,
    cardRecover,
    wrongCardRegister,
    wrongCardConfirm,
    feeQuote,
    feeRegister,
    feeRefund,
};
constexpr auto wordsOf(MessageType) {
    return words<MessageType>({{MessageType::signIn, "TERM.SIGNIN"},
                               {MessageType::personQuery, "PERSON.QUERY"},
                               {MessageType::photoGet, "PHOTO.GET"},
                               {MessageType::eligibilityCheck, "ELIG.CHECK"},
                               {MessageType::progressQuery, "PROGRESS.QUERY"},
                               {MessageType::cardQuery, "CARD.QUERY"},
                               {MessageType::applyCreate, "APPLY.CREATE"},
                               {MessageType::applyCancel, "APPLY.CANCEL"},
                               {MessageType::issueMark, "ISSUE.MARK"},
                               {MessageType::issueUnmark, "ISSUE.UNMARK"},
                               {MessageType::lossTemp, "LOSS.TEMP"},
                               {MessageType::lossFormal, "LOSS.FORMAL"},
                               {MessageType::lossRelease, "LOSS.RELEASE"},
                               {MessageType::cardEnable, "CARD.ENABLE"},
                               {MessageType::dataChange, "DATA.CHANGE"},
                               {MessageType::blankReserve, "BLANK.RESERVE"},
                               {MessageType::personalisationGet, "PERSO.GET"},
                               {MessageType::cardAuthInternal, "CARDAUTH.INT"},
                               {MessageType::cardAuthExternal, "CARDAUTH.EXT"},
                               {MessageType::cardAuthSecure, "CARDAUTH.SECMSG"},
                               {MessageType::issueReport, "ISSUE.REPORT"},
                               {MessageType::issueEnable, "ISSUE.ENABLE"},
                               {MessageType::issueHandover, "ISSUE.HANDOVER"},
                               {MessageType::pinChanged, "PIN.CHANGED"},
                               {MessageType::pinUnlocked, "PIN.UNLOCKED"},
                               {MessageType::pinReset, "PIN.RESET"},
                               {MessageType::stockLoad, "STOCK.LOAD"},
                               {MessageType::stockReceive, "STOCK.RECEIVE"},
                               {MessageType::stockUnload, "STOCK.UNLOAD"},
                               {MessageType::stockCount, "STOCK.COUNT"},
                               {MessageType::stockAdjust, "STOCK.ADJUST"},
                               {MessageType::stockReturn, "STOCK.RETURN"},
                               {MessageType::stockDestroy, "STOCK.DESTROY"},
                               {MessageType::stockSnapshot, "STOCK.SNAPSHOT"},
                               {MessageType::auditCheckpoint, "AUDIT.CHECKPOINT"},
                               {MessageType::reconDay, "RECON.DAY"},
                               {MessageType::finishedOverdue, "FINISHED.OVERDUE"},
                               {MessageType::finishedReturn, "FINISHED.RETURN"},
                               {MessageType::finishedReceive, "FINISHED.RECEIVE"},
                               {MessageType::cardRecover, "CARD.RECOVER"},
                               {MessageType::wrongCardRegister, "WRONGCARD.REGISTER"},
                               {MessageType::wrongCardConfirm, "WRONGCARD.CONFIRM"},
                               {MessageType::feeQuote, "FEE.QUOTE"},
                               {MessageType::feeRegister, "FEE.REGISTER"},
                               {MessageType::feeRefund, "FEE.REFUND"}});
}

// A query changes nothing; a change is sent online and carried out once per idempotency key;
// a fact is queued and sent by the outbox only.
enum class MessageKind : std::uint8_t { query, change, fact };

MessageKind kindOf(MessageType type);

// hardware-notes/province.md, "Answer codes", as far as the province says it. NOT_SENT and LOCAL_HW
// are the kiosk's own.
enum class ReplyCode : std::uint8_t {
    ok,
    already,
    partial,
    refused,
    needsStaff,
    retryLater,
    unknownOutcome,
    security,
    protocol,
};
constexpr auto wordsOf(ReplyCode) {
    return words<ReplyCode>({
        {ReplyCode::ok, "OK"},
        {ReplyCode::already, "ALREADY"},
        {ReplyCode::partial, "PARTIAL"},
        {ReplyCode::refused, "BIZ_REFUSED"},
        {ReplyCode::needsStaff, "NEEDS_STAFF"},
        {ReplyCode::retryLater, "RETRY_LATER"},
        {ReplyCode::unknownOutcome, "UNKNOWN_OUTCOME"},
        {ReplyCode::security, "SECURITY"},
        {ReplyCode::protocol, "PROTOCOL"},
    });
}
enum class NextHint : std::uint8_t { none, goBank, goCounter, retryAt, queryFirst };

// A reply whose signature and form are checked. body is canonical JSON, empty unless the code is
// ok, already or partial.
struct Reply {
    ReplyCode code = ReplyCode::protocol;
    std::string detail;
    std::string text;
    std::string serverRef;
    std::string serverTime;
    bool replayed = false;
    NextHint next = NextHint::none;
    PersonalText body;
};

bool succeeded(const Reply& reply);  // ok or partial; already must be verified first
// What a reply that did not succeed means for the kiosk.
Error errorOf(const Reply& reply);
// By the Detail of the contract; none for one that says nothing of its own.
std::optional<ErrorCode> errorCodeOf(std::string_view detail);
// May the message have been carried out although no good reply came? False only where it provably
// was not: such an error must never be taken for "nothing happened".
bool mayHaveHappened(const Error& error);

enum class Channel : std::uint8_t { selfService, assisted, staff };

// Who stands behind every message of this machine.
struct Terminal {
    std::string terminalId;
    std::string regionCode;
    std::string outletCode;
    std::string policyId;
};

// One business: a citizen transaction or an act of staff.
struct Business {
    std::string bizId;     // terminalId-yyyymmdd-nnnnnn
    std::string bankCode;  // whose card it is about
    Channel channel = Channel::selfService;
    std::string operatorId{};  // empty where no staff acted
    std::string secondOperatorId{};
};

// A fee is a business of its own beside its order's: what is parked of the one never holds back the
// other (decision 37).
inline constexpr std::string_view feeSuffix = "-F";
Business feeBusiness(Business business);

// SM3 over terminalId, bizId, step and stepNo, joined by line feeds; 64 upper-case hex digits.
// Made before the first send and the same on every re-send (decision 17,
// hardware-notes/province.md, "Envelope").
std::string idempotencyKey(std::string_view terminalId, std::string_view bizId,
                           std::string_view step, std::string_view stepNo);
std::string idempotencyKey(std::string_view terminalId, std::string_view bizId, MessageType type,
                           int ordinal);

}  // namespace liqu::province
