// A machine's books with two lanes, a box, two people and a clock; and the whole of the database as
// one text, to show that what was refused changed nothing.
#pragma once

#include <doctest/doctest.h>

#include "firmware/custody/bin.hpp"
#include "firmware/custody/box.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/stock_history.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::custody::test {

using storage::Transaction;

constexpr WallTime noon{std::chrono::milliseconds{1717214400000}};  // 2024-06-01 12:00 in China
constexpr auto oneDay = std::chrono::hours{24};

inline std::string numberOf(int n, char series = 'A') {
    std::string digits = std::to_string(n);
    digits.insert(0, 7 - digits.size(), '0');
    return card::SocialCardNumber::withBody(series + digits)->text();
}

struct StockBooks {
    liqu::test::Scratch scratch;
    std::unique_ptr<storage::Database> database = liqu::test::openDatabase(scratch);
    WallTime now = noon;

    StockBooks() {
        REQUIRE(write([](Transaction& t) { return openPlaces(t, 2, 100, 30); }));
    }

    template <typename Write>
    auto write(Write change) -> decltype(change(std::declval<Transaction&>())) {
        Transaction transaction = TRY(Transaction::begin(*database));
        auto result = change(transaction);
        if (!result) return result;
        TRY(transaction.commit());
        return result;
    }

    Mandate mandate(const std::string& reason = "") const {
        return {{"1001", "1002"}, reason, now};
    }
    static BoxRules rules() { return {"440100", {"B01", "B02"}, 500}; }
    static BoxLabel label(const std::string& box, int from, int to, char series = 'A') {
        return {box,
                "B01",
                "V1",
                "3.00",
                "440106",
                numberOf(from, series),
                numberOf(to, series),
                to - from + 1,
                "S-1"};
    }

    // A box kept by count: its cards get their numbers with the permit.
    static BoxLabel labelByCount(const std::string& box, std::int64_t count) {
        return {box, "B01", "V1", "3.00", "440106", "", "", count, "S-1"};
    }

    Result<void> receive(const BoxLabel& box) {
        return write([&](Transaction& t) { return receiveBox(t, box, rules(), mandate()); });
    }
    Result<void> open(const std::string& box) {
        return write([&](Transaction& t) { return openBox(t, box, "S-1", mandate()); });
    }
    Result<ExchangeId> begin(int lane, const std::string& box, int from, int to) {
        return write([&](Transaction& t) {
            return beginLoad(t, {lane, box, numberOf(from), numberOf(to)}, mandate());
        });
    }
    Result<void> count(ExchangeId id, std::int64_t counted) {
        return write([&](Transaction& t) { return countExchange(t, id, counted, mandate()); });
    }
    Result<Exchange> end(ExchangeId id) {
        return write([&](Transaction& t) { return endExchange(t, id, mandate()); });
    }
    Result<Exchange> unload(int lane, std::int64_t counted) {
        const auto id = TRY(write([&](Transaction& t) { return beginUnload(t, lane, mandate()); }));
        TRY(count(id, counted));
        return end(id);
    }
    Result<void> loadByCount(int lane, const std::string& box, std::int64_t cards) {
        const auto id = TRY(write([&](Transaction& t) {
            return beginLoad(t, {lane, box, "", "", cards}, mandate());
        }));
        TRY(count(id, cards));
        TRY(end(id));
        return {};
    }
    Result<std::int64_t> giveBack(const std::string& box) {
        return write([&](Transaction& t) { return returnBox(t, box, mandate("no use")); });
    }
    Result<void> miss(const std::string& what, const Place& from) {
        return write([&](Transaction& t) { return bookMissing(t, what, from, mandate("gone")); });
    }
    Result<void> find(const std::string& what, const Place& at) {
        return write([&](Transaction& t) { return bookFound(t, what, at, mandate("behind it")); });
    }
    // Counted twice with the same outcome, and closed.
    Result<Day> closeCounted(const std::map<std::string, std::int64_t>& counted,
                             const std::map<std::string, std::vector<std::string>>& numbers = {}) {
        TRY(freeze());
        TRY(countAll(counted, numbers));
        if (countingState(*database) == CountingState::recount) {
            TRY(recount());
            TRY(countAll(counted, numbers));
        }
        return close();
    }
    // Box "BX-1" with the numbers 0 to 99, of which 0 to 49 are in lane 1.
    void loadLaneOne() {
        REQUIRE(receive(label("BX-1", 0, 99)));
        REQUIRE(open("BX-1"));
        const auto id = begin(1, "BX-1", 0, 49);
        REQUIRE(id);
        REQUIRE(count(*id, 50));
        REQUIRE(end(*id));
    }
    // A card of lane 1 goes its way, to this place and condition.
    void make(int n, Condition condition, const Place& to, const std::string& order = "order-1") {
        const std::string number = numberOf(n);
        REQUIRE(write([&](Transaction& t) -> Result<void> {
            TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", order, now}));
            TRY(identify(t, number, 1, now));
            if (condition != Condition::refused) {
                TRY(setCondition(t, number, Condition::permitted, order, now));
            }
            TRY(setCondition(t, number, condition, order, now));
            if (to == Place::holder()) {
                TRY(moveCard(t, number, Place::chipStation(), Place::mouth(),
                             {"presented", order, now}));
                return moveCard(t, number, Place::mouth(), to, {"taken", order, now});
            }
            return moveCard(t, number, Place::chipStation(), to, {"put away", order, now});
        }));
    }

    // Two people count every place; what is not named is counted as booked.
    Result<void> countAll(const std::map<std::string, std::int64_t>& counted = {},
                          const std::map<std::string, std::vector<std::string>>& numbers = {}) {
        for (const CountLine& line : TRY(counting(*database))) {
            if (line.result) continue;
            for (const char* badge : {"1001", "1002"}) {
                CountEntry entry{line.place, badge, booked(line.place)};
                if (const auto found = counted.find(line.place); found != counted.end()) {
                    entry.counted = found->second;
                }
                if (const auto found = numbers.find(line.place); found != numbers.end()) {
                    entry.numbers = found->second;
                }
                TRY(write([&](Transaction& t) { return enterCount(t, entry, now); }));
            }
        }
        return {};
    }
    Result<void> freeze() {
        return write([&](Transaction& t) { return freezeDay(t, mandate()); });
    }
    Result<void> thaw() {
        return write([&](Transaction& t) { return thawDay(t, mandate("found a card")); });
    }
    Result<void> recount() {
        return write([&](Transaction& t) { return beginRecount(t, mandate()); });
    }
    Result<Day> close() {
        return write([&](Transaction& t) { return closeDay(t, mandate()); });
    }
    ports::DayReport report(const std::string& day) {
        return reportOf(*database, day, {"T-1", "O-1", "440100"}, now).value();
    }

    std::int64_t booked(const std::string& place) {
        if (place != pathPlace) return *balanceOf(*database, Place::named(place));
        return *balanceOf(*database, Place::chipStation()) +
               *balanceOf(*database, Place::transport()) + *balanceOf(*database, Place::mouth());
    }

    std::string dump() {
        std::string text;
        for (const char* table : {"places", "moves", "cards", "lanes", "boxes", "exchanges", "days",
                                  "day_flows", "day_balances", "day_counts", "day_counts_given_up",
                                  "day_differences", "stock_cases", "stock_events"}) {
            text += std::string(table) + "\n";
            const auto rows =
                database->query(std::string("SELECT * FROM ") + table + " ORDER BY 1, 2, 3");
            for (const storage::Row& row : *rows) text += describe(row, table) + "\n";
        }
        return text;
    }

  private:
    std::string describe(const storage::Row& row, const std::string& table) {
        const auto columns =
            *database->number("SELECT count(*) FROM pragma_table_info('" + table + "')");
        std::string line;
        for (std::size_t i = 0; i < static_cast<std::size_t>(columns); ++i) {
            line += row.isNull(i) ? "-" : valueOf(row, i);
            line += '|';
        }
        return line;
    }
    static std::string valueOf(const storage::Row& row, std::size_t column) {
        return row.isInteger(column) ? std::to_string(row.integer(column)) : row.text(column);
    }
};

// Refused with this code and words, and the books are as they were.
#define CHECK_REFUSED(books, attempt, expected)             \
    do {                                                    \
        const std::string before = (books).dump();          \
        const auto refused = (attempt);                     \
        REQUIRE_FALSE(refused);                             \
        CHECK(refused.error().code == ErrorCode::expected); \
        CHECK(refused.error().cause.size() > 10);           \
        CHECK((books).dump() == before);                    \
    } while (false)

}  // namespace liqu::custody::test
