// What is due of fees between two visits: money that came twice is asked back, and the service's
// own account of yesterday is compared with the book. Nobody waits for it. Kiosk thread.
#pragma once

#include <optional>

#include "firmware/base/log.hpp"
#include "firmware/issuance/making.hpp"
#include "firmware/payment/settlement.hpp"
#include "firmware/ports/slip.hpp"

namespace liqu::issuance {

// The money and its registration are one commit; money that came twice for one fee, or for an
// application that was withdrawn, is marked to go back, and the province is told that instead.
// business: of the visit's order; known: what its slip can say of the payer.
Result<void> bookFeePayment(storage::Transaction& transaction, IssuanceParts& parts,
                            province::Business business, payment::FeeOrder& order,
                            ports::SlipFields known);

class FeeCare {
  public:
    FeeCare(IssuanceParts& parts, Log& log) : parts_(parts), log_(log) {}

    // At most once an hour.
    void lookAfter();

  private:
    Result<void> settleRefunds();
    Result<void> settleRefund(payment::FeeOrder order);
    Result<void> compareYesterday();
    Result<void> settle(const payment::Unsettled& difference);

    IssuanceParts& parts_;
    Log& log_;
    std::optional<Instant> next_;
};

}  // namespace liqu::issuance
