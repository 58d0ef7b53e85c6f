#include "firmware/province/adapters/kips/envelope.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "firmware/security/sm2_signer.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/province/scripted_link.hpp"

using namespace liqu;
using namespace liqu::province;
using nlohmann::json;

namespace {

// Signs with 64 fixed bytes, so that the golden envelope does not change with a key.
struct FixedSigner final : ports::Signer {
    Result<Bytes> sign(ByteView) override { return Bytes(64, 0xA5); }
    bool verifyProvince(ByteView, ByteView) override { return false; }
};

Outgoing goldenMessage(std::string_view body) {
    Outgoing message;
    message.type = MessageType::issueHandover;
    message.messageId = "0123456789abcdef0123456789abcdef";
    message.idempotencyKey = idempotencyKey("T-000017", test::business().bizId, message.type, 1);
    message.place = FactPlace{test::testEpoch, 48213, std::string(64, 'C')};
    message.business = test::business();
    message.policyId = "guangdong-3";
    message.happenedAt = WallTime(std::chrono::milliseconds(1'717'207'382'000));
    message.sentAt = WallTime(std::chrono::milliseconds(1'717'207'383'250));
    message.attempt = 3;
    message.body = body;
    return message;
}

std::string contentOf(const std::string& file) {
    std::ifstream stream(std::string(LIQU_SOURCE_DIR) + "/tests/unit/province/" + file);
    std::string line;
    std::getline(stream, line);
    return line;
}

struct SignedReply {
    world::TwinKeys keys;
    world::TwinSigner signer;
    Outgoing message = goldenMessage("{}");
    json reply = {{"ver", "1"},
                  {"msgType", "ISSUE.HANDOVER"},
                  {"msgId", message.messageId},
                  {"idemKey", message.idempotencyKey},
                  {"code", "OK"},
                  {"detail", "NONE"},
                  {"text", ""},
                  {"serverRef", "R-1"},
                  {"serverTime", "2024-06-01T10:00:00.180+08:00"},
                  {"replayed", true},
                  {"next", "GO_BANK"},
                  {"body", {{"state", "HANDED_OVER"}}}};

    std::string wire() {
        json signedReply = reply;
        signedReply["sig"] = toHex(keys.sign(bytesOf(reply.dump())));
        return signedReply.dump(2);  // white space must not matter
    }
    Result<Reply> parse() { return parseReply(wire(), message, signer); }
    void refused(const char* why) {
        CAPTURE(why);
        const auto parsed = parse();
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().code == ErrorCode::provinceReplyMalformed);
    }
};

}  // namespace

TEST_CASE("the idempotency key is SM3 over terminal, business, step and number") {
    // printf 'T-1\nT-1-20240601-000001\nAPPLY.CREATE\n1' | openssl dgst -sm3
    CHECK(idempotencyKey("T-1", "T-1-20240601-000001", MessageType::applyCreate, 1) ==
          "6B0A8FA4530DD7B1B6284BC7A6112EFB83CD936B1AF619A6BCCA12B37C7242FB");
    CHECK(idempotencyKey("T-1", "B", "S", "12") != idempotencyKey("T-1", "B", "S1", "2"));
    CHECK(idempotencyKey("T-1", "B", MessageType::issueMark, 1) !=
          idempotencyKey("T-1", "B", MessageType::issueMark, 2));
}

TEST_CASE("the envelope is byte for byte the golden one") {
    FixedSigner signer;
    const std::string body = R"({"applicationNo":"A-1","cardNo":"X00000019","outcome":"TAKEN",)"
                             R"("pickupCode":"","time":"2024-06-01T10:03:02.000+08:00"})";
    const auto wire = buildEnvelope(test::terminal(), goldenMessage(body), signer).value();
    CHECK(wire.reveal() == contentOf("handover.golden.json"));
    CHECK_FALSE(test::contract().requestFault("ISSUE.HANDOVER", json::parse(wire.reveal())));
}

TEST_CASE("staff stand in the envelope only where they acted") {
    FixedSigner signer;
    Outgoing message = goldenMessage("{}");
    message.business.channel = Channel::assisted;
    message.business.operatorId = "S-01";
    const json envelope =
        json::parse(buildEnvelope(test::terminal(), message, signer).value().reveal());
    CHECK(envelope["operatorId"] == "S-01");
    CHECK(envelope["channel"] == "ASSISTED");
    CHECK_FALSE(envelope.contains("operator2Id"));
}

TEST_CASE("a signed reply is read") {
    SignedReply reply;
    const auto parsed = reply.parse();
    REQUIRE(parsed.has_value());
    CHECK(parsed->code == ReplyCode::ok);
    CHECK(parsed->replayed);
    CHECK(parsed->next == NextHint::goBank);
    CHECK(parsed->body.reveal() == R"({"state":"HANDED_OVER"})");
}

TEST_CASE("any touched field of a reply breaks its signature") {
    SignedReply reply;
    const json good = json::parse(reply.wire());
    for (const auto& [field, value] : good.items()) {
        CAPTURE(field);
        json touched = good;
        touched[field] = value.is_boolean() ? json(false) : json("other");
        const auto parsed = parseReply(touched.dump(), reply.message, reply.signer);
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().code == ErrorCode::provinceSignatureWrong);
        json without = good;
        without.erase(field);
        CHECK_FALSE(parseReply(without.dump(), reply.message, reply.signer).has_value());
    }
}

TEST_CASE("a well signed answer to another message is not taken") {
    for (const auto& [field, value] : std::vector<std::pair<std::string, std::string>>{
             {"msgId", "ffffffffffffffffffffffffffffffff"},
             {"idemKey", std::string(64, '0')},
             {"msgType", "ISSUE.REPORT"},
             {"ver", "2"}}) {
        SignedReply reply;
        reply.reply[field] = value;
        reply.refused(field.c_str());
    }
}

TEST_CASE("a reply outside the contract is malformed, with the field named and no value") {
    const auto with = [](const char* field, const json& value) {
        SignedReply reply;
        reply.reply[field] = value;
        reply.refused(field);
    };
    with("code", "FINE");
    with("code", 0);
    with("detail", "no such shape!");
    with("text", std::string(801, 'a'));
    with("text", "line\nbreak");
    with("serverRef", "a b");
    with("serverTime", "yesterday");
    with("replayed", "true");
    with("next", "GO_HOME");
    with("body", "text");
    with("surplus", 1);
    with("code", "BIZ_REFUSED");  // but a body
    SignedReply bodiless;
    bodiless.reply.erase("body");
    bodiless.refused("no body");
    bodiless.reply["code"] = "BIZ_REFUSED";
    CHECK(bodiless.parse()->code == ReplyCode::refused);
}

TEST_CASE("real SM2 signatures hold in both directions") {
    const auto kiosk = security::makeSm2KeyPair().value();
    const auto far = security::makeSm2KeyPair().value();
    const auto here = security::Sm2Signer::create(kiosk.privatePem, far.publicPem).value();
    const auto there = security::Sm2Signer::create(far.privatePem, kiosk.publicPem).value();
    const auto wire = buildEnvelope(test::terminal(), goldenMessage("{}"), *here).value();
    json request = json::parse(wire.reveal());
    const Bytes signature = fromHex(request["sig"].get<std::string>()).value();
    request.erase("sig");
    CHECK(there->verifyProvince(bytesOf(request.dump()), signature));

    SignedReply reply;
    json signedReply = reply.reply;
    signedReply["sig"] = toHex(there->sign(bytesOf(reply.reply.dump())).value());
    CHECK(parseReply(signedReply.dump(), reply.message, *here).has_value());
    signedReply["sig"] = toHex(here->sign(bytesOf(reply.reply.dump())).value());
    CHECK(parseReply(signedReply.dump(), reply.message, *here).error().code ==
          ErrorCode::provinceSignatureWrong);
}
