#include "tests/outbox/legacy_books_compared.hpp"

#include <algorithm>
#include <optional>

#include "tests/outbox/sure.hpp"

namespace liqu::proof {
namespace {

using province::MessageType;

const char* actOf(const LegacyFact& fact) {
    if (fact.fact.type == MessageType::issueEnable) return "enable";
    return fact.failed.empty() ? "report" : "report-failed";
}

// Where a fact has come to: when, and on which line of the branch's list, or 0.
struct Arrival {
    std::int64_t at = 0;
    std::int64_t line = 0;
    friend auto operator<=>(const Arrival&, const Arrival&) = default;
};

class Comparison {
  public:
    Comparison(storage::Database& kiosk, const world::LegacyBooks& books,
               const WrittenLegacyFacts& written, LegacyFigures& figures)
        : kiosk_(kiosk), books_(books), written_(written), figures_(figures) {}

    void run() {
        readList();
        const auto rows = sure(kiosk_.query(
            "SELECT idempotency_key, state, order_id, coalesce(closed_facts.reason, '') FROM "
            "outbox LEFT JOIN closed_facts ON closed_facts.fact = outbox.fact ORDER BY "
            "outbox.terminal_seq"));
        for (const storage::Row& row : rows) lookAt(row);
        figures_.outbox.facts = static_cast<std::int64_t>(written_.size());
        figures_.outbox.lost += figures_.outbox.facts - static_cast<std::int64_t>(rows.size());
        // What stands on the list and was never written, or twice.
        figures_.outbox.twice += figures_.branch - listed_;
        figures_.complaints = world::violations(books_);
        figures_.complaints.insert(figures_.complaints.end(), books_.wrongs.begin(),
                                   books_.wrongs.end());
    }

  private:
    void readList() {
        const auto rows = sure(kiosk_.query("SELECT key, line, listed_at FROM branch_list"));
        for (const storage::Row& row : rows) list_[row.text(0)] = {row.integer(2), row.integer(1)};
        figures_.branch = static_cast<std::int64_t>(rows.size());
    }

    void lookAt(const storage::Row& row) {
        const std::string key = row.text(0);
        const auto known = written_.find(key);
        if (known == written_.end()) {
            ++figures_.outbox.lost;
            return;
        }
        const auto line = list_.find(key);
        const bool isListed = line != list_.end();
        const bool isCarriedOut = isThere(books_, known->second);
        if (isListed) ++listed_;
        const std::string reason = row.text(3);
        const bool arrived = isListed || isCarriedOut;
        const bool isTold = reason == toldByLetter;
        if (isTold && arrived) ++figures_.outbox.twice;
        const bool isOver = row.text(1) == "delivered" || reason == seenThere;
        if (!isTold && !(isOver && arrived)) ++figures_.outbox.lost;
        if (isListed && isCarriedOut) ++figures_.outbox.twice;
        if (isCarriedOut) countEffects(known->second);
        if (arrived && !isTold) heedOrder(row.text(2), arrivalOf(known->second, isListed, key));
    }

    void countEffects(const LegacyFact& fact) {
        const world::LegacyAct& act = books_.act(actOf(fact), fact.card);
        if (act.done > 1) ++figures_.outbox.twice;
    }

    std::optional<Arrival> arrivalOf(const LegacyFact& fact, bool isListed,
                                     const std::string& key) const {
        if (isListed) return list_.at(key);
        const world::LegacyAct& act = books_.act(actOf(fact), fact.card);
        if (act.times.empty()) return std::nullopt;  // another outlet was first
        return Arrival{act.times.front().time_since_epoch().count(), 0};
    }

    void heedOrder(const std::string& business, const std::optional<Arrival>& arrival) {
        if (!arrival) return;
        Arrival& before = newest_[business];
        if (*arrival < before) ++figures_.outbox.disorder;
        before = std::max(before, *arrival);
    }

    storage::Database& kiosk_;
    const world::LegacyBooks& books_;
    const WrittenLegacyFacts& written_;
    LegacyFigures& figures_;
    std::map<std::string, Arrival> list_;  // by key
    std::map<std::string, Arrival> newest_;
    std::int64_t listed_ = 0;
};

}  // namespace

bool isThere(const world::LegacyBooks& books, const LegacyFact& fact) {
    const auto found = books.cards.find(fact.card);
    if (fact.card.empty() || found == books.cards.end()) return false;
    const world::LegacyCard& card = found->second;
    if (fact.fact.type == MessageType::issueEnable)
        return card.state == world::LegacyCardState::normal;
    if (!fact.failed.empty()) return card.failedReason == fact.failed;
    return !card.report.empty() && card.cardIdCode == fact.chip;
}

void compareLegacyBooks(storage::Database& kiosk, const world::LegacyBooks& books,
                        const WrittenLegacyFacts& written, LegacyFigures& figures) {
    Comparison(kiosk, books, written, figures).run();
}

}  // namespace liqu::proof
