#include "tests/unit/card_service/fake_service.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/base/china_time.hpp"

namespace liqu::test {
namespace {

using province::card_service::RegionTable;

std::string replacedAll(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from);
    if (begin == std::string::npos) return {};
    const std::size_t start = begin + from.size();
    return text.substr(start, text.find(to, start) - start);
}

}  // namespace

std::string escapedOnce(const std::string& text) {
    return replacedAll(replacedAll(replacedAll(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

std::string envelopeOf(const std::string& method, const std::string& inner) {
    return "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">"
           "<soapenv:Body><n:" +
           method + "Response xmlns:n=\"http://server.wei.com\"><n:" + method + "Return>" +
           replacedAll(escapedOnce(inner), "\r", "&#13;") + "</n:" + method +
           "Return></n:" + method + "Response></soapenv:Body></soapenv:Envelope>";
}

Result<ports::SoapReply> FakeService::post(const ports::SoapPost& post, Duration) {
    std::string body(post.body);
    const std::string method = between(body, "<s:", " ");
    body = replacedAll(body, "&lt;", "<");
    body = replacedAll(body, "&gt;", ">");
    body = replacedAll(body, "&#13;", "\r");
    const std::string operation = between(body, "<操作*>", "</操作*>");
    const std::string name = operation.empty() ? method : operation;
    asked.push_back(name);
    bodies[name] = body;
    const auto found = steps_.find(name);
    if (found == steps_.end())
        return fail(ErrorCode::provinceUnreachable, "the test wrote nothing for " + name);
    const Step step = found->second.front();
    if (found->second.size() > 1) found->second.pop_front();
    if (step.error) return fail(*step.error);
    return ports::SoapReply{step.status,
                            step.whole.empty() ? envelopeOf(method, step.inner) : step.whole, date};
}

Result<ports::SoapReply> FakeService::look(const std::string&, Duration) {
    asked.emplace_back("look");
    return ports::SoapReply{200, "<wsdl/>", date};
}

std::size_t FakeService::count(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::count(asked, name));
}

RegionTable tableNamed(const std::string& name) {
    const std::map<std::string, std::string> codes = {
        {"henan", "410000"}, {"hubei", "420000"}, {"jilin", "220000"}};
    auto table = province::card_service::loadRegionTable(
        LIQU_SOURCE_DIR "/kiosk-config/legacy/" + name + ".toml", codes.at(name));
    REQUIRE_MESSAGE(table, (table ? "" : describe(table.error())));
    table->chip = province::card_service::ChipConstants{"1", "3.00", "001122334455667788990011"};
    return *table;
}

LegacyDesk::LegacyDesk(const std::string& name, province::Adapter* ofEncryption)
    : table(tableNamed(name)),
      database(openDatabase(scratch)),
      sealKey(security::SealKey::make(random)),
      sealer(security::SealProfile::aes256Gcm, sealKey, random),
      encryption(ofEncryption) {
    clock.setWallTime(*parseChinaTime("2024-06-01T10:02:31.000+08:00"));
    restart();
}

void LegacyDesk::restart() {
    province::card_service::Parts parts{service,
                                        table,
                                        {"u1", SecretText("p1")},
                                        *database,
                                        sealer,
                                        SecretBytes(Bytes(32, 7)),
                                        {},
                                        {{"B01", "V01"}},
                                        encryption};
    adapter = std::make_unique<province::card_service::CardServiceAdapter>(
        std::move(parts), clock, random,
        province::Terminal{"T-000017", table.province + "0100", "O-0001", "henan-1"});
}

province::Outgoing LegacyDesk::outgoing(province::MessageType type, std::string_view body,
                                        int number) {
    province::Outgoing message;
    message.type = type;
    message.business.bizId = "T-000017-20240601-" + std::to_string(1'000'000 + number).substr(1);
    message.business.bankCode = "B01";
    message.idempotencyKey = province::idempotencyKey("T-000017", message.business.bizId, type, 1);
    message.body = body;
    return message;
}

void LegacyDesk::hearsName(const std::string& number) {
    province::card_service::Book book(*database, sealer, SecretBytes(Bytes(32, 7)));
    REQUIRE(book.noteName(PersonalText(number), PersonalText("张三"), clock.wallTime()));
}

void holdsCard(FakeService& service, const std::string& state, const std::string& number) {
    service.says("getAC01", "<ERR>OK</ERR><AAZ500>" + std::string(legacyCard) +
                                "</AAZ500><AAC002>" + number +
                                "</AAC002><AAC003>张三</AAC003><AAZ161>20240101</AAZ161>"
                                "<AAZ162>20340101</AAZ162>");
    service.says("getBank", "<ERR>OK</ERR><AAC002>" + number +
                                "</AAC002><AAE008>B01</AAE008><AAE010>6200000000000000005"
                                "</AAE010>");
    service.says("getCard", state);
}

std::string progressOf(const std::string& more, const std::string& number) {
    return "<ERR>OK</ERR><AAC002>" + number +
           "</AAC002><AAC003>张三</AAC003><AAE008>B01</AAE008>"
           "<TRANSACTTYPE>1</TRANSACTTYPE><APPLYTIME>20240601100231</APPLYTIME>" +
           more;
}

}  // namespace liqu::test
