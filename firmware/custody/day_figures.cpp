#include <algorithm>
#include <array>

#include "firmware/custody/day_counting.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using ports::ConsumedAs;
using ports::DayReport;
using storage::Row;
using storage::Transaction;

struct Flow {
    std::string from;
    std::string to;
    std::int64_t cards = 0;
};

bool isPath(const std::string& place) {
    return place == "transport" || place == "chip-station" || place == "mouth";
}
// The blanks inside the machine; old cards of citizens are not among them.
bool isKiosk(const std::string& place) {
    return isPath(place) || laneOf(place) > 0 || place == "hold-bin" || place == "reject-bin";
}
bool isKioskBooked(const std::string& place) {
    return place == pathPlace || isKiosk(place);
}

class Figures {
  public:
    static Result<Figures> read(storage::Database& database, const std::string& day) {
        Figures figures;
        // What the close itself corrected is shown as a difference, not as a move.
        for (const Row& row : TRY(database.query(
                 "SELECT from_place, to_place, quantity - corrected FROM day_flows WHERE day = ?",
                 {day}))) {
            figures.flows_.push_back({row.text(0), row.text(1), row.integer(2)});
        }
        for (const Row& row :
             TRY(database.query("SELECT place, balance FROM day_balances WHERE day = "
                                "(SELECT max(day) FROM days WHERE day < ?)",
                                {day}))) {
            figures.openings_[countedAs(row.text(0))] += row.integer(1);
            if (isKiosk(row.text(0))) figures.kioskOpening_ += row.integer(1);
        }
        return figures;
    }

    std::int64_t opening(const std::string& place) const {
        const auto found = openings_.find(place);
        return found == openings_.end() ? 0 : found->second;
    }
    std::int64_t kioskOpening() const { return kioskOpening_; }

    template <typename From, typename To>
    std::int64_t sum(From from, To to) const {
        std::int64_t cards = 0;
        for (const Flow& flow : flows_) {
            if (from(flow.from) && to(flow.to)) cards += flow.cards;
        }
        return cards;
    }
    std::int64_t into(const std::string& place) const {
        return sum([&](const std::string& from) { return countedAs(from) != place; },
                   [&](const std::string& to) { return countedAs(to) == place; });
    }
    std::int64_t outOf(const std::string& place) const {
        return sum([&](const std::string& from) { return countedAs(from) == place; },
                   [&](const std::string& to) { return countedAs(to) != place; });
    }

  private:
    std::vector<Flow> flows_;
    std::map<std::string, std::int64_t> openings_;
    std::int64_t kioskOpening_ = 0;
};

auto only(std::string_view place) {
    return [place](const std::string& other) { return other == place; };
}

ports::KioskEquation kioskEquation(const Figures& figures) {
    ports::KioskEquation kiosk;
    const auto outside = [](const std::string& place) {
        return place == "vault" || place == "bank";
    };
    const auto notHold = [](const std::string& place) {
        return isKiosk(place) && place != "hold-bin";
    };
    kiosk.opening = figures.kioskOpening();
    kiosk.loaded = figures.sum(outside, isKiosk);
    kiosk.unloaded = figures.sum(isKiosk, only("vault"));
    kiosk.taken = figures.sum(notHold, only("holder"));
    kiosk.staffDelivered = figures.sum(only("hold-bin"), only("holder"));
    kiosk.returned = figures.sum(isKiosk, only("bank"));
    kiosk.toCabinet = figures.sum(isKiosk, only("cabinet"));
    kiosk.takenBack = figures.sum(only("holder"), isKiosk) + figures.sum(only("cabinet"), isKiosk);
    kiosk.missing = figures.sum(isKiosk, only("missing"));
    kiosk.found = figures.sum(only("missing"), isKiosk);
    kiosk.expected = kiosk.opening + kiosk.loaded - kiosk.unloaded - kiosk.taken -
                     kiosk.staffDelivered - kiosk.returned - kiosk.toCabinet + kiosk.takenBack -
                     kiosk.missing + kiosk.found;
    return kiosk;
}

ports::VaultEquation vaultEquation(const Figures& figures) {
    ports::VaultEquation vault;
    const auto in = [&](auto from) { return figures.sum(from, only("vault")); };
    const auto out = [&](auto to) { return figures.sum(only("vault"), to); };
    vault.opening = figures.opening("vault");
    vault.received = in(only("bank"));
    vault.sentToKiosk = out(isKiosk);
    vault.fromKiosk = in(isKiosk);
    vault.returnedToBank = out(only("bank"));
    vault.destroyed = out(only("destroyed"));
    vault.missing = out(only("missing"));
    vault.found = in(only("missing"));
    vault.expected = vault.opening + vault.received - vault.sentToKiosk + vault.fromKiosk -
                     vault.returnedToBank - vault.destroyed - vault.missing + vault.found;
    return vault;
}

// The newest count of a place two people agree on.
std::optional<std::int64_t> agreedCount(const std::vector<TypedCount>& typed) {
    if (typed.size() < 2) return std::nullopt;
    const TypedCount& last = typed.back();
    const TypedCount& other = typed[typed.size() - 2];
    if (last.round != other.round || last.counted != other.counted) return std::nullopt;
    return last.counted;
}

Result<void> addPlaces(storage::Database& database, DayReport& report, const Figures& figures) {
    const auto typed = TRY(typedCounts(database, report.day));
    std::int64_t kioskCounted = 0;
    for (const std::string& place : TRY(countedPlaces(database))) {
        ports::PlaceFigures line;
        line.place = place;
        line.lane = laneOf(place);
        line.opening = figures.opening(place);
        line.in = figures.into(place);
        line.out = figures.outOf(place);
        line.closing = line.opening + line.in - line.out;
        const auto found = typed.find(place);
        if (report.closed && found != typed.end()) line.counted = agreedCount(found->second);
        if (line.counted) line.difference = *line.counted - line.closing;
        if (isKioskBooked(place)) kioskCounted += line.counted.value_or(line.closing);
        const auto lanes = TRY(database.query("SELECT bank, vendor FROM lanes WHERE lane = ?",
                                              {std::int64_t{line.lane}}));
        if (!lanes.empty()) {
            line.bank = lanes[0].text(0);
            line.vendor = lanes[0].text(1);
        }
        if (place == "vault") {
            report.vault.counted = line.counted;
            report.vault.difference = line.difference;
        }
        report.places.push_back(std::move(line));
    }
    if (report.closed) {
        report.kiosk.counted = kioskCounted;
        report.kiosk.difference = kioskCounted - report.kiosk.expected;
    }
    return {};
}

ports::BankConsumption& lineOf(DayReport& report, const std::string& bank) {
    const auto found = std::ranges::find(report.consumption, bank, &ports::BankConsumption::bank);
    if (found != report.consumption.end()) return *found;
    report.consumption.push_back({});
    report.consumption.back().bank = bank;
    return report.consumption.back();
}

// Held and taken belong to the day the card was made (decision 14): taken later is held here.
Result<void> addConsumed(storage::Database& database, DayReport& report, std::int64_t lastMove) {
    for (const Row& row : TRY(database.query(
             "SELECT card_number, bank, condition, coalesce(order_id, ''), "
             "(SELECT min(move) FROM moves WHERE card_number = cards.card_number AND "
             "to_place = 'holder') FROM cards WHERE made_day = ? ORDER BY card_number",
             {report.day}))) {
        const bool taken = !row.isNull(4) && row.integer(4) <= lastMove;
        const ConsumedAs as = row.text(2) == nameOf(Condition::spoiled) ? ConsumedAs::spoiled
                              : taken                                   ? ConsumedAs::taken
                                                                        : ConsumedAs::held;
        ports::BankConsumption& line = lineOf(report, row.text(1));
        ++line.consumed;
        (as == ConsumedAs::spoiled ? line.spoiled
         : as == ConsumedAs::taken ? line.taken
                                   : line.held)++;
        report.consumed.push_back({row.text(0), row.text(1), as, row.text(3)});
    }
    return {};
}

Result<void> addRefused(storage::Database& database, DayReport& report) {
    for (const Row& row : TRY(database.query(
             "SELECT bank, count(*) FROM stock_events JOIN cards ON card_number = subject "
             "WHERE day = ? AND what = 'refused' GROUP BY bank",
             {report.day}))) {
        lineOf(report, row.text(0)).refused += row.integer(1);
    }
    const std::int64_t nameless = TRY(database.number(
        "SELECT coalesce(sum(quantity), 0) FROM moves WHERE day = ? AND to_place = 'reject-bin' "
        "AND card_number IS NULL AND from_place IN ('transport','chip-station','mouth')",
        {report.day}));
    if (nameless > 0) lineOf(report, "").refused += nameless;
    return {};
}

Result<void> addUndecided(storage::Database& database, DayReport& report) {
    if (report.closed) {
        const std::int64_t then = TRY(
            database.number("SELECT coalesce(undecided, 0) FROM days WHERE day = ?", {report.day}));
        if (then > 0) lineOf(report, "").undecided = then;
        return {};
    }
    for (const Row& row :
         TRY(database.query("SELECT bank, count(*) FROM cards INDEXED BY cards_undecided WHERE "
                            "condition IN ('permitted','written') "
                            "GROUP BY bank"))) {
        lineOf(report, row.text(0)).undecided = row.integer(1);
    }
    return {};
}

Result<void> addCases(storage::Database& database, DayReport& report) {
    for (const StockCase& found : TRY(casesOf(database, report.day))) {
        ports::DayCase line;
        line.id = found.id;
        line.place = found.place;
        line.booked = found.booked;
        line.counted = found.counted;
        line.numbers = found.numbers;
        line.certain = found.certain;
        line.laneLocked = found.laneLocked;
        if (found.releasedAt) {
            line.releasedBy =
                found.releasedBy.operatorId + ", " + found.releasedBy.secondOperatorId;
            line.releaseReason = found.releaseReason;
        }
        report.cases.push_back(std::move(line));
    }
    return {};
}

Result<void> addDifferences(storage::Database& database, DayReport& report) {
    for (const Row& row : TRY(database.query(
             "SELECT kind, card_number, here, there FROM day_differences WHERE day = ? "
             "ORDER BY card_number",
             {report.day}))) {
        report.differences.push_back(
            {row.choice<ports::DifferenceKind>(0), row.text(1), row.text(2), row.text(3)});
    }
    return {};
}

Result<void> addSignatures(storage::Database& database, DayReport& report, const Row& day) {
    const auto typed = TRY(typedCounts(database, report.day));
    for (const std::string& place : TRY(countedPlaces(database))) {
        const auto found = typed.find(place);
        if (found == typed.end()) continue;
        for (const TypedCount& count : found->second) {
            report.signatures.push_back(
                {place, count.round, count.operatorId, count.counted, count.at});
        }
    }
    if (!report.closedAt) return {};
    for (const std::size_t column : {std::size_t{2}, std::size_t{3}}) {
        report.signatures.push_back({"", 0, day.textOrEmpty(column), {}, *report.closedAt});
    }
    return {};
}

Result<void> addGivenUp(storage::Database& database, DayReport& report) {
    for (const Row& row : TRY(database.query(
             "SELECT attempt, place, round, operator, counted, booked, at FROM day_counts_given_up "
             "WHERE day = ? ORDER BY attempt, round, at, place, operator",
             {report.day}))) {
        report.givenUp.push_back({static_cast<int>(row.integer(0)), row.text(1),
                                  static_cast<int>(row.integer(2)), row.text(3), row.integer(4),
                                  row.integer(5), timeOf(row.integer(6))});
    }
    return {};
}

// With what the close itself found missing.
Result<std::int64_t> missingAfter(storage::Database& database, const DayReport& report) {
    if (!report.closed) return balanceOf(database, Place::missing());
    return database.number(
        "SELECT coalesce(sum(balance), 0) FROM day_balances WHERE day = ? AND place = 'missing'",
        {report.day});
}

}  // namespace

Result<DayReport> reportOf(storage::Database& database, const std::string& name,
                           const ReportHead& head, WallTime at) {
    const auto day = TRY(findDay(database, name));
    if (!day) return fail(ErrorCode::moveNotPossible, "the books have no day " + name);
    if (day->state == DayState::frozen) {
        return fail(ErrorCode::dayFrozen, "day " + name + " is being counted; close it first");
    }
    const auto rows = TRY(database.query(
        "SELECT coalesce(last_move, 9223372036854775807), compared_at, operator, second_operator "
        "FROM days WHERE day = ?",
        {name}));
    DayReport report;
    report.terminal = head.terminal;
    report.outlet = head.outlet;
    report.region = head.region;
    report.day = name;
    report.closed = day->state == DayState::closed;
    report.openedAt = day->openedAt;
    report.closedAt = day->closedAt;
    report.generatedAt = at;
    const std::chrono::sys_days began{dateNamed(day->began)};
    const std::chrono::sys_days ended{chinaDate(day->closedAt.value_or(at))};
    report.calendarDays = std::max(static_cast<int>((ended - began).count()) + 1, 1);
    if (!rows[0].isNull(1)) report.comparedAt = timeOf(rows[0].integer(1));

    const Figures figures = TRY(Figures::read(database, name));
    report.kiosk = kioskEquation(figures);
    report.vault = vaultEquation(figures);
    TRY(addPlaces(database, report, figures));
    TRY(addConsumed(database, report, rows[0].integer(0)));
    TRY(addRefused(database, report));
    TRY(addUndecided(database, report));
    std::ranges::sort(report.consumption, {}, &ports::BankConsumption::bank);
    report.missingAfter = TRY(missingAfter(database, report));
    TRY(addCases(database, report));
    TRY(addDifferences(database, report));
    TRY(addSignatures(database, report, rows[0]));
    TRY(addGivenUp(database, report));
    return report;
}

Result<DaySpan> spanOf(storage::Database& database, const std::string& name, WallTime at) {
    const auto day = TRY(findDay(database, name));
    if (!day) return fail(ErrorCode::moveNotPossible, "the books have no day " + name);
    DaySpan span{day->openedAt, day->closedAt.value_or(at)};
    const auto rows =
        TRY(database.query("SELECT min(at), max(at) FROM stock_events WHERE day = ?", {name}));
    if (!rows[0].isNull(0)) {
        span.from = std::min(span.from, timeOf(rows[0].integer(0)));
        span.until = std::max(span.until, timeOf(rows[0].integer(1)));
    }
    return span;
}

Result<std::string> dayOfNote(Transaction& transaction, WallTime at) {
    return businessDayOf(transaction, at);
}

Result<std::vector<ports::DayDifference>> compareWithProvince(Transaction& transaction,
                                                              const std::string& day,
                                                              const std::vector<RemoteCard>& remote,
                                                              WallTime at) {
    storage::Database& database = transaction.database();
    std::map<std::string, std::string> here;
    for (const Row& row : TRY(database.query("SELECT card_number, CASE WHEN condition IN "
                                             "('wrong','recovered') THEN 'finished' ELSE "
                                             "condition END "
                                             "FROM cards WHERE made_day = ?",
                                             {day}))) {
        here[row.text(0)] = row.text(1);
    }
    std::vector<ports::DayDifference> differences;
    for (const RemoteCard& card : remote) {
        const std::string there = card.made ? "OK" : "FAILED";
        const std::string same(nameOf(card.made ? Condition::finished : Condition::spoiled));
        std::string state;
        const auto found = here.find(card.cardNumber);
        if (found != here.end()) {
            state = found->second;
            here.erase(found);
        } else {
            // At the edge of a day the province's clock may put a card into the day beside it.
            const auto rows =
                TRY(database.query("SELECT CASE WHEN condition IN ('wrong','recovered') THEN "
                                   "'finished' ELSE condition "
                                   "END FROM cards "
                                   "WHERE card_number = ? AND made_day IS NOT NULL",
                                   {card.cardNumber}));
            if (!rows.empty()) state = rows[0].text(0);
        }
        if (state == same) continue;
        differences.push_back(
            {state.empty() ? ports::DifferenceKind::onlyRemote : ports::DifferenceKind::stateDiff,
             card.cardNumber, state, there});
    }
    for (const auto& [number, state] : here) {
        differences.push_back({ports::DifferenceKind::onlyLocal, number, state, ""});
    }
    TRY(transaction.run("DELETE FROM day_differences WHERE day = ?", {day}));
    for (const ports::DayDifference& difference : differences) {
        TRY(transaction.run("INSERT OR REPLACE INTO day_differences VALUES(?,?,?,?,?)",
                            {day, difference.cardNumber, std::string(nameOf(difference.kind)),
                             difference.here, difference.there}));
    }
    TRY(transaction.run("UPDATE days SET compared_at = ? WHERE day = ?", {stampOf(at), day}));
    return differences;
}

}  // namespace liqu::custody
