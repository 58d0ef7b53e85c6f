// The methods of CardService.
#include <algorithm>

#include "tests/world/legacy_province/legacy_desk.hpp"

namespace liqu::world {
namespace {

std::string at(const LegacyArguments& arguments, const char* name, const char* other = "") {
    const auto found = arguments.find(name);
    if (found != arguments.end()) return found->second;
    const auto second = arguments.find(other);
    return second == arguments.end() ? std::string() : second->second;
}

// As kiosk makers number them; an enrolled number that is no card yet has none.
std::string stateCode(LegacyCardState state) {
    switch (state) {
        case LegacyCardState::sealed:
            return "0";
        case LegacyCardState::normal:
            return "1";
        case LegacyCardState::formallyLost:
            return "2";
        case LegacyCardState::temporarilyLost:
            return "4";
        case LegacyCardState::cancelled:
            return "9";
        case LegacyCardState::numbered:
            break;
    }
    return {};
}

std::string stageWord(const LegacyApplication& application) {
    if (application.collected) return "卡已领取";
    if (application.arrived) return "待领卡";
    if (application.made) return "制卡完成(待分卡)";
    return "制卡中";
}

LegacyReply withFields(std::vector<InnerField> fields) {
    LegacyReply reply;
    reply.word = "OK";
    reply.fields = std::move(fields);
    return reply;
}

LegacyReply unknown(std::string text) {
    LegacyReply reply = refused(std::move(text));
    reply.bare = false;
    reply.deed = LegacyDeed::query;
    return reply;
}

void addPerson(std::vector<InnerField>& fields, const LegacyPerson& person) {
    for (const auto& [name, value] :
         {std::pair("AAC002", person.number), std::pair("AAC003", person.name),
          std::pair("AAC004", person.sex), std::pair("AAC005", person.ethnicity),
          std::pair("AAC006", person.birthDate), std::pair("AAB301", person.city),
          std::pair("AAE006", person.address)}) {
        fields.push_back({name, value});
    }
}

void addCard(std::vector<InnerField>& fields, const LegacyCard& card) {
    for (const auto& [name, value] :
         {std::pair("AAZ500", card.number), std::pair("AAE008", card.bank),
          std::pair("AAE010", card.account), std::pair("AAZ501", card.cardIdCode),
          std::pair("AAZ502", stateCode(card.state)), std::pair("AAZ507", card.atr),
          std::pair("AAZ161", card.issueDate), std::pair("AAZ162", card.expiryDate)}) {
        fields.push_back({name, value});
    }
}

}  // namespace

LegacyReply LegacyDesk::call(const std::string& method, const LegacyArguments& arguments,
                             WallTime now) {
    now_ = now;
    place_ = method;
    settle();
    if (at(arguments, "user") != profile_.user || at(arguments, "password") != profile_.password) {
        books_.wrongs.push_back(method + ": " + profile_.texts.wrongUser);
        return refused(profile_.texts.wrongUser);
    }
    if (method == "getCard") return queryCard(arguments);
    if (method == "getZkjd" || method == "getAZ03") return queryProgress(method, arguments);
    if (method.starts_with("get")) return queryPerson(method, arguments);
    if (method == "setStart") return changeCard("11", arguments);
    if (method == "setLoss") return changeCard("01", arguments);
    return changeCard(at(arguments, "operation"), arguments);
}

// By the card's number, or by its holder.
LegacyReply LegacyDesk::queryCard(const LegacyArguments& arguments) const {
    const std::string number = at(arguments, "aaz500");
    const Whom whom{at(arguments, "aac002"), at(arguments, "aac003"), at(arguments, "aab301")};
    const LegacyCard* const card =
        number.empty() ? books_.newestCardOf(whom.number) : books_.card(number);
    auto wrong = stop(whom);
    const bool theirs = card != nullptr && card->person == whom.number;
    if (!wrong && !theirs) wrong = profile_.texts.noPerson;
    if (wrong) return said(*wrong, LegacyDeed::query);
    switch (card->state) {
        case LegacyCardState::numbered:
            break;
        case LegacyCardState::sealed:
            return said("封存", LegacyDeed::query);
        case LegacyCardState::normal:
            return said(profile_.normal, LegacyDeed::query);
        case LegacyCardState::temporarilyLost:
            return said("临时挂失", LegacyDeed::query);
        case LegacyCardState::formallyLost:
            return said("正式挂失", LegacyDeed::query);
        case LegacyCardState::cancelled:
            return said("注销", LegacyDeed::query);
    }
    return said(profile_.texts.noPerson, LegacyDeed::query);
}

LegacyReply LegacyDesk::queryPerson(const std::string& method,
                                    const LegacyArguments& arguments) const {
    const std::string number = at(arguments, "aac002", "idCard");
    const LegacyPerson* const person = books_.person(number);
    if (person == nullptr) return unknown(profile_.texts.noPerson);
    // Where a name is no parameter of the method nobody compares it.
    const bool named = arguments.contains("aac003") || arguments.contains("name");
    const std::string name = named ? at(arguments, "aac003", "name") : person->name;
    if (const auto wrong = stop({number, name, at(arguments, "aab301", "city")})) {
        return unknown(*wrong);
    }
    if (method == "getPhoto") {
        return said(person->portrait ? legacyPortrait(*person) : profile_.texts.noPerson,
                    LegacyDeed::query);
    }
    std::vector<InnerField> fields;
    if (method == "getRysj") {
        addPerson(fields, *person);
        return withFields(std::move(fields));
    }
    const std::string wanted = at(arguments, "aaz500");
    const LegacyCard* const card =
        wanted.empty() ? books_.newestCardOf(number) : books_.card(wanted);
    if (card == nullptr || card->person != number || card->state == LegacyCardState::numbered) {
        return unknown(profile_.texts.noPerson);
    }
    if (method != "getBank") addPerson(fields, *person);
    addCard(fields, *card);
    if (method == "getData") fields.push_back({"PHOTO", legacyPortrait(*person)});
    return withFields(std::move(fields));
}

LegacyReply LegacyDesk::queryProgress(const std::string& method,
                                      const LegacyArguments& arguments) const {
    const Whom whom{at(arguments, "aac002"), at(arguments, "aac003"), at(arguments, "aab301")};
    if (const auto wrong = stop(whom)) return unknown(*wrong);
    const LegacyApplication* const newest = books_.newestApplicationOf(whom.number);
    WallTime seen = now_;
    if (faults_.holds(LegacyFault::progressLags, method)) seen -= std::chrono::seconds{10};
    if (newest == nullptr || newest->applied > seen) return unknown(profile_.texts.noPerson);
    LegacyApplication shown = *newest;
    for (LegacyTime* const time : {&shown.batched, &shown.numbered, &shown.accountOpened,
                                   &shown.toMaker, &shown.made, &shown.arrived, &shown.collected}) {
        if (*time && **time > seen) time->reset();
    }
    const LegacyCard* const card = shown.numbered ? books_.card(shown.card) : nullptr;
    std::vector<InnerField> fields{{"AAC002", whom.number},
                                   {"AAC003", books_.person(whom.number)->name},
                                   {"AAZ500", card == nullptr ? "" : card->number},
                                   {"AAE008", shown.bank},
                                   {"TRANSACTTYPE", shown.kind},
                                   {"AGENCY", shown.agency},
                                   {"BATCHNO", shown.batched ? shown.batch : ""},
                                   {"APPLYTIME", legacyMoment(shown.applied)}};
    if (method == "getZkjd") {
        fields.push_back({"ZKZT", stageWord(shown)});
        return withFields(std::move(fields));
    }
    fields.push_back({"AAE010", shown.accountOpened && card != nullptr ? card->account : ""});
    for (const auto& [name, time] :
         {std::pair("BANKTIME0", shown.numbered), std::pair("BANKFINISHTIME0", shown.accountOpened),
          std::pair("INSURETIME", shown.toMaker), std::pair("INSUREFINISHTIME", shown.made),
          std::pair("CITYTIME", shown.arrived), std::pair("GETTIME", shown.collected)}) {
        fields.push_back({name, legacyMoment(time)});
    }
    fields.push_back({"VALIDTAG", std::to_string(shown.validTag)});
    fields.push_back({"REMARKS", shown.remarks});
    return withFields(std::move(fields));
}

LegacyReply LegacyDesk::changeCard(const std::string& code, const LegacyArguments& arguments) {
    const Whom whom{at(arguments, "aac002"), at(arguments, "aac003"), at(arguments, "aab301")};
    std::optional<std::string> account;
    if (arguments.contains("aae010")) account = at(arguments, "aae010");
    const LegacyCard* const own = books_.newestCardOf(whom.number);
    std::string number = at(arguments, "aaz500");
    if (number.empty() && own != nullptr) number = own->number;
    return change(code, whom, number, account);
}

LegacyIntent intentOfMethod(const std::string& method, const LegacyArguments& arguments) {
    static const std::map<std::string, std::string> acts{{"01", "loss-temporary"},
                                                         {"02", "loss-formal"},
                                                         {"03", "release"},
                                                         {"04", "cancel"},
                                                         {"11", "enable"}};
    LegacyIntent intent{method, "", at(arguments, "aaz500"), at(arguments, "aac002", "idCard")};
    if (intent.key.empty()) intent.key = intent.person;
    if (method == "setStart") intent.act = "enable";
    if (method == "setLoss") intent.act = "loss-temporary";
    if (method == "setCard") {
        const auto found = acts.find(at(arguments, "operation"));
        intent.act = found == acts.end() ? "unknown-change" : found->second;
    }
    return intent;
}

}  // namespace liqu::world
