// Once and only once: replays, key reuse, permits, sequence numbers, and the audit that watches.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/unit/world/province_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

constexpr const char* blankA = "A10000007";

void checkRefusal(const Json& reply, const char* code, const char* detail) {
    CHECK(reply.at("code") == code);
    CHECK(reply.at("detail") == detail);
}

// The same message sent again, as a sender does: a new message id, another attempt.
Json resent(ProvinceHost& host, Json envelope, const char* messageId) {
    envelope["msgId"] = messageId;
    envelope["attempt"] = 2;
    envelope["sendTime"] = formatChinaTime(host.now);
    return host.sealed(envelope);
}

constexpr const char* secondId = "00000000000000000000000000000aaa";
constexpr const char* thirdId = "00000000000000000000000000000bbb";

Json cardAuth(ProvinceHost& host, const char* key, const std::string& permitId,
              const std::string& cardIdCode) {
    Json body = host.example("CARDAUTH.EXT").at("body");
    body["key"] = key;
    body["permitId"] = permitId;
    body["cardIdCode"] = cardIdCode;
    return host.ask("CARDAUTH.EXT", body);
}

}  // namespace

TEST_CASE("a known key gets the stored answer and nothing happens twice") {
    ProvinceHost host;
    const Json envelope = host.envelope("APPLY.CREATE", host.applyBody(personT1));
    const Json first = host.send(envelope);
    REQUIRE(first.at("code") == "OK");
    CHECK(first.at("replayed") == false);
    host.now += std::chrono::hours{2};
    const Json second = host.send(resent(host, envelope, secondId));
    CHECK(second.at("replayed") == true);
    CHECK(second.at("body") == first.at("body"));
    CHECK(second.at("code") == "OK");
    CHECK(second.at("serverRef") == first.at("serverRef"));
    CHECK(second.at("msgId") == secondId);
    CHECK(host.books().applications.size() == 1);
    CHECK(host.books().carriedOut.begin()->second.replays == 1);
    CHECK(violations(host.books()).empty());
}

TEST_CASE("a known key with another body, business or message is a breach") {
    ProvinceHost host;
    const Json envelope = host.envelope("APPLY.CREATE", host.applyBody(personT1));
    REQUIRE(host.send(envelope).at("code") == "OK");
    Json changed = envelope;
    changed["body"]["phone"] = "1";
    checkRefusal(host.send(resent(host, changed, secondId)), "SECURITY", "KEY_REUSED");
    Json other = host.envelope("ISSUE.MARK", {{"applicationNo", "A-1"}});
    other["idemKey"] = envelope.at("idemKey");
    checkRefusal(host.send(host.sealed(other)), "SECURITY", "KEY_REUSED");
    Json business = envelope;
    business["bizId"] = "T-000017-20240601-000099";
    checkRefusal(host.send(resent(host, business, thirdId)), "SECURITY", "KEY_REUSED");
    CHECK(violations(host.books()).size() == 3);
}

TEST_CASE("what was refused was not carried out, and may be tried again with its key") {
    ProvinceHost host;
    const Json envelope = host.envelope("ISSUE.MARK", {{"applicationNo", "A-20240601-000001"}});
    checkRefusal(host.send(envelope), "BIZ_REFUSED", "APPLICATION_UNKNOWN");
    const Json progress{{"by", "IDEM_KEY"}, {"value", envelope.at("idemKey")}};
    CHECK(host.ask("PROGRESS.QUERY", progress).at("body").at("carriedOut") == false);
    REQUIRE(host.ask("APPLY.CREATE", host.applyBody(personT1)).at("code") == "OK");
    CHECK(host.send(resent(host, envelope, secondId)).at("code") == "OK");
    const Json proof = host.ask("PROGRESS.QUERY", progress).at("body");
    CHECK(proof.at("carriedOut") == true);
    CHECK(proof.at("applications").at(0).at("state") == "MARKED");
}

TEST_CASE("progress is found by business, person and card") {
    ProvinceHost host;
    const std::string number = host.make(personT1, blankA);
    for (const auto& [by, value] :
         {std::pair{"BIZ_ID", host.bizId.c_str()}, std::pair{"SOCIAL_NUMBER", personT1},
          std::pair{"CARD_NO", blankA}}) {
        const Json body = host.ask("PROGRESS.QUERY", {{"by", by}, {"value", value}}).at("body");
        CAPTURE(by);
        CHECK(body.at("applications").at(0).at("applicationNo") == number);
        CHECK(body.at("cards").at(0).at("state") == "NOT_ENABLED");
    }
    CHECK(host.ask("PROGRESS.QUERY", {{"by", "CARD_NO"}, {"value", "K00000014"}})
              .at("body")
              .at("applications")
              .empty());
}

TEST_CASE("a permit belongs to one card and one application and is spent by its report") {
    ProvinceHost host;
    const Json perso = host.permitFor(personT1, blankA);
    const std::string permitId = perso.at("body").at("permitId");
    const std::string code = chipCodeOf(blankA);
    checkRefusal(cardAuth(host, "UPDATE_CARD", "", code), "BIZ_REFUSED", "PERMIT_REFUSED");
    CHECK(cardAuth(host, "READ_HOLDER", "", code).at("code") == "OK");
    CHECK(cardAuth(host, "UPDATE_CARD", permitId, code).at("code") == "OK");
    checkRefusal(cardAuth(host, "UPDATE_CARD", "P-1", code), "SECURITY", "PERMIT_REFUSED");
    checkRefusal(cardAuth(host, "UPDATE_CARD", permitId, chipCodeOf("A10000015")), "SECURITY",
                 "PERMIT_REFUSED");

    const std::string number = host.books().openApplicationOf(personT1)->number;
    const Json body = host.reportBody(perso, number);
    REQUIRE(host.ask("ISSUE.REPORT", body).at("code") == "OK");
    checkRefusal(cardAuth(host, "UPDATE_CARD", permitId, code), "SECURITY", "PERMIT_REFUSED");
    CHECK(cardAuth(host, "READ_HOLDER", permitId, code).at("code") == "OK");
    CHECK(host.ask("ISSUE.REPORT", body).at("code") == "ALREADY");

    Json failed = body;
    failed.erase("readBack");
    failed["result"] = "FAILED";
    failed["stage"] = "PRINT";
    failed["reasonCode"] = 20203;
    failed["faceState"] = "PARTIAL";
    checkRefusal(host.ask("ISSUE.REPORT", failed), "SECURITY", "PERMIT_REFUSED");
    CHECK(host.books().permits.at(permitId).updateAuthorisations == 1);
}

TEST_CASE("an expired permit opens no card, but its report still counts") {
    ProvinceHost host;
    const Json perso = host.permitFor(personT1, blankA);
    host.now += std::chrono::minutes{31};
    checkRefusal(cardAuth(host, "UPDATE_CARD", perso.at("body").at("permitId"), chipCodeOf(blankA)),
                 "BIZ_REFUSED", "PERMIT_REFUSED");
    const std::string number = host.books().openApplicationOf(personT1)->number;
    CHECK(host.ask("ISSUE.REPORT", host.reportBody(perso, number)).at("code") == "OK");
}

TEST_CASE("a failed card goes back to a new blank; the old one is spoiled for good") {
    ProvinceHost host;
    const Json perso = host.permitFor(personT1, blankA);
    const std::string number = host.books().openApplicationOf(personT1)->number;
    checkRefusal(host.ask("ISSUE.UNMARK", {{"applicationNo", number}, {"reason", "FAULT"}}),
                 "BIZ_REFUSED", "WRONG_STATE");
    Json failed = host.reportBody(perso, number);
    failed.erase("readBack");
    failed["result"] = "FAILED";
    checkRefusal(host.ask("ISSUE.REPORT", failed), "PROTOCOL", "SCHEMA");  // no reason given
    failed["stage"] = "CHIP";
    failed["reasonCode"] = 30218;
    failed["faceState"] = "NONE";
    CHECK(host.ask("ISSUE.REPORT", failed).at("body").at("state") == "MARKED");
    CHECK(host.books().blanks.at(blankA).state == BlankState::spoiled);
    checkRefusal(host.ask("BLANK.RESERVE", {{"applicationNo", number},
                                            {"blankId", blankA},
                                            {"cardNo", blankA},
                                            {"cardIdCode", chipCodeOf(blankA)},
                                            {"atr", testAtr},
                                            {"lane", 1}}),
                 "BIZ_REFUSED", "BLANK_USED");
    checkRefusal(host.ask("APPLY.CANCEL", {{"applicationNo", number}, {"reason", "FAULT"}}),
                 "BIZ_REFUSED", "TOO_LATE");
    CHECK(host.books().applications.at(number).failedBlanks == 1);
}

TEST_CASE("a report that was never permitted, or differs from the chip, is refused") {
    ProvinceHost host;
    const Json perso = host.permitFor(personT1, blankA);
    const std::string number = host.books().openApplicationOf(personT1)->number;
    const Json good = host.reportBody(perso, number);
    Json unknown = good;
    unknown["permitId"] = "P-1";
    checkRefusal(host.ask("ISSUE.REPORT", unknown), "SECURITY", "PERMIT_REFUSED");
    Json blank = good;
    blank["blankId"] = "A10000015";
    checkRefusal(host.ask("ISSUE.REPORT", blank), "SECURITY", "PERMIT_REFUSED");
    for (const auto& [item, value] :
         {std::pair{"cardNo", "A10000015"}, std::pair{"socialNumber", "810000199408230021"},
          std::pair{"version", "2.00"}, std::pair{"issueDate", "20240602"},
          std::pair{"bankCardNoTail", "0006"}}) {
        Json other = good;
        other["readBack"][item] = value;
        CAPTURE(item);
        checkRefusal(host.ask("ISSUE.REPORT", other), "BIZ_REFUSED", "PERSON_DATA_DIFFERS");
    }
    CHECK(host.books().cards.size() == 5);
    CHECK(host.ask("ISSUE.REPORT", good).at("code") == "OK");
}

TEST_CASE("gaps in the sequence of facts are recorded, never refused") {
    ProvinceHost host;
    const Json perso = host.permitFor(personT1, blankA);
    const std::string number = host.books().openApplicationOf(personT1)->number;
    Json envelope = host.envelope("ISSUE.REPORT", host.reportBody(perso, number));
    envelope["terminalSeq"] = 4;
    CHECK(host.send(host.sealed(envelope)).at("code") == "OK");
    const Json answer = host.ask("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body")).at("body");
    CHECK(answer.at("lastTerminalSeq") == 4);
    CHECK(answer.at("missingTerminalSeqs") == Json{1, 2, 3});
    CHECK(answer.at("openBizIds") == Json::array({host.bizId}));
}

TEST_CASE(
    "a checkpoint of the record of acts that does not continue is refused, and every sign-in says "
    "so") {
    ProvinceHost host;
    const auto tell = [&host](std::int64_t lines, char digest, std::int64_t move) {
        Json body = host.example("AUDIT.CHECKPOINT").at("body");
        body["lines"] = lines;
        body["digest"] = std::string(64, digest);
        body["newestMove"] = move;
        return host.ask("AUDIT.CHECKPOINT", body);
    };
    const auto said = [&host] {
        const Json answer = host.ask("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body"));
        return answer.at("body").value("auditBroken", "");
    };
    CHECK(tell(10, 'A', 5).at("code") == "OK");
    CHECK(tell(20, 'B', 5).at("code") == "OK");
    CHECK(said().empty());
    SUBCASE("fewer lines") {
        checkRefusal(tell(19, 'C', 6), "BIZ_REFUSED", "AUDIT_BROKEN");
    }
    SUBCASE("the same place, and another record") {
        checkRefusal(tell(20, 'C', 5), "BIZ_REFUSED", "AUDIT_BROKEN");
    }
    SUBCASE("fewer moves") {
        checkRefusal(tell(21, 'C', 4), "BIZ_REFUSED", "AUDIT_BROKEN");
    }
    CHECK_FALSE(said().empty());
    // It is not forgotten by one that continues.
    CHECK(tell(30, 'D', 9).at("code") == "OK");
    CHECK_FALSE(said().empty());
    CHECK(host.books().terminals.at(testTerminal).auditStands.size() == 3);
}

TEST_CASE("the audit sees what must never be") {
    ProvinceHost host;
    const std::string number = host.make(personT1, blankA);
    Books& books = host.books();
    REQUIRE(violations(books).empty());
    const auto broken = [&](const std::function<void(Books&)>& change) {
        Books copy = books;
        change(copy);
        return !violations(copy).empty();
    };
    const std::string permitId = books.permits.begin()->first;
    CHECK(broken([&](Books& b) { b.cards["A10000015"] = b.cards.at(blankA); }));
    CHECK(broken([&](Books& b) { b.cards.at(blankA).permitId = "P-1"; }));
    CHECK(broken([&](Books& b) { b.cards.at(blankA).timesHandedOver = 2; }));
    CHECK(broken([&](Books& b) { b.cards.erase(blankA); }));
    CHECK(broken([&](Books& b) { b.applications["A-2"] = b.applications.at(number); }));
    CHECK(broken([&](Books& b) { b.applications.at(number).state = "DATA_READY"; }));
    CHECK(broken([&](Books& b) { b.permits.at(permitId).state = PermitState::open; }));
    CHECK(broken([&](Books& b) { b.permits.at(permitId).state = PermitState::reportedFailed; }));
    CHECK(broken([&](Books& b) { b.blanks.at(blankA).state = BlankState::inStock; }));
    CHECK(broken([&](Books& b) {
        const auto isFact = [](const auto& one) { return one.second.terminalSeq == 1; };
        CarriedOut twin = std::ranges::find_if(b.carriedOut, isFact)->second;
        b.carriedOut["again"] = twin;
    }));
    CHECK(broken([&](Books& b) { b.incidents.push_back({"", "", "", "SECURITY", "", ""}); }));
}
