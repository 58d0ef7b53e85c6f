// What the kiosk wrote down, read from its database after it ended (or beside it, read-only):
// ledger.csv, stock.csv and outbox.csv, and the journal for the timeline. Nothing personal: sealed
// columns stay where they are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::world {

struct JournalLine {
    std::string orderId, step, phase, detail;
    int attempt = 1;
    WallTime at{};
};

struct OrderLine {
    std::string orderId, service, applicationNo, permitId, cardNumber, state;
};

// How much the kiosk still has to do by itself.
struct OpenWork {
    std::int64_t openOrders = 0;
    std::int64_t queuedFacts = 0;
};

Result<OpenWork> openWorkOf(const std::filesystem::path& database);
Result<std::vector<JournalLine>> journalOf(const std::filesystem::path& database);
Result<std::vector<OrderLine>> ordersOf(const std::filesystem::path& database);

// A finished card that waits for its holder, and the code they were told; none where none waits.
struct HeldLine {
    std::string cardNumber, pickupCode;
};
Result<std::optional<HeldLine>> heldOf(const std::filesystem::path& database);

// What the staff's record says at this moment.
struct StaffWork {
    int actsDone = 0;  // ever
    bool signedIn = false;
    int daysOpen = 0;
    int daysFrozen = 0;
};
Result<StaffWork> staffWorkOf(const std::filesystem::path& database);

// ledger.csv: every move; stock.csv: every card and where it is; outbox.csv: every fact;
// handovers.csv: the ledger of hand-overs, without who came; wrong-cards.csv: those taken back.
Result<void> exportBooks(const std::filesystem::path& database,
                         const std::filesystem::path& folder);

}  // namespace liqu::world
