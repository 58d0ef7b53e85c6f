#include "firmware/issuance/stock_facts.hpp"

namespace liqu::issuance {
namespace {

using province::MessageType;

// What one message holds (openapi.json).
constexpr std::size_t mostNumbers = 1000;
constexpr std::size_t longestReason = 200;

void nameCards(province::StockAct& fact, std::vector<std::string> numbers) {
    if (numbers.size() > mostNumbers) numbers.resize(mostNumbers);
    fact.cardNumbers = std::move(numbers);
}

province::StockSnapshot snapshotOf(const ports::DayReport& report) {
    province::StockSnapshot snapshot;
    snapshot.day = report.day;
    snapshot.from = report.openedAt;
    snapshot.until = report.closedAt.value_or(report.generatedAt);
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

province::StockAct adjustmentOf(const ports::DayCase& found, const ports::PlaceFigures& place,
                                const custody::Act& act) {
    // As many cards as booked, but not the same ones: those on the list are missing.
    const bool others = found.counted == found.booked;
    const bool lacks = found.counted < found.booked || others;
    province::StockAct fact =
        factOf(act, lacks ? found.place : "missing", lacks ? "missing" : found.place,
               others ? static_cast<std::int64_t>(found.numbers.size())
                      : std::abs(found.counted - found.booked));
    fact.lane = place.lane;
    fact.before = found.booked;
    fact.after = found.counted;
    if (found.certain) nameCards(fact, found.numbers);
    fact.reason = "daily count, case " + std::to_string(found.id);
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

Result<void> StockFacts::queueExchange(const custody::Exchange& ended,
                                       const std::vector<std::string>& numbers) {
    if (ended.kind == custody::ExchangeKind::unload) {
        province::StockAct fact =
            factOf(act_, custody::Place::hopper(ended.lane).name(), "vault", ended.cards);
        fact.lane = ended.lane;
        fact.before = ended.cards;
        fact.cardNumbers = numbers;
        return queue(MessageType::stockUnload, ended.bank, fact);
    }
    const province::StockLoad load{
        ended.lane, ended.box, ended.first, ended.last, static_cast<int>(ended.cards), act_.at};
    const province::Business own = TRY(business(ended.bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, load))));
    return {};
}

Result<void> StockFacts::queueDay(const ports::DayReport& report) {
    const province::Business own = TRY(business(""));
    int counts = 0;
    int adjustments = 0;
    for (const ports::PlaceFigures& place : report.places) {
        TRY(parts_.outbox.enqueue(
            transaction_,
            TRY(province::factOf(own, MessageType::stockCount, countOf(place, act_), ++counts))));
        for (const ports::DayCase& found : report.cases) {
            const bool same = found.booked == found.counted && found.numbers.empty();
            if (found.place != place.place || same) continue;
            TRY(parts_.outbox.enqueue(
                transaction_,
                TRY(province::factOf(own, MessageType::stockAdjust,
                                     adjustmentOf(found, place, act_), ++adjustments))));
        }
    }
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, snapshotOf(report)))));
    return {};
}

}  // namespace liqu::issuance
