#include "firmware/province/adapters/card_service/soap_envelope.hpp"

#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/encoding.hpp"
#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province::card_service {
namespace {

const std::string head =
    "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/"
    "envelope/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    "<soapenv:Body>";
const std::string tail = "</soapenv:Body></soapenv:Envelope>";

std::string around(const std::string& value, const std::string& attributes = "",
                   const std::string& more = "") {
    return head + "<n:getCardResponse xmlns:n=\"u\"><getCardReturn" + attributes + ">" + value +
           "</getCardReturn></n:getCardResponse>" + more + tail;
}

Result<SoapAnswer> read(const std::string& text, Charset charset = Charset::utf8) {
    return readAnswer(text, "getCard", charset);
}
std::string inside(const std::string& text) {
    const auto answer = read(text);
    return answer ? answer->returned.reveal() : describe(answer.error());
}
bool isRefused(const std::string& text) {
    const auto answer = read(text);
    return !answer && answer.error().code == ErrorCode::provinceReplyMalformed;
}

const std::string wanted = "<ERR>OK</ERR><AAZ500>A12345678</AAZ500>";

TEST_CASE("the string inside is the same, escaped once, twice, in CDATA, or not at all") {
    CHECK(inside(around(test::escapedOnce(wanted))) == wanted);
    CHECK(inside(around("<![CDATA[" + wanted + "]]>")) == wanted);
    const auto twice = read(around(test::escapedOnce(test::escapedOnce(wanted))));
    REQUIRE(twice);
    CHECK(twice->returned.reveal() == wanted);
    CHECK(twice->wasEscapedTwice);
    CHECK(inside(around(wanted)) == wanted);
    CHECK(inside(around("00")) == "00");
}

TEST_CASE("a reference is followed inside the body only") {
    const std::string aside = "<multiRef id=\"id0\">01</multiRef>";
    CHECK(inside(around("", " href=\"#id0\"", aside)) == "01");
    CHECK(isRefused(around("", " href=\"#id1\"", aside)));
    CHECK(isRefused(around("", " href=\"http://x/y\"", aside)));
}

TEST_CASE("what is no answer to this call is none") {
    CHECK(isRefused(around("", " xsi:nil=\"true\"")));
    CHECK(isRefused("<html><body>login</body></html>"));
    CHECK(isRefused(head + "<getBankResponse><r>OK</r></getBankResponse>" + tail));
    CHECK(isRefused(head + "<getCardResponse><r>OK</r><r>01</r></getCardResponse>" + tail));
    CHECK(isRefused(head + "<getCardResponse/>" + tail));
    CHECK(isRefused(head + tail));
    CHECK(isRefused(around("OK").substr(0, 200)));
    CHECK(isRefused(""));
}

TEST_CASE("no document type, no entity, no depth without end, no byte that is none") {
    CHECK(isRefused("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + around("&b;")));
    CHECK(isRefused("<!DOCTYPE a>" + around("OK")));
    CHECK(isRefused(around("&b;")));
    CHECK(isRefused(around("&#1;")));
    CHECK(isRefused(around("\xB2\xE2\xCA\xD4")));  // 测试 in GBK
    std::string deep;
    for (int i = 0; i < 30; ++i) deep += "<a>";
    for (int i = 0; i < 30; ++i) deep += "</a>";
    CHECK(isRefused(around(deep)));
    std::string many;
    for (int i = 0; i < 2100; ++i) many += "<a/>";
    CHECK(isRefused(around(many)));
}

TEST_CASE("a province that speaks GB 18030 says so in its table, whatever its first line says") {
    const std::string text = "<?xml version=\"1.0\" encoding=\"GBK\"?>" + around("正常");
    const auto coded = gb18030FromUtf8(text);
    REQUIRE(coded);
    const auto answer = read(textOf(*coded), Charset::gb18030);
    REQUIRE(answer);
    CHECK(answer->returned.reveal() == "正常");
    CHECK_FALSE(read(around("\xFF\xFF"), Charset::gb18030));
}

TEST_CASE("a fault says whether the method ran") {
    const auto answer = read(head +
                             "<soapenv:Fault><faultcode xmlns:n=\"u\">"
                             "n:Client.NoSOAPAction</faultcode><faultstring>no SOAPAction "
                             "header!</faultstring><detail/></soapenv:Fault>" +
                             tail);
    REQUIRE(answer);
    CHECK(answer->isFault);
    CHECK(answer->faultCode == "Client.NoSOAPAction");
    CHECK(isRefused(head + "<soapenv:Fault><faultstring/></soapenv:Fault>" + tail));
}

TEST_CASE("both styles of a request carry the string inside, escaped once") {
    const SoapCall call{"allDsjk", {{"xml", PersonalText("<姓名*>王</姓名*>\r\n1,王\r\n")}}};
    const auto literal =
        buildRequest(call, {"http://server.wei.com", BodyStyle::literal, Charset::utf8});
    REQUIRE(literal);
    CHECK(literal->reveal() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"http://"
          "schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><s:allDsjk xmlns:s=\"http://"
          "server.wei.com\"><s:xml>&lt;姓名*&gt;王&lt;/姓名*&gt;&#13;\n1,王&#13;\n</s:xml>"
          "</s:allDsjk></soapenv:Body></soapenv:Envelope>");
    const auto encoded = buildRequest(call, {"u", BodyStyle::encoded, Charset::gb18030});
    REQUIRE(encoded);
    CHECK(encoded->reveal().find("<xml xsi:type=\"xsd:string\">") != std::string::npos);
    CHECK(encoded->reveal().find("soapenv:encodingStyle") != std::string::npos);
    CHECK(encoded->reveal().find("\xCD\xF5") != std::string::npos);  // 王
    CHECK_FALSE(buildRequest({"m", {{"a", PersonalText("𫖯")}}},
                             {"u", BodyStyle::literal, Charset::gb18030}));
}

}  // namespace
}  // namespace liqu::province::card_service
