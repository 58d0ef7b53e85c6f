// Queries: sign-in, who is this, may they, how far is it.
#include <algorithm>

#include "tests/world/province/desk.hpp"

namespace liqu::world {
namespace {

constexpr std::chrono::years adultAge{16};

std::chrono::year_month_day dateOf(const std::string& text) {
    return {std::chrono::year{std::stoi(text.substr(0, 4))},
            std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(4, 2)))},
            std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(6, 2)))}};
}

bool isMinor(const Person& person, WallTime now) {
    return dateOf(person.birthDate) + adultAge > chinaDate(now);
}

bool replaces(std::string_view kind) {
    return kind != "NEW";
}

// One for a faulty card is for nothing.
bool owesFee(const Person& person, std::string_view kind) {
    return replaces(kind) && kind != "WARRANTY" && person.feeCents > 0;
}

// The card that a replacement replaces: the one in force or lost, never a cancelled one.
const Card* oldCard(const std::vector<Card*>& cards) {
    const auto found =
        std::ranges::find_if(cards, [](const Card* card) { return card->state != "CANCELLED"; });
    return found == cards.end() ? nullptr : *found;
}

Outcome notEligible(std::string_view detail, std::string text, bool staff = false) {
    Outcome outcome = refusal(detail, std::move(text));
    if (staff) outcome.code = "NEEDS_STAFF";
    return outcome;
}

}  // namespace

// Whether the books that sign in are the ones we count with, and none older.
bool Desk::grantsEpoch(Terminal& terminal, const Json& envelope, const Json& body) {
    const std::string epoch = body.at("epoch");
    if (terminal.epoch.empty()) terminal.beginEpoch(epoch);
    if (terminal.epoch != epoch) {
        const bool twoPeople = envelope.contains("operatorId") && envelope.contains("operator2Id");
        const bool asked = body.value("replacesEpoch", "") != "";
        if (!asked || !twoPeople || !terminal.newEpochAllowed) return false;
        terminal.beginEpoch(epoch);
    }
    const std::int64_t theirs = body.at("lastTerminalSeq");
    if (theirs < terminal.lastNumber()) return false;
    const auto known = terminal.facts.find(theirs);
    return known == terminal.facts.end() || body.at("lastChain") == known->second;
}

Outcome Desk::signIn(const Json& envelope, const Json& body) {
    const std::string terminalId = envelope.at("terminalId");
    Terminal& terminal = books_.terminals[terminalId];
    terminal.lastSignIn = formatChinaTime(now_);
    const bool granted = grantsEpoch(terminal, envelope, body);
    Json open = Json::array();
    for (const auto& [number, application] : books_.applications) {
        if (application.open() && application.terminalId == terminalId && open.size() < 200) {
            open.push_back(application.bizId);
        }
    }
    Json answer{{"policyId", envelope.at("policyId")},
                {"hsmReady", hsmReady_},
                {"epochGranted", granted},
                {"openBizIds", open},
                {"lastTerminalSeq", terminal.lastNumber()},
                {"lastChain",
                 terminal.facts.empty() ? std::string(64, '0') : terminal.facts.rbegin()->second},
                {"missingTerminalSeqs", terminal.missingNumbers(100)},
                {"lastBizId", terminal.lastBizId}};
    if (!terminal.auditBroken.empty()) answer["auditBroken"] = terminal.auditBroken;
    return done(answer);
}

Outcome Desk::queryPerson(const Json&, const Json& body) {
    const Person* person = books_.personByDocument(body.at("documentType").get<std::string>(),
                                                   body.at("documentNo").get<std::string>());
    if (!person) return refusal("PERSON_UNKNOWN", "no such person");
    if (!person->isCalled(body.at("name").get<std::string>())) {
        return refusal("PERSON_DATA_DIFFERS", "the name is another");
    }
    Json verified{"NAME", "SOCIAL_NUMBER", "SEX", "BIRTH_DATE"};
    if (person->photo) verified.push_back("PHOTO");
    return done({{"documentNo", person->documentNo},
                 {"socialNumber", person->socialNumber},
                 {"name", person->name},
                 {"printName", person->nameOnFace()},
                 {"sex", person->sex},
                 {"ethnicCode", person->ethnicCode},
                 {"birthDate", person->birthDate},
                 {"regionOfRecord", person->regionOfRecord},
                 {"alive", person->alive},
                 {"photoAvailable", person->photo},
                 {"verifiedFields", verified}});
}

Outcome Desk::givePhoto(const Json&, const Json& body) {
    const std::string socialNumber = body.at("socialNumber");
    const auto found = books_.persons.find(socialNumber);
    if (found == books_.persons.end()) return refusal("PERSON_UNKNOWN", "no such person");
    return done({{"socialNumber", socialNumber}, {"portraitJpeg", portraitOf(found->second)}});
}

Outcome Desk::queryCards(const Json&, const Json& body) {
    const std::string socialNumber = body.at("socialNumber");
    if (!books_.persons.contains(socialNumber)) return refusal("PERSON_UNKNOWN", "no such person");
    Json cards = Json::array();
    for (const Card* card : books_.cardsOf(socialNumber)) {
        if (cards.size() < 20) cards.push_back(cardJson(*card));
    }
    return done({{"socialNumber", socialNumber},
                 {"cards", cards},
                 {"tempCardOpen", books_.persons.at(socialNumber).temporaryCard}});
}

// What no document tells. A card that is being made has the data it was applied for with.
Outcome Desk::changeData(const Json&, const Json& body) {
    const std::string socialNumber = body.at("socialNumber");
    const auto found = books_.persons.find(socialNumber);
    if (found == books_.persons.end()) return refusal("PERSON_UNKNOWN", "no such person");
    Person& person = found->second;
    const bool isTheirs = person.documentType == body.at("documentType").get<std::string>() &&
                          person.documentNo == body.at("documentNo").get<std::string>() &&
                          person.isCalled(body.at("name").get<std::string>());
    if (!isTheirs) return refusal("PERSON_DATA_DIFFERS", "name or document is another");
    const Application* open = books_.openApplicationOf(socialNumber);
    if (open != nullptr && open->marked())
        return refusal("APPLICATION_PENDING", "their card is being made");
    Json answer{{"socialNumber", socialNumber}, {"effectiveTime", formatChinaTime(now_)}};
    bool any = false;
    for (const auto& [item, value] :
         {std::pair{"phone", &person.phone}, std::pair{"mailingAddress", &person.mailingAddress},
          std::pair{"occupation", &person.occupation}}) {
        const std::string wanted = body.at(item);
        answer[std::string(item) + "Changed"] = !wanted.empty();
        if (wanted.empty()) continue;
        *value = wanted;
        any = true;
    }
    return any ? done(std::move(answer)) : nonsense("nothing is to be changed");
}

// OK, or the first reason against it.
Outcome Desk::decide(const Person& person, std::string_view kind) {
    if (!person.alive) return notEligible("NOT_ELIGIBLE", "recorded as deceased", true);
    if (person.needsStaff) return notEligible("NOT_ELIGIBLE", "staff decide", true);
    if (isMinor(person, now_)) return notEligible("NOT_ELIGIBLE", "a minor", true);
    if (person.temporaryCard) return notEligible("TEMP_CARD_OPEN", "a temporary card is out");
    if (books_.openApplicationOf(person.socialNumber)) {
        return notEligible("APPLICATION_PENDING", "an application is open");
    }
    const Card* old = oldCard(books_.cardsOf(person.socialNumber));
    if (!replaces(kind)) {
        return old ? notEligible("CARD_EXISTS", "there is a card already") : done({});
    }
    if (!old) return notEligible("NOT_ELIGIBLE", "there is no card to replace");
    if (kind == "LOST" && old->state != "FORMAL_LOST") {
        return notEligible("OLD_CARD_NOT_LOST", "the old card is not reported lost");
    }
    if (kind != "LOST" && (old->state == "TEMP_LOST" || old->state == "FORMAL_LOST"))
        return notEligible("NOT_ELIGIBLE", "the card is reported lost");
    if (owesFee(person, kind) && !person.feePaid && !books_.feesAtTerminals)
        return notEligible("FEE_DUE", "the fee is not paid");
    return done({});
}

Outcome Desk::checkEligibility(const Json&, const Json& body) {
    const std::string socialNumber = body.at("socialNumber");
    const auto found = books_.persons.find(socialNumber);
    if (found == books_.persons.end()) return refusal("PERSON_UNKNOWN", "no such person");
    const Person& person = found->second;
    if (faults_.strikes(Fault::provincePersonPending)) plantPendingApplication(socialNumber);

    const std::string kind = body.at("kind");
    const Outcome decision = decide(person, kind);
    const std::vector<Card*> held = books_.cardsOf(socialNumber);
    const Card* old = oldCard(held);
    Json pending = Json::array();
    for (const Application* application : books_.applicationsOf(socialNumber)) {
        if (application->open()) pending.push_back(applicationJson(*application));
    }
    Json cards = Json::array();
    for (const Card* card : held) cards.push_back(cardJson(*card));
    const bool elsewhere = std::ranges::any_of(
        held, [&](const Card* card) { return card->regionCode != person.regionOfRecord; });
    const bool fee = owesFee(person, kind);
    return done({{"socialNumber", socialNumber},
                 {"eligible", decision.carriedOut()},
                 {"reason", decision.detail},
                 {"remedy", decision.text},
                 {"needsStaff", decision.code == "NEEDS_STAFF"},
                 {"cardElsewhereInProvince", elsewhere},
                 {"oldCardState", old ? old->state : "NONE"},
                 {"oldCardNo", old ? old->number : ""},
                 {"feeRequired", fee},
                 {"feeCents", fee ? person.feeCents : 0},
                 {"feePaid", person.feePaid},
                 {"bankLinked", person.bankLinked},
                 {"checkRef", "E-" + std::to_string(++books_.lastReference)},
                 {"pending", pending},
                 {"cards", cards}});
}

// As if another kiosk had been quicker.
void Desk::plantPendingApplication(const std::string& socialNumber) {
    Application application;
    application.number = "A-ELSEWHERE-" + std::to_string(++books_.lastApplication);
    application.bizId = "OTHER-20240601-000001";
    application.terminalId = "OTHER";
    application.socialNumber = socialNumber;
    application.kind = "NEW";
    application.bankCode = "B01";
    application.createdTime = formatChinaTime(now_);
    books_.applications[application.number] = application;
}

Outcome Desk::queryProgress(const Json& envelope, const Json& body) {
    const std::string by = body.at("by");
    const std::string value = body.at("value");
    Json applications = Json::array();
    Json cards = Json::array();
    bool carriedOut = false;
    std::string outcome = "OK";
    std::string bizId = by == "BIZ_ID" ? value : "";
    if (by == "IDEM_KEY") {
        const std::string terminalId = envelope.at("terminalId");
        const auto found = books_.carriedOut.find(carriedOutKey(terminalId, value));
        if (found != books_.carriedOut.end()) {
            carriedOut = true;
            outcome = found->second.code;
            bizId = found->second.bizId;
        }
    }
    for (const auto& [number, application] : books_.applications) {
        const bool wanted = (!bizId.empty() && application.bizId == bizId) ||
                            (by == "SOCIAL_NUMBER" && application.socialNumber == value) ||
                            (by == "CARD_NO" && application.cardNo == value);
        if (wanted && applications.size() < 20)
            applications.push_back(applicationJson(application));
    }
    for (const auto& [number, card] : books_.cards) {
        const auto application = books_.applications.find(card.applicationNo);
        const bool wanted = (by == "SOCIAL_NUMBER" && card.socialNumber == value) ||
                            (by == "CARD_NO" && number == value) ||
                            (!bizId.empty() && application != books_.applications.end() &&
                             application->second.bizId == bizId);
        if (wanted && cards.size() < 20) cards.push_back(cardJson(card));
    }
    return done({{"carriedOut", carriedOut},
                 {"outcome", outcome},
                 {"value", value},
                 {"applications", applications},
                 {"cards", cards}});
}

}  // namespace liqu::world
