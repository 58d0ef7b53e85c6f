// 旧卡: the card a person gives for another one (换卡). It stays theirs until the new one is
// enabled; then an attendant takes it in, and the move, the order's line and the report to the
// province are one commit (Guangdong Art.27(4), 32). Kept with the order from its first commit.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/two_people.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

struct Order;

struct OldCard {
    std::string cardNumber;
    std::string bankCode;
    province::RecoverReason reason = province::RecoverReason::damaged;
    std::optional<WallTime> takenAt{};
    std::string takenBy{};  // "4711"; "4711, 4712" of two
};

Result<void> expectOldCard(storage::Transaction& transaction, const std::string& orderId,
                           const OldCard& card);
// none: the order exchanges nothing.
Result<std::optional<OldCard>> oldCardOf(storage::Database& database, const std::string& orderId);

// Who took it in, an attendant alone or two people, and when.
struct OldCardTake {
    TwoPeople people;
    WallTime at{};
};
// Into the old-card bin, its line, and CARD.RECOVER under `business`.
Result<void> takeInOldCard(storage::Transaction& transaction, const province::Outbox& outbox,
                           const province::Business& business, const Order& order, OldCard& card,
                           const OldCardTake& take);

}  // namespace liqu::issuance
