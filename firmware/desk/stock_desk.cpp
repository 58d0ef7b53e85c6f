#include "firmware/desk/stock_desk.hpp"

#include "firmware/custody/books_clock.hpp"
#include "firmware/desk/bin_exits.hpp"
#include "firmware/desk/stock_facts.hpp"

namespace liqu::desk {

using custody::Act;
using custody::Exchange;
using custody::ExchangeId;
using province::MessageType;
using storage::Transaction;

custody::BoxRules StockDesk::boxRules() const {
    custody::BoxRules rules;
    rules.region = parts_.region.regionCode;
    rules.boxCapacity = parts_.region.stock.boxCapacity;
    for (const auto& [bank, name] : parts_.region.bankNames) rules.banks.insert(bank);
    return rules;
}

custody::ReportHead StockDesk::reportHead() const {
    return {parts_.config.terminal, parts_.config.outlet, parts_.region.regionCode};
}

// -- boxes -----------------------------------------------------------------------------------

Result<void> StockDesk::receiveBox(const custody::BoxLabel& label, const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        TRY(custody::receiveBox(transaction, label, boxRules(), act));
                        province::StockAct fact = factOf(act, "bank", "vault", label.count);
                        fact.box = label.box;
                        fact.seal = label.seal;
                        fact.firstCardNumber = label.first;
                        fact.lastCardNumber = label.last;
                        TRY(StockFacts(parts_, transaction, act)
                                .queue(MessageType::stockReceive, label.bank, fact));
                        return {};
                    });
}

Result<void> StockDesk::openBox(const std::string& box, const std::string& seal,
                                const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        return custody::openBox(transaction, box, seal, act);
                    });
}

Result<std::int64_t> StockDesk::returnBox(const std::string& box, const std::string& reason,
                                          const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Act& act) -> Result<std::int64_t> {
                        const auto numbers = TRY(custody::numbersInVault(parts_.database, box));
                        const std::int64_t cards = TRY(custody::returnBox(transaction, box, act));
                        TRY(StockFacts(parts_, transaction, act)
                                .queueBox(MessageType::stockReturn, box, "bank", cards, numbers));
                        return cards;
                    });
}

Result<std::int64_t> StockDesk::destroyBox(const std::string& box, const std::string& reason,
                                           const TwoPeople& people) {
    return carryOut(
        parts_, people, reason,
        [&](Transaction& transaction, const Act& act) -> Result<std::int64_t> {
            const auto numbers = TRY(custody::numbersInVault(parts_.database, box));
            const std::int64_t cards = TRY(custody::destroyBox(transaction, box, act));
            TRY(StockFacts(parts_, transaction, act)
                    .queueBox(MessageType::stockDestroy, box, "destroyed", cards, numbers));
            return cards;
        });
}

// -- lanes -----------------------------------------------------------------------------------

namespace {

// A lane is given to one bank and one vendor in kiosk.toml; its screens and readiness go by that.
Result<void> requireLanesCards(const policy::KioskConfig& config, int lane,
                               const custody::BoxLabel& label) {
    for (const policy::LaneConfig& given : config.lanes) {
        if (given.number != lane) continue;
        if (given.bank == label.bank && given.vendor == label.vendor) return {};
        return fail(ErrorCode::laneBelongsToOther,
                    "lane " + std::to_string(lane) + " is for " + given.bank + ", " + given.vendor +
                        "; box " + label.box + " is of " + label.bank + ", " + label.vendor);
    }
    return fail(ErrorCode::moveNotPossible, "there is no lane " + std::to_string(lane));
}

}  // namespace

Result<Exchange> StockDesk::beginLoad(const custody::LoadPlan& plan, const TwoPeople& people) {
    const custody::Box box = TRY(custody::findBox(parts_.database, plan.box));
    TRY(requireLanesCards(parts_.config, plan.lane, box.label));
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<Exchange> {
                        const ExchangeId id = TRY(custody::beginLoad(transaction, plan, act));
                        Exchange exchange = TRY(custody::findExchange(parts_.database, id));
                        return exchange;
                    });
}

Result<Exchange> StockDesk::beginUnload(int lane, const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<Exchange> {
                        const ExchangeId id = TRY(custody::beginUnload(transaction, lane, act));
                        Exchange exchange = TRY(custody::findExchange(parts_.database, id));
                        return exchange;
                    });
}

Result<void> StockDesk::countExchange(ExchangeId exchange, std::int64_t counted,
                                      const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        return custody::countExchange(transaction, exchange, counted, act);
                    });
}

Result<Exchange> StockDesk::endExchange(ExchangeId id,
                                        const std::vector<custody::LaneReading>& readings,
                                        const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<Exchange> {
                        const Exchange open = TRY(custody::findExchange(parts_.database, id));
                        std::vector<custody::LaneFinding> findings;
                        for (const custody::LaneReading& reading : readings) {
                            const auto booking =
                                TRY(custody::readFor(parts_.database, open, reading.cardNumber));
                            findings.push_back(TRY(custody::judgeReading(open, reading, booking)));
                        }
                        TRY(custody::judgeLane(findings));
                        const auto numbers = TRY(numbersInLane(parts_.database, open));
                        Exchange ended = TRY(custody::endExchange(transaction, id, act));
                        TRY(StockFacts(parts_, transaction, act).queueExchange(ended, numbers));
                        return ended;
                    });
}

Result<void> StockDesk::undoExchange(ExchangeId exchange, const std::string& reason,
                                     const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        TRY(custody::undoExchange(transaction, exchange, act));
                        return {};
                    });
}

// -- bins and lost cards ---------------------------------------------------------------------

Result<custody::Emptied> StockDesk::emptyBin(const custody::Place& bin, std::int64_t counted,
                                             const std::string& reason, const TwoPeople& people) {
    return carryOut(
        parts_, people, reason,
        [&](Transaction& transaction, const Act& act) -> Result<custody::Emptied> {
            custody::Emptied emptied = TRY(custody::emptyBin(transaction, bin, counted, act));
            province::StockAct fact = factOf(act, bin.name(), "bank", emptied.cards());
            fact.before = emptied.cards();
            fact.cardNumbers = emptied.numbers;
            // Finished cards are told by a message of their own.
            for (const std::string& number : TRY(followFinishedCards(parts_, transaction, act))) {
                fact.count -= static_cast<std::int64_t>(std::erase(fact.cardNumbers, number));
            }
            if (fact.count == 0) return emptied;
            TRY(StockFacts(parts_, transaction, act).queue(MessageType::stockReturn, "", fact));
            return emptied;
        });
}

Result<void> StockDesk::destroyReturned(const std::vector<std::string>& numbers,
                                        const std::string& reason, const TwoPeople& people) {
    return carryOut(
        parts_, people, reason, [&](Transaction& transaction, const Act& act) -> Result<void> {
            TRY(custody::destroyReturned(transaction, numbers, act));
            province::StockAct fact =
                factOf(act, "bank", "destroyed", static_cast<std::int64_t>(numbers.size()));
            fact.cardNumbers = numbers;
            TRY(StockFacts(parts_, transaction, act).queue(MessageType::stockDestroy, "", fact));
            return {};
        });
}

Result<void> StockDesk::bookMissing(const std::string& cardNumber, const custody::Place& from,
                                    const std::string& reason, const TwoPeople& people) {
    return carryOut(
        parts_, people, reason, [&](Transaction& transaction, const Act& act) -> Result<void> {
            TRY(custody::bookMissing(transaction, cardNumber, from, act));
            province::StockAct fact = factOf(act, from.name(), "missing", 1);
            TRY(sayWhichCard(parts_.database, fact, cardNumber));
            TRY(StockFacts(parts_, transaction, act).queue(MessageType::stockAdjust, "", fact));
            TRY(followFinishedCards(parts_, transaction, act));
            return {};
        });
}

Result<void> StockDesk::bookFound(const std::string& cardNumber, const custody::Place& at,
                                  const std::string& reason, const TwoPeople& people) {
    return carryOut(
        parts_, people, reason, [&](Transaction& transaction, const Act& act) -> Result<void> {
            TRY(custody::bookFound(transaction, cardNumber, at, act));
            province::StockAct fact = factOf(act, "missing", at.name(), 1);
            TRY(sayWhichCard(parts_.database, fact, cardNumber));
            TRY(StockFacts(parts_, transaction, act).queue(MessageType::stockAdjust, "", fact));
            TRY(followFinishedCards(parts_, transaction, act));
            return {};
        });
}

Result<void> StockDesk::nameCard(const std::string& cardNumber, const custody::Place& at,
                                 const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        TRY(custody::nameCard(transaction, cardNumber, at, act));
                        TRY(followFinishedCards(parts_, transaction, act));
                        return {};
                    });
}

// -- the day ---------------------------------------------------------------------------------

Result<void> StockDesk::freezeDay(const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        return custody::freezeDay(transaction, act);
                    });
}

Result<void> StockDesk::thawDay(const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        return custody::thawDay(transaction, act);
                    });
}

Result<void> StockDesk::acceptClock(const std::string& reason, const TwoPeople& people) {
    return commitAct(parts_, actAboutClock(parts_, people, reason),
                     [&](Transaction& transaction, const Act& act) -> Result<void> {
                         return custody::acceptClock(transaction, act);
                     });
}

Result<void> StockDesk::enterCount(const custody::CountEntry& entry) {
    return commitAct(parts_, actOfOneOfTwo(parts_, entry.operatorId),
                     [&](Transaction& transaction, const Act& act) -> Result<void> {
                         return custody::enterCount(transaction, entry, act.at);
                     });
}

Result<void> StockDesk::beginRecount(const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        return custody::beginRecount(transaction, act);
                    });
}

Result<custody::Day> StockDesk::closeDay(const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Act& act) -> Result<custody::Day> {
                        custody::Day day = TRY(custody::closeDay(transaction, act));
                        const auto report =
                            TRY(custody::reportOf(parts_.database, day.day, reportHead(), act.at));
                        const auto audit = TRY(staff::markDay(transaction, day.day));
                        TRY(StockFacts(parts_, transaction, act).queueDay(report, audit));
                        TRY(followFinishedCards(parts_, transaction, act));
                        return day;
                    });
}

Result<void> StockDesk::releaseCase(std::int64_t stockCase, const std::string& reason,
                                    const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Act& act) -> Result<void> {
                        return custody::releaseCase(transaction, stockCase, act);
                    });
}

Result<ports::DayReport> StockDesk::report(const std::string& day) {
    return custody::reportOf(parts_.database, day, reportHead(), parts_.clock.wallTime());
}

Result<std::vector<ports::DayDifference>> StockDesk::compare(province::Province& province,
                                                             const std::string& day) {
    TRY(this->report(day));
    const custody::DaySpan span =
        TRY(custody::spanOf(parts_.database, day, parts_.clock.wallTime()));
    // The end itself is not asked for, and a report is dated a moment after its card's end.
    province::ReconQuery query{day, span.from, span.until + std::chrono::seconds{1}};
    // What it was not told yet would look like a difference.
    if (TRY(province::reportsWaiting(parts_.database, query.until))) {
        return fail(ErrorCode::provinceUnreachable, "reports of the day are still in the queue");
    }
    const std::string bizId = parts_.config.terminal + "-" + day + "-000000";
    const province::Business business{bizId, parts_.config.lanes.front().bank,
                                      province::Channel::staff, "", ""};
    const province::Recon recon = TRY(province.recon(business, query));
    if (!recon.complete) {
        return fail(ErrorCode::provinceReplyMalformed, "more cards than one answer holds");
    }
    std::vector<custody::RemoteCard> remote;
    for (const province::ReconCard& card : recon.cards) {
        remote.push_back(
            {card.bizId, card.cardNumber.empty() ? card.blankId : card.cardNumber, card.made});
    }
    auto transaction = TRY(Transaction::begin(parts_.database));
    auto differences =
        TRY(custody::compareWithProvince(transaction, day, remote, parts_.clock.wallTime()));
    TRY(transaction.commit());
    return differences;
}

Result<custody::StockOverview> StockDesk::overview() {
    return custody::stockOverview(parts_.database, binRulesOf(parts_.region.stock),
                                  parts_.clock.wallTime());
}

}  // namespace liqu::desk
