// The bodies of the messages as typed values: what the kiosk says and what the province answers.
// Shapes and limits: openapi.json. Dates are yyyymmdd.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware/card/identity_document.hpp"
#include "firmware/card/personalisation.hpp"
#include "firmware/ports/card_authority.hpp"
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
    bool bankLinked = false;
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

// -- facts -----------------------------------------------------------------------------------

enum class MakeResult : std::uint8_t { ok, failed, registerAfter };
enum class MakeStage : std::uint8_t { none, bank, chip, print, transport, power, refusedByUser };
enum class FaceState : std::uint8_t { none, partial, full, unknown };

// What the chip says after a cold reset; never copied from the request.
struct ReadBack {
    std::string cardNumber;
    PersonalText socialNumber;
    std::string cardIdCode;
    Bytes atr;
    std::string version;
    std::string bankCardNumberTail;
    std::string issueDate;
    std::string expiryDate;
};
struct MakeReport {
    std::string applicationNo;
    std::string permitId;
    std::string blankId;
    MakeResult result = MakeResult::ok;
    MakeStage stage = MakeStage::none;
    std::uint32_t reasonCode = 0;
    FaceState faceState = FaceState::full;
    WallTime madeAt{};
    std::optional<ReadBack> readBack;
};

struct Enabling {
    std::string applicationNo;
    std::string cardNumber;
    PersonalText socialNumber;
    PersonalText name;
    bool byPinChange = false;
};

enum class HandoverOutcome : std::uint8_t { taken, retainedTimeout, retainedFault, staffDelivered };
struct Handover {
    std::string applicationNo;
    std::string cardNumber;
    HandoverOutcome outcome = HandoverOutcome::taken;
    WallTime at{};
    std::string pickupCode;
};

struct StockLoad {
    int lane = 1;
    std::string box;
    std::string firstCardNumber;
    std::string lastCardNumber;
    int count = 0;
    WallTime at{};
};

// Every other act on blanks, one body for all; what does not apply stays empty or 0.
struct StockAct {
    std::string place;    // from …
    std::string toPlace;  // … to
    int lane = 0;
    std::string box;
    std::string seal;
    std::string firstCardNumber;
    std::string lastCardNumber;
    std::vector<std::string> cardNumbers;  // at most 1,000
    std::int64_t count = 0;
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::string reason;
    WallTime at{};
};

// A business day that was counted and closed.
struct SnapshotPlace {
    std::string place;
    std::string bankCode;
    std::int64_t opening = 0;
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t booked = 0;
    std::int64_t counted = 0;
};
struct StockSnapshot {
    std::string day;
    WallTime from{};
    WallTime until{};
    std::vector<SnapshotPlace> places;
    std::int64_t consumed = 0;
    std::int64_t taken = 0;
    std::int64_t held = 0;
    std::int64_t spoiled = 0;
    std::int64_t refused = 0;
    std::int64_t cases = 0;
    std::vector<std::string> missingCardNumbers;
    // Where the record of acts ended: a record that is cut short later is found.
    std::int64_t auditLines = 0;
    std::string auditDigest;
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

}  // namespace liqu::province
