// A run before an older province: it knows no keys, so what was said to it is found by the card and
// by its own list of what it was asked; what it has no message for stands on the branch's list.
#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

bool isOnBranchList(const Bench& bench, const CsvRow& fact) {
    for (const CsvRow& line : bench.evidence.branchList) {
        if (line.at("terminal_seq") == fact.at("terminal_seq") &&
            line.at("message_type") == fact.at("message_type") &&
            line.at("biz_id") == fact.at("order_id"))
            return true;
    }
    return false;
}

void checkDelivered(Bench& bench, const CsvRow& fact, const std::string& name) {
    const std::string& outcome = fact.at("outcome");
    if (outcome.ends_with("/BRANCH_LIST")) {
        bench.expect(isOnBranchList(bench, fact), name + " stands on the branch's list");
    } else if (!outcome.ends_with("/DAY_PAPER")) {
        std::string card;
        for (const Json& order : bench.evidence.world.value("orders", Json::array())) {
            if (textAt(order, "orderId") == fact.at("order_id")) card = textAt(order, "cardNumber");
        }
        bench.expect(bench.older("acts", "key", card) != nullptr,
                     name + " is known to the older province", outcome);
    }
}

}  // namespace

void checkOlderProvince(Bench& bench) {
    for (const char* list : {"violations", "wrongs"}) {
        const Json found = bench.evidence.olderProvince.value(list, Json::array());
        bench.expect(found.empty(), "the older province found nothing wrong", found.dump());
    }
    for (const Json& act : bench.evidence.olderProvince.value("acts", Json::array())) {
        bench.expectEqual(textAt(act, "executedTwice"), "0",
                          textAt(act, "act") + " was carried out once");
    }
    checkFacts(bench, checkDelivered);
}

void checkOlderChange(Bench& bench, const Json& order, const std::set<std::string>& states) {
    const std::string state = textAt(order, "state");
    const std::string holder = textAt(bench.evidence.world, "document/number");
    bool isSo = false;
    for (const Json& card : bench.evidence.province.value("cards", Json::array())) {
        const bool theirs = textAt(card, "socialNumber") == holder;
        isSo = isSo || (theirs && states.contains(textAt(card, "state")));
    }
    const bool carriedOut = state == "carriedOut";
    bench.expect(carriedOut || state == "resumable", "the change has a legal end", state);
    bench.expect(isSo == carriedOut, "the books say of the change what the older province did",
                 state);
    const Json* act = bench.older("acts", "act", textAt(order, "service"));
    bench.expect(!carriedOut || (act != nullptr && textAt(*act, "done") == "1"),
                 "the older province was asked for it and did it once", state);
}

}  // namespace liqu::judge
