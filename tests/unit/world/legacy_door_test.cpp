// The legacy province's door: HTTP head, envelope, both body styles, and who is sent away there.
#include "tests/unit/world/legacy_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

const LegacyPairs getCard{{"user", "kiosk"},
                          {"password", "kiosk-pass"},
                          {"aaz500", "K00000049"},
                          {"aac002", legacyNormal},
                          {"aac003", "样例已有"}};

struct Refused {
    std::string code, text;
};
Refused refusedAs(LegacyHost& host, const LegacyRequest& request) {
    const LegacyAnswer answer = host.sent(request);
    CHECK(answer.status == 500);
    CHECK(answer.contentType == "text/xml;charset=utf-8");
    CHECK(answer.body.find("<soapenv:Fault>") != std::string::npos);
    CHECK(answer.body.find(":hostname ") != std::string::npos);
    CHECK(host.books().wrongs.size() == 1);
    const std::size_t code = answer.body.find(">", answer.body.find("<faultcode")) + 1;
    return {answer.body.substr(code, answer.body.find("</faultcode>") - code),
            tagged(answer.body, "faultstring")};
}

}  // namespace

TEST_CASE("both body styles carry the same call") {
    LegacyHost host;
    const std::string literal = literalCall("getCard", getCard);
    CHECK(host.returned("getCard", literal) == "OK");
    CHECK(host.returned("getCard", encodedCall("getCard", {"kiosk", "kiosk-pass", "K00000049",
                                                           legacyNormal, "样例已有", "410100"})) ==
          "OK");
    // An action of namespace and method, without anything between them.
    LegacyRequest named = host.request(literal);
    named.head.soapAction = "\"http://server.wei.comgetCard\"";
    CHECK(LegacyHost::contentOf("getCard", host.sent(named).body) == "OK");
    CHECK(host.books().wrongs.empty());
}

TEST_CASE("hn answers in the literal style, hb in RPC/encoded") {
    LegacyHost hn;
    const std::string literal = hn.sent(hn.request(literalCall("getCard", getCard))).body;
    CHECK(literal.find("<getCardResponse xmlns=\"http://server.wei.com\"><getCardReturn>OK<") !=
          std::string::npos);
    LegacyHost hb("hb");
    const std::string encoded = hb.sent(hb.request(literalCall("getCard", getCard))).body;
    CHECK(encoded.find("<ns1:getCardResponse soapenv:encodingStyle=") != std::string::npos);
    CHECK(encoded.find("<getCardReturn xsi:type=\"xsd:string\">OK<") != std::string::npos);
}

TEST_CASE("without the SOAPAction header nothing is done, in the words of Axis") {
    LegacyHost host;
    LegacyRequest request = host.request(literalCall("getCard", getCard));
    request.head.soapAction.reset();
    const Refused refused = refusedAs(host, request);
    CHECK(refused.code == "ns1:Client.NoSOAPAction");
    CHECK(refused.text == "no SOAPAction header!");
}

TEST_CASE("what the head and the envelope must not be") {
    LegacyHost host;
    LegacyRequest request = host.request(literalCall("getCard", getCard));
    std::string code = "soapenv:Client";
    SUBCASE("another action") {
        request.head.soapAction = "\"http://server.wei.com/getCard\"";
    }
    SUBCASE("an action of another method") {
        request.head.soapAction = "\"http://server.wei.comsetLoss\"";
    }
    SUBCASE("an action without its quotes") {
        request.head.soapAction = "http://server.wei.comgetCard";
    }
    SUBCASE("SOAP 1.2 by its type") {
        request.head.contentType = "application/soap+xml; charset=utf-8";
    }
    SUBCASE("GBK by its type") {
        request.head.contentType = "text/xml; charset=gbk";
    }
    SUBCASE("no charset") {
        request.head.contentType = "text/xml";
    }
    SUBCASE("SOAP 1.2 by its namespace") {
        request.body = replaced(request.body, "http://schemas.xmlsoap.org/soap/envelope/",
                                "http://www.w3.org/2003/05/soap-envelope");
        code = "soapenv:VersionMismatch";
    }
    SUBCASE("another service's namespace") {
        request.body = literalCall("getCard", getCard, "http://ws.apache.org/axis2");
    }
    SUBCASE("GBK bytes: 样例已有 as D1F9 C0FD D2D1 D3D0") {
        request.body = replaced(request.body, "样例已有", "\xD1\xF9\xC0\xFD\xD2\xD1\xD3\xD0");
    }
    SUBCASE("GBK by its declaration") {
        request.body = replaced(request.body, "\"UTF-8\"", "\"GBK\"");
    }
    SUBCASE("cut in the middle") {
        request.body.resize(request.body.size() / 2);
    }
    SUBCASE("a document type") {
        request.body.insert(request.body.find("<soapenv:Envelope"),
                            "<!DOCTYPE a [<!ENTITY b \"c\">]>");
    }
    SUBCASE("two calls") {
        const std::string call = request.body.substr(request.body.find("<s:getCard"));
        request.body.insert(request.body.find("</soapenv:Body>"),
                            call.substr(0, call.find("</soapenv:Body>")));
    }
    CHECK(refusedAs(host, request).code == code);
    CHECK(host.books().acts.empty());
}

TEST_CASE("a call that the service does not have") {
    LegacyHost host;
    LegacyPairs arguments = getCard;
    std::string method = "getCard";
    SUBCASE("no such method") {
        method = "getCardDataYZK";
    }
    SUBCASE("a parameter is missing") {
        arguments.pop_back();
    }
    SUBCASE("one too many") {
        arguments.insert(arguments.end(), {{"aab301", ""}, {"aab301", ""}});
    }
    SUBCASE("another name") {
        arguments[2].first = "AAZ500";
    }
    SUBCASE("another order") {
        std::swap(arguments[2], arguments[3]);
    }
    CHECK(refusedAs(host, host.request(literalCall(method, arguments))).code == "soapenv:Client");
}

TEST_CASE("an argument of RPC has no namespace and is a string") {
    LegacyHost host;
    const std::string good =
        encodedCall("getCard", {"kiosk", "kiosk-pass", "", legacyNormal, "样例已有"});
    std::string bad;
    SUBCASE("no type") {
        bad = replaced(good, " xsi:type=\"xsd:string\"", "");
    }
    SUBCASE("a number") {
        bad = replaced(good, "xsd:string", "xsd:int");
    }
    SUBCASE("no prefix that stands for a schema") {
        bad = replaced(good, "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"",
                       "xmlns:xsd=\"http://example.org\"");
    }
    SUBCASE("no encoding style at all") {
        bad = replaced(good, " soapenv:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"",
                       "");
    }
    CHECK(host.returned("getCard", good) == "OK");
    CHECK(refusedAs(host, host.request(bad)).code == "soapenv:Client");
}

TEST_CASE("another path and another method of HTTP are no service") {
    LegacyHost host;
    LegacyRequest request = host.request(literalCall("getCard", getCard));
    SUBCASE("another province's path") {
        request.head.path = "/jlCardService/services/CardService";
    }
    SUBCASE("GET") {
        request.head.method = "GET";
    }
    const LegacyAnswer answer = host.sent(request);
    CHECK(answer.status == 404);
    CHECK(answer.contentType.starts_with("text/html"));
    CHECK(host.books().wrongs.size() == 1);
}

TEST_CASE("user and password are the first two, in both interfaces") {
    LegacyHost host;
    LegacyPairs arguments = getCard;
    arguments[1].second = "else";
    CHECK(host.returned("getCard", literalCall("getCard", arguments)) == "用户名或密码错误");
    const std::string inner = fieldsText(
        {{"操作*", "获取批次号"}, {"用户名*", "u1"}, {"密码*", "p1"}, {"所属区县*", "1"}});
    CHECK(host.returned("allDsjk", literalCall("allDsjk", {{"xml", inner}})) ==
          "<ERR>用户名或密码错误</ERR>");
    CHECK(host.books().wrongs.size() == 2);
    CHECK(host.books().batches.empty());
}

TEST_CASE("its page is shown to whoever asks, and every head has its clock") {
    LegacyHost host;
    LegacyRequest request{{"GET", host.request("").head.path + "?wsdl", "", std::nullopt}, ""};
    const LegacyAnswer page = host.sent(request);
    CHECK(page.status == 200);
    CHECK(page.body.find("CardServiceService") != std::string::npos);
    CHECK(page.date == "Sat, 01 Jun 2024 02:00:00 GMT");
    REQUIRE(host.faults.arm("legacy.clock@-600"));
    CHECK(host.sent(request).date == "Sat, 01 Jun 2024 01:50:00 GMT");
    CHECK(host.books().wrongs.empty());
    CHECK(host.books().calls.empty());
}
