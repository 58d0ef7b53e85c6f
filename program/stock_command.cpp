// `liqu stock`: boxes, lanes, and what is where.
#include "firmware/custody/stock_history.hpp"
#include "firmware/desk/bin_exits.hpp"
#include "program/books_access.hpp"

namespace liqu::program {
namespace {

using custody::Exchange;
using desk::StockDesk;

std::string countText(std::optional<std::int64_t> cards) {
    return cards ? std::to_string(*cards) : "to be counted";
}

void printLine(const std::string& place, const std::string& cards, const std::string& more) {
    std::printf("%-14s %13s  %s\n", place.c_str(), cards.c_str(), more.c_str());
}

void printOverview(const custody::StockOverview& overview) {
    for (const custody::LaneOverview& lane : overview.lanes) {
        std::string more = lane.bank.empty() ? "" : lane.bank + ", " + lane.vendor;
        if (lane.stop) more += "  " + lane.stop->why;
        printLine("hopper-" + std::to_string(lane.lane), countText(lane.cards), more);
    }
    printLine("path", countText(overview.path), "transport, chip station, mouth");
    for (const custody::Bin& bin : overview.bins) {
        const bool shown = bin.cards >= 0;
        std::string more = bin.full ? "full " : "";
        if (bin.overdue > 0) more += std::to_string(bin.overdue) + " overdue";
        printLine(bin.place.name(), shown ? std::to_string(bin.cards) : countText({}), more);
    }
    printLine("vault", countText(overview.vault), "");
    for (const custody::Box& box : overview.boxes) {
        printLine("  " + box.label.box, std::to_string(box.inVault),
                  box.label.bank + ", " + box.label.vendor + ", " + std::string(nameOf(box.state)) +
                      ", " + box.label.first + " to " + box.label.last);
    }
    printLine("missing", std::to_string(overview.missing), "");
    for (const Exchange& exchange : overview.openExchanges) {
        std::printf("session %lld (%s) at lane %d has no end: count and end it, or undo it\n",
                    static_cast<long long>(exchange.id), std::string(nameOf(exchange.kind)).c_str(),
                    exchange.lane);
    }
    for (const custody::StockCase& found : overview.openCases) {
        std::printf("case %lld of day %s: %s had %lld in the books, %lld were counted\n",
                    static_cast<long long>(found.id), found.day.c_str(), found.place.c_str(),
                    static_cast<long long>(found.booked), static_cast<long long>(found.counted));
    }
}

// A machine without a vault is filled straight from the bank's hands.
Result<std::string> loadWithoutBox(const StockOptions& options, StockDesk& desk, Books& books) {
    TRY(custody::requireNotFrozen(books.database()));
    const policy::KioskConfig& config = books.files().kiosk;
    if (options.lane < 1 || static_cast<std::size_t>(options.lane) > config.lanes.size()) {
        return fail(ErrorCode::configBadValue, "there is no lane " + std::to_string(options.lane));
    }
    if (const auto stop = TRY(custody::laneStopped(books.database(), options.lane))) {
        return fail(ErrorCode::laneStopped, stop->why);
    }
    const auto first = TRY(card::SocialCardNumber::parse(options.label.first));
    const auto last = TRY(card::SocialCardNumber::parse(options.label.last));
    const policy::LaneConfig& lane = config.lanes[static_cast<std::size_t>(options.lane) - 1];
    custody::LaneLoad blanks;
    blanks.lane = options.lane;
    blanks.bank = lane.bank;
    blanks.vendor = lane.vendor;
    blanks.people = options.people;
    blanks.numbers = TRY(card::expandRange(first, last));
    const auto change = [&](storage::Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        const province::StockLoad fact{options.lane,
                                       "",
                                       options.label.first,
                                       options.label.last,
                                       static_cast<int>(blanks.numbers.size()),
                                       mandate.at};
        TRY(custody::loadLane(transaction, blanks, mandate.at));
        // Each load is a business of its own: its facts do not wait for one another.
        const std::string bizId =
            TRY(books.orders().nextOrderId(transaction, config.terminal, mandate.at));
        const province::Business business{.bizId = bizId,
                                          .bankCode = lane.bank,
                                          .channel = province::Channel::staff,
                                          .operatorId = options.people.operatorId,
                                          .secondOperatorId = options.people.secondOperatorId};
        TRY(books.outbox().enqueue(transaction, TRY(province::factOf(business, fact))));
        return {};
    };
    TRY(desk::carryOut(desk.parts(), options.people, "", change));
    return std::to_string(blanks.numbers.size()) + " cards are in lane " +
           std::to_string(options.lane) + " now: " + options.label.first + " to " +
           options.label.last;
}

// Begun, and where the count was said at once, counted and ended.
Result<std::string> goOn(StockDesk& desk, const Exchange& begun, const StockOptions& options) {
    const std::string session = "session " + std::to_string(begun.id);
    const std::string lane = "lane " + std::to_string(begun.lane);
    if (options.count < 0) {
        return session + ": " + lane +
               " is stopped; move the cards, then liqu stock count --session " +
               std::to_string(begun.id);
    }
    TRY(desk.countExchange(begun.id, options.count, options.people));
    const Exchange ended = TRY(desk.endExchange(begun.id, {}, options.people));
    return session + " ended: " + std::to_string(ended.cards) + " cards " +
           (ended.kind == custody::ExchangeKind::load ? "are in " : "came out of ") + lane;
}

}  // namespace

int runStockShow(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        SystemClock clock;
        custody::BinRules rules;
        if (!options.config.empty()) {
            rules = desk::binRulesOf(TRY(readConfiguration(options.config)).region.stock);
        }
        printOverview(TRY(custody::stockOverview(database, rules, clock.wallTime())));
        TRY(custody::checkInvariants(database));
        std::printf("the books balance\n");
        return {};
    });
}

int runStockReceive(const StockOptions& options) {
    return actOnBooks(options, staff::Act::receiveBox,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          TRY(desk.receiveBox(options.label, options.people));
                          return "box " + options.label.box +
                                 " is in the vault: " + std::to_string(options.label.count) +
                                 " cards, " + options.label.first + " to " + options.label.last;
                      });
}

int runStockOpenBox(const StockOptions& options) {
    return actOnBooks(options, staff::Act::receiveBox,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          TRY(desk.openBox(options.label.box, options.label.seal, options.people));
                          return "box " + options.label.box + " is open";
                      });
}

int runStockLoad(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::loadLane, [&](StockDesk& desk, Books& books) -> Result<std::string> {
            if (options.label.box.empty()) return loadWithoutBox(options, desk, books);
            const Exchange begun =
                TRY(desk.beginLoad({options.lane, options.label.box, options.label.first,
                                    options.label.last, options.label.count},
                                   options.people));
            return goOn(desk, begun, options);
        });
}

int runStockUnload(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::unloadLane, [&](StockDesk& desk, Books&) -> Result<std::string> {
            const Exchange begun = TRY(desk.beginUnload(options.lane, options.people));
            return goOn(desk, begun, options);
        });
}

int runStockCount(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::loadLane, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.countExchange(options.session, options.count, options.people));
            return "counted; liqu stock end --session " + std::to_string(options.session);
        });
}

int runStockEnd(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::loadLane, [&](StockDesk& desk, Books&) -> Result<std::string> {
            const Exchange ended = TRY(desk.endExchange(options.session, {}, options.people));
            return std::to_string(ended.cards) + " cards are booked; lane " +
                   std::to_string(ended.lane) + " runs again";
        });
}

int runStockUndo(const StockOptions& options) {
    return actOnBooks(options, staff::Act::loadLane,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          TRY(desk.undoExchange(options.session, options.reason, options.people));
                          return "session " + std::to_string(options.session) +
                                 " is undone; the books are as before";
                      });
}

int runStockReturn(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::returnBox, [&](StockDesk& desk, Books&) -> Result<std::string> {
            const auto cards =
                TRY(desk.returnBox(options.label.box, options.reason, options.people));
            return std::to_string(cards) + " cards of box " + options.label.box + " go to the bank";
        });
}

int runStockDestroy(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::destroyCards, [&](StockDesk& desk, Books&) -> Result<std::string> {
            if (options.label.box.empty()) {
                TRY(desk.destroyReturned(options.numbers, options.reason, options.people));
                return std::to_string(options.numbers.size()) + " returned cards are destroyed";
            }
            const auto cards =
                TRY(desk.destroyBox(options.label.box, options.reason, options.people));
            return std::to_string(cards) + " cards of box " + options.label.box + " are destroyed";
        });
}

}  // namespace liqu::program
