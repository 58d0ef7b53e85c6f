#include "tests/unit/province/scripted_link.hpp"

#include <fstream>

#include "firmware/base/assert.hpp"

namespace liqu::test {

using nlohmann::json;

namespace {
std::filesystem::path documentPath() {
    return std::filesystem::path(LIQU_SOURCE_DIR) / "firmware/province/openapi.json";
}
}  // namespace

json contractDocument() {
    std::ifstream file(documentPath());
    return json::parse(file);
}

const world::Contract& contract() {
    static const auto loaded = world::Contract::load(documentPath()).value();
    return *loaded;
}

json exampleAnswer(const std::string& messageType) {
    static const json document = contractDocument();
    return document["paths"]["/v1/" + messageType]["post"]["responses"]["200"]["content"]
                   ["application/json"]["example"]["body"];
}

std::vector<std::string> ScriptedLink::types() const {
    std::vector<std::string> names;
    for (const json& request : requests) names.push_back(request["msgType"]);
    return names;
}

Result<std::string> ScriptedLink::exchange(std::string_view path, std::string_view envelope,
                                           Duration waits) {
    patiences.push_back(waits);
    json request = json::parse(envelope);
    const std::string type(path.substr(4));
    if (const auto fault = contract().requestFault(type, request))
        faults.push_back(type + ": " + *fault);
    json unsignedRequest = request;
    unsignedRequest.erase("sig");
    const Bytes signature = fromHex(request["sig"].get<std::string>()).value();
    if (!keys_.verifyTerminal(bytesOf(unsignedRequest.dump()), signature))
        faults.push_back("signature");
    if (request["bodyHash"] != world::sm3Hex(request["body"].dump())) faults.push_back("bodyHash");
    requests.push_back(request);
    if (steps_.empty()) return signedReply(request, {"OK", exampleAnswer(type)});
    const Step step = steps_.front();
    steps_.pop_front();
    if (const auto* error = std::get_if<Error>(&step)) return fail(*error);
    return signedReply(request, std::get<Answer>(step));
}

std::string ScriptedLink::signedReply(const json& request, const Answer& answer) {
    json reply = {{"ver", "1"},
                  {"msgType", request["msgType"]},
                  {"msgId", request["msgId"]},
                  {"idemKey", request["idemKey"]},
                  {"code", answer.code},
                  {"detail", answer.detail},
                  {"text", ""},
                  {"serverRef", "R-1"},
                  {"serverTime", "2024-06-01T10:00:00.180+08:00"},
                  {"replayed", false},
                  {"next", "NONE"}};
    if (!answer.body.is_null()) reply["body"] = answer.body;
    // The example is about whatever was asked for.
    const std::string type = request["msgType"];
    if (answer.body.contains("value") && answer.body["value"] == exampleAnswer(type)["value"]) {
        reply["body"]["value"] = request["body"]["value"];
    }
    reply["sig"] = toHex(keys_.sign(bytesOf(reply.dump())));
    return reply.dump();
}

Bytes exampleAtr() {
    return fromHex("3B6D00000081544D0086608144000102").value();
}

province::ApplicationRequest exampleApplication() {
    province::ApplicationRequest request;
    request.socialNumber = PersonalText(socialNumber);
    request.name = PersonalText("张三");
    request.documentNumber = PersonalText(socialNumber);
    request.sex = card::Sex::female;
    request.ethnicCode = "01";
    request.birthDate = PersonalText("19491231");
    request.address = PersonalText("示例市示例路1号");
    request.documentAuthority = "示例市公安局";
    request.documentValidFrom = "20200101";
    request.phone = PersonalText("19900001234");
    request.mailingAddress = PersonalText("示例市示例路1号");
    request.occupation = "5";
    request.consents = {"consent.data", "consent.account"};
    return request;
}

province::LossReport exampleLoss() {
    return {.socialNumber = PersonalText(socialNumber),
            .name = PersonalText("张三"),
            .documentKind = card::DocumentKind::residentIdCard,
            .documentNumber = PersonalText(socialNumber),
            .cardNumber = "A00000003"};
}

province::CardEnabling exampleCardEnabling() {
    return {.socialNumber = PersonalText(socialNumber),
            .name = PersonalText("张三"),
            .documentKind = card::DocumentKind::residentIdCard,
            .documentNumber = PersonalText(socialNumber),
            .cardNumber = "A00000003",
            .byPinChange = true};
}

province::DataChange exampleDataChange() {
    return {.socialNumber = PersonalText(socialNumber),
            .name = PersonalText("张三"),
            .documentKind = card::DocumentKind::residentIdCard,
            .documentNumber = PersonalText(socialNumber),
            .phone = PersonalText("13800138000"),
            .mailingAddress = {},
            .occupation = "4"};
}

province::BlankReservation exampleReservation() {
    return {"A-1", cardNumber, cardNumber, cardIdCode, exampleAtr(), 1};
}

province::PersonalisationRequest examplePersonalisation() {
    return {"A-1", cardNumber, cardIdCode, exampleAtr(), PersonalText("6200000000000000005"),
            false};
}

province::MakeReport exampleReport() {
    province::MakeReport report;
    report.applicationNo = "A-20240601-000042";
    report.permitId = "P-000042";
    report.blankId = cardNumber;
    report.madeAt = WallTime(std::chrono::milliseconds(1'717'207'351'000));
    report.readBack = province::ReadBack{cardNumber, PersonalText(socialNumber),
                                         cardIdCode, exampleAtr(),
                                         "3.00",     "0005",
                                         "20240601", "20340601"};
    return report;
}

province::Enabling exampleEnabling() {
    return {"A-20240601-000042", cardNumber, PersonalText(socialNumber), PersonalText("张三"),
            false};
}

province::Handover exampleHandover() {
    return {"A-20240601-000042", cardNumber, province::HandoverOutcome::taken,
            WallTime(std::chrono::milliseconds(1'717'207'382'000)), ""};
}

province::PinChange examplePinChange() {
    return {cardNumber, "00112233445566778899AABBCCDDEEFF", false,
            WallTime(std::chrono::milliseconds(1'717'207'382'000))};
}

province::PinService examplePinService() {
    return {cardNumber, "00112233445566778899AABBCCDDEEFF", "T-000017-20240601-000042",
            WallTime(std::chrono::milliseconds(1'717'207'382'000))};
}

province::StockLoad exampleLoad() {
    return {1,  "BOX-1", "X00000019",
            "", 100,     WallTime(std::chrono::milliseconds(1'717'200'000'000))};
}

json applicationJson(const std::string& state, const std::string& bizId) {
    return {{"applicationNo", "A-20240601-000042"},
            {"bizId", bizId},
            {"terminalId", "T-000017"},
            {"kind", "NEW"},
            {"bankCode", "B01"},
            {"state", state},
            {"instant", true},
            {"feePaid", false},
            {"cardNo", cardNumber},
            {"failedBlanks", 0},
            {"createdTime", "2024-06-01T10:00:05.000+08:00"}};
}

}  // namespace liqu::test
