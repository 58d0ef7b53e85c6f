#include "firmware/desk/day_counters.hpp"

#include "firmware/custody/bin_forecast.hpp"
#include "firmware/desk/held_book.hpp"
#include "firmware/issuance/handover_book.hpp"

namespace liqu::desk {
namespace {

using ports::NamedCount;
using storage::Row;
using storage::Values;

Result<std::vector<NamedCount>> counted(storage::Database& database, std::string_view sql,
                                        const Values& values) {
    std::vector<NamedCount> counts;
    for (const Row& row : TRY(database.query(sql, values))) {
        counts.push_back({row.text(0), row.integer(1)});
    }
    return counts;
}

Result<std::vector<ports::WaitingCard>> waitingNow(const DeskParts& parts, WallTime at) {
    std::vector<ports::WaitingCard> waiting;
    for (const HeldCard& held :
         TRY(heldCards(parts.database, parts.orders, binRulesOf(parts.region.stock), at))) {
        const HeldTerm term = TRY(termOf(parts.database, parts.region, held.card));
        waiting.push_back({.cardNumber = held.order.cardNumber,
                           .place = held.card.card.place.name(),
                           .lastDay = formatDate(term.lastDay),
                           .recoverBy = term.recoverBy ? formatDate(*term.recoverBy) : "",
                           .told = term.told,
                           .reminded = term.remindedAt.has_value()});
    }
    return waiting;
}

Result<std::vector<ports::WaitingCard>> waitingAtClose(storage::Database& database,
                                                       const std::string& day) {
    std::vector<ports::WaitingCard> waiting;
    for (const Row& row :
         TRY(database.query("SELECT card_number, place, last_day, recover_by, told, reminded FROM "
                            "day_waiting WHERE day = ? ORDER BY last_day, card_number",
                            {day}))) {
        waiting.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4),
                           row.integer(5) != 0});
    }
    return waiting;
}

Result<void> addHeld(storage::Database& database, ports::CounterFigures& figures,
                     const std::string& day) {
    for (const Row& row : TRY(database.query(
             "SELECT card_number, cause, evidence, operator_id || ', ' || second_operator_id FROM "
             "held_recoveries WHERE day = ? ORDER BY line",
             {day}))) {
        figures.recovered.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
    }
    figures.recoveredInMonth =
        TRY(counted(database,
                    "SELECT cause, count(*) FROM held_recoveries WHERE day >= ? AND day <= ? GROUP "
                    "BY cause ORDER BY cause",
                    {day.substr(0, 6) + "01", day}));
    figures.notices = TRY(counted(
        database,
        "SELECT kind || '-' || way, count(*) FROM held_notices WHERE day = ? GROUP BY kind, way "
        "ORDER BY kind, way",
        {day}));
    return {};
}

// 回收时间、回收人、回收原因, and 分类统计 (Guangdong Art.32(2)).
Result<void> addOldCards(storage::Database& database, ports::CounterFigures& figures,
                         const std::string& day) {
    for (const Row& row : TRY(database.query(
             "SELECT card_number, reason, taken_at, taken_by FROM old_cards WHERE taken_day = ? "
             "ORDER BY taken_at, card_number",
             {day}))) {
        constexpr std::size_t clock = 11;
        const WallTime at{WallTime::duration{row.integer(2)}};
        figures.oldCards.push_back(
            {row.text(0), row.text(1), formatChinaTime(at).substr(clock, 5), row.text(3)});
    }
    figures.oldCardsInMonth = TRY(
        counted(database,
                "SELECT reason, count(*) FROM old_cards WHERE taken_day >= ? AND taken_day <= ? "
                "GROUP BY reason ORDER BY reason",
                {day.substr(0, 6) + "01", day}));
    figures.oldCardsOut = TRY(
        database.number("SELECT count(*) FROM old_cards JOIN orders USING(order_id) WHERE taken_at "
                        "IS NULL AND state IN ('held','handedOver','missing')"));
    return {};
}

Result<void> addWrong(storage::Database& database, ports::CounterFigures& figures,
                      const std::string& day) {
    for (const Row& row : TRY(database.query(
             "SELECT card_number, wrong_items, right_items, cause, evidence, confirmed_day IS NOT "
             "NULL AND confirmed_day <= ?1 FROM wrong_cards WHERE day = ?1 OR confirmed_day = ?1 "
             "ORDER BY line",
             {day}))) {
        figures.wrong.push_back(
            {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.integer(5) != 0});
    }
    return {};
}

Result<void> addLedger(storage::Database& database, ports::CounterFigures& figures,
                       const std::string& day) {
    figures.handovers = TRY(counted(
        database, "SELECT way, count(*) FROM handovers WHERE day = ? GROUP BY way ORDER BY way",
        {day}));
    figures.handoversConfirmed =
        TRY(counted(database,
                    "SELECT confirmed, count(*) FROM handovers_confirmed WHERE day = ? GROUP BY "
                    "confirmed ORDER BY confirmed",
                    {day}));
    figures.handoversNotTold = TRY(issuance::handoversNotTold(database, day));
    figures.movedToHolders = TRY(database.number(
        "SELECT coalesce(sum(quantity), 0) FROM moves WHERE day = ? AND to_place = 'holder'",
        {day}));
    return {};
}

Result<void> addVisits(storage::Database& database, ports::CounterFigures& figures,
                       const custody::DaySpan& span) {
    const Values times{std::int64_t{span.from.time_since_epoch().count()},
                       std::int64_t{span.until.time_since_epoch().count()}};
    figures.attended = TRY(
        counted(database,
                "SELECT service, count(*) FROM orders WHERE ended_at >= ? AND ended_at <= ? AND "
                "coalesce(operator_id, '') <> '' GROUP BY service ORDER BY service",
                times));
    figures.ended = TRY(counted(
        database,
        "SELECT state, count(*) FROM orders WHERE ended_at >= ? AND ended_at <= ? GROUP BY state "
        "ORDER BY state",
        times));
    figures.visitEnds = TRY(counted(
        database,
        "SELECT CAST(reason AS TEXT), count(*) FROM visit_ends WHERE at >= ? AND at <= ? GROUP BY "
        "reason ORDER BY count(*) DESC, reason",
        times));
    for (const NamedCount& end : figures.visitEnds) figures.visits += end.count;
    return {};
}

}  // namespace

Result<void> keepWaiting(const DeskParts& parts, storage::Transaction& transaction,
                         const std::string& day) {
    for (const ports::WaitingCard& card : TRY(waitingNow(parts, parts.clock.wallTime()))) {
        TRY(transaction.run("INSERT INTO day_waiting VALUES(?,?,?,?,?,?,?)",
                            {day, card.cardNumber, card.place, card.lastDay, card.recoverBy,
                             card.told, std::int64_t{card.reminded}}));
    }
    return {};
}

Result<ports::CounterFigures> countersOf(const DeskParts& parts, const std::string& day) {
    ports::CounterFigures figures;
    const WallTime now = parts.clock.wallTime();
    const auto found = TRY(custody::findDay(parts.database, day));
    const bool closed = found && found->closedAt;
    figures.waiting = TRY(closed ? waitingAtClose(parts.database, day) : waitingNow(parts, now));
    const custody::HoldForecast forecast =
        TRY(custody::forecastOf(parts.database, closed ? *found->closedAt : now));
    if (!closed && forecast.isPressing(now)) figures.holdFullOn = formatDate(*forecast.fullOn);
    TRY(addHeld(parts.database, figures, day));
    TRY(addOldCards(parts.database, figures, day));
    TRY(addWrong(parts.database, figures, day));
    TRY(addLedger(parts.database, figures, day));
    TRY(addVisits(parts.database, figures, TRY(custody::spanOf(parts.database, day, now))));
    return figures;
}

}  // namespace liqu::desk
