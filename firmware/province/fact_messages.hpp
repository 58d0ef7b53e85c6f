// Facts (事后上报): what has happened and is told through the queue, in neutral form. Their names
// on the wire and their shapes are in fact_fields.hpp and openapi.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/money.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/words.hpp"
#include "firmware/province/message_types.hpp"

namespace liqu::province {

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

// 社保密码 of a card: set or changed by its holder. Never the PIN, nor how often it was tried.
struct PinChange {
    std::string cardNumber;
    std::string cardIdCode;
    bool isFirst = false;
    WallTime at{};
};

// 社保密码 unlocked or reset: by whom, the business says; on which form.
struct PinService {
    std::string cardNumber;
    std::string cardIdCode;
    std::string formNo;
    WallTime at{};
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

// Why an old card was taken in when its holder got another one (回收原因, Guangdong Art.32(2)).
// Stored and sent by these words.
enum class RecoverReason : std::uint8_t { damaged, data, expired, other, quality };
constexpr auto wordsOf(RecoverReason) {
    return words<RecoverReason>({{RecoverReason::damaged, "DAMAGED"},
                                 {RecoverReason::data, "INFO"},
                                 {RecoverReason::expired, "EXPIRED"},
                                 {RecoverReason::other, "OTHER"},
                                 {RecoverReason::quality, "QUALITY"}});
}
struct CardRecovery {
    std::string applicationNo;
    std::string cardNumber;
    std::string newCardNumber;
    RecoverReason reason = RecoverReason::damaged;
    WallTime at{};
};

// What of a card was compared with its holder's ID card. Stored and sent by these words.
enum class FaceItem : std::uint8_t { name, number, photo, chip };
constexpr auto wordsOf(FaceItem) {
    return words<FaceItem>({{FaceItem::name, "NAME"},
                            {FaceItem::number, "NUMBER"},
                            {FaceItem::photo, "PHOTO"},
                            {FaceItem::chip, "CHIP"}});
}
// Whose fault it is that something is wrong there.
enum class WrongCause : std::uint8_t { registerData, machine, anotherPerson };
constexpr auto wordsOf(WrongCause) {
    return words<WrongCause>({{WrongCause::registerData, "REGISTER"},
                              {WrongCause::machine, "MACHINE"},
                              {WrongCause::anotherPerson, "ANOTHER_PERSON"}});
}
struct WrongCard {
    std::string cardNumber;
    std::vector<std::string> wrongItems;  // words of FaceItem
    std::vector<std::string> rightItems;
    WrongCause cause = WrongCause::registerData;
    std::string evidence;  // number of the paper
    WallTime at{};
};
struct WrongCardConfirmation {
    std::string cardNumber;
    std::string registeredAs;  // the business of its registration
    std::string evidence;
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

// Where the record of acts stood, for a witness (firmware/staff/audit_checkpoint.hpp).
struct AuditCheckpoint {
    WallTime at{};
    std::int64_t lines = 1;
    std::string mac;  // empty: the machine has no key for it
    std::string digest;
    std::int64_t newestMove = 0;
    std::int64_t newestFact = 0;
    std::string signature;  // 128 hexadecimal digits
};

// 交费登记: money that came for an application, as the service that collects it said. Nothing of
// who paid.
struct FeePayment {
    std::string applicationNo;
    std::string orderNo;
    Money amount;
    std::string serial;
    std::string channel;
    std::string paidAt;
};
// 退费: asked for. That the money went back is not told by it.
enum class RefundReason : std::uint8_t { paidTwice, withdrawn };
struct FeeRefund {
    std::string applicationNo;
    std::string orderNo;
    std::string refundNo;
    Money amount;
    RefundReason reason = RefundReason::paidTwice;
};

}  // namespace liqu::province
