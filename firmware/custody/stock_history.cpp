#include "firmware/custody/stock_history.hpp"

#include <algorithm>

#include "firmware/custody/day_counting.hpp"
#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using storage::Row;

// A move and an event, in one form: what is later in the books sorts higher.
constexpr const char* moveColumns =
    "SELECT move AS sequence, 0 AS event, at, day, from_place, to_place, quantity, "
    "coalesce(card_number, first_number, ''), coalesce(card_number, last_number, ''), reason, "
    "coalesce(order_id, ''), coalesce(operator, ''), coalesce(second_operator, '') FROM moves ";
constexpr const char* eventColumns =
    "SELECT after_move, event, at, day, '', '', 0, subject, subject, what, "
    "coalesce(order_id, ''), coalesce(operator, ''), coalesce(second_operator, '') "
    "FROM stock_events ";

HistoryLine lineOf(const Row& row) {
    HistoryLine line;
    line.at = timeOf(row.integer(2));
    line.day = row.text(3);
    line.from = row.text(4);
    line.to = row.text(5);
    line.cards = row.integer(6);
    line.first = row.text(7);
    line.last = row.text(8);
    line.what = row.text(9);
    line.orderId = row.text(10);
    line.people = {row.text(11), row.text(12)};
    return line;
}

// The newest `most` of them, oldest first.
Result<std::vector<HistoryLine>> linesOf(storage::Database& database, const std::string& sql,
                                         const storage::Values& values) {
    std::vector<HistoryLine> lines;
    for (const Row& row : TRY(database.query(sql, values))) lines.push_back(lineOf(row));
    std::ranges::reverse(lines);
    return lines;
}

const std::string& newestFirst() {
    static const std::string order = " ORDER BY sequence DESC, event DESC LIMIT ?";
    return order;
}

void withhold(StockOverview& overview, const std::vector<CountLine>& lines) {
    const auto hidden = [&](const std::string& place) {
        const auto line = std::ranges::find(lines, place, &CountLine::place);
        return line != lines.end() && !showsBooked(*line);
    };
    for (LaneOverview& lane : overview.lanes) {
        if (hidden(Place::hopper(lane.lane).name())) lane.cards.reset();
    }
    for (Bin& bin : overview.bins) {
        if (!hidden(bin.place.name())) continue;
        bin.cards = -1;
        bin.withoutNumber = 0;
        bin.numbered.clear();
        bin.full = false;
        bin.overdue = 0;
    }
    if (hidden(std::string(pathPlace))) overview.path.reset();
    if (hidden(Place::vault().name())) {
        overview.vault.reset();
        overview.boxes.clear();
    }
}

Result<std::vector<LaneOverview>> lanesOf(storage::Database& database) {
    std::vector<LaneOverview> lanes;
    for (const Row& row : TRY(database.query(
             "SELECT place, balance, coalesce(capacity, 0) FROM places WHERE place LIKE 'hopper-%' "
             "ORDER BY length(place), place"))) {
        LaneOverview lane;
        lane.lane = laneOf(row.text(0));
        lane.cards = row.integer(1);
        lane.capacity = row.integer(2);
        const auto owner = TRY(database.query("SELECT bank, vendor FROM lanes WHERE lane = ?",
                                              {std::int64_t{lane.lane}}));
        if (!owner.empty()) {
            lane.bank = owner[0].text(0);
            lane.vendor = owner[0].text(1);
        }
        lane.stop = TRY(laneStopped(database, lane.lane));
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

}  // namespace

Result<std::vector<HistoryLine>> historyOfDay(storage::Database& database, const std::string& day,
                                              int most) {
    return linesOf(database,
                   std::string(moveColumns) + "WHERE day = ?1 UNION ALL " + eventColumns +
                       "WHERE day = ?1" + newestFirst(),
                   {day, std::int64_t{most}});
}

Result<std::vector<HistoryLine>> historyOfBox(storage::Database& database, const std::string& box,
                                              int most) {
    TRY(findBox(database, box));
    return linesOf(database,
                   std::string(moveColumns) + "WHERE box = ?1 UNION ALL " + eventColumns +
                       "WHERE subject = ?1" + newestFirst(),
                   {box, std::int64_t{most}});
}

Result<std::vector<HistoryLine>> historyOfNumber(storage::Database& database,
                                                 const std::string& cardNumber) {
    constexpr std::int64_t most = 1000;
    return linesOf(database,
                   std::string(moveColumns) + "WHERE card_number = ?1 UNION ALL " + moveColumns +
                       "WHERE first_number <= ?1 AND last_number >= ?1 AND first_number IS NOT "
                       "NULL AND length(first_number) = length(?1) UNION ALL " +
                       eventColumns + "WHERE subject = ?1" + newestFirst(),
                   {cardNumber, most});
}

Result<Whereabouts> whereIs(storage::Database& database, const std::string& cardNumber) {
    const auto card = TRY(findCard(database, cardNumber));
    if (!card) return fail(ErrorCode::cardNotInStock, cardNumber + " was never here");
    Whereabouts found{*card, "", {}};
    const auto rows = TRY(database.query(
        "SELECT coalesce(box, ''), changed_at FROM cards WHERE card_number = ?", {cardNumber}));
    found.box = rows[0].text(0);
    found.since = timeOf(rows[0].integer(1));
    // Since it came there, not since its condition changed.
    const auto lines = TRY(historyOfNumber(database, cardNumber));
    for (const HistoryLine& line : lines) {
        const bool arrived = line.to == card->place.name() ||
                             (line.what == "identified" && card->place == Place::chipStation());
        if (arrived) found.since = line.at;
    }
    return found;
}

Result<StockOverview> stockOverview(storage::Database& database, const BinRules& rules,
                                    WallTime at) {
    StockOverview overview;
    overview.day = TRY(currentDay(database));
    overview.lanes = TRY(lanesOf(database));
    overview.bins = TRY(bins(database, rules, at));
    overview.boxes = TRY(boxesInVault(database));
    overview.vault = TRY(bookedAt(database, Place::vault().name()));
    overview.path = TRY(bookedAt(database, std::string(pathPlace)));
    overview.missing = TRY(bookedAt(database, Place::missing().name()));
    overview.openExchanges = TRY(openExchanges(database));
    overview.openCases = TRY(openCases(database));
    overview.counting = overview.day && overview.day->state == DayState::frozen;
    if (overview.counting) withhold(overview, TRY(counting(database)));
    return overview;
}

}  // namespace liqu::custody
