// The book of fee orders: each attempt to collect the fee (工本费) of one application. What was
// paid belongs to the application, so that no later visit asks for it again. At most one order of
// an application is open and at most one holds its payment: the database itself refuses a second
// one. One per connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/money.hpp"
#include "firmware/payment/fee_state.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::payment {

// What the platform said of the money that came. Nothing of who paid.
struct Payment {
    Money amount;
    std::string serial;   // the platform's own number of it
    std::string channel;  // "WECHAT"; empty where it does not say
    std::string paidAt;   // by the platform's clock, which is compared with nothing
};

struct FeeOrder {
    std::string orderNo;
    std::string applicationNo;
    int attempt = 1;
    std::string bizId;  // of the order that it was opened in
    Money amount;
    std::string basis;  // the article it is asked by, as it was quoted
    FeeState state = FeeState::opening;
    Payment payment{};
    WallTime openedAt{};
};

// The same after a loss of power, nothing personal in it, and within the narrowest alphabet of the
// platforms: SM3 over terminal, application and attempt.
std::string feeOrderNo(const std::string& terminal, const std::string& applicationNo, int attempt);
// One refund of an order, however often it is asked for.
std::string refundNo(const std::string& orderNo);

class FeeBook {
  public:
    explicit FeeBook(storage::Database& database) : database_(database) {}

    Result<std::optional<FeeOrder>> find(const std::string& orderNo);
    Result<std::vector<FeeOrder>> ofApplication(const std::string& applicationNo);
    // The one that may still be paid.
    Result<std::optional<FeeOrder>> openOf(const std::string& applicationNo);
    // The one that paid the fee.
    Result<std::optional<FeeOrder>> paidOf(const std::string& applicationNo);
    // Another amount came than was asked for: people decide.
    Result<bool> isHeld(const std::string& applicationNo);
    // The number of the next one: counts on only where the one before is proven to be over.
    Result<int> nextAttempt(const std::string& applicationNo);
    Result<std::vector<FeeOrder>> inState(FeeState state);
    // What the service said was paid on that day of its own.
    Result<std::vector<FeeOrder>> paidOn(Date day);

    Result<void> insert(storage::Transaction& transaction, const FeeOrder& order);
    // A move that is not allowed is refused, and nothing is written.
    Result<void> move(storage::Transaction& transaction, FeeOrder& order, FeeState to, WallTime at);

  private:
    Result<std::vector<FeeOrder>> where(std::string_view condition, const storage::Values& values);

    storage::Database& database_;
};

}  // namespace liqu::payment
