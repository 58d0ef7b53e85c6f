#include "firmware/issuance/old_card.hpp"

#include "firmware/custody/bin.hpp"
#include "firmware/issuance/order.hpp"

namespace liqu::issuance {

using storage::Transaction;

Result<void> expectOldCard(Transaction& transaction, const std::string& orderId,
                           const OldCard& card) {
    return transaction.run(
        "INSERT INTO old_cards(order_id, card_number, bank, reason) VALUES(?,?,?,?)",
        {orderId, card.cardNumber, card.bankCode, std::string(nameOf(card.reason))});
}

Result<std::optional<OldCard>> oldCardOf(storage::Database& database, const std::string& orderId) {
    const auto rows = TRY(database.query(
        "SELECT card_number, bank, reason, taken_at, taken_by FROM old_cards WHERE order_id = ?",
        {orderId}));
    if (rows.empty()) return std::optional<OldCard>();
    OldCard card{.cardNumber = rows[0].text(0),
                 .bankCode = rows[0].text(1),
                 .reason = rows[0].choice<province::RecoverReason>(2)};
    if (!rows[0].isNull(3)) card.takenAt = WallTime{WallTime::duration{rows[0].integer(3)}};
    card.takenBy = rows[0].text(4);
    TRY(database.trusted());
    return std::optional(std::move(card));
}

Result<void> takeInOldCard(Transaction& transaction, const province::Outbox& outbox,
                           const province::Business& business, const Order& order, OldCard& card,
                           const OldCardTake& take) {
    TRY(custody::takeInOldCard(transaction, card.cardNumber, card.bankCode,
                               {"exchanged", order.orderId, take.at, take.people}));
    card.takenAt = take.at;
    card.takenBy = take.people.operatorId;
    if (!take.people.secondOperatorId.empty()) card.takenBy += ", " + take.people.secondOperatorId;
    const auto day = TRY(transaction.query("SELECT day FROM moves ORDER BY move DESC LIMIT 1"));
    TRY(transaction.run(
        "UPDATE old_cards SET taken_at = ?, taken_day = ?, taken_by = ? WHERE order_id = ? AND "
        "taken_at IS NULL",
        {std::int64_t{take.at.time_since_epoch().count()}, day.at(0).text(0), card.takenBy,
         order.orderId}));
    if (TRY(transaction.changedRows()) != 1)
        return fail(ErrorCode::storageDamaged, order.orderId + " has no old card to take in");
    const province::CardRecovery recovery{.applicationNo = order.applicationNo,
                                          .cardNumber = card.cardNumber,
                                          .newCardNumber = order.cardNumber,
                                          .reason = card.reason,
                                          .at = take.at};
    province::Business by = business;
    by.operatorId = take.people.operatorId;
    by.secondOperatorId = take.people.secondOperatorId;
    TRY(outbox.enqueue(transaction, TRY(province::factOf(by, recovery))));
    return {};
}

}  // namespace liqu::issuance
