// Every message the province carried out: its body is the one that was hashed, its key the one of
// its order, its time and number in their sequence.
#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/digest.hpp"

namespace liqu::judge {
namespace {

// The key of the n-th act of one type inside one business (hardware-notes/province.md, "Envelope").
bool isKeyOf(const Json& message, const std::string& key) {
    const std::string act = textAt(message, "terminalId") + "\n" + textAt(message, "bizId") + "\n" +
                            textAt(message, "msgType") + "\n";
    for (int ordinal = 1; ordinal <= 20; ++ordinal) {
        if (sm3Of(act + std::to_string(ordinal)) == key) return true;
    }
    return false;
}

bool endsRight(const Json& message) {
    static const std::set<std::string> codes = {"OK", "ALREADY", "PARTIAL"};
    const std::string code = textAt(message, "code");
    const std::string detail = textAt(message, "detail");
    const bool isWord =
        detail.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos;
    return codes.contains(code) && isWord && (code != "OK" || detail == "NONE");
}

// What the answer names again is what it was asked about, and the blank's chip is of the
// version that the visit has.
void checkNamedAgain(Bench& bench, const Json& message, const std::string& name) {
    for (const char* field : {"applicationNo", "socialNumber", "blankId"}) {
        const Json answer = message.value("answer", Json());
        const Json request = message.value("request", Json());
        if (!answer.is_object() || !answer.contains(field) || !request.contains(field)) continue;
        bench.expectEqual(textAt(answer, field), textAt(request, field),
                          name + " answered about what it was asked: " + field);
    }
    if (textAt(message, "msgType") != "BLANK.RESERVE") return;
    bench.expectEqual(textAt(message, "answer/version"),
                      textAt(bench.evidence.world, "chipVersion"),
                      name + " answered with the version of the chip");
}

// A fact is of the books that its terminal has now; what is no fact is of none.
void checkEpoch(Bench& bench, const Json& message, const std::string& name) {
    const Json* terminal =
        bench.provinces("terminals", "terminalId", textAt(message, "terminalId"));
    const bool isFact = textAt(message, "terminalSeq") != "0";
    const std::string epoch = terminal == nullptr ? "" : textAt(*terminal, "epoch");
    bench.expect(!isFact || epoch.size() == 32, name + " is of a terminal with an epoch", epoch);
    bench.expectEqual(textAt(message, "epoch"), isFact ? epoch : "",
                      name + " is of the terminal's epoch");
}

bool wasCancelledAsWrong(const Bench& bench, const std::string& card) {
    bool cancelled = false;
    for (const Json& message : bench.evidence.province.value("carriedOut", Json::array())) {
        cancelled = cancelled || (textAt(message, "msgType") == "WRONGCARD.CONFIRM" &&
                                  textAt(message, "request/cardNo") == card);
    }
    return cancelled;
}

void checkAnswer(Bench& bench, const Json& message, const std::string& name) {
    static const std::map<std::string, std::string> states = {
        {"APPLY.CREATE", "CREATED"}, {"ISSUE.MARK", "MARKED"}, {"ISSUE.HANDOVER", "HANDED_OVER"}};
    const std::string type = textAt(message, "msgType");
    const std::string state = textAt(message, "answer/state");
    if (const auto expected = states.find(type); expected != states.end()) {
        const bool held = type == "ISSUE.HANDOVER" && textAt(message, "request/outcome") != "TAKEN";
        bench.expect(state == expected->second || held, name + " led to the right state", state);
    }
    if (type == "ISSUE.REPORT") {
        const bool good = textAt(message, "request/result") == "OK";
        bench.expect(good == (state == "REPORTED_OK"), name + " led to the right state", state);
    }
    if (type == "APPLY.CREATE") {
        bench.expect(bench.provinces("applications", "applicationNo",
                                     textAt(message, "answer/applicationNo")) != nullptr,
                     name + " answered with an application there is");
    }
    if (type == "BLANK.RESERVE") {
        bench.expectEqual(textAt(message, "answer/numberMode"), "PREWRITTEN",
                          name + " answered with the number's mode");
    }
    if (type == "STOCK.LOAD") {
        bench.expectEqual(textAt(message, "answer/countInTerminal"),
                          textAt(message, "request/count"), name + " counted the blanks");
    }
    if (type == "ISSUE.ENABLE") {
        const Json* card = bench.provinces("cards", "cardNo", textAt(message, "request/cardNo"));
        // A wrong one is cancelled later.
        const bool changed = wasCancelledAsWrong(bench, textAt(message, "request/cardNo"));
        bench.expect(card != nullptr &&
                         textAt(*card, "bankLinked") == textAt(message, "answer/bankLinked") &&
                         textAt(*card, "state") ==
                             (changed ? "CANCELLED" : textAt(message, "answer/cardState")),
                     name + " answered with the card's state");
    }
}

std::int64_t dayBefore(std::int64_t moment) {
    return moment - 24 * 3600 * 1000;
}

bool anyFault(const Bench& bench) {
    return !bench.evidence.world.value("faults", Json::array()).empty();
}

void checkTerminals(Bench& bench) {
    std::string last = "0";
    for (const CsvRow& fact : bench.evidence.outbox) {
        if (fact.at("state") == "delivered") last = fact.at("terminal_seq");
    }
    for (const Json& terminal : bench.evidence.province.value("terminals", Json::array())) {
        bench.expect(terminal.value("missingTerminalSeqs", Json()) == Json::array(),
                     "the province misses no fact of the terminal");
        bench.expect(textAt(terminal, "lastTerminalSeq") == last || anyFault(bench),
                     "the terminal's last fact is the outbox's last");
        bench.expect(momentOf(textAt(terminal, "lastSignIn")).has_value(),
                     "the terminal signed in");
        for (const Json& order : bench.evidence.world.value("orders", Json::array())) {
            bench.expect(textAt(order, "orderId").starts_with(textAt(terminal, "terminalId") + "-"),
                         "the order is of this terminal");
        }
    }
    bench.expect(
        bench.evidence.province.value("incidents", Json()) == Json::array() || anyFault(bench),
        "the province had nothing to refuse");
}

}  // namespace

void checkMessages(Bench& bench) {
    std::set<std::string> keys;
    std::int64_t received = 0;
    long reference = 0;
    for (const Json& message : bench.evidence.province.value("carriedOut", Json::array())) {
        const std::string name = textAt(message, "msgType") + " " + textAt(message, "serverRef");
        const std::string key = textAt(message, "idemKey");
        bench.expect(
            sm3Of(canonical(message.value("request", Json()))) == textAt(message, "bodyHash"),
            name + " has the body its hash was made over");
        bench.expect(isKeyOf(message, key) && keys.insert(key).second,
                     name + " has the key of its own act");
        bench.expect(endsRight(message), name + " has an answer in two matching words");
        const auto at = momentOf(textAt(message, "receivedTime"));
        const auto happened = momentOf(textAt(message, "bizTime"));
        bench.expect(
            at && happened && *at >= received && *at >= *happened && *happened > dayBefore(*at),
            name + " came in its order");
        received = at.value_or(received);
        bench.expect(textAt(message, "replays") == "0" || anyFault(bench), name + " came once");
        const std::string& mark = textAt(message, "serverRef");
        const long number = mark.substr(0, 2) == "R-" ? std::atol(mark.c_str() + 2) : 0;
        bench.expect(number > reference, name + " has a later reference than the one before");
        reference = number;
        checkEpoch(bench, message, name);
        checkNamedAgain(bench, message, name);
        checkAnswer(bench, message, name);
    }
    checkTerminals(bench);
}

}  // namespace liqu::judge
