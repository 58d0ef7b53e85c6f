// The province's books, the kiosk's outbox and its orders tell one story.
#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/digest.hpp"

namespace liqu::judge {
namespace {

const Json* carriedOut(const Bench& bench, const std::string& key) {
    return bench.provinces("carriedOut", "idemKey", key);
}

void checkDelivered(Bench& bench, const CsvRow& fact, const std::string& name) {
    const Json* message = carriedOut(bench, fact.at("idempotency_key"));
    bench.expect(message != nullptr, name + " is known to the province");
    if (message == nullptr) return;
    bench.expectEqual(textAt(*message, "msgType"), fact.at("message_type"),
                      name + " has the same type there");
    bench.expectEqual(textAt(*message, "bizId"), fact.at("order_id"),
                      name + " belongs to the same order there");
    bench.expectEqual(std::to_string(momentOf(textAt(*message, "bizTime")).value_or(0)),
                      fact.at("happened_at"), name + " happened at the same time there");
    bench.expectEqual(textAt(*message, "terminalSeq"), fact.at("terminal_seq"),
                      name + " has the same number there");
    bench.expect(
        textAt(*message, "code") == fact.at("outcome").substr(0, fact.at("outcome").find('/')) ||
            (textAt(*message, "replays") != "0" && fact.at("outcome") == "ALREADY"),
        name + " was answered as the kiosk wrote down", fact.at("outcome"));
    bench.expect(
        std::atol(fact.at("delivered_at").c_str()) >= std::atol(fact.at("happened_at").c_str()),
        name + " was delivered after it happened");
}

void checkTerminal(Bench& bench) {
    for (const Json& message : bench.evidence.province.value("carriedOut", Json::array())) {
        if (textAt(message, "terminalSeq") == "0") continue;
        const std::string key = textAt(message, "idemKey");
        bool known = false;
        for (const CsvRow& fact : bench.evidence.outbox) {
            known = known || fact.at("idempotency_key") == key;
        }
        bench.expect(known, "the province's fact " + textAt(message, "terminalSeq") +
                                " comes from the outbox");
    }
}

void checkOrder(Bench& bench, const Json& order) {
    const std::string id = textAt(order, "orderId");
    const std::string number = textAt(order, "applicationNo");
    if (number.empty()) return;
    const Json* application = bench.provinces("applications", "applicationNo", number);
    bench.expect(application != nullptr, "order " + id + " has its application at the province");
    const std::string permitId = textAt(order, "permitId");
    if (application == nullptr || permitId.empty()) return;
    const Json* permit = bench.provinces("permits", "permitId", permitId);
    bench.expect(permit != nullptr, "order " + id + " has its permit at the province");
    if (permit == nullptr) return;
    bench.expectEqual(textAt(*permit, "applicationNo"), number,
                      "the permit belongs to that application");
    bench.expectEqual(textAt(*permit, "cardNo"), textAt(order, "cardNumber"),
                      "the permit is for the card of the order");
    if (const Json* chip = bench.chipOf(textAt(order, "cardNumber"))) {
        bench.expectEqual(textAt(*permit, "cardIdCode"), textAt(*chip, "items/card-id-code"),
                          "the permit's card identification code is the chip's");
        bench.expectEqual(textAt(*permit, "atr"), textAt(*chip, "answerToReset"),
                          "the permit's answer to reset is the chip's");
    }
}

}  // namespace

void checkFacts(Bench& bench, void (*delivered)(Bench&, const CsvRow&, const std::string& name)) {
    long number = 0;
    for (const CsvRow& fact : bench.evidence.outbox) {
        const std::string name = "fact " + fact.at("terminal_seq") + " " + fact.at("message_type");
        bench.expectEqual(fact.at("terminal_seq"), std::to_string(++number),
                          name + " follows without a gap");
        const std::string& state = fact.at("state");
        if (state == "delivered") {
            delivered(bench, fact, name);
        } else if (state == "queued") {
            // On its way; what the province carried out meanwhile it may know already.
            bench.expect(fact.at("delivered_at").empty(), name + " is not delivered yet");
        } else {
            bench.expectEqual(state, "parked", name + " waits for staff");
        }
    }
}

void checkProvince(Bench& bench) {
    const Json violations = bench.evidence.province.value("violations", Json::array({"none"}));
    bench.expect(violations.empty(), "the province's own audit finds nothing", violations.dump());
    for (const Json& card : bench.evidence.province.value("cards", Json::array())) {
        const std::string state = textAt(card, "state");
        const bool lost = state == "TEMP_LOST" || state == "FORMAL_LOST";
        const bool blocked =
            textAt(card, "bankBlocked") == "true" || !textAt(card, "lostUntil").empty();
        bench.expect(lost || !blocked, "only a card that is lost is blocked");
    }
    checkFacts(bench, checkDelivered);
    checkTerminal(bench);
    for (const Json& order : bench.evidence.world.value("orders", Json::array())) {
        checkOrder(bench, order);
    }
}

}  // namespace liqu::judge
