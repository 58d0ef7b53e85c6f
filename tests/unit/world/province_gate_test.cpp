// Strictness: every way of sending a wrong message is refused, and the right refusal comes.
#include <doctest/doctest.h>
#include <fstream>

#include "tests/unit/world/province_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

Json signIn(ProvinceHost& host) {
    return host.envelope("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body"));
}

void checkRefusal(const Json& reply, const char* code, const char* detail) {
    CHECK(reply.at("code") == code);
    CHECK(reply.at("detail") == detail);
}

}  // namespace

TEST_CASE("the contract uses no keyword that valijson would skip") {
    std::ifstream file(std::string(LIQU_SOURCE_DIR) + "/firmware/province/openapi.json");
    Json document = Json::parse(file);
    CHECK(Contract::foreignKeywords(document).empty());

    Json& schemas = document["components"]["schemas"];
    schemas["Planted"] = {{"type", "object"}, {"unevaluatedProperties", false}};
    schemas["Nested"] = {{"properties", {{"a", {{"items", {{"prefixItems", Json::array()}}}}}}}};
    schemas["Sibling"] = {{"$ref", "#/components/schemas/Name"}, {"description", "ignored"}};
    CHECK(Contract::foreignKeywords(document).size() == 3);
}

TEST_CASE("every example of the contract passes its own schema") {
    const auto contract =
        Contract::load(std::string(LIQU_SOURCE_DIR) + "/firmware/province/openapi.json");
    REQUIRE(contract.has_value());
    ProvinceHost host;
    CHECK((*contract)->messageTypes().size() == 45);
    for (const std::string& type : (*contract)->messageTypes()) {
        CAPTURE(type);
        CHECK_FALSE((*contract)->requestFault(type, host.example(type)));
    }
}

TEST_CASE("any field missing, foreign, or of another type breaks the contract") {
    ProvinceHost host;
    for (const std::string& type : host.engine().contract().messageTypes()) {
        const Json good = host.example(type);
        for (const Json* part : {&good, &good.at("body")}) {
            for (const auto& [field, value] : part->items()) {
                const bool optional =
                    field == "readBack" || field == "operatorId" || field == "operator2Id";
                CAPTURE(type);
                CAPTURE(field);
                const auto faultAfter = [&](const std::function<void(Json&)>& change) {
                    Json bad = good;
                    change(part == &good ? bad : bad["body"]);
                    return host.engine().contract().requestFault(type, bad).has_value();
                };
                CHECK(faultAfter([&](Json& at) { at.erase(field); }) != optional);
                CHECK(faultAfter([&](Json& at) { at[field] = nullptr; }));
                CHECK(faultAfter([&](Json& at) { at["foreign"] = 1; }));
            }
        }
    }
}

TEST_CASE("what is no envelope gets no signed answer") {
    ProvinceHost host;
    const std::string good = signIn(host).dump();
    CHECK(host.statusOf("/v1/TERM.SIGNIN", good) == 200);
    CHECK(host.statusOf("/v1/TERM.SIGNOUT", good) == 404);
    CHECK(host.statusOf("/TERM.SIGNIN", good) == 404);
    CHECK(host.statusOf("/v1/PERSON.QUERY", good) == 400);
    CHECK(host.statusOf("/v1/TERM.SIGNIN", good.substr(1)) == 400);
    CHECK(host.statusOf("/v1/TERM.SIGNIN", "[]") == 400);
    CHECK(host.statusOf("/v1/TERM.SIGNIN", "") == 400);
    Json noId = signIn(host);
    noId["msgId"] = "x";
    CHECK(host.statusOf("/v1/TERM.SIGNIN", noId.dump()) == 400);
}

TEST_CASE("a broken schema is named by its place and never by a value") {
    ProvinceHost host;
    Json bad = host.envelope(
        "PERSON.QUERY",
        {{"documentType", "PASSPORT"}, {"documentNo", personT1}, {"name", "测试样例"}});
    const Json reply = host.send(bad);
    checkRefusal(reply, "PROTOCOL", "SCHEMA");
    const std::string text = reply.at("text");
    CHECK(text.find("documentType") != std::string::npos);
    CHECK(text.find("PASSPORT") == std::string::npos);
    CHECK_FALSE(violations(host.books()).empty());
}

TEST_CASE("certificate, terminal and business must be one") {
    ProvinceHost host;
    checkRefusal(host.send(signIn(host), "T-000018"), "SECURITY", "TERMINAL_UNKNOWN");
    host.bizId = "T-000018-20240601-000001";
    checkRefusal(host.send(signIn(host)), "PROTOCOL", "SCHEMA");
}

TEST_CASE("any change after signing is seen") {
    ProvinceHost host;
    for (const char* field : {"policyId", "outletCode", "sendTime"}) {
        Json envelope = signIn(host);
        std::string text = envelope.at(field);
        text[text.size() - (text.ends_with("+08:00") ? 7 : 1)] ^= 1;
        envelope[field] = text;
        CAPTURE(field);
        checkRefusal(host.send(envelope), "SECURITY", "SIGNATURE_WRONG");
    }
    Json envelope = signIn(host);
    envelope["body"]["schemaVersion"] = 2;
    checkRefusal(host.send(envelope), "SECURITY", "SIGNATURE_WRONG");

    SUBCASE("a wrong hash under a good signature too") {
        Json other = signIn(host);
        other["body"]["schemaVersion"] = 2;
        other.erase("sig");
        Json resigned = host.sealed(other);
        resigned["bodyHash"] = std::string(64, '0');
        checkRefusal(host.send(resigned), "SECURITY", "SIGNATURE_WRONG");
    }
}

TEST_CASE("clocks and calendars") {
    ProvinceHost host;
    Json late = signIn(host);
    late["sendTime"] = formatChinaTime(host.now - std::chrono::minutes{11});
    late["bizTime"] = late["sendTime"];
    checkRefusal(host.send(host.sealed(late)), "SECURITY", "CLOCK_DIFFERS");
    Json early = signIn(host);
    early["sendTime"] = formatChinaTime(host.now + std::chrono::minutes{11});
    checkRefusal(host.send(host.sealed(early)), "SECURITY", "CLOCK_DIFFERS");
    Json never = signIn(host);
    never["sendTime"] = "2024-02-30T10:00:00.000+08:00";
    checkRefusal(host.send(host.sealed(never)), "PROTOCOL", "SCHEMA");
    Json ahead = signIn(host);
    ahead["bizTime"] = formatChinaTime(host.now + std::chrono::seconds{1});
    checkRefusal(host.send(host.sealed(ahead)), "PROTOCOL", "SCHEMA");
    Json queued = signIn(host);
    queued["bizTime"] = formatChinaTime(host.now - std::chrono::days{3});
    CHECK(host.send(host.sealed(queued)).at("code") == "OK");
}

TEST_CASE("a message id is new on every send") {
    ProvinceHost host;
    const Json envelope = signIn(host);
    CHECK(host.send(envelope).at("code") == "OK");
    checkRefusal(host.send(envelope), "PROTOCOL", "SCHEMA");
}

TEST_CASE("the twin signature depends on message and side") {
    TwinKeys province;
    TwinSigner terminal;
    const Bytes message = bytesOf("a message");
    const Bytes signature = *terminal.sign(message);
    CHECK(signature.size() == 64);
    CHECK(province.verifyTerminal(message, signature));
    CHECK_FALSE(province.verifyTerminal(bytesOf("another"), signature));
    CHECK_FALSE(terminal.verifyProvince(message, signature));
    CHECK(terminal.verifyProvince(message, province.sign(message)));
}
