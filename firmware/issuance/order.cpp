#include "firmware/issuance/order.hpp"

#include <algorithm>
#include <cstdio>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/personalisation_text.hpp"

namespace liqu::issuance {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Value;

constexpr const char* columns =
    "SELECT order_id, service, holder_digest, lane, application_no, permit_id, card_number, "
    "card_id_code, "
    "state, pickup_code, personalisation_sealed, bank_code, operator_id, policy FROM orders ";

Error unknownWord() {
    return {ErrorCode::storageDamaged, "an order with a word this version does not know"};
}

Value orNull(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

// As books of an earlier version say it; such a row says the id after its next update.
std::string serviceId(const std::string& stored) {
    return stored == "firstCard" ? "first-card" : stored;
}

// What must not change while the order is open: a row that was touched, or a blob from another
// row, is sealBroken.
std::string boundTo(const Order& order) {
    return security::boundColumns({order.service, order.holderDigest, std::to_string(order.lane),
                                   order.bankCode, order.operatorId, order.applicationNo,
                                   order.permitId, order.cardNumber, order.cardIdCode});
}

}  // namespace

Result<std::string> OrderBook::nextOrderId(Transaction& transaction, const std::string& terminal,
                                           WallTime at) {
    const std::string day = formatDate(chinaDate(at));
    TRY(transaction.run("INSERT INTO meta VALUES('last_order', 0) ON CONFLICT(name) DO NOTHING"));
    // Counted on over midnight: a number is never given twice, even when the clock is set back.
    TRY(transaction.run("UPDATE meta SET value = (value + 1) % 1000000 WHERE name = 'last_order'"));
    const std::int64_t number =
        TRY(transaction.number("SELECT value FROM meta WHERE name = 'last_order'"));
    char tail[16];
    std::snprintf(tail, sizeof tail, "%06d", static_cast<int>(number));
    return terminal + "-" + day + "-" + tail;
}

const Plan& OrderBook::planOf(const Order& order) const {
    const Plan* plan = planOf_(order.service);
    LIQU_ASSERT(plan != nullptr);
    return *plan;
}

Result<void> OrderBook::insert(Transaction& transaction, const Order& order, WallTime at) {
    LIQU_ASSERT(planOf_(order.service) != nullptr);
    return transaction.run(
        "INSERT INTO orders(order_id, opened_at, service, holder_digest, lane, application_no, "
        "bank_code, operator_id, policy, state) VALUES(?,?,?,?,?,?,?,?,?,'open')",
        {order.orderId, std::int64_t{at.time_since_epoch().count()}, order.service,
         order.holderDigest, std::int64_t{order.lane}, orNull(order.applicationNo),
         orNull(order.bankCode), orNull(order.operatorId), orNull(order.policy)});
}

Result<void> OrderBook::update(Transaction& transaction, const Order& order) {
    Value sealed;
    if (order.chip && order.face) {
        const PersonalBytes plain = serialise({*order.chip, *order.face, order.readBack});
        const std::string bound = boundTo(order);
        sealed = TRY(sealer_.seal(plain.reveal(),
                                  {"orders", "personalisation_sealed", order.orderId, bound}));
    }
    return transaction.run(
        "UPDATE orders SET service = ?, application_no = ?, permit_id = ?, card_number = ?, "
        "card_id_code = ?, "
        "personalisation_sealed = ?, pickup_code = ? WHERE order_id = ?",
        {order.service, orNull(order.applicationNo), orNull(order.permitId),
         orNull(order.cardNumber), orNull(order.cardIdCode), std::move(sealed),
         orNull(order.pickupCode), order.orderId});
}

Result<void> OrderBook::close(Transaction& transaction, const Order& order, WallTime at) {
    // While staff have still to look at the face, the report waits for what is sealed here.
    if (order.state != OrderState::staffLook) {
        TRY(transaction.run("UPDATE orders SET personalisation_sealed = NULL WHERE order_id = ?",
                            {order.orderId}));
    }
    return transaction.run(
        "UPDATE orders SET state = ?, ended_at = ?, pickup_code = ? WHERE order_id = ?",
        {std::string(nameOf(order.state)), std::int64_t{at.time_since_epoch().count()},
         orNull(order.pickupCode), order.orderId});
}

Result<Order> OrderBook::readPlain(const Row& row) {
    Order order;
    order.orderId = row.text(0);
    order.service = serviceId(row.text(1));
    if (planOf_(order.service) == nullptr) return fail(unknownWord());
    order.holderDigest = row.text(2);
    order.lane = static_cast<int>(row.isNull(3) ? 1 : row.integer(3));
    order.applicationNo = row.textOrEmpty(4);
    order.permitId = row.textOrEmpty(5);
    order.cardNumber = row.textOrEmpty(6);
    order.cardIdCode = row.textOrEmpty(7);
    const auto state = named<OrderState>(row.text(8));
    if (!state) return fail(unknownWord());
    order.state = *state;
    order.pickupCode = row.textOrEmpty(9);
    order.bankCode = row.textOrEmpty(11);
    order.operatorId = row.textOrEmpty(12);
    order.policy = row.textOrEmpty(13);
    return order;
}

Result<Order> OrderBook::read(const Row& row) {
    Order order = TRY(readPlain(row));
    if (!row.isNull(10)) {
        Order stored = order;
        stored.service = row.text(1);
        const std::string bound = boundTo(stored);
        const PersonalBytes plain = TRY(sealer_.open(
            row.bytes(10), {"orders", "personalisation_sealed", order.orderId, bound}));
        SealedItems items = TRY(parse(plain.reveal()));
        order.chip = std::move(items.chip);
        order.face = std::move(items.face);
        order.readBack = std::move(items.readBack);
    }
    return order;
}

Result<std::vector<Order>> OrderBook::openOrders() {
    std::vector<Order> orders;
    for (const Row& row : TRY(rowsInState(OrderState::open))) orders.push_back(TRY(read(row)));
    return orders;
}

Result<std::optional<Order>> OrderBook::heldFor(const std::string& holderDigest) {
    return newestOf(holderDigest, OrderState::held);
}

Result<bool> OrderBook::knowsApplication(const std::string& holderDigest,
                                         const std::string& applicationNo) {
    return !TRY(database_.query("SELECT 1 FROM orders WHERE holder_digest = ? AND application_no = "
                                "? LIMIT 1",
                                {holderDigest, applicationNo}))
                .empty();
}

Result<bool> OrderBook::hasUncountedCard(const std::string& holderDigest,
                                         const std::string& pendingNo,
                                         const std::vector<std::string>& listedCards) {
    constexpr std::string_view finishedForIt =
        "SELECT EXISTS(SELECT 1 FROM orders WHERE holder_digest = ? AND application_no = ? AND "
        "state IN ('handedOver', 'held', 'missing'))";
    if (TRY(database_.number(finishedForIt, {holderDigest, pendingNo})) != 0) return true;
    constexpr std::string_view notTaken =
        "SELECT card_number FROM orders WHERE holder_digest = ? AND state = 'handedOver' AND "
        "EXISTS(SELECT 1 FROM outbox WHERE outbox.order_id = orders.order_id AND "
        "outbox.state <> 'delivered')";
    const auto cards = TRY(database_.query(notTaken, {holderDigest}));
    return std::ranges::any_of(cards, [&](const storage::Row& row) {
        return std::ranges::find(listedCards, row.text(0)) == listedCards.end();
    });
}

Result<bool> OrderBook::hasLaterOrder(const Order& order) {
    return TRY(database_.number(
               "SELECT EXISTS(SELECT 1 FROM orders AS later JOIN orders AS this ON this.order_id = "
               "?1 WHERE later.holder_digest = this.holder_digest AND later.order_id <> ?1 AND "
               "later.opened_at >= this.opened_at AND later.state NOT IN ('carriedOut', "
               "'withdrawn'))",
               {order.orderId})) != 0;
}

Result<std::optional<Order>> OrderBook::returnedFor(const std::string& holderDigest) {
    return newestOf(holderDigest, OrderState::returned);
}

Result<std::optional<Order>> OrderBook::newestOf(const std::string& holderDigest,
                                                 OrderState state) {
    const auto rows = TRY(
        database_.query(std::string(columns) +
                            "WHERE state = ? AND holder_digest = ? ORDER BY ended_at DESC LIMIT 1",
                        {std::string(nameOf(state)), holderDigest}));
    if (rows.empty()) return std::optional<Order>();
    return std::optional<Order>(TRY(read(rows[0])));
}

Result<std::vector<Order>> OrderBook::waitingForStaff() {
    return plainInState(OrderState::staffLook);
}

Result<std::vector<Order>> OrderBook::undelivered() {
    auto orders = TRY(plainInState(OrderState::held));
    for (Order& order : TRY(plainInState(OrderState::missing))) orders.push_back(std::move(order));
    return orders;
}

Result<std::vector<Row>> OrderBook::rowsInState(OrderState state) {
    return database_.query(std::string(columns) + "WHERE state = ? ORDER BY order_id",
                           {std::string(nameOf(state))});
}

Result<std::vector<Order>> OrderBook::plainInState(OrderState state) {
    std::vector<Order> orders;
    for (const Row& row : TRY(rowsInState(state))) orders.push_back(TRY(readPlain(row)));
    return orders;
}

Result<std::optional<Order>> OrderBook::lastWithBlank(const std::string& blank,
                                                      const std::string& but) {
    // Two queries, each of which one index answers: every card that is made asks this.
    for (const char* named : {"card_number = ?1", "card_number IS NULL AND card_id_code = ?1"}) {
        const auto rows = TRY(database_.query(
            std::string(columns) + "WHERE " + named +
                " AND order_id <> ?2 ORDER BY opened_at DESC, order_id DESC LIMIT 1",
            {blank, but}));
        if (!rows.empty()) return std::optional<Order>(TRY(readPlain(rows[0])));
    }
    return std::optional<Order>();
}

Result<std::vector<Row>> OrderBook::rowOf(const std::string& orderId) {
    return database_.query(std::string(columns) + "WHERE order_id = ?", {orderId});
}

Result<std::optional<Order>> OrderBook::find(const std::string& orderId) {
    const auto rows = TRY(rowOf(orderId));
    if (rows.empty()) return std::optional<Order>();
    return std::optional<Order>(TRY(read(rows[0])));
}

Result<std::optional<Order>> OrderBook::findPlain(const std::string& orderId) {
    const auto rows = TRY(rowOf(orderId));
    if (rows.empty()) return std::optional<Order>();
    return std::optional<Order>(TRY(readPlain(rows[0])));
}

}  // namespace liqu::issuance
