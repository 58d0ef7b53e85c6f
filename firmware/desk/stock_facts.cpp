#include "firmware/desk/stock_facts.hpp"

#include <algorithm>
#include <iterator>

namespace liqu::desk {
namespace {

using province::MessageType;

// What one message holds (openapi.json).
constexpr std::size_t mostNumbers = 1000;
constexpr std::size_t longestReason = 200;

void nameCards(province::StockAct& fact, std::vector<std::string> numbers) {
    if (numbers.size() > mostNumbers) numbers.resize(mostNumbers);
    fact.cardNumbers = std::move(numbers);
}

province::StockSnapshot snapshotOf(const ports::DayReport& report, const staff::AuditEnd& audit) {
    province::StockSnapshot snapshot;
    snapshot.auditLines = audit.lines;
    snapshot.auditDigest = audit.digest;
    snapshot.day = report.day;
    snapshot.until = report.closedAt.value_or(report.generatedAt);
    snapshot.from = std::min(report.openedAt, snapshot.until);
    for (const ports::PlaceFigures& place : report.places) {
        snapshot.places.push_back({place.place, place.bank, place.opening, place.in, place.out,
                                   place.closing, place.counted.value_or(place.closing)});
    }
    for (const ports::BankConsumption& bank : report.consumption) {
        snapshot.consumed += bank.consumed;
        snapshot.taken += bank.taken;
        snapshot.held += bank.held;
        snapshot.spoiled += bank.spoiled;
        snapshot.refused += bank.refused;
    }
    snapshot.cases = static_cast<std::int64_t>(report.cases.size());
    for (const ports::DayCase& found : report.cases) {
        if (!found.certain) continue;
        snapshot.missingCardNumbers.insert(snapshot.missingCardNumbers.end(), found.numbers.begin(),
                                           found.numbers.end());
    }
    if (snapshot.missingCardNumbers.size() > mostNumbers) {
        snapshot.missingCardNumbers.resize(mostNumbers);
    }
    return snapshot;
}

province::StockAct countOf(const ports::PlaceFigures& place, const custody::Act& act) {
    province::StockAct fact = factOf(act, place.place, "", place.counted.value_or(place.closing));
    fact.lane = place.lane;
    fact.before = place.closing;
    fact.after = fact.count;
    return fact;
}

// As the ledger moved them. Before and after are those of the place the cards came from, where it
// was counted; else of the one they came to.
province::StockAct adjustmentOf(const custody::Correction& moved, const ports::DayReport& report,
                                const custody::Act& act) {
    province::StockAct fact = factOf(act, moved.from, moved.to, moved.cards);
    nameCards(fact, moved.numbers);
    fact.reason = moved.reason;
    for (const std::string& place : {moved.to, moved.from}) {
        const auto figures = std::ranges::find(report.places, place, &ports::PlaceFigures::place);
        if (figures != report.places.end()) fact.lane = std::max(fact.lane, figures->lane);
        if (moved.reason == custody::goneReason) continue;
        const auto found =
            std::ranges::find(report.cases, custody::countedAs(place), &ports::DayCase::place);
        if (found == report.cases.end()) continue;
        fact.before = found->booked;
        fact.after = found->counted;
        fact.reason = "daily count, case " + std::to_string(found->id);
    }
    return fact;
}

}  // namespace

province::StockAct factOf(const custody::Act& act, std::string from, std::string to,
                          std::int64_t cards) {
    province::StockAct fact;
    fact.place = std::move(from);
    fact.toPlace = std::move(to);
    fact.count = cards;
    fact.reason = act.reason.substr(0, longestReason);
    fact.at = act.at;
    return fact;
}

Result<void> sayWhichCard(storage::Database& database, province::StockAct& fact,
                          const std::string& name) {
    if (name.empty()) return {};
    if (TRY(custody::findCard(database, name))) {
        fact.cardNumbers = {name};
    } else {
        fact.box = name;
    }
    return {};
}

Result<std::vector<std::string>> numbersInLane(storage::Database& database,
                                               const custody::Exchange& exchange) {
    std::vector<std::string> numbers;
    if (exchange.kind == custody::ExchangeKind::load) return numbers;
    for (const custody::CardRecord& card :
         TRY(custody::cardsAt(database, custody::Place::hopper(exchange.lane)))) {
        numbers.push_back(card.cardNumber);
    }
    return numbers;
}

Result<province::Business> StockFacts::business(const std::string& bank) {
    const std::string bizId =
        TRY(parts_.orders.nextOrderId(transaction_, parts_.config.terminal, act_.at));
    return province::Business{bizId, bank.empty() ? parts_.config.lanes.front().bank : bank,
                              province::Channel::staff, act_.people.operatorId,
                              act_.people.secondOperatorId};
}

Result<void> StockFacts::queue(MessageType type, const std::string& bank,
                               const province::StockAct& fact) {
    province::StockAct bounded = fact;
    nameCards(bounded, fact.cardNumbers);
    const province::Business own = TRY(business(bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, type, bounded, 1))));
    return {};
}

Result<void> StockFacts::queueBox(MessageType type, const std::string& box, const std::string& to,
                                  std::int64_t cards, const std::vector<std::string>& numbers) {
    const custody::Box known = TRY(custody::findBox(parts_.database, box));
    province::StockAct fact = factOf(act_, "vault", to, cards);
    fact.box = box;
    fact.seal = known.label.seal;
    fact.before = cards;
    if (!known.label.hasNumbers() || cards == known.label.count) {
        fact.firstCardNumber = known.label.first;
        fact.lastCardNumber = known.label.last;
    } else {
        fact.cardNumbers = numbers;
    }
    return queue(type, known.label.bank, fact);
}

Result<void> StockFacts::queueUnload(const custody::Exchange& ended,
                                     const std::vector<std::string>& numbers) {
    const std::string lane = custody::Place::hopper(ended.lane).name();
    const std::int64_t kept = ended.cards - ended.returned;
    if (kept > 0) {
        province::StockAct fact = factOf(act_, lane, "vault", kept);
        fact.lane = ended.lane;
        fact.before = ended.cards;
        fact.after = ended.returned;
        // Both in order of the numbers.
        std::ranges::set_difference(numbers, ended.returnedNumbers,
                                    std::back_inserter(fact.cardNumbers));
        TRY(queue(MessageType::stockUnload, ended.bank, fact));
    }
    if (ended.returned == 0) return {};
    province::StockAct fact = factOf(act_, lane, "bank", ended.returned);
    fact.lane = ended.lane;
    fact.before = ended.returned;
    fact.cardNumbers = ended.returnedNumbers;
    return queue(MessageType::stockReturn, ended.bank, fact);
}

Result<void> StockFacts::queueExchange(const custody::Exchange& ended,
                                       const std::vector<std::string>& numbers) {
    if (ended.kind == custody::ExchangeKind::unload) return queueUnload(ended, numbers);
    const province::StockLoad load{
        ended.lane, ended.box, ended.first, ended.last, static_cast<int>(ended.cards), act_.at};
    const province::Business own = TRY(business(ended.bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, load))));
    return {};
}

Result<void> StockFacts::queueDay(const ports::DayReport& report, const staff::AuditEnd& audit) {
    const province::Business own = TRY(business(""));
    int counts = 0;
    int adjustments = 0;
    for (const ports::PlaceFigures& place : report.places) {
        TRY(parts_.outbox.enqueue(
            transaction_,
            TRY(province::factOf(own, MessageType::stockCount, countOf(place, act_), ++counts))));
    }
    for (const custody::Correction& moved :
         TRY(custody::correctionsOf(parts_.database, report.day))) {
        const province::StockAct fact = adjustmentOf(moved, report, act_);
        TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, MessageType::stockAdjust,
                                                                     fact, ++adjustments))));
    }
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, snapshotOf(report, audit)))));
    return {};
}

}  // namespace liqu::desk
