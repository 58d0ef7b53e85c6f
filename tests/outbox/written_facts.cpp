#include "tests/outbox/written_facts.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "tests/outbox/sure.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::proof {
namespace {

using namespace province;
using storage::Transaction;

constexpr MessageType types[] = {MessageType::stockCount, MessageType::stockAdjust,
                                 MessageType::stockReturn, MessageType::stockDestroy};
constexpr std::size_t mostAtOnce = 4;  // businesses under way: the next fact is often of the same
constexpr std::uint64_t mostOfABusiness = 6;  // facts

}  // namespace

const Terminal& proofTerminal() {
    static const Terminal terminal{test::testTerminal, "440100", "O-0001", "guangdong-3"};
    return terminal;
}

// One of those under way, or a new one.
FactWriter::Open& FactWriter::someBusiness() {
    if (open_.size() < mostAtOnce && (open_.empty() || random_.below(3) == 0)) {
        Business business;
        const std::string number = std::to_string(1'000'000 + ++businesses_);
        business.bizId = proofTerminal().terminalId + "-20240601-" + number.substr(1);
        business.bankCode = "B01";
        business.operatorId = "000101";
        business.secondOperatorId = "000102";
        open_.push_back({business, 1 + static_cast<int>(random_.below(mostOfABusiness))});
        return open_.back();
    }
    return open_[random_.below(open_.size())];
}

Fact FactWriter::nextFact(storage::Database& kiosk) {
    Open& chosen = someBusiness();
    Business business = chosen.business;
    // The province refuses what one person did alone.
    if (oneRefusedIn_ > 0 && random_.below(oneRefusedIn_) == 0) business.secondOperatorId.clear();
    const MessageType type = types[random_.below(std::size(types))];
    StockAct act;
    act.place = "vault";
    act.toPlace = "missing";
    act.count = 1;
    act.reason = "fact " + std::to_string(++written_);  // no two are alike
    act.at = clock_.wallTime();
    const int ordinal = sure(nextOrdinal(kiosk, business.bizId, type));
    if (--chosen.left == 0) {
        chosen = open_.back();
        open_.pop_back();
    }
    return sure(factOf(business, type, act, ordinal));
}

std::vector<Fact> FactWriter::write(storage::Database& kiosk, int count) {
    std::vector<Fact> facts;
    auto transaction = sure(Transaction::begin(kiosk));
    for (int i = 0; i < count; ++i) {
        facts.push_back(nextFact(transaction.database()));
        sure(outbox_.enqueue(transaction, facts.back()));
    }
    sure(transaction.commit());
    return facts;
}

void compareBooks(storage::Database& kiosk, const world::Books& books, std::int64_t written,
                  OutboxFigures& figures) {
    const auto rows = sure(kiosk.query(
        "SELECT idempotency_key, state, fact IN (SELECT fact FROM closed_facts) FROM outbox"));
    for (const storage::Row& row : rows) {
        const auto found =
            books.carriedOut.find(world::carriedOutKey(proofTerminal().terminalId, row.text(0)));
        const bool there = found != books.carriedOut.end() && found->second.code == "OK";
        if (row.integer(2) != 0) {
            if (there) ++figures.twice;
            continue;
        }
        if (!there || row.text(1) != "delivered") ++figures.lost;
    }
    figures.lost += written - static_cast<std::int64_t>(rows.size());
    std::set<std::string> seen;
    std::map<std::string, std::int64_t> newest;
    for (const std::string& key : books.order) {
        const world::CarriedOut& one = books.carriedOut.at(key);
        if (one.code != "OK" || one.terminalSeq == 0) continue;
        if (!seen.insert(one.bizId + one.messageType + one.bodyHash).second) ++figures.twice;
        std::int64_t& before = newest[one.bizId];
        if (one.terminalSeq < before) ++figures.disorder;
        before = std::max(before, one.terminalSeq);
    }
}

}  // namespace liqu::proof
