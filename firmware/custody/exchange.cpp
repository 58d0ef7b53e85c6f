#include "firmware/custody/exchange.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "firmware/custody/day.hpp"
#include "firmware/custody/lane_doubt.hpp"
#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;

constexpr const char* exchangeColumns =
    "SELECT exchange, kind, lane, box, bank, vendor, first_number, last_number, cards, counted, "
    "state, began_at, ended_at, operator, second_operator FROM exchanges ";

Exchange exchangeOf(const storage::Row& row) {
    Exchange exchange;
    exchange.id = row.integer(0);
    exchange.kind = row.choice<ExchangeKind>(1);
    exchange.lane = static_cast<int>(row.integer(2));
    exchange.box = row.textOrEmpty(3);
    exchange.bank = row.text(4);
    exchange.vendor = row.text(5);
    exchange.first = row.textOrEmpty(6);
    exchange.last = row.textOrEmpty(7);
    exchange.cards = row.integer(8);
    exchange.counted = optionalNumber(row, 9);
    exchange.state = row.choice<ExchangeState>(10);
    exchange.beganAt = timeOf(row.integer(11));
    if (!row.isNull(12)) exchange.endedAt = timeOf(row.integer(12));
    exchange.people = {row.text(13), row.text(14)};
    return exchange;
}

// The numbers of the plan, all blank and in the vault, in this box; none of a box without numbers.
Result<std::vector<std::string>> numbersOf(Transaction& transaction, const LoadPlan& plan,
                                           const Box& box) {
    if (!box.label.hasNumbers()) {
        if (plan.cards > 0 && plan.cards <= box.inVault) return std::vector<std::string>();
        return fail(ErrorCode::boxCountDiffers, "box " + plan.box + " has " +
                                                    std::to_string(box.inVault) +
                                                    " cards in the vault; say how many of them");
    }
    const auto first = TRY(card::SocialCardNumber::parse(plan.first));
    const auto last = TRY(card::SocialCardNumber::parse(plan.last));
    std::vector<std::string> numbers;
    for (const card::SocialCardNumber& number : TRY(card::expandRange(first, last))) {
        const auto rows =
            TRY(transaction.query("SELECT place, condition, coalesce(box, '') FROM cards WHERE "
                                  "card_number = ?",
                                  {number.text()}));
        if (rows.empty()) {
            return fail(ErrorCode::cardNotInStock, number.text() + " came with no box");
        }
        if (rows[0].text(1) != nameOf(Condition::blank)) {
            return fail(ErrorCode::cardAlreadyUsed, number.text() + " is " + rows[0].text(1));
        }
        if (rows[0].text(0) != Place::vault().name() || rows[0].text(2) != plan.box) {
            return fail(ErrorCode::rangeOverlaps,
                        number.text() + " is at " + rows[0].text(0) + ", box " + rows[0].text(2));
        }
        numbers.push_back(number.text());
    }
    return numbers;
}

Result<void> requireFreeLane(Transaction& transaction, int lane) {
    const auto stop = TRY(laneStopped(transaction.database(), lane));
    if (stop) return fail(ErrorCode::laneStopped, stop->why);
    return requireNotFrozen(transaction.database());
}

Result<void> requireRoom(Transaction& transaction, int lane, std::int64_t cards) {
    const std::string hopper = Place::hopper(lane).name();
    const auto rows = TRY(transaction.query(
        "SELECT balance, coalesce(capacity, 9999) FROM places WHERE place = ?", {hopper}));
    if (rows.empty()) {
        return fail(ErrorCode::moveNotPossible, "there is no lane " + std::to_string(lane));
    }
    const std::int64_t room = rows[0].integer(1) - rows[0].integer(0);
    if (cards <= room) return {};
    return fail(ErrorCode::placeFull, hopper + " has room for " + std::to_string(room) +
                                          " more cards, not for " + std::to_string(cards));
}

// A lane belongs to one bank and one vendor (Guangdong Art.36) until it is empty.
Result<void> requireSameCards(Transaction& transaction, int lane, const BoxLabel& label) {
    const auto rows = TRY(
        transaction.query("SELECT bank, vendor FROM lanes WHERE lane = ?", {std::int64_t{lane}}));
    const std::int64_t left = TRY(balanceOf(transaction.database(), Place::hopper(lane)));
    if (rows.empty() || left == 0) return {};
    if (rows[0].text(0) == label.bank && rows[0].text(1) == label.vendor) return {};
    return fail(ErrorCode::laneBelongsToOther, "lane " + std::to_string(lane) + " holds cards of " +
                                                   rows[0].text(0) + ", " + rows[0].text(1) +
                                                   "; unload them first");
}

Result<ExchangeId> open(Transaction& transaction, const Exchange& exchange,
                        const Mandate& mandate) {
    TRY(transaction.run(
        "INSERT INTO exchanges(kind, lane, box, bank, vendor, first_number, last_number, cards, "
        "state, began_at, operator, second_operator) VALUES(?,?,?,?,?,?,?,?,'open',?,?,?)",
        {std::string(nameOf(exchange.kind)), std::int64_t{exchange.lane}, orNull(exchange.box),
         exchange.bank, exchange.vendor, orNull(exchange.first), orNull(exchange.last),
         exchange.cards, stampOf(mandate.at), mandate.people.operatorId,
         mandate.people.secondOperatorId}));
    return transaction.lastInsertedRow();
}

Result<Exchange> requireOpen(Transaction& transaction, ExchangeId id) {
    Exchange exchange = TRY(findExchange(transaction.database(), id));
    if (exchange.state != ExchangeState::open) {
        return fail(ErrorCode::moveNotPossible, "session " + std::to_string(id) + " is " +
                                                    std::string(nameOf(exchange.state)) +
                                                    " already");
    }
    return exchange;
}

Result<Exchange> finish(Transaction& transaction, Exchange exchange, ExchangeState state,
                        WallTime at) {
    TRY(transaction.run("UPDATE exchanges SET state = ?, ended_at = ? WHERE exchange = ?",
                        {std::string(nameOf(state)), stampOf(at), exchange.id}));
    exchange.state = state;
    exchange.endedAt = at;
    return exchange;
}

Result<void> bookLoad(Transaction& transaction, const Exchange& exchange, const Mandate& mandate) {
    const Box box = TRY(findBox(transaction.database(), exchange.box));
    const auto numbers = TRY(numbersOf(
        transaction, {exchange.lane, exchange.box, exchange.first, exchange.last, exchange.cards},
        box));
    const Place hopper = Place::hopper(exchange.lane);
    if (numbers.empty()) {
        Movement movement{Place::vault(), hopper, exchange.cards};
        movement.box = exchange.box;
        TRY(post(transaction, movement, occasionOf(mandate, "loaded")));
    }
    TRY(postNumbers(transaction, Place::vault(), hopper, numbers, exchange.box,
                    occasionOf(mandate, "loaded")));
    TRY(countInBox(transaction, exchange.box, -exchange.cards));
    return transaction.run("INSERT OR REPLACE INTO lanes VALUES(?,?,?)",
                           {std::int64_t{exchange.lane}, exchange.bank, exchange.vendor});
}

// What has no number goes back to the boxes kept by count that were loaded here, the last one
// first, and to each no more than it lacks. Gives how many are of none.
Result<std::int64_t> unloadNameless(Transaction& transaction, const Place& hopper, int lane,
                                    std::int64_t cards, const Occasion& occasion) {
    for (const storage::Row& row : TRY(transaction.query(
             "SELECT boxes.box, boxes.count - in_vault FROM exchanges JOIN boxes USING(box) "
             "WHERE lane = ? AND kind = 'load' AND exchanges.state = 'ended' AND "
             "boxes.first_number = '' GROUP BY boxes.box ORDER BY max(exchange) DESC",
             {std::int64_t{lane}}))) {
        const std::int64_t its = std::min(cards, row.integer(1));
        if (its <= 0) continue;
        Movement movement{hopper, Place::vault(), its};
        movement.box = row.text(0);
        TRY(post(transaction, movement, occasion));
        TRY(countInBox(transaction, movement.box, its));
        cards -= its;
    }
    return cards;
}

Result<void> bookUnload(Transaction& transaction, Exchange& exchange, const Mandate& mandate) {
    const Place hopper = Place::hopper(exchange.lane);
    std::map<std::string, std::vector<std::string>> byBox;
    std::int64_t nameless = exchange.cards;
    for (const storage::Row& row :
         TRY(transaction.query("SELECT coalesce(box, ''), card_number FROM cards WHERE place = ? "
                               "ORDER BY card_number",
                               {hopper.name()}))) {
        byBox[row.text(0)].push_back(row.text(1));
        --nameless;
    }
    if (nameless < 0) {
        return fail(ErrorCode::unreadCardUnnamed, "a card of lane " +
                                                      std::to_string(exchange.lane) +
                                                      " left without being read; name it first");
    }
    exchange.returnedNumbers = std::exchange(byBox[""], {});
    byBox.erase("");
    for (const auto& [box, numbers] : byBox) {
        TRY(postNumbers(transaction, hopper, Place::vault(), numbers, box,
                        occasionOf(mandate, "unloaded")));
        TRY(countInBox(transaction, box, static_cast<std::int64_t>(numbers.size())));
    }
    nameless = TRY(unloadNameless(transaction, hopper, exchange.lane, nameless,
                                  occasionOf(mandate, "unloaded")));
    const Occasion back = occasionOf(mandate, "unloaded, of no box");
    TRY(postNumbers(transaction, hopper, Place::bank(), exchange.returnedNumbers, "", back));
    exchange.returned = static_cast<std::int64_t>(exchange.returnedNumbers.size()) + nameless;
    if (nameless == 0) return {};
    return post(transaction, {hopper, Place::bank(), nameless}, back);
}

}  // namespace

Result<ExchangeId> beginLoad(Transaction& transaction, const LoadPlan& plan,
                             const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    TRY(requireFreeLane(transaction, plan.lane));
    const Box box = TRY(findBox(transaction.database(), plan.box));
    if (box.state != BoxState::opened) {
        return fail(ErrorCode::moveNotPossible, "box " + plan.box + " is " +
                                                    std::string(nameOf(box.state)) +
                                                    "; it must be opened by two first");
    }
    const auto numbers = TRY(numbersOf(transaction, plan, box));
    const auto cards =
        box.label.hasNumbers() ? static_cast<std::int64_t>(numbers.size()) : plan.cards;
    TRY(requireRoom(transaction, plan.lane, cards));
    TRY(requireSameCards(transaction, plan.lane, box.label));
    Exchange exchange;
    exchange.lane = plan.lane;
    exchange.box = plan.box;
    exchange.bank = box.label.bank;
    exchange.vendor = box.label.vendor;
    exchange.first = plan.first;
    exchange.last = plan.last;
    exchange.cards = cards;
    return open(transaction, exchange, mandate);
}

Result<ExchangeId> beginUnload(Transaction& transaction, int lane, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    TRY(requireFreeLane(transaction, lane));
    const auto rows = TRY(transaction.query(
        "SELECT balance, bank, vendor FROM places JOIN lanes ON lane = ? WHERE place = ?",
        {std::int64_t{lane}, Place::hopper(lane).name()}));
    if (rows.empty() || rows[0].integer(0) == 0) {
        return fail(ErrorCode::placeBelowZero, "lane " + std::to_string(lane) + " is empty");
    }
    Exchange exchange;
    exchange.kind = ExchangeKind::unload;
    exchange.lane = lane;
    exchange.cards = rows[0].integer(0);
    exchange.bank = rows[0].text(1);
    exchange.vendor = rows[0].text(2);
    return open(transaction, exchange, mandate);
}

Result<void> countExchange(Transaction& transaction, ExchangeId id, std::int64_t counted,
                           const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    const Exchange exchange = TRY(requireOpen(transaction, id));
    if (counted != exchange.cards) {
        return fail(ErrorCode::boxCountDiffers,
                    std::to_string(counted) +
                        " counted, not what this session is to move; count "
                        "again, or put everything back and undo it");
    }
    return transaction.run("UPDATE exchanges SET counted = ? WHERE exchange = ?", {counted, id});
}

Result<Exchange> endExchange(Transaction& transaction, ExchangeId id, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    Exchange exchange = TRY(requireOpen(transaction, id));
    if (!exchange.counted) {
        return fail(ErrorCode::countIncomplete,
                    "the cards of session " + std::to_string(id) + " were not counted yet");
    }
    TRY(exchange.kind == ExchangeKind::load ? bookLoad(transaction, exchange, mandate)
                                            : bookUnload(transaction, exchange, mandate));
    return finish(transaction, std::move(exchange), ExchangeState::ended, mandate.at);
}

Result<Exchange> undoExchange(Transaction& transaction, ExchangeId id, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    Exchange exchange = TRY(requireOpen(transaction, id));
    return finish(transaction, std::move(exchange), ExchangeState::undone, mandate.at);
}

Result<Exchange> findExchange(storage::Database& database, ExchangeId id) {
    const auto rows =
        TRY(database.query(std::string(exchangeColumns) + "WHERE exchange = ?", {id}));
    if (rows.empty()) {
        return fail(ErrorCode::moveNotPossible, "there is no session " + std::to_string(id));
    }
    return exchangeOf(rows[0]);
}

Result<std::vector<Exchange>> openExchanges(storage::Database& database) {
    std::vector<Exchange> exchanges;
    for (const storage::Row& row :
         TRY(database.query(std::string(exchangeColumns) + "WHERE state = 'open' ORDER BY lane"))) {
        exchanges.push_back(exchangeOf(row));
    }
    return exchanges;
}

Result<std::optional<LaneStop>> laneStopped(storage::Database& database, int lane) {
    const std::string name = "lane " + std::to_string(lane);
    const auto sessions =
        TRY(database.query("SELECT exchange, kind FROM exchanges WHERE state = 'open' AND lane = ?",
                           {std::int64_t{lane}}));
    if (!sessions.empty()) {
        LaneStop stop{name + " is stopped: session " + std::to_string(sessions[0].integer(0)) +
                          " (" + sessions[0].text(1) + ") has no end yet",
                      sessions[0].integer(0),
                      {}};
        return std::optional<LaneStop>(std::move(stop));
    }
    const auto cases = TRY(database.query(
        "SELECT stock_case FROM stock_cases WHERE released_at IS NULL AND lane = ? LIMIT 1",
        {std::int64_t{lane}}));
    if (cases.empty()) {
        auto doubt = TRY(doubtOf(database, lane));
        if (!doubt) return std::optional<LaneStop>();
        return std::optional<LaneStop>(LaneStop{std::move(*doubt), {}, {}});
    }
    LaneStop stop{name + " is locked: case " + std::to_string(cases[0].integer(0)) +
                      " of the daily count is open",
                  {},
                  cases[0].integer(0)};
    return std::optional<LaneStop>(std::move(stop));
}

}  // namespace liqu::custody
