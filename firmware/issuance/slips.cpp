#include "firmware/issuance/slips.hpp"

#include "firmware/base/encoding.hpp"
#include "firmware/card/identity_document.hpp"

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

}  // namespace

std::optional<SlipForm> slipFormOf(const Order& order) {
    switch (order.state) {
        case OrderState::handedOver:
            return SlipForm::collection;
        case OrderState::held:
            return SlipForm::pickup;
        case OrderState::carriedOut:
            return named<SlipForm>(order.service);
        default:
            return std::nullopt;
    }
}

ports::SlipFields slipFieldsOf(const Making& making) {
    ports::SlipFields fields;
    const auto say = [&fields](SlipField field, std::string text) {
        if (!text.empty()) fields[field] = {PersonalText(std::move(text)), {}};
    };
    const Order& order = making.order;
    // After a stop nobody is asked for, and nothing is known of the person but what the order has.
    const std::string& name = making.holder.name.reveal();
    const std::string& number = making.holder.socialNumber.reveal();
    if (!name.empty()) say(SlipField::name, nameOnSlip(name));
    if (!number.empty()) say(SlipField::socialNumber, numberOnSlip(number));
    say(SlipField::time, minuteOf(formatChinaTime(making.now())));
    say(SlipField::reference, order.orderId);
    say(SlipField::cardTail,
        tailOf(making.subject ? making.subject->cardNumber : order.cardNumber));
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

Result<void> issueSlip(storage::Transaction& transaction, Making& making) {
    const auto form = slipFormOf(making.order);
    if (making.parts.slips == nullptr || !form) return {};
    TRY(making.parts.slips->issue(transaction, *form, making.order.orderId, slipFieldsOf(making),
                                  making.now()));
    return {};
}

}  // namespace liqu::issuance
