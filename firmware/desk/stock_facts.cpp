#include "firmware/desk/stock_facts.hpp"

#include <algorithm>
#include <iterator>

namespace liqu::desk {
namespace {

using province::MessageType;

constexpr std::size_t mostNumbers = 1000;
constexpr std::size_t longestReason = 200;

void nameCards(province::StockAct& message, std::vector<std::string> numbers) {
    if (numbers.size() > mostNumbers) numbers.resize(mostNumbers);
    message.cardNumbers = std::move(numbers);
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

province::StockAct countOf(const ports::PlaceFigures& place, const custody::Mandate& mandate) {
    province::StockAct message =
        messageOf(mandate, place.place, "", place.counted.value_or(place.closing));
    message.lane = place.lane;
    message.before = place.closing;
    message.after = message.count;
    return message;
}

province::StockAct adjustmentOf(const custody::Correction& moved, const ports::DayReport& report,
                                const custody::Mandate& mandate) {
    province::StockAct message = messageOf(mandate, moved.from, moved.to, moved.cards);
    nameCards(message, moved.numbers);
    message.reason = moved.reason;
    for (const std::string& place : {moved.to, moved.from}) {
        const auto figures = std::ranges::find(report.places, place, &ports::PlaceFigures::place);
        if (figures != report.places.end()) message.lane = std::max(message.lane, figures->lane);
        if (moved.reason == custody::goneReason) continue;
        const auto found =
            std::ranges::find(report.cases, custody::countedAs(place), &ports::DayCase::place);
        if (found == report.cases.end()) continue;
        message.before = found->booked;
        message.after = found->counted;
        message.reason = "daily count, case " + std::to_string(found->id);
    }
    return message;
}

}  // namespace

province::StockAct messageOf(const custody::Mandate& mandate, std::string from, std::string to,
                             std::int64_t cards) {
    province::StockAct message;
    message.place = std::move(from);
    message.toPlace = std::move(to);
    message.count = cards;
    message.reason = mandate.reason.substr(0, longestReason);
    message.at = mandate.at;
    return message;
}

Result<void> sayWhichCard(storage::Database& database, province::StockAct& message,
                          const std::string& name) {
    if (name.empty()) return {};
    if (TRY(custody::findCard(database, name))) {
        message.cardNumbers = {name};
    } else {
        message.box = name;
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
        TRY(parts_.orders.nextOrderId(transaction_, parts_.config.terminal, mandate_.at));
    return province::Business{.bizId = bizId,
                              .bankCode = bank.empty() ? parts_.config.lanes.front().bank : bank,
                              .channel = province::Channel::staff,
                              .operatorId = mandate_.people.operatorId,
                              .secondOperatorId = mandate_.people.secondOperatorId};
}

Result<void> StockFacts::queue(MessageType type, const std::string& bank,
                               const province::StockAct& message) {
    province::StockAct bounded = message;
    nameCards(bounded, message.cardNumbers);
    const province::Business own = TRY(business(bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, type, bounded, 1))));
    return {};
}

Result<void> StockFacts::queueBox(MessageType type, const std::string& box, const std::string& to,
                                  std::int64_t cards, const std::vector<std::string>& numbers) {
    const custody::Box known = TRY(custody::findBox(parts_.database, box));
    province::StockAct message = messageOf(mandate_, "vault", to, cards);
    message.box = box;
    message.seal = known.label.seal;
    message.before = cards;
    if (!known.label.hasNumbers() || cards == known.label.count) {
        message.firstCardNumber = known.label.first;
        message.lastCardNumber = known.label.last;
    } else {
        message.cardNumbers = numbers;
    }
    return queue(type, known.label.bank, message);
}

Result<void> StockFacts::queueUnload(const custody::Exchange& ended,
                                     const std::vector<std::string>& numbers) {
    const std::string lane = custody::Place::hopper(ended.lane).name();
    const std::int64_t kept = ended.cards - ended.returned;
    if (kept > 0) {
        province::StockAct message = messageOf(mandate_, lane, "vault", kept);
        message.lane = ended.lane;
        message.before = ended.cards;
        message.after = ended.returned;
        // Both in order of the numbers.
        std::ranges::set_difference(numbers, ended.returnedNumbers,
                                    std::back_inserter(message.cardNumbers));
        TRY(queue(MessageType::stockUnload, ended.bank, message));
    }
    if (ended.returned == 0) return {};
    province::StockAct message = messageOf(mandate_, lane, "bank", ended.returned);
    message.lane = ended.lane;
    message.before = ended.returned;
    message.cardNumbers = ended.returnedNumbers;
    return queue(MessageType::stockReturn, ended.bank, message);
}

Result<void> StockFacts::queueExchange(const custody::Exchange& ended,
                                       const std::vector<std::string>& numbers) {
    if (ended.kind == custody::ExchangeKind::unload) return queueUnload(ended, numbers);
    const province::StockLoad load{
        ended.lane, ended.box, ended.first, ended.last, static_cast<int>(ended.cards), mandate_.at};
    const province::Business own = TRY(business(ended.bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, load))));
    return {};
}

Result<std::string> StockFacts::queueWrong(const std::string& bank,
                                           const province::WrongCard& card) {
    const province::Business own = TRY(business(bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, card))));
    return own.bizId;
}

Result<void> StockFacts::queueConfirmation(const std::string& bank,
                                           const province::WrongCardConfirmation& confirmation) {
    const province::Business own = TRY(business(bank));
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, confirmation))));
    return {};
}

Result<void> StockFacts::queueDay(const ports::DayReport& report, const staff::AuditEnd& audit) {
    const province::Business own = TRY(business(""));
    int counts = 0;
    int adjustments = 0;
    for (const ports::PlaceFigures& place : report.places) {
        TRY(parts_.outbox.enqueue(transaction_,
                                  TRY(province::factOf(own, MessageType::stockCount,
                                                       countOf(place, mandate_), ++counts))));
    }
    for (const custody::Correction& moved :
         TRY(custody::correctionsOf(parts_.database, report.day))) {
        const province::StockAct message = adjustmentOf(moved, report, mandate_);
        TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, MessageType::stockAdjust,
                                                                     message, ++adjustments))));
    }
    TRY(parts_.outbox.enqueue(transaction_, TRY(province::factOf(own, snapshotOf(report, audit)))));
    return {};
}

}  // namespace liqu::desk
