// One order: one citizen transaction (bizId), that is to end with one card or with a change at the
// province. Its row lives as long as the books; what is personal in it is sealed, and purged when
// the order ends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/card/personalisation.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

// How an order ended. open: it has not.
enum class OrderState : std::uint8_t {
    open,
    handedOver,  // the card was taken
    held,        // finished, in the hold bin or the outlet's cabinet, waits for its holder
    carriedOut,  // the province has made the change; no card of the machine was in it
    resumable,   // nothing was consumed or changed, or of a PIN nobody can tell; begin anew
    failed,      // a card was consumed and is not usable; the application can be led on
    staffLook,   // in the hold bin, its face may be half printed: staff decide (decision 3)
    missing,     // finished, and not where it would wait for its holder: staff look for it
    returned,    // finished, and the bank has it
    withdrawn,   // 撤回: the application is cancelled at the province; no card was in it
    takenBack,   // finished, and its data are wrong: staff took it back; another is applied for
};
constexpr auto wordsOf(OrderState) {
    return words<OrderState>({{OrderState::open, "open"},
                              {OrderState::handedOver, "handedOver"},
                              {OrderState::held, "held"},
                              {OrderState::carriedOut, "carriedOut"},
                              {OrderState::resumable, "resumable"},
                              {OrderState::failed, "failed"},
                              {OrderState::staffLook, "staffLook"},
                              {OrderState::missing, "missing"},
                              {OrderState::returned, "returned"},
                              {OrderState::withdrawn, "withdrawn"},
                              {OrderState::takenBack, "takenBack"}});
}

struct Order {
    std::string orderId;
    std::string service;       // its id, "first-card"
    std::string holderDigest;  // keyed digest of the document number
    int lane = 1;
    std::string bankCode;
    std::string policy;         // the rules it was begun under: their edition
    std::string operatorId;     // the attendant who confirmed, empty without one
    std::string applicationNo;  // empty before APPLY
    std::string permitId;       // empty before PERSO.GET
    std::string cardNumber;     // empty before the blank was identified
    std::string cardIdCode;
    OrderState state = OrderState::open;
    std::string pickupCode;
    // Sealed at rest; empty before their step and after the end.
    std::optional<card::ChipItems> chip;
    std::optional<card::FaceItems> face;
    // What the chip said after the cold reset; the report carries this, never the request's values.
    std::optional<province::ReadBack> readBack;
};

class Plan;
// How a service is carried out; null: this version has no such service, or it makes no orders. The
// catalogue, far above, answers.
using FindPlan = const Plan* (*)(std::string_view service);

// The orders' table. One per connection.
class OrderBook {
  public:
    OrderBook(storage::Database& database, const security::Sealer& sealer, FindPlan findPlan)
        : database_(database), sealer_(sealer), planOf_(findPlan) {}

    // The next bizId of the terminal: terminal-yyyymmdd-nnnnnn.
    Result<std::string> nextOrderId(storage::Transaction& transaction, const std::string& terminal,
                                    WallTime at);
    Result<void> insert(storage::Transaction& transaction, const Order& order, WallTime at);
    // What changes: application, permit, card, personalisation.
    Result<void> update(storage::Transaction& transaction, const Order& order);
    // Ends it and purges what is personal, unless staff have still to look.
    Result<void> close(storage::Transaction& transaction, const Order& order, WallTime at);

    const security::Sealer& sealer() const { return sealer_; }
    // How this order is carried out; what was read from here has a service of this version.
    const Plan& planOf(const Order& order) const;

    Result<std::vector<Order>> openOrders();
    // The person's card that waits in the hold bin or the cabinet, newest first.
    Result<std::optional<Order>> heldFor(const std::string& holderDigest);
    // Did an order of this machine work on that application of the person?
    Result<bool> knowsApplication(const std::string& holderDigest,
                                  const std::string& applicationNo);
    // A card was made here for the person that the province does not count: one was finished for
    // the application it still calls pending; or one was handed over that is none of those it
    // lists, and what was told of it has not been taken. A province restored from a backup is like
    // that.
    Result<bool> hasUncountedCard(const std::string& holderDigest, const std::string& pendingNo,
                                  const std::vector<std::string>& listedCards);
    // The person's card that the bank has, newest first.
    Result<std::optional<Order>> returnedFor(const std::string& holderDigest);
    // Has the same person begun a later one here that leads to a card, or may?
    Result<bool> hasLaterOrder(const Order& order);
    // Orders whose card lies in the hold bin with a face that may be half printed. Nothing sealed
    // is opened: one that is broken hides neither its own order nor the others.
    Result<std::vector<Order>> waitingForStaff();
    // Orders whose finished card has not reached its holder, held and missing; nothing sealed is
    // left in them.
    Result<std::vector<Order>> undelivered();
    // The last order but this one that had the blank (its number or identification code), without
    // what is sealed.
    Result<std::optional<Order>> lastWithBlank(const std::string& blank, const std::string& but);
    Result<std::optional<Order>> find(const std::string& orderId);
    // The same without what is sealed.
    Result<std::optional<Order>> findPlain(const std::string& orderId);

  private:
    Result<Order> readPlain(const storage::Row& row);
    Result<Order> read(const storage::Row& row);
    Result<std::vector<storage::Row>> rowOf(const std::string& orderId);
    Result<std::vector<storage::Row>> rowsInState(OrderState state);
    Result<std::optional<Order>> newestOf(const std::string& holderDigest, OrderState state);
    Result<std::vector<Order>> plainInState(OrderState state);
    storage::Database& database_;
    const security::Sealer& sealer_;
    FindPlan planOf_;
};

}  // namespace liqu::issuance
