#include "firmware/payment/fee_order.hpp"

#include "firmware/security/sm3.hpp"

namespace liqu::payment {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t orderNoSize = 26;
constexpr std::size_t bitsOfCharacter = 5;

std::string shortDigest(const std::string& text) {
    const security::Sm3Digest digest = security::sm3(bytesOf(text));
    std::string number;
    for (std::size_t bit = 0; number.size() < orderNoSize; bit += bitsOfCharacter) {
        const unsigned window = (unsigned{digest[bit / 8]} << 8) | digest[bit / 8 + 1];
        number += alphabet[(window >> (16 - bitsOfCharacter - bit % 8)) & 31];
    }
    return number;
}

constexpr std::string_view columns =
    "SELECT order_no, application_no, attempt, biz_id, amount_fen, basis, state, paid_fen, serial, "
    "channel, paid_at, opened_at FROM fee_orders ";

FeeOrder read(const storage::Row& row) {
    FeeOrder order;
    order.orderNo = row.text(0);
    order.applicationNo = row.text(1);
    order.attempt = static_cast<int>(row.integer(2));
    order.bizId = row.text(3);
    order.amount = Money::ofFen(row.integer(4));
    order.basis = row.text(5);
    order.state = row.choice<FeeState>(6);
    order.payment.amount = Money::ofFen(row.integer(7));
    order.payment.serial = row.text(8);
    order.payment.channel = row.text(9);
    order.payment.paidAt = row.text(10);
    order.openedAt = WallTime(std::chrono::milliseconds(row.integer(11)));
    return order;
}

std::int64_t millisecondsOf(WallTime at) {
    return at.time_since_epoch().count();
}

template <typename Value>
std::optional<Value> firstOf(std::vector<Value> values) {
    if (values.empty()) return std::nullopt;
    return std::move(values.front());
}

}  // namespace

std::string feeOrderNo(const std::string& terminal, const std::string& applicationNo, int attempt) {
    return shortDigest(terminal + "\n" + applicationNo + "\n" + std::to_string(attempt));
}

std::string refundNo(const std::string& orderNo) {
    return shortDigest(orderNo + "\nR1");
}

Result<std::vector<FeeOrder>> FeeBook::where(std::string_view condition,
                                             const storage::Values& values) {
    std::vector<FeeOrder> orders;
    const std::string statement = std::string(columns) + std::string(condition);
    for (const storage::Row& row : TRY(database_.query(statement, values)))
        orders.push_back(read(row));
    TRY(database_.trusted());
    return orders;
}

Result<std::optional<FeeOrder>> FeeBook::find(const std::string& orderNo) {
    return firstOf(TRY(where("WHERE order_no = ?", {orderNo})));
}

Result<std::vector<FeeOrder>> FeeBook::ofApplication(const std::string& applicationNo) {
    return where("WHERE application_no = ? ORDER BY attempt", {applicationNo});
}

Result<std::optional<FeeOrder>> FeeBook::openOf(const std::string& applicationNo) {
    return firstOf(TRY(where("WHERE application_no = ? AND state IN ('opening','open','closing')",
                             {applicationNo})));
}

Result<std::optional<FeeOrder>> FeeBook::paidOf(const std::string& applicationNo) {
    return firstOf(TRY(where("WHERE application_no = ? AND state = 'paid'", {applicationNo})));
}

Result<bool> FeeBook::isHeld(const std::string& applicationNo) {
    return !TRY(where("WHERE application_no = ? AND state = 'held'", {applicationNo})).empty();
}

Result<int> FeeBook::nextAttempt(const std::string& applicationNo) {
    return static_cast<int>(
        TRY(database_.number("SELECT COALESCE(MAX(attempt), 0) + 1 FROM fee_orders WHERE "
                             "application_no = ?",
                             {applicationNo})));
}

Result<std::vector<FeeOrder>> FeeBook::inState(FeeState state) {
    return where("WHERE state = ? ORDER BY opened_at, order_no", {std::string(nameOf(state))});
}

Result<std::vector<FeeOrder>> FeeBook::paidOn(Date day) {
    const std::string digits = formatDate(day);
    return where("WHERE substr(paid_at, 1, 10) = ? ORDER BY order_no",
                 {digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2)});
}

Result<void> FeeBook::insert(storage::Transaction& transaction, const FeeOrder& order) {
    return transaction.run(
        "INSERT INTO fee_orders(order_no, application_no, attempt, biz_id, amount_fen, basis, "
        "state, opened_at, changed_at) VALUES(?,?,?,?,?,?,?,?,?)",
        {order.orderNo, order.applicationNo, std::int64_t{order.attempt}, order.bizId,
         order.amount.fen(), order.basis, std::string(nameOf(order.state)),
         millisecondsOf(order.openedAt), millisecondsOf(order.openedAt)});
}

Result<void> FeeBook::move(storage::Transaction& transaction, FeeOrder& order, FeeState to,
                           WallTime at) {
    const std::string words = "a fee order that is " + std::string(nameOf(order.state)) + " to " +
                              std::string(nameOf(to));
    if (!mayBecome(order.state, to)) return fail(ErrorCode::feeMoveForbidden, words);
    const bool takesMoney = to == FeeState::paid || to == FeeState::refundWanted;
    if (takesMoney && order.payment.amount != order.amount && order.state != FeeState::held)
        return fail(ErrorCode::feeMoveForbidden, words + " with another amount");
    const Payment& payment = order.payment;
    TRY(transaction.run(
        "UPDATE fee_orders SET state = ?, paid_fen = ?, serial = ?, channel = ?, "
        "paid_at = ?, changed_at = ? WHERE order_no = ? AND state = ?",
        {std::string(nameOf(to)), payment.amount.fen(), payment.serial, payment.channel,
         payment.paidAt, millisecondsOf(at), order.orderNo, std::string(nameOf(order.state))}));
    // Somebody else moved it since it was read.
    if (TRY(transaction.changedRows()) != 1) return fail(ErrorCode::feeMoveForbidden, words);
    order.state = to;
    return {};
}

}  // namespace liqu::payment
