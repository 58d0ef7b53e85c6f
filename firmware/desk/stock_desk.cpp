#include "firmware/desk/stock_desk.hpp"

#include "firmware/custody/books_clock.hpp"
#include "firmware/desk/audit_care.hpp"
#include "firmware/desk/bin_exits.hpp"
#include "firmware/desk/day_counters.hpp"
#include "firmware/desk/stock_facts.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::desk {

using custody::Exchange;
using custody::ExchangeId;
using custody::Mandate;
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

Result<void> StockDesk::receiveBox(const custody::BoxLabel& label, const TwoPeople& people) {
    return carryOut(
        parts_, people, "", [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
            TRY(custody::receiveBox(transaction, label, boxRules(), mandate));
            province::StockAct message = messageOf(mandate, "bank", "vault", label.count);
            message.box = label.box;
            message.seal = label.seal;
            message.firstCardNumber = label.first;
            message.lastCardNumber = label.last;
            TRY(StockFacts(parts_, transaction, mandate)
                    .queue(MessageType::stockReceive, label.bank, message));
            return {};
        });
}

Result<void> StockDesk::openBox(const std::string& box, const std::string& seal,
                                const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        return custody::openBox(transaction, box, seal, mandate);
                    });
}

Result<std::int64_t> StockDesk::returnBox(const std::string& box, const std::string& reason,
                                          const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<std::int64_t> {
                        const auto numbers = TRY(custody::numbersInVault(parts_.database, box));
                        const std::int64_t cards =
                            TRY(custody::returnBox(transaction, box, mandate));
                        TRY(StockFacts(parts_, transaction, mandate)
                                .queueBox(MessageType::stockReturn, box, "bank", cards, numbers));
                        return cards;
                    });
}

Result<std::int64_t> StockDesk::destroyBox(const std::string& box, const std::string& reason,
                                           const TwoPeople& people) {
    return carryOut(
        parts_, people, reason,
        [&](Transaction& transaction, const Mandate& mandate) -> Result<std::int64_t> {
            const auto numbers = TRY(custody::numbersInVault(parts_.database, box));
            const std::int64_t cards = TRY(custody::destroyBox(transaction, box, mandate));
            TRY(StockFacts(parts_, transaction, mandate)
                    .queueBox(MessageType::stockDestroy, box, "destroyed", cards, numbers));
            return cards;
        });
}

namespace {

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
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<Exchange> {
                        const ExchangeId id = TRY(custody::beginLoad(transaction, plan, mandate));
                        Exchange exchange = TRY(custody::findExchange(parts_.database, id));
                        return exchange;
                    });
}

Result<Exchange> StockDesk::beginUnload(int lane, const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<Exchange> {
                        const ExchangeId id = TRY(custody::beginUnload(transaction, lane, mandate));
                        Exchange exchange = TRY(custody::findExchange(parts_.database, id));
                        return exchange;
                    });
}

Result<void> StockDesk::countExchange(ExchangeId exchange, std::int64_t counted,
                                      const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        return custody::countExchange(transaction, exchange, counted, mandate);
                    });
}

Result<Exchange> StockDesk::endExchange(ExchangeId id,
                                        const std::vector<custody::LaneReading>& readings,
                                        const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<Exchange> {
                        const Exchange open = TRY(custody::findExchange(parts_.database, id));
                        std::vector<custody::LaneFinding> findings;
                        for (const custody::LaneReading& reading : readings) {
                            const auto booking =
                                TRY(custody::readFor(parts_.database, open, reading.cardNumber));
                            findings.push_back(TRY(custody::judgeReading(open, reading, booking)));
                        }
                        TRY(custody::judgeLane(findings));
                        const auto numbers = TRY(numbersInLane(parts_.database, open));
                        Exchange ended = TRY(custody::endExchange(transaction, id, mandate));
                        TRY(StockFacts(parts_, transaction, mandate).queueExchange(ended, numbers));
                        return ended;
                    });
}

Result<void> StockDesk::undoExchange(ExchangeId exchange, const std::string& reason,
                                     const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        TRY(custody::undoExchange(transaction, exchange, mandate));
                        return {};
                    });
}

Result<custody::Emptied> StockDesk::emptyBin(const custody::Place& bin, std::int64_t counted,
                                             const std::string& reason, const TwoPeople& people) {
    return carryOut(
        parts_, people, reason,
        [&](Transaction& transaction, const Mandate& mandate) -> Result<custody::Emptied> {
            custody::Emptied emptied = TRY(custody::emptyBin(transaction, bin, counted, mandate));
            province::StockAct message = messageOf(mandate, bin.name(), "bank", emptied.cards());
            message.before = emptied.cards();
            message.cardNumbers = emptied.numbers;
            // Finished cards are told by a message of their own.
            for (const std::string& number :
                 TRY(followFinishedCards(parts_, transaction, mandate))) {
                message.count -= static_cast<std::int64_t>(std::erase(message.cardNumbers, number));
            }
            if (message.count == 0) return emptied;
            TRY(StockFacts(parts_, transaction, mandate)
                    .queue(MessageType::stockReturn, "", message));
            return emptied;
        });
}

Result<void> StockDesk::destroyReturned(const std::vector<std::string>& numbers,
                                        const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        TRY(custody::destroyReturned(transaction, numbers, mandate));
                        province::StockAct message =
                            messageOf(mandate, "bank", "destroyed",
                                      static_cast<std::int64_t>(numbers.size()));
                        message.cardNumbers = numbers;
                        TRY(StockFacts(parts_, transaction, mandate)
                                .queue(MessageType::stockDestroy, "", message));
                        return {};
                    });
}

Result<void> StockDesk::bookMissing(const std::string& cardNumber, const custody::Place& from,
                                    const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        TRY(custody::bookMissing(transaction, cardNumber, from, mandate));
                        province::StockAct message = messageOf(mandate, from.name(), "missing", 1);
                        TRY(sayWhichCard(parts_.database, message, cardNumber));
                        TRY(StockFacts(parts_, transaction, mandate)
                                .queue(MessageType::stockAdjust, "", message));
                        TRY(followFinishedCards(parts_, transaction, mandate));
                        return {};
                    });
}

namespace {

// What is found was missed, but for an old card that the books have elsewhere.
Result<std::string> whereItWas(storage::Database& database, const std::string& cardNumber,
                               const custody::Place& foundAt) {
    if (foundAt != custody::Place::oldCardBin()) return custody::Place::missing().name();
    const auto card = TRY(custody::findCard(database, cardNumber));
    return (card ? card->place : custody::Place::bank()).name();
}

}  // namespace

Result<void> StockDesk::bookFound(const std::string& cardNumber, const custody::Place& at,
                                  const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        const std::string from = TRY(whereItWas(parts_.database, cardNumber, at));
                        TRY(custody::bookFound(transaction, cardNumber, at, mandate));
                        province::StockAct message = messageOf(mandate, from, at.name(), 1);
                        TRY(sayWhichCard(parts_.database, message, cardNumber));
                        TRY(StockFacts(parts_, transaction, mandate)
                                .queue(MessageType::stockAdjust, "", message));
                        TRY(followFinishedCards(parts_, transaction, mandate));
                        return {};
                    });
}

Result<void> StockDesk::nameCard(const std::string& cardNumber, const custody::Place& at,
                                 const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        TRY(custody::nameCard(transaction, cardNumber, at, mandate));
                        TRY(followFinishedCards(parts_, transaction, mandate));
                        return {};
                    });
}

Result<void> StockDesk::freezeDay(const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        return custody::freezeDay(transaction, mandate);
                    });
}

Result<void> StockDesk::thawDay(const std::string& reason, const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        return custody::thawDay(transaction, mandate);
                    });
}

Result<void> StockDesk::acceptClock(const std::string& reason, const TwoPeople& people) {
    return commitAct(parts_, mandateAboutClock(parts_, people, reason),
                     [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                         return custody::acceptClock(transaction, mandate);
                     });
}

Result<void> StockDesk::enterCount(const custody::CountEntry& entry) {
    return commitAct(parts_, mandateOfOneOfTwo(parts_, entry.operatorId),
                     [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                         return custody::enterCount(transaction, entry, mandate.at);
                     });
}

Result<void> StockDesk::beginRecount(const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        return custody::beginRecount(transaction, mandate);
                    });
}

Result<custody::Day> StockDesk::closeDay(const TwoPeople& people) {
    return carryOut(parts_, people, "",
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<custody::Day> {
                        custody::Day day = TRY(custody::closeDay(transaction, mandate));
                        const auto report = TRY(
                            custody::reportOf(parts_.database, day.day, reportHead(), mandate.at));
                        const auto audit = TRY(staff::markDay(transaction, day.day));
                        TRY(StockFacts(parts_, transaction, mandate).queueDay(report, audit));
                        TRY(witnessDay(parts_, transaction, day.day, mandate.at));
                        TRY(followFinishedCards(parts_, transaction, mandate));
                        TRY(keepWaiting(parts_, transaction, day.day));
                        return day;
                    });
}

Result<void> StockDesk::releaseCase(std::int64_t stockCase, const std::string& reason,
                                    const TwoPeople& people) {
    return carryOut(parts_, people, reason,
                    [&](Transaction& transaction, const Mandate& mandate) -> Result<void> {
                        return custody::releaseCase(transaction, stockCase, mandate);
                    });
}

Result<ports::DayReport> StockDesk::report(const std::string& day) {
    auto report =
        TRY(custody::reportOf(parts_.database, day, reportHead(), parts_.clock.wallTime()));
    report.counters = TRY(countersOf(parts_, day));
    report.names = TRY(staff::namesByNumber(parts_.database));
    TRY(putWitnessOn(report, parts_.database));
    return report;
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
    const province::Business business{.bizId = bizId,
                                      .bankCode = parts_.config.lanes.front().bank,
                                      .channel = province::Channel::staff,
                                      .operatorId = "",
                                      .secondOperatorId = ""};
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
