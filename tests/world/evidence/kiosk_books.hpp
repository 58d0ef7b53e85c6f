// What the kiosk wrote down, read from its database after it ended (or beside it, read-only):
// ledger.csv, stock.csv and outbox.csv, and the journal for the timeline. Nothing personal: sealed
// columns stay where they are.
#pragma once

#include <filesystem>
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

// ledger.csv: every move; stock.csv: every card and where it is; outbox.csv: every fact.
Result<void> exportBooks(const std::filesystem::path& database,
                         const std::filesystem::path& folder);

}  // namespace liqu::world
