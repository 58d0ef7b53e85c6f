#include "firmware/province/outbox_row.hpp"

#include <nlohmann/json.hpp>

#include "firmware/province/canonical_json.hpp"
#include "firmware/province/object_reader.hpp"

namespace liqu::province {

using nlohmann::json;

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
    claim.applicationNo = tree.value("applicationNo", "");
    claim.cardNumber = tree.value("cardNo", "");
    if (type == MessageType::issueReport) {
        ObjectReader reader(tree);
        claim.result = reader.choice("result", makeResults);
        if (const json* readBack = reader.optional("readBack")) {
            claim.cardNumber = readBack->value("cardNo", "");
        }
    }
    wipeJson(tree);
    return claim;
}

security::SealPlace sealPlaceOf(const std::string& idempotencyKey) {
    return {"outbox", "body_sealed", idempotencyKey};
}

std::int64_t millisecondsOf(WallTime time) {
    return time.time_since_epoch().count();
}
WallTime wallTimeOf(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(milliseconds));
}

}  // namespace liqu::province
