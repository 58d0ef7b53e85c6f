#include "firmware/province/adapters/kips/envelope.hpp"

#include <nlohmann/json.hpp>

#include "firmware/base/bytes.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/province/object_reader.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::province {
namespace {

using nlohmann::json;

bool carriesBody(ReplyCode code) {
    return code == ReplyCode::ok || code == ReplyCode::already || code == ReplyCode::partial;
}

Result<void> checkSignature(json& root, ports::Signer& signer) {
    const auto wrong = [] {
        return fail(ErrorCode::provinceSignatureWrong, "the reply is not signed by the province");
    };
    if (!root.is_object() || !root.contains("sig") || !root["sig"].is_string()) return wrong();
    const auto signature = fromHex(root["sig"].get_ref<const std::string&>());
    root.erase("sig");
    const PersonalText signedText(TRY(canonical(root)));
    const auto* data = reinterpret_cast<const std::uint8_t*>(signedText.reveal().data());
    if (!signature || !signer.verifyProvince({data, signedText.reveal().size()}, *signature)) {
        return wrong();
    }
    return {};
}

Result<Reply> readReply(const json& root, const Outgoing& message) {
    ObjectReader reader(root);
    if (reader.text("ver", shapes::digits(1, 1)) != "1") reader.refuse("ver");
    if (reader.text("msgType", shapes::token(1, 40)) != nameOf(message.type))
        reader.refuse("msgType");
    if (reader.text("msgId", shapes::token(32, 32)) != message.messageId) reader.refuse("msgId");
    if (reader.text("idemKey", shapes::hex(64)) != message.idempotencyKey) reader.refuse("idemKey");
    Reply reply;
    reply.code = reader.choice("code", replyCodes);
    reply.detail = reader.text("detail", shapes::token(1, 40));
    reply.text = reader.text("text", shapes::words(0, 800));
    reply.serverRef = reader.text("serverRef", shapes::token(0, 64));
    reply.serverTime = reader.text("serverTime", shapes::time);
    reply.replayed = reader.boolean("replayed");
    reply.next = reader.choice("next", nextHints);
    const json* body = reader.optional("body");
    if (carriesBody(reply.code) != (body != nullptr && body->is_object())) reader.refuse("body");
    TRY(reader.finish());
    if (body != nullptr) reply.body = PersonalText(TRY(canonical(*body)));
    return reply;
}

}  // namespace

std::string pathOf(MessageType type) {
    return "/v1/" + std::string(nameOf(type));
}

Result<PersonalText> buildEnvelope(const Terminal& terminal, const Outgoing& message,
                                   ports::Signer& signer) {
    const Business& business = message.business;
    json body = TRY(parseStrictly(message.body));
    json envelope = {{"ver", "1"},
                     {"msgType", nameOf(message.type)},
                     {"msgId", message.messageId},
                     {"idemKey", message.idempotencyKey},
                     {"terminalId", terminal.terminalId},
                     {"bizId", business.bizId},
                     {"regionCode", terminal.regionCode},
                     {"outletCode", terminal.outletCode},
                     {"bankCode", business.bankCode},
                     {"channel", wordOf(channels, business.channel)},
                     {"policyId", message.policyId},
                     {"bizTime", formatChinaTime(message.happenedAt)},
                     {"sendTime", formatChinaTime(message.sentAt)},
                     {"attempt", message.attempt},
                     {"body", std::move(body)},
                     {"bodyHash", toHex(security::sm3(bytesOf(message.body)))}};
    if (message.place) {
        envelope["terminalSeq"] = message.place->terminalSeq;
        envelope["epoch"] = message.place->epoch;
        envelope["chain"] = message.place->chain;
    }
    if (!business.operatorId.empty()) envelope["operatorId"] = business.operatorId;
    if (!business.secondOperatorId.empty()) envelope["operator2Id"] = business.secondOperatorId;
    const PersonalText unsignedText(TRY(canonical(envelope)));
    const auto* data = reinterpret_cast<const std::uint8_t*>(unsignedText.reveal().data());
    envelope["sig"] = toHex(TRY(signer.sign({data, unsignedText.reveal().size()})));
    PersonalText wire(TRY(canonical(envelope)));
    wipeJson(envelope);
    return wire;
}

Result<Reply> parseReply(std::string_view wire, const Outgoing& message, ports::Signer& signer) {
    json root = TRY(parseStrictly(wire));
    Result<Reply> reply = [&]() -> Result<Reply> {
        TRY(checkSignature(root, signer));
        return readReply(root, message);
    }();
    wipeJson(root);
    return reply;
}

}  // namespace liqu::province
