// 领卡启用: a card its holder was given elsewhere comes into force, with the card in the slot
// (Guangdong Art.16(1), 16(4), 18; Shangluo Window Art.14; Changji 6.1.3.2). Online or not at all.
// The first PIN is an order of its own before it (pin-first): what was set stays set, whatever
// becomes of the rest.
#include <array>

#include "firmware/issuance/runner.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/enable_pages.hpp"

namespace liqu::services {
namespace {

using issuance::Disposition;
using issuance::Making;
using issuance::Seen;
using province::MessageType;

constexpr std::array<policy::Term, 2> terms = {
    // 修改初始密码: not enabled before its holder has set a PIN of their own.
    policy::Term{.key = "firstPin"},
    // 临时社保卡: one that was not handed in keeps it from being enabled.
    policy::Term{.key = "temporaryCardBlocks", .usual = 0},
};

// The card that was read is still the one that lies there.
Result<std::string> beforeEnabling(Making& making) {
    if (making.pin == nullptr) return fail(ErrorCode::cardNotPutIn, "no card of an earlier run");
    const issuance::PinAct& act = *making.pin;
    // The same act again needs no other look: it is under the key of that card.
    if (making.attempt == 1) TRY(act.card.identifyAgain(act.shown, act.patience));
    return "card=" + act.shown.cardIdCode;
}

Result<void> sendEnabling(Making& making) {
    const province::CardEnabling enabling{
        .socialNumber = making.holder.socialNumber,
        .name = making.holder.name,
        .documentKind = making.application.documentKind,
        .documentNumber = making.application.documentNumber,
        .cardNumber = making.subject->cardNumber,
        .byPinChange = making.parts.region.rule(making.order.service).flag("firstPin")};
    making.enabled =
        TRY(making.parts.province.enableCard(making.business, enabling, making.attempt));
    return {};
}

Result<void> enabled(storage::Transaction& transaction, Making& making) {
    return issuance::closeOrder(transaction, making, issuance::OrderState::carriedOut);
}

std::string enabledWords(const Making& making) {
    if (!making.enabled) return {};
    return "effective=" + making.enabled->effectiveTime +
           (making.enabled->bankLinked ? " bank=linked" : " bank=apart");
}

// What may have been done is never called "not done".
Disposition judgeEnabling(const Making&, const Error& error) {
    const bool inDoubt = province::mayHaveHappened(error) || issuance::isAlarm(error.code);
    return inDoubt ? Disposition::wait : Disposition::endResumable;
}

Result<Seen> observeEnabling(Making& making, const custody::JournalEntry&) {
    const bool done =
        TRY(making.parts.province.wasCarriedOut(making.business, MessageType::cardEnable));
    return done ? Seen::happened : Seen::didNotHappen;
}

constexpr std::array rows = {issuance::PlanRow{.name = "enableCard",
                                               .intend = beforeEnabling,
                                               .act = sendEnabling,
                                               .withFact = enabled,
                                               .factWords = enabledWords,
                                               .judge = judgeEnabling,
                                               .observe = observeEnabling}};
constinit const issuance::Plan plan(rows);

constexpr std::array says = {MessageType::cardQuery, MessageType::pinChanged,
                             MessageType::cardEnable};

}  // namespace

const Service enable{.id = "enable",
                     .plan = &plan,
                     .says = says,
                     .terms = terms,
                     .pages = enablePages,
                     .picture = screen::Picture::socialCard,
                     .isOfPin = true};

}  // namespace liqu::services
