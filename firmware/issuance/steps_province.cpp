// Steps that talk to the province: authorisations online, facts through the outbox.
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/steps.hpp"
#include "firmware/ports/photo_decoder.hpp"

namespace liqu::issuance::steps {
namespace {

province::PersonalisationRequest permitRequest(const Making& making) {
    province::PersonalisationRequest request;
    request.applicationNo = making.order.applicationNo;
    request.blankId = blankIdOf(making.order, making.parts.chipProfile);
    request.cardIdCode = making.order.cardIdCode;
    request.atr = making.blank->atr;
    request.bankCardNumber = making.blank->bankCardNumber;
    return request;
}

PermitClaim permitClaim(const Making& making) {
    return {.holder = making.holder,
            .applicationNo = making.order.applicationNo,
            .bankCode = making.business.bankCode,
            .blankId = blankIdOf(making.order, making.parts.chipProfile),
            .blank = *making.blank,
            .profile = making.parts.chipProfile,
            .now = making.now()};
}

// A number that is assigned must not be another card's.
Result<void> requireFreeNumber(Making& making, const std::string& cardNumber) {
    if (!making.parts.chipProfile.assignsNumber()) return {};
    if (!TRY(custody::findCard(making.parts.database, cardNumber))) return {};
    return fail(ErrorCode::answerForOtherCard, "the assigned number is another card's");
}

// Waits until the sender stored the province's answer to the order's fact.
Result<void> await(Making& making, province::MessageType type) {
    const Instant until = making.parts.clock.now() + making.parts.region.enableWait;
    const auto fact = TRY(province::findFact(making.parts.database, making.order.orderId, type));
    if (!fact) return fail(ErrorCode::storageDamaged, "the fact is not in the outbox");
    while (true) {
        const province::FactStatus status = TRY(province::statusOf(making.parts.database, *fact));
        if (status.state == province::FactState::parked) {
            return fail(type == province::MessageType::issueEnable ? ErrorCode::enablingRefused
                                                                   : ErrorCode::provinceNeedsStaff,
                        "the province refused: " + status.outcome);
        }
        if (status.state == province::FactState::delivered) {
            making.bankLinkMissing = status.answer == province::ReplyCode::partial;
            return {};
        }
        if (making.parts.clock.now() >= until || making.watcher.stop().stop_requested()) {
            return fail(ErrorCode::provinceOutcomeUnknown, "no acknowledgement in time");
        }
        making.watcher.waitALittle();
    }
}

}  // namespace

Result<void> apply(Making& making) {
    if (!making.order.applicationNo.empty()) return {};  // led on from an earlier visit
    const auto answer =
        TRY(making.parts.province.createApplication(making.business, making.application));
    TRY(bindApplication(making.holder, answer));
    making.order.applicationNo = answer.applicationNo;
    return {};
}

Result<void> applied(storage::Transaction& transaction, Making& making) {
    return making.parts.orders.update(transaction, making.order);
}

Result<void> mark(Making& making) {
    if (making.alreadyMarked) return {};
    const auto answer =
        TRY(making.parts.province.mark(making.business, making.order.applicationNo));
    return bindState(making.order.applicationNo, province::ApplicationState::marked, answer);
}

Disposition judgeBeforeCard(const Making&, const Error&) {
    return Disposition::endResumable;
}

Result<void> personalise(Making& making) {
    return takePermit(making, bindPersonalisation);
}

Result<void> takePermit(Making& making, BindPermit bind) {
    // One permit for one order: the ordinal stays, so that asking again is the same act.
    auto answer = making.parts.province.personalisation(making.business, permitRequest(making), 1);
    if (!answer) {
        making.permitInDoubt = province::mayHaveHappened(answer.error());
        return fail(std::move(answer).error());
    }
    province::Personalisation items = std::move(*answer);
    // An answer about another is used for nothing, its permit's number included: the report closes
    // whatever permit there is for this application and blank.
    making.permitInDoubt = true;
    TRY(bind(permitClaim(making), items));
    TRY(requireFreeNumber(making, items.chip.cardNumber));
    making.permitInDoubt = false;
    making.order.permitId = items.permitId;
    making.authority->usePermit(items.permitId);
    // Kept with the items until the report: the chip is asked for it only once.
    const std::string& bankNumber = making.blank->bankCardNumber.reveal();
    making.order.readBack.emplace().bankCardNumberTail =
        bankNumber.size() >= 4 ? bankNumber.substr(bankNumber.size() - 4) : "";
    making.order.chip = std::move(items.chip);
    making.order.face = std::move(items.face);
    // The province holds none, or the digests would differ.
    if (!making.holder.documentPortrait.empty())
        making.order.face->portraitJpeg = making.holder.documentPortrait;
    // Drawn and split before the card is touched: a picture that cannot be drawn costs no chip.
    return prepareFace(making);
}

Result<void> permitted(storage::Transaction& transaction, Making& making) {
    if (making.order.cardNumber.empty()) {
        making.order.cardNumber = making.order.chip->cardNumber;
        TRY(custody::assignNumber(transaction, making.order.cardIdCode, making.order.cardNumber));
    }
    TRY(making.parts.orders.update(transaction, making.order));
    return custody::setCondition(transaction, making.order.cardNumber,
                                 custody::Condition::permitted, making.order.orderId, making.now());
}

std::string portraitWords(const Making& making) {
    const PersonalBytes& portrait = making.order.face->portraitJpeg;
    if (portrait.empty()) return "portrait=none";
    return ports::isDocumentPhoto(portrait.reveal()) ? "portrait=id-card" : "portrait=province";
}

Disposition judgePermit(const Making& making, const Error&) {
    // With the permit in hand, or perhaps given, the blank is consumed (decision 14).
    const bool consumed = !making.order.permitId.empty() || making.permitInDoubt;
    return consumed ? Disposition::spoil : Disposition::endResumable;
}

Result<void> awaitReport(Making& making) {
    return await(making, province::MessageType::issueReport);
}
Result<void> awaitEnable(Making& making) {
    return await(making, province::MessageType::issueEnable);
}

Disposition judgeAcknowledgement(const Making&, const Error&) {
    return Disposition::holdCard;
}

}  // namespace liqu::issuance::steps
