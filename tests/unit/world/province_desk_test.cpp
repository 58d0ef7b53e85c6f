// The business of the province: who may have what, which card is whose, what happens once only.
#include <doctest/doctest.h>

#include "firmware/card/citizen_number.hpp"
#include "firmware/card/social_card_number.hpp"
#include "tests/unit/world/province_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

constexpr const char* blankA = "A10000007";
constexpr const char* personLost = "440000197906050033";

std::string blank(const char* body) {
    return card::SocialCardNumber::withBody(body)->text();
}

void checkRefusal(const Json& reply, const char* code, const char* detail) {
    CHECK(reply.at("code") == code);
    CHECK(reply.at("detail") == detail);
}

Json eligibility(ProvinceHost& host, const std::string& person, const char* kind) {
    return host.ask("ELIG.CHECK",
                    {{"socialNumber", person}, {"kind", kind}, {"ageClass", "ADULT"}});
}

const Person& personWith(ProvinceHost& host, const char* name) {
    for (const auto& [number, person] : host.books().persons) {
        if (person.name == name) return person;
    }
    FAIL("no such person");
    return host.books().persons.begin()->second;
}

Json enableBody(ProvinceHost& host, const std::string& application) {
    const Application& it = host.books().applications.at(application);
    return {{"applicationNo", application},
            {"cardNo", it.cardNo},
            {"socialNumber", it.socialNumber},
            {"name", host.books().persons.at(it.socialNumber).name},
            {"how", "KIOSK_LINKED"}};
}

Json handOverBody(ProvinceHost& host, const std::string& application, const char* outcome) {
    return {{"applicationNo", application},
            {"cardNo", host.books().applications.at(application).cardNo},
            {"outcome", outcome},
            {"time", formatChinaTime(host.now)},
            {"pickupCode", ""}};
}

}  // namespace

TEST_CASE("the fixtures hold right numbers") {
    ProvinceHost host;
    CHECK(host.books().persons.size() >= 16);
    for (const auto& [number, person] : host.books().persons) {
        CAPTURE(number);
        if (person.documentType == "FOREIGNER_2017") continue;  // no check character
        if (person.documentType == "FOREIGNER_2023") {
            CHECK(card::CitizenNumber::parseForeigner2023(number).has_value());
            continue;
        }
        const auto parsed = card::CitizenNumber::parse(number);
        REQUIRE(parsed.has_value());
        CHECK(formatDate(parsed->birthDate()) == person.birthDate);
        // The 17th digit: odd for men.
        CHECK(((number.at(16) - '0') % 2 == 1) == (person.sex == "1"));
    }
    for (const auto& [number, held] : host.books().cards) {
        CHECK(card::SocialCardNumber::parse(number)->checkCharacterHolds());
    }
    CHECK(host.books().blanks.size() == 2100);
    CHECK(violations(host.books()).empty());
}

TEST_CASE("one card, from sign-in to the hand") {
    ProvinceHost host;
    CHECK(host.ask("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body")).at("code") == "OK");
    const Json person =
        host.ask("PERSON.QUERY",
                 {{"documentType", "RESIDENT_ID"}, {"documentNo", personT1}, {"name", "测试样例"}});
    CHECK(person.at("body").at("socialNumber") == personT1);
    CHECK(eligibility(host, personT1, "NEW").at("body").at("eligible") == true);

    const Json perso = host.permitFor(personT1, blankA);
    REQUIRE(perso.at("code") == "OK");
    const Json& chip = perso.at("body").at("chip");
    CHECK(chip.at("cardNo") == blankA);
    CHECK(chip.at("issueDate") == "20240601");
    CHECK(chip.at("expiryDate") == "20340601");
    // As on the blank, whatever region the kiosk stands in.
    CHECK(chip.at("issuerCode") == "915600000242010042010001");
    const Bytes portrait =
        *fromBase64(perso.at("body").at("face").at("portraitJpeg").get<std::string>());
    CHECK(portrait.size() < 20 * 1024);

    const std::string number = host.books().openApplicationOf(personT1)->number;
    const Json reported = host.ask("ISSUE.REPORT", host.reportBody(perso, number));
    CHECK(reported.at("body").at("state") == "REPORTED_OK");
    const Json enabled = host.ask("ISSUE.ENABLE", enableBody(host, number));
    CHECK(enabled.at("body") == Json{{"cardState", "NORMAL"}, {"bankLinked", true}});
    const Json given = host.ask("ISSUE.HANDOVER", handOverBody(host, number, "TAKEN"));
    CHECK(given.at("body").at("state") == "HANDED_OVER");
    CHECK(violations(host.books()).empty());

    const Json dumped = Json::parse(dump(host.books()));
    CHECK(dumped.at("cards").size() == 6);
    CHECK(dumped.at("carriedOut").size() == 7);
    CHECK(dumped.at("terminals").at(0).at("missingTerminalSeqs").empty());
    CHECK(dump(host.books()) == dump(host.books()));
}

TEST_CASE("who is told what at the first question") {
    ProvinceHost host;
    const auto ask = [&](const char* type, const char* number, const char* name) {
        return host.ask("PERSON.QUERY",
                        {{"documentType", type}, {"documentNo", number}, {"name", name}});
    };
    checkRefusal(ask("RESIDENT_ID", "11010519491231002X", "张三"), "BIZ_REFUSED", "PERSON_UNKNOWN");
    checkRefusal(ask("RESIDENT_ID", personT1, "别人"), "BIZ_REFUSED", "PERSON_DATA_DIFFERS");
    checkRefusal(ask("RESIDENCE_PERMIT", personT1, "测试样例"), "BIZ_REFUSED", "PERSON_UNKNOWN");
    CHECK(ask("RESIDENCE_PERMIT", "810000199408230021", "样例港").at("code") == "OK");
    CHECK(ask("FOREIGNER_2017", "UTO110085031201", "SPECIMEN, ALEX").at("code") == "OK");
    CHECK(ask("FOREIGNER_2023", "91184019850312001X", "样例外").at("code") == "OK");
}

TEST_CASE("who may have a card") {
    struct Case {
        const char* name;
        const char* kind;
        const char* reason;
        bool staff;
    };
    for (const Case& c : {Case{"测试样例", "NEW", "NONE", false},
                          {"样例挂失", "LOST", "NONE", false},
                          {"样例挂失", "NEW", "CARD_EXISTS", false},
                          {"样例欠费", "LOST", "FEE_DUE", false},
                          {"样例口头", "LOST", "OLD_CARD_NOT_LOST", false},
                          {"样例已有", "NEW", "CARD_EXISTS", false},
                          {"样例异地", "NEW", "CARD_EXISTS", false},
                          {"测试样例", "LOST", "NOT_ELIGIBLE", false},
                          {"样例小童", "NEW", "NOT_ELIGIBLE", true},
                          {"样例故人", "NEW", "NOT_ELIGIBLE", true},
                          {"样例人工", "NEW", "NOT_ELIGIBLE", true}}) {
        CAPTURE(c.name);
        CAPTURE(c.kind);
        ProvinceHost host;
        const Person& person = personWith(host, c.name);
        const std::string number = person.socialNumber;
        const Json body = eligibility(host, number, c.kind).at("body");
        CHECK(body.at("reason") == c.reason);
        CHECK(body.at("eligible") == (std::string(c.reason) == "NONE"));
        CHECK(body.at("needsStaff") == c.staff);
        // What the check says, creating says too.
        Json apply = host.applyBody(number);
        apply["kind"] = c.kind;
        const Json held = body.at("oldCardNo");
        apply["oldCardNo"] = held;
        CHECK(host.ask("APPLY.CREATE", apply).at("detail") == c.reason);
        CHECK(body.at("cardElsewhereInProvince") == (person.name == "样例异地"));
    }
}

TEST_CASE("one open application per person") {
    ProvinceHost host;
    const Json first = host.ask("APPLY.CREATE", host.applyBody(personT1));
    REQUIRE(first.at("code") == "OK");
    const Json again = host.ask("APPLY.CREATE", host.applyBody(personT1));
    CHECK(again.at("code") == "ALREADY");
    CHECK(again.at("body") == first.at("body"));
    host.bizId = "T-000017-20240601-000043";
    checkRefusal(host.ask("APPLY.CREATE", host.applyBody(personT1)), "BIZ_REFUSED",
                 "APPLICATION_PENDING");
    const Json check = eligibility(host, personT1, "NEW").at("body");
    CHECK(check.at("reason") == "APPLICATION_PENDING");
    CHECK(check.at("pending").size() == 1);
    const Json number = first.at("body").at("applicationNo");
    const Json cancel{{"applicationNo", number}, {"reason", "PERSON"}};
    CHECK(host.ask("APPLY.CANCEL", cancel).at("code") == "OK");
    CHECK(host.ask("APPLY.CANCEL", cancel).at("code") == "ALREADY");
    CHECK(host.ask("APPLY.CREATE", host.applyBody(personT1)).at("code") == "OK");
    CHECK(violations(host.books()).empty());
}

TEST_CASE("a replacement ends the old card only when the new one is enabled") {
    ProvinceHost host;
    const auto oldState = [&] { return host.books().cards.at("K00000014").state; };
    Json apply = host.applyBody(personLost);
    apply["kind"] = "LOST";
    checkRefusal(host.ask("APPLY.CREATE", apply), "BIZ_REFUSED", "PERSON_DATA_DIFFERS");
    CHECK(oldState() == "FORMAL_LOST");
    apply["oldCardNo"] = "K00000014";
    REQUIRE(host.ask("APPLY.CREATE", apply).at("code") == "OK");
    CHECK(oldState() == "REPLACING");
    const std::string number = host.books().openApplicationOf(personLost)->number;
    checkRefusal(host.ask("APPLY.CANCEL", {{"applicationNo", number}, {"reason", "FAULT"}}),
                 "BIZ_REFUSED", "TOO_LATE");
    CHECK(oldState() == "REPLACING");
}

TEST_CASE("blanks: in stock, of the right bank, unused, with one chip") {
    ProvinceHost host;
    REQUIRE(host.ask("APPLY.CREATE", host.applyBody(personT1)).at("code") == "OK");
    const std::string number = host.books().openApplicationOf(personT1)->number;
    const auto reserve = [&](const std::string& id, const std::string& chip) {
        return host.ask("BLANK.RESERVE", {{"applicationNo", number},
                                          {"blankId", id},
                                          {"cardNo", id},
                                          {"cardIdCode", chipCodeOf(chip)},
                                          {"atr", testAtr},
                                          {"lane", 1}});
    };
    checkRefusal(reserve(blankA, blankA), "BIZ_REFUSED", "WRONG_STATE");  // not marked yet
    REQUIRE(host.ask("ISSUE.MARK", {{"applicationNo", number}}).at("code") == "OK");
    CHECK(host.ask("ISSUE.MARK", {{"applicationNo", number}}).at("code") == "ALREADY");
    checkRefusal(reserve(blank("Q9999999"), "Q9999999"), "BIZ_REFUSED", "BLANK_UNKNOWN");
    checkRefusal(reserve("F30000000", "F30000000"), "BIZ_REFUSED", "BLANK_WRONG_BANK");
    CHECK(reserve(blankA, blankA).at("code") == "OK");
    CHECK(reserve(blankA, blankA).at("code") == "ALREADY");
    checkRefusal(reserve(blankA, "F30000000"), "BIZ_REFUSED", "BLANK_UNKNOWN");
    // A new blank releases the one before.
    CHECK(reserve(blank("A1000001"), blank("A1000001")).at("code") == "OK");
    CHECK(host.books().blanks.at(blankA).state == BlankState::inStock);
    CHECK(
        host.ask("ISSUE.UNMARK", {{"applicationNo", number}, {"reason", "NO_BLANK"}}).at("code") ==
        "OK");
    CHECK(host.books().blanks.at(blank("A1000001")).state == BlankState::inStock);

    ProvinceHost other;
    other.make(personT1, blankA);
    const Json used = [&] {
        Json apply = other.applyBody("810000199408230021");
        const Json created = other.ask("APPLY.CREATE", apply);
        const Json otherNumber = created.at("body").at("applicationNo");
        REQUIRE(other.ask("ISSUE.MARK", {{"applicationNo", otherNumber}}).at("code") == "OK");
        return other.ask("BLANK.RESERVE", {{"applicationNo", otherNumber},
                                           {"blankId", blankA},
                                           {"cardNo", blankA},
                                           {"cardIdCode", chipCodeOf(blankA)},
                                           {"atr", testAtr},
                                           {"lane", 1}});
    }();
    checkRefusal(used, "BIZ_REFUSED", "BLANK_USED");
}

TEST_CASE("an assigned number comes with the permit and stays with the blank") {
    ProvinceHost host;
    const std::string code = "420100D1560000050000000AFFFFFFFF";
    addAssignedBlank(host.books(), "B01", code, "3.00");
    REQUIRE(host.ask("APPLY.CREATE", host.applyBody(personT1)).at("code") == "OK");
    const std::string number = host.books().openApplicationOf(personT1)->number;
    REQUIRE(host.ask("ISSUE.MARK", {{"applicationNo", number}}).at("code") == "OK");
    const Json reserved = host.ask("BLANK.RESERVE", {{"applicationNo", number},
                                                     {"blankId", code},
                                                     {"cardNo", ""},
                                                     {"cardIdCode", code},
                                                     {"atr", testAtr},
                                                     {"lane", 1}});
    CHECK(reserved.at("body").at("numberMode") == "ASSIGNED");
    const Json perso{{"applicationNo", number}, {"blankId", code},  {"cardIdCode", code},
                     {"atr", testAtr},          {"bankCardNo", ""}, {"purpose", "MAKE"}};
    const Json first = host.ask("PERSO.GET", perso);
    const std::string cardNo = first.at("body").at("chip").at("cardNo");
    CHECK(card::SocialCardNumber::parse(cardNo)->checkCharacterHolds());
    CHECK(first.at("body").at("batchNo") != "");
    CHECK(host.ask("PERSO.GET", perso).at("body") == first.at("body"));
    host.now += std::chrono::minutes{31};
    const Json renewed = host.ask("PERSO.GET", perso);
    CHECK(renewed.at("body").at("permitId") != first.at("body").at("permitId"));
    CHECK(renewed.at("body").at("chip").at("cardNo") == cardNo);
    CHECK(violations(host.books()).empty());
}

TEST_CASE("enabling: refused, partial, of the wrong card, once") {
    ProvinceHost host;
    SUBCASE("refused") {
        host.faults().arm(Fault::provinceEnableRefused);
        const std::string number = host.make(personT1, blankA);
        checkRefusal(host.ask("ISSUE.ENABLE", enableBody(host, number)), "BIZ_REFUSED",
                     "ENABLING_REFUSED");
        CHECK(host.books().cards.at(blankA).state == "NOT_ENABLED");
        CHECK(host.ask("ISSUE.HANDOVER", handOverBody(host, number, "RETAINED_FAULT"))
                  .at("body")
                  .at("state") == "HELD");
        CHECK(host.faults().allFired());
    }
    SUBCASE("partial") {
        host.faults().arm(Fault::provinceEnablePartial);
        const std::string number = host.make(personT1, blankA);
        const Json reply = host.ask("ISSUE.ENABLE", enableBody(host, number));
        checkRefusal(reply, "PARTIAL", "BANK_LINK_MISSING");
        CHECK(reply.at("next") == "GO_BANK");
        CHECK(reply.at("body").at("bankLinked") == false);
    }
    SUBCASE("another's card, then twice") {
        const std::string number = host.make(personT1, blankA);
        Json wrong = enableBody(host, number);
        wrong["socialNumber"] = "810000199408230021";
        checkRefusal(host.ask("ISSUE.ENABLE", wrong), "BIZ_REFUSED", "PERSON_DATA_DIFFERS");
        CHECK(host.ask("ISSUE.ENABLE", enableBody(host, number)).at("code") == "OK");
        CHECK(host.ask("ISSUE.ENABLE", enableBody(host, number)).at("code") == "ALREADY");
    }
    SUBCASE("before anything is reported") {
        REQUIRE(host.permitFor(personT1, blankA).at("code") == "OK");
        const std::string number = host.books().openApplicationOf(personT1)->number;
        Json body = enableBody(host, number);
        body["cardNo"] = blankA;
        checkRefusal(host.ask("ISSUE.ENABLE", body), "BIZ_REFUSED", "WRONG_STATE");
    }
}

TEST_CASE("a card is handed over once") {
    ProvinceHost host;
    const std::string number = host.make(personT1, blankA);
    CHECK(host.ask("ISSUE.HANDOVER", handOverBody(host, number, "RETAINED_TIMEOUT")).at("code") ==
          "OK");
    CHECK(host.ask("ISSUE.HANDOVER", handOverBody(host, number, "STAFF_DELIVERED")).at("code") ==
          "OK");
    CHECK(host.ask("ISSUE.HANDOVER", handOverBody(host, number, "TAKEN")).at("code") == "ALREADY");
    checkRefusal(host.ask("ISSUE.HANDOVER", handOverBody(host, number, "RETAINED_TIMEOUT")),
                 "BIZ_REFUSED", "WRONG_STATE");
    CHECK(host.books().cards.at(blankA).timesHandedOver == 1);
}

TEST_CASE("blanks are loaded by two persons, and count as numbered") {
    ProvinceHost host;
    const auto load = [&](const char* second, int count, const char* bank) {
        host.bankCode = bank;
        Json envelope = host.envelope("STOCK.LOAD", {{"lane", 1},
                                                     {"box", "BOX-1"},
                                                     {"firstCardNo", blankA},
                                                     {"lastCardNo", blank("A1000009")},
                                                     {"count", count},
                                                     {"time", formatChinaTime(host.now)}});
        envelope["operatorId"] = "S-1";
        envelope["operator2Id"] = second;
        return host.send(host.sealed(envelope));
    };
    CHECK(load("S-2", 10, "B01").at("body").at("countInTerminal") == 10);
    checkRefusal(load("S-1", 10, "B01"), "PROTOCOL", "SCHEMA");
    checkRefusal(load("S-2", 9, "B01"), "BIZ_REFUSED", "BLANK_UNKNOWN");
    checkRefusal(load("S-2", 10, "B02"), "BIZ_REFUSED", "BLANK_WRONG_BANK");
    host.bankCode = "B01";
    host.make(personT1, blankA);
    CHECK(load("S-2", 10, "B01").at("body").at("countInTerminal") == 9);
}

TEST_CASE("somebody else was quicker") {
    ProvinceHost host;
    host.faults().arm(Fault::provincePersonPending);
    const Json body = eligibility(host, personT1, "NEW").at("body");
    CHECK(body.at("reason") == "APPLICATION_PENDING");
    CHECK(body.at("pending").at(0).at("terminalId") == "OTHER");
    CHECK(host.faults().allFired());
}
