// The one question a recovery leaves to people: is the face of a card in the hold bin complete?
// Complete: 制卡补登, the result is registered after all and the card waits for its holder.
// Not: 制卡失败, the card is spoiled and the application can be led on (004 Art.36 流(三), rulings
// 3).
#pragma once

#include <functional>

#include "firmware/issuance/order.hpp"
#include "firmware/province/outbox.hpp"

namespace liqu::issuance {

struct StaffLook {
    bool faceComplete = false;
    std::string bankCode;
    std::string operatorId;  // two people: nobody alone moves a card out of a counted place
    std::string secondOperatorId;
    // What else belongs into the commit: the line of who did it.
    std::function<Result<void>(storage::Transaction&)> alongside = {};
};

// One commit. moveNotPossible where the order does not wait for staff, or where a face is called
// complete of a card that does not lie in the hold bin.
Result<void> settleStaffLook(storage::Database& database, OrderBook& orders,
                             const province::Outbox& outbox, const std::string& orderId,
                             const StaffLook& look, WallTime at);

}  // namespace liqu::issuance
