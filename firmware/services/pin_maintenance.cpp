// 社保密码 unlocked, or reset to the transport PIN: by the holder in person, with an attendant who
// has seen their document, on line or not at all (Guangdong Art.20, 21; Shangluo Window Art.19).
// The province's machine makes the command; the kiosk hands it to the card, once.
#include <array>

#include "firmware/issuance/runner.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/pin_pages.hpp"

namespace liqu::services {
namespace {

using issuance::Disposition;
using issuance::Making;
using issuance::PinAct;
using issuance::Seen;
using province::MessageType;

// 0 to 999999, six digits: the PIN a reset card has until its holder chooses another.
constexpr std::array<policy::Term, 1> resetTerms = {
    policy::Term{.key = "transportPin",
                 .kind = policy::Term::Kind::number,
                 .least = 0,
                 .most = 999'999,
                 .usual = 123'456},
};

ErrorCode codeOf(chip::PinOutcome outcome) {
    switch (outcome) {
        case chip::PinOutcome::writeFailed:
        case chip::PinOutcome::unknown:
            return ErrorCode::pinOutcomeUnknown;
        case chip::PinOutcome::unlockKeyDead:
        case chip::PinOutcome::dead:
            return ErrorCode::pinCardDead;
        default:
            return ErrorCode::pinRefused;
    }
}

Error errorOf(const chip::PinAnswer& answer, std::string_view step) {
    const std::array bytes = {static_cast<std::uint8_t>(answer.status >> 8),
                              static_cast<std::uint8_t>(answer.status & 0xFF)};
    return {codeOf(answer.outcome), std::string(step) + " answered " + toHex(bytes)};
}

// The unlock key is proven and the command made: between its challenge and the command nothing else
// may go to the card, so that what lies there is identified before.
Result<std::string> prepare(Making& making) {
    if (making.pin == nullptr)
        return fail(ErrorCode::pinNotEntered, "no card of an earlier run lies there");
    PinAct& act = *making.pin;
    TRY(act.card.identifyAgain(act.shown, act.patience));
    chip::SocialPin pin = act.card.pin();
    const chip::PinState state = TRY(pin.ask());
    act.triesBefore = state.kind == chip::PinState::Kind::set ? state.triesLeft : 0;
    province::OrderCardAuthority authority(making.parts.adapter, making.business);
    act.answer = TRY(pin.openUnlockKey(act.card.keys(), authority));
    if (act.answer.outcome != chip::PinOutcome::done) {
        Error error = errorOf(act.answer, "EXTERNAL AUTHENTICATE");
        // The PIN is as it was, whatever became of the proof.
        if (error.code == ErrorCode::pinOutcomeUnknown) error.code = ErrorCode::pinRefused;
        return fail(std::move(error));
    }
    act.command = TRY(pin.prepare(act.card.keys(), authority, act.transportPin));
    return "card=" + act.shown.cardIdCode + " tries=" + std::to_string(act.triesBefore);
}

Result<void> carryOut(Making& making) {
    PinAct& act = *making.pin;
    act.answer = act.card.pin().carryOut(act.command);
    if (act.answer.outcome == chip::PinOutcome::done) return {};
    return fail(errorOf(act.answer, "the secured command"));
}

template <MessageType type>
Result<void> carriedOut(storage::Transaction& transaction, Making& making) {
    const PinAct& act = *making.pin;
    const province::PinService service{.cardNumber = act.shown.cardNumber,
                                       .cardIdCode = act.shown.cardIdCode,
                                       .formNo = making.order.orderId,
                                       .at = making.now()};
    const province::Fact fact = TRY(province::factOf(making.business, type, service));
    TRY(making.parts.outbox.enqueue(transaction, fact));
    return issuance::closeOrder(transaction, making, issuance::OrderState::carriedOut);
}

Disposition judge(const Making&, const Error& error) {
    return error.code == ErrorCode::pinOutcomeUnknown ? Disposition::wait
                                                      : Disposition::endResumable;
}

// Whole again where it was not: it was carried out. Where it was whole before, nobody can tell.
Result<Seen> observe(Making& making, const custody::JournalEntry&) {
    if (making.pin == nullptr) return Seen::didNotHappen;
    PinAct& act = *making.pin;
    TRY(act.card.identifyAgain(act.shown, act.patience));
    const chip::PinState state = TRY(act.card.pin().ask());
    if (state.kind != chip::PinState::Kind::set) return Seen::didNotHappen;
    if (state.triesLeft > act.triesBefore) return Seen::happened;
    return fail(ErrorCode::pinOutcomeUnknown, "the tries were whole before");
}

template <MessageType type>
constexpr issuance::PlanRow maintenanceRow(std::string_view name) {
    return {.name = name,
            .intend = prepare,
            .act = carryOut,
            .withFact = carriedOut<type>,
            .judge = judge,
            .observe = observe};
}

constexpr std::array unlockRows = {maintenanceRow<MessageType::pinUnlocked>("unlockPin")};
constinit const issuance::Plan unlockPlan(unlockRows);
constexpr std::array resetRows = {maintenanceRow<MessageType::pinReset>("resetPin")};
constinit const issuance::Plan resetPlan(resetRows);

constexpr std::array unlockSays = {MessageType::cardQuery, MessageType::cardAuthExternal,
                                   MessageType::cardAuthSecure, MessageType::pinUnlocked};
constexpr std::array resetSays = {MessageType::cardQuery, MessageType::cardAuthExternal,
                                  MessageType::cardAuthSecure, MessageType::pinReset,
                                  MessageType::pinChanged};

}  // namespace

const Service pinUnlock{.id = "pin-unlock",
                        .plan = &unlockPlan,
                        .says = unlockSays,
                        .pages = pinUnlockPages,
                        .picture = screen::Picture::attendant,
                        .isOfPin = true};

const Service pinReset{.id = "pin-reset",
                       .plan = &resetPlan,
                       .says = resetSays,
                       .terms = resetTerms,
                       .pages = pinUnlockPages,
                       .picture = screen::Picture::attendant,
                       .isOfPin = true};

}  // namespace liqu::services
