// What happened to the cards, by day, by box, by number; and the overview the stock screen opens
// with. Read only. The cost of each does not grow with the years.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/custody/bin.hpp"
#include "firmware/custody/box.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"

namespace liqu::custody {

// One move, or something that happened to a card at its place.
struct HistoryLine {
    WallTime at{};
    std::string day;
    std::string from;  // empty where nothing moved
    std::string to;
    std::int64_t cards = 0;
    std::string first;  // the number, or the first and last of a range; empty: not known
    std::string last;
    std::string what;  // "fed", "identified", "permitted", "loaded"
    std::string orderId;
    TwoPeople people;
};
// Oldest first; at most `most`, the newest of them.
Result<std::vector<HistoryLine>> historyOfDay(storage::Database& database, const std::string& day,
                                              int most);
Result<std::vector<HistoryLine>> historyOfBox(storage::Database& database, const std::string& box,
                                              int most);
Result<std::vector<HistoryLine>> historyOfNumber(storage::Database& database,
                                                 const std::string& cardNumber);

// "Where is card A00000003, and since when." cardNotInStock where it was never here.
struct Whereabouts {
    CardRecord card;
    std::string box;
    WallTime since{};
};
Result<Whereabouts> whereIs(storage::Database& database, const std::string& cardNumber);

struct LaneOverview {
    int lane = 1;
    std::string bank;  // empty: never loaded
    std::string vendor;
    std::optional<std::int64_t> cards;  // none while it is to be counted
    std::int64_t capacity = 0;
    std::optional<LaneStop> stop;
};
struct StockOverview {
    std::optional<Day> day;
    std::vector<LaneOverview> lanes;
    // Bins' cards are withheld in the same way: -1.
    std::vector<Bin> bins;
    std::vector<Box> boxes;
    std::optional<std::int64_t> vault;
    std::optional<std::int64_t> path;
    std::int64_t missing = 0;
    std::vector<Exchange> openExchanges;
    std::vector<StockCase> openCases;
    // Numbers are withheld because people are counting.
    bool counting = false;
};
Result<StockOverview> stockOverview(storage::Database& database, const BinRules& rules,
                                    WallTime at);

}  // namespace liqu::custody
