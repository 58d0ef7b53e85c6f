// Facts the terminal queued: made or failed, enabled, handed over, blanks loaded.
#include <algorithm>

#include "firmware/card/social_card_number.hpp"
#include "tests/world/province/desk.hpp"

namespace liqu::world {
namespace {

// Where the read-back differs from what was permitted; empty: nowhere.
std::string difference(const Json& readBack, const Permit& permit, const std::string& social) {
    if (readBack.at("cardNo") != permit.cardNo) return "cardNo";
    if (readBack.at("socialNumber") != social) return "socialNumber";
    if (readBack.at("cardIdCode") != permit.cardIdCode) return "cardIdCode";
    if (readBack.at("atr") != permit.atr) return "atr";
    if (readBack.at("version") != permit.version) return "version";
    if (readBack.at("issueDate") != permit.issueDate) return "issueDate";
    if (readBack.at("expiryDate") != permit.expiryDate) return "expiryDate";
    const std::string tail = readBack.at("bankCardNoTail");
    return tail.empty() || permit.bankCardNo.ends_with(tail) ? "" : "bankCardNoTail";
}

bool saysMade(const Json& body) {
    return body.at("result") == "OK" || body.at("result") == "REGISTER_AFTER";
}

// What belongs together in a report; empty: it does.
std::string contradiction(const Json& body) {
    if (saysMade(body)) {
        if (body.at("stage") != "NONE" || body.at("reasonCode") != 0)
            return "made, but with a failure";
        if (body.at("faceState") != "FULL") return "made, but without its face";
        return body.contains("readBack") ? "" : "made, but not read back";
    }
    if (body.at("stage") == "NONE" || body.at("reasonCode") == 0) return "failed without a reason";
    return "";
}

}  // namespace

Outcome Desk::reportMaking(const Json&, const Json& body) {
    if (const std::string what = contradiction(body); !what.empty()) return nonsense(what);
    Application* const it = application(body);
    if (!it) return breach("PERMIT_REFUSED", "a report for an application nobody made");
    if (body.at("permitId") == "") return reportWithoutPermit(*it, body);
    const auto found = books_.permits.find(body.at("permitId").get<std::string>());
    if (found == books_.permits.end()) {
        return breach("PERMIT_REFUSED", "a report for a card nobody permitted");
    }
    Permit& permit = found->second;
    if (permit.applicationNo != it->number || body.at("blankId") != permit.blankId) {
        return breach("PERMIT_REFUSED", "permit, blank and application do not belong together");
    }
    const bool made = saysMade(body);
    if (permit.state == PermitState::reportedOk || permit.state == PermitState::reportedFailed) {
        if ((permit.state == PermitState::reportedOk) == made)
            return already({{"state", it->state}});
        return breach("PERMIT_REFUSED", "one permit, two different reports");
    }
    // An expired permit that was replaced leaves the blank to its successor.
    if (permit.state == PermitState::expired) {
        return refusal("PERMIT_REFUSED", "the permit was replaced");
    }
    return made ? reportMade(permit, *it, body) : reportFailed(permit, *it);
}

// The answer with the permit never reached the terminal: whatever permit there is for this
// application and blank ends, and the blank with it.
Outcome Desk::reportWithoutPermit(Application& application, const Json& body) {
    if (saysMade(body)) return breach("PERMIT_REFUSED", "made without a permit");
    const auto found = books_.blanks.find(body.at("blankId").get<std::string>());
    if (found == books_.blanks.end() || found->second.applicationNo != application.number) {
        return breach("PERMIT_REFUSED", "the blank is not reserved for this application");
    }
    Blank& blank = found->second;
    if (blank.state == BlankState::spoiled) return already({{"state", application.state}});
    if (blank.state == BlankState::used) return breach("PERMIT_REFUSED", "this card was made");
    Permit* const permit = books_.openPermitOf(application.number);
    if (permit && permit->blankId == blank.id) return reportFailed(*permit, application);
    blank.state = BlankState::spoiled;
    ++application.failedBlanks;
    application.reservedBlank.clear();
    return done({{"state", application.state}});
}

Outcome Desk::reportMade(Permit& permit, Application& application, const Json& body) {
    const std::string differs = difference(body.at("readBack"), permit, application.socialNumber);
    if (!differs.empty()) {
        return refusal("PERSON_DATA_DIFFERS", "the card read back differs at " + differs);
    }
    const Person& person = books_.persons.at(application.socialNumber);
    Card card;
    card.number = permit.cardNo;
    card.bankCode = application.bankCode;
    card.state = "NOT_ENABLED";
    card.issueDate = permit.issueDate;
    card.expiryDate = permit.expiryDate;
    card.socialNumber = application.socialNumber;
    card.regionCode = person.regionOfRecord;
    card.applicationNo = application.number;
    card.blankId = permit.blankId;
    card.permitId = permit.id;
    card.cardIdCode = permit.cardIdCode;
    card.bankLinked = person.bankLinked;
    books_.cards[card.number] = card;
    books_.blanks.at(permit.blankId).state = BlankState::used;
    permit.state = PermitState::reportedOk;
    application.cardNo = card.number;
    application.state = "REPORTED_OK";
    return done({{"state", application.state}});
}

Outcome Desk::reportFailed(Permit& permit, Application& application) {
    books_.blanks.at(permit.blankId).state = BlankState::spoiled;
    permit.state = PermitState::reportedFailed;
    ++application.failedBlanks;
    application.reservedBlank.clear();
    application.state = "MARKED";
    return done({{"state", application.state}});
}

Outcome Desk::enable(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it) return refusal("APPLICATION_UNKNOWN", "no such application");
    const auto found = books_.cards.find(it->cardNo);
    if (found == books_.cards.end()) return refusal("WRONG_STATE", "nothing is reported made");
    Card& card = found->second;
    const Person& person = books_.persons.at(it->socialNumber);
    if (body.at("cardNo") != card.number || body.at("socialNumber") != person.socialNumber ||
        (body.at("name") != person.name && body.at("name") != person.nameLatin)) {
        return refusal("PERSON_DATA_DIFFERS", "this card is another's");
    }
    if (card.state == "NORMAL") {
        return already({{"cardState", card.state}, {"bankLinked", card.bankLinked}});
    }
    if (faults_.holds(Fault::provinceEnableRefused)) {
        return refusal("ENABLING_REFUSED", "enabling is refused");
    }
    if (faults_.holds(Fault::provinceEnablePartial)) card.bankLinked = false;
    card.state = "NORMAL";
    if (it->state == "REPORTED_OK") it->state = "ENABLED";
    const auto old = books_.cards.find(it->oldCardNo);
    if (old != books_.cards.end()) old->second.state = "CANCELLED";
    Outcome outcome = done({{"cardState", card.state}, {"bankLinked", card.bankLinked}});
    if (!card.bankLinked) {
        outcome.code = "PARTIAL";
        outcome.detail = "BANK_LINK_MISSING";
        outcome.next = "GO_BANK";
    }
    return outcome;
}

// 领卡启用 of a card in its holder's hand, wherever it was made.
Outcome Desk::enableInHand(const Json& envelope, const Json& body) {
    const auto found = cardOfLoss(envelope, body);
    if (!found) return found.error();
    Card& card = **found;
    const auto answer = [&] {
        return Json{{"socialNumber", card.socialNumber},
                    {"cardNo", card.number},
                    {"state", card.state},
                    {"effectiveTime", formatChinaTime(now_)},
                    {"bankLinked", card.bankLinked}};
    };
    if (card.state == "NORMAL") return already(answer());
    if (books_.persons.at(card.socialNumber).temporaryCard)
        return refusal("TEMP_CARD_OPEN", "a temporary card is out");
    if (card.state != "NOT_ENABLED") return refusal("WRONG_STATE", "the card is " + card.state);
    if (faults_.holds(Fault::provinceEnableRefused))
        return refusal("ENABLING_REFUSED", "enabling is refused");
    if (faults_.holds(Fault::provinceEnablePartial)) card.bankLinked = false;
    card.state = "NORMAL";
    Outcome outcome = done(answer());
    if (!card.bankLinked) {
        outcome.code = "PARTIAL";
        outcome.detail = "BANK_LINK_MISSING";
        outcome.next = "GO_BANK";
    }
    return outcome;
}

Outcome Desk::handOver(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it) return refusal("APPLICATION_UNKNOWN", "no such application");
    const auto found = books_.cards.find(it->cardNo);
    if (found == books_.cards.end() || body.at("cardNo") != it->cardNo) {
        return refusal("WRONG_STATE", "this card is not reported made");
    }
    const bool given = body.at("outcome") == "TAKEN" || body.at("outcome") == "STAFF_DELIVERED";
    const std::string wanted = given ? "HANDED_OVER" : "HELD";
    if (it->state == wanted) return already({{"state", wanted}});
    if (found->second.returned) return refusal("WRONG_STATE", "the bank has this card");
    if (it->state == "HANDED_OVER") return refusal("WRONG_STATE", "the card was handed over");
    if (given) ++found->second.timesHandedOver;
    it->state = wanted;
    return done({{"state", wanted}});
}

// 回收: the old card, and only after its holder's new one is enabled; by somebody, once.
Outcome Desk::recoverCard(const Json& envelope, const Json& body) {
    if (!envelope.contains("operatorId")) return nonsense("nobody took it in");
    Application* const it = application(body);
    if (!it) return refusal("APPLICATION_UNKNOWN", "no such application");
    const auto old = books_.cards.find(body.at("cardNo"));
    if (old == books_.cards.end() || it->oldCardNo != body.at("cardNo") ||
        it->cardNo != body.at("newCardNo")) {
        return refusal("WRONG_STATE", "it was not exchanged for this card");
    }
    if (old->second.state != "CANCELLED") return refusal("WRONG_STATE", "it is in force");
    if (!old->second.recoveredAs.empty()) return refusal("WRONG_STATE", "it was taken in before");
    old->second.recoveredAs = body.at("reason");
    return done({{"registered", true}});
}

Outcome Desk::notePin(const Json& envelope, const Json& body) {
    books_.pins.push_back({.cardNo = body.at("cardNo"),
                           .cardIdCode = body.at("cardIdCode"),
                           .time = body.at("time"),
                           .terminalId = envelope.at("terminalId"),
                           .operatorId = envelope.value("operatorId", ""),
                           .first = body.at("first")});
    // A card of another province is noted and not registered: there is nothing here to book it to.
    return done({{"registered", books_.cards.contains(body.at("cardNo").get<std::string>())}});
}

// By an attendant or not at all.
Outcome Desk::notePinService(const Json& envelope, const Json& body) {
    if (!envelope.contains("operatorId")) return nonsense("nobody stood by");
    books_.pins.push_back({.cardNo = body.at("cardNo"),
                           .cardIdCode = body.at("cardIdCode"),
                           .time = body.at("time"),
                           .terminalId = envelope.at("terminalId"),
                           .operatorId = envelope.at("operatorId"),
                           .formNo = body.at("formNo"),
                           .messageType = envelope.at("msgType")});
    return done({{"registered", true}});
}

Outcome Desk::loadStock(const Json& envelope, const Json& body) {
    if (!envelope.contains("operatorId") || !envelope.contains("operator2Id") ||
        envelope.at("operatorId") == envelope.at("operator2Id")) {
        return nonsense("two different persons load blanks");
    }
    const std::string terminalId = envelope.at("terminalId");
    const std::string firstText = body.at("firstCardNo");
    if (!firstText.empty()) {
        const auto first = card::SocialCardNumber::parse(firstText);
        const auto last = card::SocialCardNumber::parse(body.at("lastCardNo").get<std::string>());
        if (!first || !last) return refusal("BLANK_UNKNOWN", "these are no card numbers");
        const auto numbers = card::expandRange(*first, *last);
        if (!numbers || numbers->size() != body.at("count").get<std::size_t>()) {
            return refusal("BLANK_UNKNOWN", "range and count do not fit");
        }
        for (const auto& number : *numbers) {
            const auto blank = books_.blanks.find(number.text());
            if (blank == books_.blanks.end()) return refusal("BLANK_UNKNOWN", "no such blank");
            if (envelope.at("bankCode") != blank->second.bankCode) {
                return refusal("BLANK_WRONG_BANK", "another bank's blank");
            }
        }
        for (const auto& number : *numbers) books_.blanks[number.text()].loadedIn = terminalId;
    }
    const auto inTerminal = std::ranges::count_if(books_.blanks, [&](const auto& entry) {
        const Blank& blank = entry.second;
        return blank.loadedIn == terminalId && blank.state != BlankState::used &&
               blank.state != BlankState::spoiled;
    });
    return done({{"countInTerminal", inTerminal}});
}

}  // namespace liqu::world
