// The bodies of the messages as typed values: what the kiosk says and what the province answers.
// Shapes and limits: openapi.json. Dates are yyyymmdd.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/money.hpp"
#include "firmware/card/identity_document.hpp"
#include "firmware/card/personalisation.hpp"
#include "firmware/ports/card_authority.hpp"
#include "firmware/province/fact_messages.hpp"
#include "firmware/province/message_types.hpp"

namespace liqu::province {

// -- what both sides name --------------------------------------------------------------------

enum class ApplicationKind : std::uint8_t {
    newCard,
    lost,
    damaged,
    infoChanged,
    expired,
    bankChanged,
    other,
    warranty
};
enum class ApplicationState : std::uint8_t {
    created,
    marked,
    dataReady,
    reportedOk,
    enabled,
    handedOver,
    held,
    cancelled,
    needsStaff
};
enum class CardState : std::uint8_t {
    none,
    notEnabled,
    normal,
    tempLost,
    formalLost,
    replacing,
    cancelled,
    unknown
};
enum class NumberMode : std::uint8_t { prewritten, assigned };
enum class WithdrawReason : std::uint8_t { person, fault, noBlank, timeout };
enum class AgeClass : std::uint8_t { adult, minor };

struct Application {
    std::string applicationNo;
    std::string bizId;
    std::string terminalId;
    ApplicationKind kind = ApplicationKind::newCard;
    std::string bankCode;
    ApplicationState state = ApplicationState::created;
    bool instant = false;  // marked for instant making
    bool feePaid = false;
    std::string cardNumber;  // empty: none yet
    int failedBlanks = 0;
    std::string createdTime;
};

struct HolderCard {
    std::string cardNumber;
    std::string bankCode;
    CardState state = CardState::unknown;
    std::string issueDate;
    std::string expiryDate;
    bool bankLinked = false;  // its account works
    std::string lostUntil;    // tempLost: when that ends by itself; empty: it does not
};

// Whom a message is about, and nothing more: PHOTO.GET, CARD.QUERY.
struct AboutPerson {
    PersonalText socialNumber;
};
// ISSUE.MARK
struct AboutApplication {
    std::string applicationNo;
};

// -- queries ---------------------------------------------------------------------------------

enum class ModuleState : std::uint8_t { ok, warning, failed, absent };
struct Module {
    std::string name;  // "card-printer"
    ModuleState state = ModuleState::ok;
};
struct SignIn {
    std::string firmwareVersion;
    int schemaVersion = 0;
    std::vector<Module> modules;
    // Where these books stand (decision 36).
    std::string epoch;
    std::int64_t lastTerminalSeq = 0;
    std::string lastChain;
    std::string replacesEpoch;  // asks for a new epoch; empty: it does not
};
struct SignInAnswer {
    std::string policyId;
    bool hsmReady = false;
    bool epochGranted = false;
    std::vector<std::string> openBizIds;
    std::int64_t lastTerminalSeq = 0;
    std::string lastChain;
    std::vector<std::int64_t> missingTerminalSeqs;
    std::string lastBizId;  // empty: the province knows none
    // Why it takes the record of acts for broken; empty: it does not.
    std::string auditBroken;
    std::string serverTime;
};

struct PersonQuery {
    card::DocumentKind documentKind = card::DocumentKind::residentIdCard;
    PersonalText documentNumber;
    PersonalText name;
};
struct Person {
    PersonalText documentNumber;  // whom the answer is about
    PersonalText socialNumber;
    PersonalText name;       // wire form
    PersonalText printName;  // as the face would show it
    card::Sex sex = card::Sex::notStated;
    std::string ethnicCode;
    PersonalText birthDate;
    std::string regionOfRecord;
    bool alive = true;
    bool photoAvailable = false;
    std::vector<std::string> verifiedFields;
};

// The portrait that the personalisation would carry; empty where none is held.
struct Photo {
    PersonalText socialNumber;
    PersonalBytes portraitJpeg;
};

struct EligibilityCheck {
    PersonalText socialNumber;
    ApplicationKind kind = ApplicationKind::newCard;
    AgeClass ageClass = AgeClass::adult;
};
struct Eligibility {
    PersonalText socialNumber;  // whom the answer is about
    bool eligible = false;
    std::string reason;  // Detail of the contract, "NONE" where eligible
    std::string remedy;
    bool needsStaff = false;
    bool cardElsewhereInProvince = false;
    CardState oldCardState = CardState::none;
    std::string oldCardNumber;
    bool feeRequired = false;
    int feeCents = 0;
    bool feePaid = false;
    bool bankLinked = false;
    std::string checkRef;
    std::vector<Application> pending;
    std::vector<HolderCard> cards;
};
// The error a negative answer stands for: notEligible, feeDue, oldCardNotReportedLost …
Error errorOf(const Eligibility& refusal);

enum class ProgressBy : std::uint8_t { idempotencyKey, bizId, socialNumber, cardNumber };
struct ProgressQuery {
    ProgressBy by = ProgressBy::bizId;
    PersonalText value;
};
struct Progress {
    bool carriedOut = false;            // by idempotency key only
    PersonalText value;                 // what was asked for
    ReplyCode outcome = ReplyCode::ok;  // of the message with that key
    std::vector<Application> applications;
    std::vector<HolderCard> cards;
};

// 应用状态查询
struct CardList {
    PersonalText socialNumber;  // whom the answer is about
    std::vector<HolderCard> cards;
    // 临时社保卡: one was given and not handed in (Shangluo Window Art.20).
    bool temporaryCardOpen = false;
};

// 工本费: what is owed for an application, and by which article; or why nothing is. Its amount is
// the province's word alone.
struct FeeQuestion {
    std::string applicationNo;
    PersonalText socialNumber;
    ApplicationKind kind = ApplicationKind::lost;
};
struct FeeQuote {
    std::string applicationNo;  // which, and whom, the answer is about
    PersonalText socialNumber;
    Money amount;
    std::string basis;      // the article, as people read it
    std::string exemption;  // its code; empty where something is owed
    bool paid = false;      // at the counter, or at another machine
};

// CARDAUTH.INT and .EXT
struct CardAuthentication {
    std::optional<ports::CardKey> key;  // none: internal authentication
    std::string permitId;
    ports::CardKeyContext card;
    ports::Block8 factor{};
    ports::Block8 original{};
};
struct Cryptogram {
    ports::Block8 cryptogram{};
};

// CARDAUTH.SECMSG: a command of the PIN for one card, made once for its last challenge.
struct SecureMessageRequest {
    ports::CardKeyContext card;
    ports::Block8 challenge{};
    std::string head;  // CLA INS P1 P2 Lc, in hex
    std::string pin;   // the transport PIN of a reset; empty for an unlock
};
struct SecureMessage {
    Bytes message;
};

// -- changes ---------------------------------------------------------------------------------

struct ApplicationRequest {
    ApplicationKind kind = ApplicationKind::newCard;
    std::string oldCardNumber;  // empty for a first card
    PersonalText socialNumber;
    PersonalText name;
    card::DocumentKind documentKind = card::DocumentKind::residentIdCard;
    PersonalText documentNumber;
    card::Sex sex = card::Sex::notStated;
    std::string ethnicCode;
    PersonalText birthDate;
    std::string nationality = "CHN";
    PersonalText address;
    std::string documentAuthority;
    std::string documentValidFrom;
    std::string documentValidTo;  // empty: long-term
    PersonalText phone;
    PersonalText mailingAddress;
    std::string occupation;  // a major group of GB/T 6565; these three empty where not asked for
    std::vector<std::string> consents;
};
struct ApplicationAnswer {
    PersonalText socialNumber;
    std::string applicationNo;
    ApplicationState state = ApplicationState::created;
};

// The state after a mark, its withdrawal, a cancellation.
struct StateAnswer {
    std::string applicationNo;
    ApplicationState state = ApplicationState::created;
};

struct Withdrawal {
    std::string applicationNo;
    WithdrawReason reason = WithdrawReason::person;
};

// 挂失 of one card of a person, whose document was read in this visit, or its end (Guangdong
// Art.24 to 26).
struct LossReport {
    PersonalText socialNumber;
    PersonalText name;
    card::DocumentKind documentKind = card::DocumentKind::residentIdCard;
    PersonalText documentNumber;
    std::string cardNumber;
};
struct LossAnswer {
    PersonalText socialNumber;  // whom, and which card, the answer is about
    std::string cardNumber;
    CardState state = CardState::unknown;
    std::string effectiveTime;
    std::string validUntil;    // empty: until it is released
    bool bankBlocked = false;  // the account is, after it
};

// 领卡启用 of a card that its holder has in the hand, wherever it was made (Guangdong Art.16(1)).
struct CardEnabling {
    PersonalText socialNumber;
    PersonalText name;
    card::DocumentKind documentKind = card::DocumentKind::residentIdCard;
    PersonalText documentNumber;
    std::string cardNumber;
    bool byPinChange = false;
};
struct CardEnabled {
    PersonalText socialNumber;  // whom, and which card, the answer is about
    std::string cardNumber;
    CardState state = CardState::unknown;
    std::string effectiveTime;
    bool bankLinked = false;  // the bank's side was done with it
};

// 信息变更 of what no document tells; an empty item stays as it is.
struct DataChange {
    PersonalText socialNumber;
    PersonalText name;
    card::DocumentKind documentKind = card::DocumentKind::residentIdCard;
    PersonalText documentNumber;
    PersonalText phone;
    PersonalText mailingAddress;
    std::string occupation;  // a major group of GB/T 6565
};
struct DataChanged {
    PersonalText socialNumber;  // whom the answer is about
    bool phone = false;
    bool mailingAddress = false;
    bool occupation = false;
    std::string effectiveTime;
};

struct BlankReservation {
    std::string applicationNo;
    std::string blankId;     // the prewritten number, else the card identification code
    std::string cardNumber;  // empty where the number is assigned
    std::string cardIdCode;
    Bytes atr;
    int lane = 1;
};

struct BlankAnswer {
    std::string applicationNo;
    std::string blankId;
    std::string version;  // 规范版本 of this blank, as the province had it made
    NumberMode numberMode = NumberMode::prewritten;
};

struct PersonalisationRequest {
    std::string applicationNo;
    std::string blankId;
    std::string cardIdCode;
    Bytes atr;
    PersonalText bankCardNumber;  // empty where the policy does not read it
    bool remake = false;
};
struct Personalisation {
    std::string applicationNo;
    std::string bankCode;
    std::string permitId;
    std::string permitExpires;
    std::string blankId;
    NumberMode numberMode = NumberMode::prewritten;
    std::string batchNo;
    card::ChipItems chip;
    card::FaceItems face;
    std::string serverTime;  // when it was given, by the province's clock
};

// What the province holds of a day, to be compared with the books (docs/rules.md, "Arithmetic of a
// day").
struct ReconQuery {
    std::string day;
    WallTime from{};
    WallTime until{};
};
struct ReconCard {
    std::string bizId;
    std::string blankId;
    std::string cardNumber;
    bool made = false;
};
struct Recon {
    bool complete = true;  // false: there are more than one answer holds
    std::vector<ReconCard> cards;
};

// Every body there is, for whoever treats them all alike.
#define LIQU_MESSAGES                    \
    LIQU_MESSAGE(SignIn)                 \
    LIQU_MESSAGE(SignInAnswer)           \
    LIQU_MESSAGE(PersonQuery)            \
    LIQU_MESSAGE(Person)                 \
    LIQU_MESSAGE(AboutPerson)            \
    LIQU_MESSAGE(Photo)                  \
    LIQU_MESSAGE(CardList)               \
    LIQU_MESSAGE(EligibilityCheck)       \
    LIQU_MESSAGE(Eligibility)            \
    LIQU_MESSAGE(ProgressQuery)          \
    LIQU_MESSAGE(Progress)               \
    LIQU_MESSAGE(FeeQuestion)            \
    LIQU_MESSAGE(FeeQuote)               \
    LIQU_MESSAGE(CardAuthentication)     \
    LIQU_MESSAGE(Cryptogram)             \
    LIQU_MESSAGE(SecureMessageRequest)   \
    LIQU_MESSAGE(SecureMessage)          \
    LIQU_MESSAGE(ApplicationRequest)     \
    LIQU_MESSAGE(ApplicationAnswer)      \
    LIQU_MESSAGE(AboutApplication)       \
    LIQU_MESSAGE(StateAnswer)            \
    LIQU_MESSAGE(Withdrawal)             \
    LIQU_MESSAGE(LossReport)             \
    LIQU_MESSAGE(LossAnswer)             \
    LIQU_MESSAGE(CardEnabling)           \
    LIQU_MESSAGE(CardEnabled)            \
    LIQU_MESSAGE(DataChange)             \
    LIQU_MESSAGE(DataChanged)            \
    LIQU_MESSAGE(BlankReservation)       \
    LIQU_MESSAGE(BlankAnswer)            \
    LIQU_MESSAGE(PersonalisationRequest) \
    LIQU_MESSAGE(Personalisation)        \
    LIQU_MESSAGE(MakeReport)             \
    LIQU_MESSAGE(Enabling)               \
    LIQU_MESSAGE(Handover)               \
    LIQU_MESSAGE(PinChange)              \
    LIQU_MESSAGE(PinService)             \
    LIQU_MESSAGE(StockLoad)              \
    LIQU_MESSAGE(StockAct)               \
    LIQU_MESSAGE(CardRecovery)           \
    LIQU_MESSAGE(WrongCard)              \
    LIQU_MESSAGE(WrongCardConfirmation)  \
    LIQU_MESSAGE(StockSnapshot)          \
    LIQU_MESSAGE(AuditCheckpoint)        \
    LIQU_MESSAGE(FeePayment)             \
    LIQU_MESSAGE(FeeRefund)              \
    LIQU_MESSAGE(ReconQuery)             \
    LIQU_MESSAGE(Recon)

}  // namespace liqu::province
