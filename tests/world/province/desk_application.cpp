// The application and the blank it will be made from.
#include "tests/world/province/desk.hpp"

namespace liqu::world {
namespace {

Outcome unknownApplication() {
    return refusal("APPLICATION_UNKNOWN", "no such application");
}

Outcome wrongState(const Application& application) {
    return refusal("WRONG_STATE", "the application is " + application.state);
}

Json stateOf(const Application& application) {
    return {{"applicationNo", application.number}, {"state", application.state}};
}

std::string sixDigits(int number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

bool sameItems(const Person& person, const Json& body) {
    return person.isCalled(body.at("name").get<std::string>()) &&
           body.at("documentType") == person.documentType &&
           body.at("documentNo") == person.documentNo && body.at("sex") == person.sex &&
           body.at("birthDate") == person.birthDate && body.at("nationality") == person.nationality;
}

}  // namespace

Application* Desk::application(const Json& body) {
    const auto found = books_.applications.find(body.at("applicationNo").get<std::string>());
    return found == books_.applications.end() ? nullptr : &found->second;
}

Outcome Desk::createApplication(const Json& envelope, const Json& body) {
    const auto found = books_.persons.find(body.at("socialNumber").get<std::string>());
    if (found == books_.persons.end()) return refusal("PERSON_UNKNOWN", "no such person");
    const Person& person = found->second;
    if (!sameItems(person, body)) return refusal("PERSON_DATA_DIFFERS", "an item is another");
    if (faults_.strikes(Fault::provincePersonPending)) plantPendingApplication(person.socialNumber);

    const std::string kind = body.at("kind");
    const Application* open = books_.openApplicationOf(person.socialNumber);
    if (open && envelope.at("bizId") == open->bizId && open->kind == kind) {
        return already({{"socialNumber", open->socialNumber},
                        {"applicationNo", open->number},
                        {"state", open->state}});
    }
    const Outcome decision = decide(person, kind);
    if (!decision.carriedOut()) return decision;

    Application application;
    application.oldCardNo = body.at("oldCardNo");
    Card* old = nullptr;
    for (Card* card : books_.cardsOf(person.socialNumber)) {
        if (card->state != "CANCELLED") old = card;
    }
    if (application.oldCardNo != (old ? old->number : "")) {
        return refusal("PERSON_DATA_DIFFERS", "the old card is another");
    }
    if (old) {
        application.oldCardState = old->state;
        old->state = "REPLACING";
    }
    application.number =
        "A-" + formatDate(chinaDate(now_)) + "-" + sixDigits(++books_.lastApplication);
    application.bizId = envelope.at("bizId");
    application.terminalId = envelope.at("terminalId");
    application.socialNumber = person.socialNumber;
    application.kind = kind;
    application.bankCode = envelope.at("bankCode");
    application.createdTime = formatChinaTime(now_);
    application.phone = body.at("phone");
    application.mailingAddress = body.at("mailingAddress");
    application.occupation = body.at("occupation");
    application.consents = body.at("consents").get<std::vector<std::string>>();
    application.feePaid = kind != "NEW" && person.feePaid;
    books_.applications[application.number] = application;
    return done({{"socialNumber", application.socialNumber},
                 {"applicationNo", application.number},
                 {"state", application.state}});
}

Outcome Desk::cancelApplication(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it) return unknownApplication();
    if (it->state == "CANCELLED") return already(stateOf(*it));
    if (it->feePaid || it->permitsGiven > 0) {
        return refusal("TOO_LATE", "a fee was paid or data were made");
    }
    releaseBlank(*it);
    it->state = "CANCELLED";
    const auto old = books_.cards.find(it->oldCardNo);
    if (old != books_.cards.end()) old->second.state = it->oldCardState;
    return done(stateOf(*it));
}

Outcome Desk::mark(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it) return unknownApplication();
    if (it->state == "MARKED") return already(stateOf(*it));
    if (it->state != "CREATED") return wrongState(*it);
    it->state = "MARKED";
    return done(stateOf(*it));
}

Outcome Desk::unmark(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it) return unknownApplication();
    if (it->state == "CREATED") return already(stateOf(*it));
    if (it->state != "MARKED") return wrongState(*it);
    releaseBlank(*it);
    it->state = "CREATED";
    return done(stateOf(*it));
}

void Desk::releaseBlank(Application& application) {
    const auto found = books_.blanks.find(application.reservedBlank);
    if (found != books_.blanks.end() && found->second.state == BlankState::reserved) {
        found->second.state = BlankState::inStock;
        found->second.applicationNo.clear();
    }
    application.reservedBlank.clear();
}

Outcome Desk::reserveBlank(const Json& envelope, const Json& body) {
    Application* const it = application(body);
    if (!it) return unknownApplication();
    if (envelope.at("bankCode") != it->bankCode) {
        return refusal("BLANK_WRONG_BANK", "the application is another bank's");
    }
    if (it->state != "MARKED") return wrongState(*it);

    const std::string blankId = body.at("blankId");
    const auto found = books_.blanks.find(blankId);
    if (found == books_.blanks.end()) return refusal("BLANK_UNKNOWN", "no such blank");
    Blank& blank = found->second;
    const std::string cardNo = body.at("cardNo");
    const std::string cardIdCode = body.at("cardIdCode");
    const std::string atr = body.at("atr");
    if (blank.prewritten ? cardNo != blankId : cardIdCode != blankId) {
        return refusal("BLANK_UNKNOWN", "blank and chip differ");
    }
    if (!blank.cardIdCode.empty() && (blank.cardIdCode != cardIdCode || blank.atr != atr)) {
        return refusal("BLANK_UNKNOWN", "this blank has had another chip");
    }
    if (blank.bankCode != it->bankCode) return refusal("BLANK_WRONG_BANK", "another bank's blank");
    const Json answer{{"applicationNo", it->number},
                      {"blankId", blankId},
                      {"version", blank.version},
                      {"numberMode", blank.prewritten ? "PREWRITTEN" : "ASSIGNED"}};
    if (blank.state == BlankState::reserved && blank.applicationNo == it->number) {
        return already(answer);
    }
    if (blank.state != BlankState::inStock) return refusal("BLANK_USED", "the blank is not free");
    releaseBlank(*it);
    blank.state = BlankState::reserved;
    blank.applicationNo = it->number;
    blank.cardIdCode = cardIdCode;
    blank.atr = atr;
    it->reservedBlank = blankId;
    return done(answer);
}

}  // namespace liqu::world
