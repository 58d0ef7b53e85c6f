#include "firmware/issuance/slips.hpp"

#include "firmware/base/encoding.hpp"
#include "firmware/card/identity_document.hpp"
#include "firmware/issuance/plan.hpp"

namespace liqu::issuance {
namespace {

using ports::SlipField;
using ports::SlipForm;

constexpr std::size_t shownSigns = 3;

std::string tailOf(const std::string& number) {
    return number.size() <= shownSigns ? number : number.substr(number.size() - shownSigns);
}

// One character is hidden; whoever finds the slip does not know the name, its owner does.
std::string nameOnSlip(const std::string& name) {
    std::u32string signs = codePointsOf(name);
    if (!signs.empty()) signs[signs.size() > 1 ? 1 : 0] = U'*';
    return utf8Of(std::u32string_view(signs));
}

// The first six and the last four.
std::string numberOnSlip(const std::string& number) {
    constexpr std::size_t first = 6;
    constexpr std::size_t last = 4;
    if (number.size() < first + last + 4) return card::maskedNumber(number);
    return number.substr(0, first) + std::string(number.size() - first - last, '*') +
           number.substr(number.size() - last);
}

// "2024-06-01 10:22" of "2024-06-01T10:22:31.000+08:00".
std::string minuteOf(const std::string& time) {
    return time.size() < 16 ? time : time.substr(0, 10) + " " + time.substr(11, 5);
}

// The one a change is done to, or the one that was made.
const std::string& cardOf(const Making& making) {
    if (making.subject) return making.subject->cardNumber;
    return making.pin != nullptr ? making.pin->shown.cardNumber : making.order.cardNumber;
}

}  // namespace

std::optional<SlipForm> slipFormOf(const Order& order, Leads leads) {
    switch (order.state) {
        case OrderState::handedOver:
            return SlipForm::collection;
        case OrderState::held:
            return SlipForm::pickup;
        case OrderState::carriedOut:
            return named<SlipForm>(order.service).value_or(SlipForm::done);
        case OrderState::withdrawn:
            return SlipForm::done;
        case OrderState::staffLook:
        case OrderState::missing:
            return SlipForm::outcome;
        case OrderState::resumable:
        case OrderState::failed:
            if (leads == Leads::toCard && !order.applicationNo.empty()) return SlipForm::acceptance;
            return std::nullopt;
        case OrderState::open:
        case OrderState::returned:
        case OrderState::takenBack:
            break;
    }
    return std::nullopt;
}

// After a stop nobody is asked for, and nothing is known of the person but what the order has.
ports::SlipFields holderOnSlip(const Holder& holder) {
    ports::SlipFields fields;
    const std::string& name = holder.name.reveal();
    const std::string& number = holder.socialNumber.reveal();
    if (!name.empty()) fields[SlipField::name] = {PersonalText(nameOnSlip(name)), {}};
    if (!number.empty()) fields[SlipField::socialNumber] = {PersonalText(numberOnSlip(number)), {}};
    return fields;
}

ports::SlipFields slipFieldsOf(const Making& making) {
    ports::SlipFields fields = holderOnSlip(making.holder);
    const auto say = [&fields](SlipField field, std::string text) {
        if (!text.empty()) fields[field] = {PersonalText(std::move(text)), {}};
    };
    const Order& order = making.order;
    say(SlipField::time, minuteOf(formatChinaTime(making.now())));
    say(SlipField::reference, order.orderId);
    say(SlipField::application, order.applicationNo);
    say(SlipField::cardTail, tailOf(cardOf(making)));
    say(SlipField::bank, making.parts.region.bankName(order.bankCode));
    say(SlipField::bankHotline, making.parts.region.bankHotline(order.bankCode));
    if (order.state == OrderState::held) say(SlipField::pickupCode, order.pickupCode);
    if (making.oldCard)
        say(making.oldCard->takenAt ? SlipField::oldCardTaken : SlipField::oldCardOut,
            tailOf(making.oldCard->cardNumber));
    if (making.bankLinkMissing) say(SlipField::bankApart, "1");
    if (!making.loss) return fields;
    say(SlipField::since, minuteOf(making.loss->effectiveTime));
    say(SlipField::until, minuteOf(making.loss->validUntil));
    if (!making.loss->bankBlocked) say(SlipField::bankApart, "1");
    return fields;
}

Result<void> closeOrder(storage::Transaction& transaction, Making& making, OrderState state) {
    making.order.state = state;
    IssuanceParts& parts = making.parts;
    const bool makesCard = parts.orders.planOf(making.order).find(rowNames::feed) != nullptr;
    const auto form = slipFormOf(making.order, makesCard ? Leads::toCard : Leads::toChange);
    if (parts.slips != nullptr && form)
        TRY(parts.slips->issue(transaction, *form, making.order.orderId, slipFieldsOf(making),
                               making.now()));
    return parts.orders.close(transaction, making.order, making.now());
}

Result<void> issueOpenSlip(IssuanceParts& parts, const std::string& orderId, const Holder& holder) {
    if (parts.slips == nullptr) return {};
    const WallTime now = parts.clock.wallTime();
    ports::SlipFields fields = holderOnSlip(holder);
    fields[SlipField::time] = {PersonalText(minuteOf(formatChinaTime(now))), {}};
    fields[SlipField::reference] = {PersonalText(orderId), {}};
    auto transaction = TRY(storage::Transaction::begin(parts.database));
    TRY(parts.slips->issue(transaction, SlipForm::outcome, orderId, std::move(fields), now));
    return transaction.commit();
}

Result<void> issueFeeSlip(storage::Transaction& transaction, IssuanceParts& parts,
                          const payment::FeeOrder& fee, ports::SlipFields known) {
    if (parts.slips == nullptr) return {};
    const auto say = [&known](SlipField field, std::string text) {
        known[field] = {PersonalText(std::move(text)), {}};
    };
    const WallTime now = parts.clock.wallTime();
    say(SlipField::time, minuteOf(formatChinaTime(now)));
    say(SlipField::reference, fee.bizId);
    say(SlipField::application, fee.applicationNo);
    known[SlipField::amount] = {PersonalText(fee.payment.amount.yuan() + " 元"),
                                PersonalText(fee.payment.amount.yuan() + " yuan")};
    TRY(parts.slips->issue(transaction, SlipForm::fee, fee.bizId, std::move(known), now));
    return {};
}

}  // namespace liqu::issuance
