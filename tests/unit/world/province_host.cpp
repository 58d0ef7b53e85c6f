#include "tests/unit/world/province_host.hpp"

#include <cstdio>
#include <doctest/doctest.h>
#include <fstream>

#include "tests/world/province/canonical_json.hpp"

namespace liqu::world {
namespace {

Json schemaExample(const Json& contract, const std::string& messageType) {
    return contract.at("paths")
        .at("/v1/" + messageType)
        .at(Json::json_pointer("/post/requestBody/content/application~1json/example"));
}

std::string hexOf(int number, int digits) {
    char text[80];
    std::snprintf(text, sizeof text, "%0*x", digits, static_cast<unsigned>(number));
    return text;
}

}  // namespace

std::string chipCodeOf(const std::string& blankId) {
    return "420100D156000005" + toHex(bytesOf(blankId.substr(blankId.size() - 4))) + "FFFFFFFF";
}

ProvinceHost::ProvinceHost() {
    auto engine = ProvinceEngine::create(LIQU_SOURCE_DIR, std::make_unique<TwinKeys>(), faults_);
    REQUIRE(engine.has_value());
    engine_ = std::move(*engine);
    std::ifstream file(std::string(LIQU_SOURCE_DIR) + "/firmware/province/openapi.json");
    contract_ = Json::parse(file);
}

Json ProvinceHost::example(const std::string& messageType) const {
    return schemaExample(contract_, messageType);
}

Json ProvinceHost::envelope(const std::string& messageType, Json body) {
    ++messages_;
    Json envelope = example(messageType);
    envelope["msgId"] = hexOf(messages_, 32);
    envelope["idemKey"] = sm3Hex(std::to_string(messages_));
    envelope["bizId"] = bizId;
    envelope["bankCode"] = bankCode;
    envelope["bizTime"] = formatChinaTime(now);
    envelope["sendTime"] = formatChinaTime(now);
    if (envelope.contains("terminalSeq")) envelope["terminalSeq"] = ++facts_;
    envelope["body"] = std::move(body);
    return sealed(std::move(envelope));
}

Json ProvinceHost::sealed(Json envelope) const {
    envelope["bodyHash"] = sm3Hex(*canonicalText(envelope.at("body")));
    if (envelope.contains("terminalSeq")) chain(envelope);
    envelope.erase("sig");
    const Bytes signature = *signer_.sign(bytesOf(*canonicalText(envelope)));
    envelope["sig"] = toHex(signature);
    return envelope;
}

// Behind the fact with the number before it, where one was made.
void ProvinceHost::chain(Json& envelope) const {
    Json fact;
    for (const char* name : {"terminalId", "epoch", "terminalSeq", "msgType", "bizId", "idemKey",
                             "bizTime", "bodyHash"}) {
        fact[name] = envelope.at(name);
    }
    const std::int64_t number = envelope.at("terminalSeq");
    const auto before = chains_.find(number - 1);
    const Bytes previous = before == chains_.end() ? Bytes(32, 0) : *fromHex(before->second);
    const std::string link =
        sm3Hex(std::string(previous.begin(), previous.end()) + *canonicalText(fact));
    chains_[number] = link;
    envelope["chain"] = link;
}

Json ProvinceHost::send(const Json& envelope, const std::string& certificateName) {
    const std::string path = "/v1/" + envelope.at("msgType").get<std::string>();
    const ProvinceAnswer answer = engine_->handle({path, envelope.dump(), certificateName}, now);
    REQUIRE(answer.httpStatus == 200);
    Json reply = Json::parse(answer.body);
    Json unsignedPart = reply;
    unsignedPart.erase("sig");
    const Bytes signature = *fromHex(reply.at("sig").get<std::string>());
    CHECK(signer_.verifyProvince(bytesOf(*canonicalText(unsignedPart)), signature) ==
          faults_.placeOf(Fault::provinceWrongSignature).empty());
    CHECK(reply.at("msgId") == envelope.at("msgId"));
    CHECK(reply.at("idemKey") == envelope.at("idemKey"));
    const std::string code = reply.at("code");
    CHECK(reply.contains("body") == (code == "OK" || code == "ALREADY" || code == "PARTIAL"));
    return reply;
}

Json ProvinceHost::ask(const std::string& messageType, Json body) {
    return send(envelope(messageType, std::move(body)));
}

int ProvinceHost::statusOf(const std::string& path, const std::string& text) {
    return engine_->handle({path, text, testTerminal}, now).httpStatus;
}

Json ProvinceHost::applyBody(const std::string& socialNumber) const {
    const Person& person = engine_->books().persons.at(socialNumber);
    Json body = example("APPLY.CREATE").at("body");
    body["socialNumber"] = socialNumber;
    body["documentNo"] = person.documentNo;
    body["documentType"] = person.documentType;
    body["name"] = person.name;
    body["sex"] = person.sex;
    body["ethnicCode"] = person.ethnicCode;
    body["birthDate"] = person.birthDate;
    body["nationality"] = person.nationality;
    return body;
}

Json ProvinceHost::permitFor(const std::string& socialNumber, const std::string& blankId) {
    const Json created = ask("APPLY.CREATE", applyBody(socialNumber));
    REQUIRE(created.at("code") == "OK");
    const Json number = created.at("body").at("applicationNo");
    REQUIRE(ask("ISSUE.MARK", {{"applicationNo", number}}).at("code") == "OK");
    Json chip{{"applicationNo", number},
              {"blankId", blankId},
              {"cardIdCode", chipCodeOf(blankId)},
              {"atr", testAtr}};
    Json reserve = chip;
    reserve["cardNo"] = blankId;
    reserve["lane"] = 1;
    REQUIRE(ask("BLANK.RESERVE", reserve).at("code") == "OK");
    chip["bankCardNo"] = "6200000000000000005";
    chip["purpose"] = "MAKE";
    return ask("PERSO.GET", chip);
}

Json ProvinceHost::reportBody(const Json& perso, const std::string& applicationNo) const {
    const Json& data = perso.at("body");
    const Json& chip = data.at("chip");
    Json body = example("ISSUE.REPORT").at("body");
    body["applicationNo"] = applicationNo;
    body["permitId"] = data.at("permitId");
    body["blankId"] = data.at("blankId");
    for (const char* item :
         {"cardNo", "socialNumber", "cardIdCode", "version", "issueDate", "expiryDate"}) {
        body["readBack"][item] = chip.at(item);
    }
    body["readBack"]["atr"] = testAtr;
    body["readBack"]["bankCardNoTail"] = "0005";
    return body;
}

std::string ProvinceHost::make(const std::string& socialNumber, const std::string& blankId) {
    const Json perso = permitFor(socialNumber, blankId);
    REQUIRE(perso.at("code") == "OK");
    const std::string number = books().openApplicationOf(socialNumber)->number;
    REQUIRE(ask("ISSUE.REPORT", reportBody(perso, number)).at("code") == "OK");
    return number;
}

}  // namespace liqu::world
