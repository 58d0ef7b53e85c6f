#include "firmware/province/outbox_row.hpp"

#include <nlohmann/json.hpp>

#include "firmware/province/canonical_json.hpp"
#include "firmware/province/object_reader.hpp"

namespace liqu::province {

using nlohmann::json;

namespace {

std::string boundTo(const FactRow& row) {
    return security::boundColumns({row.epoch, std::to_string(row.terminalSeq), row.chain, row.bizId,
                                   row.messageType,
                                   std::to_string(millisecondsOf(row.happenedAt))});
}

// Empty where there is none: a row may hold anything, and must not throw.
std::string wordIn(const json& object, const char* field) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<PersonalText> sealedTextOf(const SealedFact& fact) {
    json body = TRY(parseStrictly(fact.body.reveal()));
    json row = {{"bankCode", fact.business.bankCode},
                {"channel", wordOf(channels, fact.business.channel)},
                {"operatorId", fact.business.operatorId},
                {"operator2Id", fact.business.secondOperatorId},
                {"policyId", fact.policyId},
                {"body", std::move(body)}};
    auto text = canonical(row);
    wipeJson(row);
    return PersonalText(TRY(std::move(text)));
}

Result<SealedFact> readSealedFact(std::string_view text) {
    json row = TRY(parseStrictly(text));
    ObjectReader reader(row);
    SealedFact fact;
    fact.business.bankCode = reader.text("bankCode", shapes::token(1, 10));
    fact.business.channel = reader.choice("channel", channels);
    fact.business.operatorId = reader.text("operatorId", shapes::token(0, 20));
    fact.business.secondOperatorId = reader.text("operator2Id", shapes::token(0, 20));
    fact.policyId = reader.text("policyId", shapes::token(1, 64));
    auto body = canonical(reader.object("body"));
    const Result<void> read = reader.finish();
    wipeJson(row);
    TRY(read);
    fact.body = PersonalText(TRY(std::move(body)));
    return fact;
}

Result<Claim> claimOf(MessageType type, const Business& business, std::string_view body) {
    json tree = TRY(parseStrictly(body));
    Claim claim;
    claim.type = type;
    claim.business = business;
    claim.applicationNo = wordIn(tree, "applicationNo");
    claim.cardNumber = wordIn(tree, "cardNo");
    if (type == MessageType::issueReport && tree.is_object()) {
        ObjectReader reader(tree);
        claim.result = reader.choice("result", makeResults);
        if (const json* readBack = reader.optional("readBack")) {
            claim.cardNumber = wordIn(*readBack, "cardNo");
        }
    }
    if (type == MessageType::issueHandover && tree.is_object()) {
        ObjectReader reader(tree);
        claim.outcome = reader.choice("outcome", handoverOutcomes);
    }
    wipeJson(tree);
    return claim;
}

Result<Bytes> sealFact(const security::Sealer& sealer, const FactRow& row, const SealedFact& fact) {
    const PersonalText text = TRY(sealedTextOf(fact));
    const std::string bound = boundTo(row);
    return sealer.seal(bytesOf(text.reveal()),
                       {"outbox", "body_sealed", row.idempotencyKey, bound});
}

Result<SealedFact> openFact(const security::Sealer& sealer, const FactRow& row, ByteView sealed) {
    const std::string bound = boundTo(row);
    const PersonalBytes opened =
        TRY(sealer.open(sealed, {"outbox", "body_sealed", row.idempotencyKey, bound}));
    const PersonalText text(textOf(opened.reveal()));
    return readSealedFact(text.reveal());
}

FactRow factRowOf(const storage::Row& row, std::size_t firstColumn) {
    return {row.text(firstColumn),
            row.integer(firstColumn + 1),
            row.text(firstColumn + 2),
            row.text(firstColumn + 3),
            row.text(firstColumn + 4),
            row.text(firstColumn + 5),
            wallTimeOf(row.integer(firstColumn + 6))};
}

std::int64_t millisecondsOf(WallTime time) {
    return time.time_since_epoch().count();
}
WallTime wallTimeOf(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(milliseconds));
}

}  // namespace liqu::province
