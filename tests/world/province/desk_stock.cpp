// What staff do with blanks, and what the province holds of a day. Blanks loaded into a terminal:
// desk_facts.cpp.
#include "firmware/base/china_time.hpp"
#include "firmware/card/social_card_number.hpp"
#include "tests/world/province/desk.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t mostReconCards = 2000;

bool namesTwoPeople(const Json& envelope) {
    return envelope.contains("operatorId") && envelope.contains("operator2Id") &&
           envelope.at("operatorId") != envelope.at("operator2Id");
}

// The numbers an act names, by range or one by one.
std::vector<std::string> numbersOf(const Json& body) {
    std::vector<std::string> numbers = body.at("cardNos");
    const auto first = card::SocialCardNumber::parse(body.at("firstCardNo").get<std::string>());
    const auto last = card::SocialCardNumber::parse(body.at("lastCardNo").get<std::string>());
    if (!first || !last) return numbers;
    const auto range = card::expandRange(*first, *last);
    if (!range) return numbers;
    for (const auto& number : *range) numbers.push_back(number.text());
    return numbers;
}

// Written against the contract, apart from the firmware's own (openapi.json, AuditCheckpointBody).
std::string checkpointText(const std::string& terminalId, const Json& body) {
    const auto at = parseChinaTime(body.at("time").get<std::string>()).value_or(WallTime{});
    const std::string mac = body.at("mac");
    return "LIQU-AUDIT/1 " + terminalId + " " + std::to_string(at.time_since_epoch().count()) +
           " " + std::to_string(body.at("lines").get<std::int64_t>()) + " " +
           (mac.empty() ? "-" : mac) + " " + body.at("digest").get<std::string>() + " " +
           std::to_string(body.at("newestMove").get<std::int64_t>()) + " " +
           std::to_string(body.at("newestFact").get<std::int64_t>()) + " " +
           body.at("signature").get<std::string>();
}

}  // namespace

Outcome Desk::receiveStock(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope)) return nonsense("two different persons receive a box");
    const auto numbers = numbersOf(body);
    if (!numbers.empty() && numbers.size() != body.at("count").get<std::size_t>()) {
        return refusal("BLANK_UNKNOWN", "range and count do not fit");
    }
    for (const std::string& number : numbers) {
        const auto blank = books_.blanks.find(number);
        if (blank == books_.blanks.end()) return refusal("BLANK_UNKNOWN", "no such blank");
        if (envelope.at("bankCode") != blank->second.bankCode) {
            return refusal("BLANK_WRONG_BANK", "another bank's blank");
        }
    }
    return done({{"registered", true}});
}

Outcome Desk::recordStock(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope))
        return nonsense("two different persons stand for an act on blanks");
    if (body.at("place").get<std::string>().starts_with("hopper-")) {
        for (const std::string& number : numbersOf(body)) {
            const auto blank = books_.blanks.find(number);
            if (blank != books_.blanks.end()) blank->second.loadedIn.clear();
        }
    }
    return done({{"registered", true}});
}

// Nobody fetched it: it waits on, elsewhere in the outlet.
Outcome Desk::recordFinished(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope)) return nonsense("two different persons move a finished card");
    if (body.at("place") != "hold-bin" || body.at("toPlace") != "cabinet") {
        return nonsense("an unfetched card goes from the hold bin into the cabinet");
    }
    for (const std::string& number : numbersOf(body)) {
        const auto card = books_.cards.find(number);
        if (card != books_.cards.end() && card->second.timesHandedOver > 0) {
            return refusal("WRONG_STATE", "this card was handed over");
        }
    }
    return done({{"registered", true}});
}

// The bank has the card. Its application is over; a card that was never enabled is none any more.
Outcome Desk::returnFinished(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope)) return nonsense("two different persons return a finished card");
    if (body.at("toPlace") != "bank" || body.at("reason") == "") {
        return nonsense("a finished card goes back to the bank, for a reason");
    }
    const auto numbers = numbersOf(body);
    if (numbers.size() != body.at("count").get<std::size_t>()) {
        return nonsense("finished cards are returned by number");
    }
    for (const std::string& number : numbers) {
        const auto card = books_.cards.find(number);
        if (card != books_.cards.end() && card->second.timesHandedOver > 0) {
            return refusal("WRONG_STATE", "this card was handed over");
        }
    }
    for (const std::string& number : numbers) {
        const auto card = books_.cards.find(number);
        if (card != books_.cards.end()) {
            card->second.returned = true;
            if (card->second.state == "NOT_ENABLED") card->second.state = "CANCELLED";
        }
        for (auto& [id, permit] : books_.permits) {
            if (permit.cardNo != number) continue;
            books_.applications.at(permit.applicationNo).state = "CANCELLED";
        }
    }
    return done({{"registered", true}});
}

// A second delivery: the bank gave the card out again, and its application goes on.
Outcome Desk::receiveFinished(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope)) return nonsense("two different persons receive a finished card");
    if (body.at("place") != "bank" || body.at("toPlace") != "cabinet") {
        return nonsense("a card comes from the bank into the cabinet");
    }
    const auto numbers = numbersOf(body);
    if (numbers.size() != body.at("count").get<std::size_t>()) {
        return nonsense("finished cards come by number");
    }
    for (const std::string& number : numbers) {
        const auto card = books_.cards.find(number);
        if (card == books_.cards.end() || !card->second.returned) {
            return refusal("WRONG_STATE", "the bank does not have this card");
        }
        if (card->second.state != "NORMAL") return refusal("WRONG_STATE", "this card is cancelled");
    }
    for (const std::string& number : numbers) {
        Card& card = books_.cards.at(number);
        card.returned = false;
        books_.applications.at(card.applicationNo).state = "HELD";
    }
    return done({{"registered", true}});
}

Outcome Desk::registerWrong(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope)) return nonsense("two different persons take a wrong card back");
    if (body.at("wrongItems").empty()) return nonsense("nothing is wrong with this card");
    const auto card = books_.cards.find(body.at("cardNo"));
    if (card == books_.cards.end()) return refusal("WRONG_STATE", "nobody made this card");
    card->second.wrong = true;
    return done({{"registered", true}});
}

// By another than those who registered it; the card is none any more.
Outcome Desk::confirmWrong(const Json& envelope, const Json& body) {
    if (!envelope.contains("operatorId")) return nonsense("somebody confirms");
    const auto card = books_.cards.find(body.at("cardNo"));
    if (card == books_.cards.end() || !card->second.wrong) {
        return refusal("WRONG_STATE", "this card is not registered as wrong");
    }
    card->second.state = "CANCELLED";
    return done({{"registered", true}});
}

Outcome Desk::closeStockDay(const Json& envelope, const Json& body) {
    if (!namesTwoPeople(envelope)) return nonsense("two different persons close a day");
    const auto sum =
        body.at("taken").get<int>() + body.at("held").get<int>() + body.at("spoiled").get<int>();
    if (body.at("consumed") != sum) return nonsense("consumed is not taken, held and spoiled");
    for (const Json& place : body.at("places")) {
        const auto booked =
            place.at("opening").get<int>() + place.at("in").get<int>() - place.at("out").get<int>();
        if (place.at("booked") != booked) return nonsense("a place does not add up");
    }
    return done({{"registered", true}});
}

// The record itself stays at the machine: only that it was not set back can be seen here. What it
// says is for the witness (liqu-witness), with what was kept here.
Outcome Desk::witnessAudit(const Json& envelope, const Json& body) {
    AuditStand stand{body.at("lines"), body.at("newestMove"), body.at("digest"), body.at("mac")};
    stand.text = checkpointText(envelope.at("terminalId"), body);
    Terminal& terminal = books_.terminals[envelope.at("terminalId").get<std::string>()];
    if (!terminal.takeAudit(envelope.at("terminalSeq"), stand))
        return refusal("AUDIT_BROKEN", terminal.auditBroken);
    return done({{"registered", true}});
}

Outcome Desk::reconcileDay(const Json& envelope, const Json& body) {
    Json cards = Json::array();
    bool complete = true;
    for (const std::string& key : books_.order) {
        const CarriedOut& message = books_.carriedOut.at(key);
        if (message.messageType != "ISSUE.REPORT" || message.code != "OK" ||
            envelope.at("terminalId") != message.terminalId) {
            continue;
        }
        const Json report = Json::parse(message.requestBody);
        const std::string made = report.at("makeTime");
        // One zone and one form: times compare as texts.
        if (made < body.at("from").get<std::string>() ||
            made >= body.at("until").get<std::string>())
            continue;
        if (cards.size() == mostReconCards) {
            complete = false;
            break;
        }
        const bool good = report.at("result") != "FAILED";
        const std::string blankId = report.at("blankId");
        const std::string number = report.contains("readBack")
                                       ? report.at("readBack").at("cardNo").get<std::string>()
                                   : blankId.size() == 9 ? blankId
                                                         : std::string();
        cards.push_back({{"bizId", message.bizId},
                         {"blankId", blankId},
                         {"cardNo", number},
                         {"result", good ? "OK" : "FAILED"}});
    }
    return done({{"complete", complete}, {"cards", std::move(cards)}});
}

}  // namespace liqu::world
