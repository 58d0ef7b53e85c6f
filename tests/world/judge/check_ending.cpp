// How the run ended: the card in its holder's hand with every record agreeing, or not made, in one
// of the ways that is legal.
#include <algorithm>

#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

std::string stockPlace(const Bench& bench, const std::string& card, const char* column) {
    for (const CsvRow& row : bench.evidence.stock) {
        if (row.at("card_number") == card) return row.at(column);
    }
    return {};
}

// "T-000017" of "T-000017-20240601-000042".
std::string orderTerminal(const Json& order) {
    const std::string id = textAt(order, "orderId");
    return id.substr(0, id.size() - std::min<std::size_t>(id.size(), 16));
}

void expectFact(Bench& bench, const std::string& order, const char* type, const char* code) {
    for (const CsvRow& fact : bench.evidence.outbox) {
        if (fact.at("order_id") != order || fact.at("message_type") != type) continue;
        bench.expect(fact.at("state") == "delivered" &&
                         (fact.at("outcome") == code || fact.at("outcome").starts_with("ALREADY") ||
                          fact.at("outcome").starts_with("PARTIAL")),
                     std::string(type) + " is delivered and accepted", fact.at("outcome"));
        return;
    }
    bench.expect(false, std::string(type) + " is delivered and accepted", "not in the outbox");
}

bool isExchange(const std::string& service) {
    return service.starts_with("exchange-") || service == "quality";
}

bool makesCard(const std::string& service) {
    return service == "first-card" || service == "replacement" || isExchange(service);
}

// As the province calls an application for it.
std::string kindOf(const std::string& service) {
    static const std::map<std::string, std::string> kinds = {
        {"first-card", "NEW"},     {"replacement", "LOST"},         {"exchange-damaged", "DAMAGED"},
        {"exchange-data", "INFO"}, {"exchange-expired", "EXPIRED"}, {"exchange-other", "OTHER"},
        {"quality", "WARRANTY"}};
    const auto found = kinds.find(service);
    return found == kinds.end() ? "no kind" : found->second;
}

void checkStepsOfMaking(Bench& bench, const std::string& order) {
    std::vector<std::string> expected = {"apply",       "mark",      "feed",     "checkBlank",
                                         "personalise", "writeChip", "readBack", "print",
                                         "report",      "enable",    "present"};
    const std::string service = textAt(bench.evidence.world, "service");
    // Whoever has another card made owes a fee, and what it is is asked before.
    if (service != "first-card") expected.insert(expected.begin() + 1, "quoteFee");
    if (bench.evidence.world.contains("fee"))
        expected.insert(expected.begin() + 2, {"orderFee", "awaitPayment"});
    // Taken in once the new one is in force.
    if (isExchange(service)) expected.insert(expected.end() - 1, "takeOldCard");
    // Nobody took it at the mouth; staff gave it out of the bin.
    if (textAt(bench.evidence.world, "counter/act").starts_with("giveTo")) expected.back() = "hold";
    std::vector<std::string> done;
    for (const Json& step : bench.evidence.timeline.value("steps", Json::array())) {
        if (step.value("order", "") != order || step.value("result", "") != "fact") continue;
        const std::string name = step.value("step", "");
        if (name == "reject") {
            // A refused blank: feeding begins anew.
            while (!done.empty() && done.back() != "mark") done.pop_back();
            continue;
        }
        done.push_back(name);
    }
    bench.expect(done == expected, "every step of the making was done, in its order");
}

void checkApplication(Bench& bench, const Json& order, const Json& application) {
    const std::string number = textAt(order, "cardNumber");
    const std::string service = textAt(order, "service");
    const bool replaces = service != "first-card";
    bench.expectEqual(textAt(order, "service"), textAt(bench.evidence.world, "service"),
                      "the order is for what the person came for");
    bench.expect(makesCard(service), "and that is a service that makes a card");
    bench.expectEqual(textAt(application, "cardNo"), number, "the application ended in this card");
    bench.expectEqual(textAt(application, "reservedBlank"), number, "it had this blank reserved");
    bench.expectEqual(textAt(application, "bizId"), textAt(order, "orderId"),
                      "it belongs to the order");
    bench.expectEqual(textAt(application, "bankCode"), stockPlace(bench, number, "bank"),
                      "it is for the bank of the blank");
    bench.expectEqual(textAt(application, "kind"), kindOf(service), "it is of its kind");
    const Json* old = bench.provinces("cards", "cardNo", textAt(application, "oldCardNo"));
    bench.expect(replaces ? old != nullptr && textAt(*old, "state") == "CANCELLED"
                          : textAt(application, "oldCardNo").empty(),
                 "a card that is replaced is no longer in use");
    bench.expect(
        textAt(application, "permitsGiven") == "1" && textAt(application, "failedBlanks") == "0",
        "one permit was given, and no blank failed");
    bench.expectEqual(textAt(application, "terminalId"), orderTerminal(order),
                      "it is of this terminal");
    const std::string created = textAt(application, "createdTime");
    for (const Json& message : bench.evidence.province.value("carriedOut", Json::array())) {
        if (textAt(message, "msgType") != "APPLY.CREATE") continue;
        bench.expectEqual(created, textAt(message, "receivedTime"), "it was created when it came");
    }
}

void checkPermit(Bench& bench, const Json& order, const Json& permit) {
    bench.expectEqual(textAt(permit, "state"), "REPORTED_OK", "the permit was reported on");
    bench.expectEqual(textAt(permit, "blankId"), textAt(order, "cardNumber"),
                      "the permit is for this blank");
    bench.expectEqual(textAt(permit, "terminalId"), orderTerminal(order),
                      "the permit is of this terminal");
    // Once; a chip that lost power in the middle is begun anew once, under the same permit.
    const std::string written = textAt(permit, "updateAuthorisations");
    bool lostPower = false;
    for (const Json& fault : bench.evidence.world.value("faults", Json::array())) {
        lostPower = lostPower || textAt(fault, "fault") == "chip.reset";
    }
    bench.expect(written == "1" || (lostPower && written == "2"), "the chip was written once",
                 written);
    const std::string expires = textAt(permit, "expires");
    bool used = false;
    for (const Json& message : bench.evidence.province.value("carriedOut", Json::array())) {
        if (textAt(message, "request/permitId") != textAt(permit, "permitId")) continue;
        used = textAt(message, "receivedTime") < expires;
    }
    bench.expect(used && expires.size() == 29 && expires.substr(23) == "+08:00",
                 "the permit was used before it ended");
}

void checkMade(Bench& bench, const Json& order) {
    const std::string id = textAt(order, "orderId");
    const std::string number = textAt(order, "cardNumber");
    const Json& world = bench.evidence.world;
    bench.expectEqual(textAt(world, "takenCard"), number,
                      "the card taken is the card of the order");
    bench.expectEqual(stockPlace(bench, number, "place"), "holder",
                      "the ledger: the holder has it");
    bench.expectEqual(stockPlace(bench, number, "condition"), "finished",
                      "the ledger: it is finished");
    bench.expectEqual(stockPlace(bench, number, "order_id"), id, "the ledger: it is of this order");
    expectFact(bench, id, "ISSUE.REPORT", "OK");
    expectFact(bench, id, "ISSUE.ENABLE", "OK");
    expectFact(bench, id, "ISSUE.HANDOVER", "OK");
    checkStepsOfMaking(bench, id);
    const Json* card = bench.provinces("cards", "cardNo", number);
    const Json* application =
        bench.provinces("applications", "applicationNo", textAt(order, "applicationNo"));
    const Json* permit = bench.provinces("permits", "permitId", textAt(order, "permitId"));
    bench.expect(card != nullptr && application != nullptr && permit != nullptr,
                 "the province has card, application and permit");
    if (card == nullptr || application == nullptr || permit == nullptr) return;
    bench.expectEqual(textAt(*card, "state"), "NORMAL", "the province: the card is in use");
    bench.expectEqual(textAt(*card, "bankCode"), stockPlace(bench, number, "bank"),
                      "the province: of the bank of the blank");
    bench.expectEqual(textAt(*permit, "version"), textAt(bench.evidence.world, "chipVersion"),
                      "the permit is for a chip of that version");
    bench.expectEqual(textAt(*card, "timesHandedOver"), "1", "the province: handed over once");
    bench.expectEqual(textAt(*card, "permitId"), textAt(order, "permitId"),
                      "the province: made under the permit of the order");
    bench.expectEqual(textAt(*application, "state"), "HANDED_OVER",
                      "the province: the application is done");
    checkApplication(bench, order, *application);
    checkPermit(bench, order, *permit);
    const Json* person = bench.provinces("persons", "socialNumber", textAt(*card, "socialNumber"));
    bench.expect(person != nullptr, "the province knows the card's person");
    if (person != nullptr) checkChip(bench, *card, *person);
}

bool cardIsStuck(const Bench& bench) {
    static const std::set<std::string> inside = {"jammed", "transport", "print",
                                                 "chip",   "rear",      "mouth"};
    for (const Json& card : bench.evidence.world.value("cards", Json::array())) {
        if (inside.contains(textAt(card, "place"))) return true;
    }
    return false;
}

bool kioskIsClosed(const Bench& bench) {
    const Json screens = bench.evidence.world.value("screens", Json::array());
    static const std::set<std::string> closed = {"out-of-service", "queries-only", "recovering"};
    return !screens.empty() && closed.contains(screens.back().get<std::string>());
}

// Made, handed over, and brought back as wrong: it lies among the spoiled, and nobody waits for it.
void checkTakenBack(Bench& bench, const Json& order) {
    const std::string number = textAt(order, "cardNumber");
    bench.verdict.end = "the card was made and taken back as wrong";
    bench.expect(bench.evidence.world.value("takenCard", Json()).is_null(), "nobody holds a card");
    bench.expectEqual(stockPlace(bench, number, "place"), "reject-bin",
                      "a wrong card lies in the reject bin");
    bench.expectEqual(stockPlace(bench, number, "condition"), "wrong", "and is booked as wrong");
    for (const char* fact : {"ISSUE.REPORT", "ISSUE.ENABLE", "ISSUE.HANDOVER"})
        expectFact(bench, textAt(order, "orderId"), fact, "OK");
    checkStepsOfMaking(bench, textAt(order, "orderId"));
}

// Held, resumable, failed, for staff to look at; open only while the machine waits for something.
void checkNotMade(Bench& bench, const Json& order) {
    static const std::set<std::string> legal = {"held", "resumable", "failed", "staffLook"};
    const std::string state = textAt(order, "state");
    const std::string number = textAt(order, "cardNumber");
    bench.verdict.end = "no card was handed over; the order ended as: " + state;
    bench.expect(bench.evidence.world.value("takenCard", Json()).is_null(), "nobody holds a card");
    const std::string place = stockPlace(bench, number, "place");
    const std::string condition = stockPlace(bench, number, "condition");
    if (state == "open") {
        const bool waits = condition == "written" && place == "chip-station";
        const bool closed = cardIsStuck(bench) && kioskIsClosed(bench);
        bench.verdict.end = waits ? "no card was handed over; the card waits for the line, written "
                                    "and unverified"
                                  : "no card was handed over; the machine is closed with the card "
                                    "inside, for staff to look at";
        bench.expect(waits || closed,
                     "an open order waits for the line, or for staff at a closed machine",
                     condition + " at " + place);
        return;
    }
    bench.expect(legal.contains(state), "the order has a legal end", state);
    if (state == "held" || state == "staffLook") {
        bench.expectEqual(place, "hold-bin", "a card that is kept lies in the hold bin");
    } else if (state == "failed") {
        bench.expectEqual(place, "reject-bin", "a spoiled card lies in the reject bin");
        bench.expectEqual(condition, "spoiled", "and is booked as spoiled");
    }
    if (state == "held") bench.expectEqual(condition, "finished", "a held card is finished");
}

// How the card stands after a change of that service; empty: a card it leaves as it stood.
std::set<std::string> statesAfter(const std::string& service) {
    static const std::map<std::string, std::set<std::string>> states = {
        {"loss-temporary", {"TEMP_LOST"}},
        {"loss-formal", {"FORMAL_LOST"}},
        {"loss-release", {"NORMAL", "NOT_ENABLED"}},
        {"enable", {"NORMAL"}}};
    const auto found = states.find(service);
    return found == states.end() ? std::set<std::string>() : found->second;
}

// What the books say of a change is what the province did; nobody knows yet of one that is open.
void checkChange(Bench& bench, const Json& order) {
    const std::string state = textAt(order, "state");
    bench.verdict.end = "no card was begun; the change ended as: " + state;
    bench.expect(bench.evidence.world.value("takenCard", Json()).is_null(), "nobody holds a card");
    if (state == "open") return;
    if (bench.isBeforeOlderProvince())
        return checkOlderChange(bench, order, statesAfter(textAt(order, "service")));
    const Json* done = bench.provinces("carriedOut", "bizId", textAt(order, "orderId"));
    const bool carriedOut = state == "carriedOut" || state == "withdrawn";
    bench.expect(carriedOut || state == "resumable", "the change has a legal end", state);
    bench.expect((done != nullptr) == carriedOut,
                 "the books say of the change what the province did", state);
    if (done == nullptr) return;
    const auto states = statesAfter(textAt(order, "service"));
    if (states.empty()) return;
    const Json* card = bench.provinces("cards", "cardNo", textAt(*done, "answer/cardNo"));
    bench.expect(card != nullptr && states.contains(textAt(*card, "state")),
                 "the card stands at the province as the change says", state);
}

}  // namespace

void checkEnding(Bench& bench) {
    const Json* order = bench.lastOrder();
    if (order == nullptr) {
        bench.verdict.end = "no card was begun";
        bench.expect(bench.evidence.world.value("takenCard", Json()).is_null(),
                     "nobody holds a card");
        return;
    }
    if (!makesCard(textAt(*order, "service"))) return checkChange(bench, *order);
    if (textAt(*order, "state") == "takenBack") return checkTakenBack(bench, *order);
    if (textAt(*order, "state") != "handedOver") return checkNotMade(bench, *order);
    bench.verdict.outcome = Outcome::made;
    bench.verdict.end = "the card was made and its holder has it";
    checkMade(bench, *order);
}

}  // namespace liqu::judge
