#include "firmware/issuance/orders_card.hpp"

namespace liqu::issuance {

using custody::Place;
using storage::Transaction;

custody::Occasion occasionOf(const Making& making, std::string reason) {
    return {std::move(reason), making.order.orderId, making.now()};
}

Result<Place> bookedPlace(Making& making) {
    if (!nameInBooks(making.order).empty()) {
        const auto record =
            TRY(custody::findCard(making.parts.database, nameInBooks(making.order)));
        if (record && !record->place.name().starts_with("hopper")) return record->place;
    }
    for (const Place& place : {Place::transport(), Place::mouth()}) {
        if (TRY(custody::balanceOf(making.parts.database, place)) == 1) return place;
    }
    return Place::chipStation();
}

Result<void> moveOrdersCard(Transaction& transaction, Making& making, const Place& to,
                            std::string reason) {
    const Place from = TRY(bookedPlace(making));
    if (from == to) return {};
    // The printer holds one card: where the books know its number, it moves under its number, even
    // when this order has not read it (a blank that an earlier order left at the chip station).
    const auto known = TRY(custody::cardsAt(making.parts.database, from));
    const custody::Occasion occasion = occasionOf(making, std::move(reason));
    if (known.size() == 1) {
        return custody::moveCard(transaction, known.front().cardNumber, from, to, occasion);
    }
    return custody::moveUnidentified(transaction, from, to, occasion);
}

const std::string& nameInBooks(const Order& order) {
    return order.cardNumber.empty() ? order.cardIdCode : order.cardNumber;
}

std::string blankIdOf(const Order& order, const chip::ChipProfile& profile) {
    return profile.assignsNumber() ? order.cardIdCode : order.cardNumber;
}

province::MakeReport makeReport(const Making& making, province::MakeResult result) {
    province::MakeReport report;
    report.applicationNo = making.order.applicationNo;
    report.permitId = making.order.permitId;
    report.blankId = blankIdOf(making.order, making.parts.chipProfile);
    report.result = result;
    report.madeAt = making.now();
    return report;
}

Result<void> queue(Transaction& transaction, Making& making, const Result<province::Fact>& fact) {
    if (!fact) return fail(fact.error());
    TRY(making.parts.outbox.enqueue(transaction, *fact));
    return {};
}

Result<void> queueHandover(Transaction& transaction, Making& making,
                           province::HandoverOutcome outcome) {
    province::Handover handover;
    handover.applicationNo = making.order.applicationNo;
    handover.cardNumber = making.order.cardNumber;
    handover.outcome = outcome;
    handover.at = making.now();
    handover.pickupCode = making.order.pickupCode;
    return queue(transaction, making, province::factOf(making.business, handover, 1));
}

}  // namespace liqu::issuance
