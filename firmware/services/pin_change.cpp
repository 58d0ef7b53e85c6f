// 社保密码: its first setting and its change, by the holder, with the card in the slot (Guangdong
// Art.18, 19; Shangluo Window Art.14). Local: the card itself compares and replaces; the province
// is told afterwards, also of what was done while the line was away.
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

constexpr std::array<policy::Term, 3> changeTerms = {
    // While the province cannot be asked what the card's state is.
    policy::Term{.key = "offline", .usual = 0},
    // 凭本人社保卡及密码: false where the rules ask for the card and the PIN alone.
    policy::Term{.key = "idRequired", .usual = 1},
    // 省外来粤用卡, 跨省服务: of a card that only another province lists. Card and old PIN are
    // enough for the chip, which no key of this province opens.
    policy::Term{.key = "otherProvinces", .usual = 0},
};
constexpr auto firstTerms = policy::Terms(changeTerms).first(1);

// The card is looked at once more right before, so that what was entered goes to no other; what it
// says then is what the books know of the time before.
Result<std::string> beforeChange(Making& making) {
    if (making.pin == nullptr)
        return fail(ErrorCode::pinNotEntered, "no PIN of an earlier run is kept");
    PinAct& act = *making.pin;
    TRY(act.card.identifyAgain(act.shown, act.patience));
    const chip::PinState state = TRY(act.card.pin().ask());
    if (state.kind == chip::PinState::Kind::locked)
        return fail(ErrorCode::pinLocked, "the card says so");
    const bool hasNone = state.kind == chip::PinState::Kind::none;
    // Another first PIN, or an old one that is none: a try would be lost by a mistake of ours.
    if (hasNone != (act.old == nullptr))
        return fail(ErrorCode::pinRefused, "the card has a PIN now, or has none any more");
    act.triesBefore = hasNone ? 0 : state.triesLeft;
    return "card=" + act.shown.cardIdCode + " tries=" + std::to_string(act.triesBefore);
}

Error errorOf(const chip::PinAnswer& answer) {
    const auto code = [&] {
        switch (answer.outcome) {
            case chip::PinOutcome::wrong:
                return ErrorCode::pinWrong;
            case chip::PinOutcome::locked:
                return ErrorCode::pinLocked;
            case chip::PinOutcome::writeFailed:
            case chip::PinOutcome::unknown:
                return ErrorCode::pinOutcomeUnknown;
            case chip::PinOutcome::dead:
                return ErrorCode::pinCardDead;
            default:
                return ErrorCode::pinRefused;
        }
    }();
    const std::array bytes = {static_cast<std::uint8_t>(answer.status >> 8),
                              static_cast<std::uint8_t>(answer.status & 0xFF)};
    return {code, "CHANGE PIN answered " + toHex(bytes)};
}

// One command, whatever comes of it.
Result<void> changePin(Making& making) {
    PinAct& act = *making.pin;
    chip::SocialPin pin = act.card.pin();
    act.answer = act.old == nullptr ? pin.setFirst(*act.fresh) : pin.change(*act.old, *act.fresh);
    if (act.answer.outcome == chip::PinOutcome::done) return {};
    return fail(errorOf(act.answer));
}

Result<void> pinChanged(storage::Transaction& transaction, Making& making) {
    const PinAct& act = *making.pin;
    const province::PinChange change{.cardNumber = act.shown.cardNumber,
                                     .cardIdCode = act.shown.cardIdCode,
                                     .isFirst = act.old == nullptr,
                                     .at = making.now()};
    const province::Fact fact = TRY(province::factOf(making.business, change));
    TRY(making.parts.outbox.enqueue(transaction, fact));
    return issuance::closeOrder(transaction, making, issuance::OrderState::carriedOut);
}

// What may be in the card is never called "not done".
Disposition judgePin(const Making&, const Error& error) {
    return error.code == ErrorCode::pinOutcomeUnknown ? Disposition::wait
                                                      : Disposition::endResumable;
}

// Only the card and its holder can tell: it takes the new PIN, which they typed once more, or it
// does not. Without them the order ends, and its intent keeps what is known.
Result<Seen> observePin(Making& making, const custody::JournalEntry&) {
    if (making.pin == nullptr) return Seen::didNotHappen;
    PinAct& act = *making.pin;
    TRY(act.card.identifyAgain(act.shown, act.patience));
    act.answer = act.card.pin().verify(*act.fresh);
    if (act.answer.outcome == chip::PinOutcome::done) return Seen::happened;
    if (act.answer.outcome == chip::PinOutcome::wrong ||
        act.answer.outcome == chip::PinOutcome::locked)
        return Seen::didNotHappen;
    return fail(errorOf(act.answer));
}

constexpr std::array rows = {issuance::PlanRow{.name = "changePin",
                                               .intend = beforeChange,
                                               .act = changePin,
                                               .withFact = pinChanged,
                                               .judge = judgePin,
                                               .observe = observePin}};
constinit const issuance::Plan plan(rows);

constexpr std::array says = {MessageType::cardQuery, MessageType::pinChanged};

}  // namespace

const Service pinFirst{.id = "pin-first",
                       .plan = &plan,
                       .says = says,
                       .terms = firstTerms,
                       .pages = pinPages,
                       .picture = screen::Picture::socialCard,
                       .isOfPin = true};

const Service pinChange{.id = "pin-change",
                        .plan = &plan,
                        .says = says,
                        .terms = changeTerms,
                        .pages = pinPages,
                        .picture = screen::Picture::socialCard,
                        .isOfPin = true};

}  // namespace liqu::services
