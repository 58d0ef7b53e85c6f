// Bodies of the messages about blanks: acts of staff, the closed day, and what the province holds.
#include <nlohmann/json.hpp>

#include "firmware/province/bodies.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/province/object_reader.hpp"

namespace liqu::province {
namespace {

using nlohmann::json;

constexpr std::size_t mostReconCards = 2000;
constexpr Words<bool, 2> results({{true, "OK"}, {false, "FAILED"}});

}  // namespace

Result<PersonalText> bodyOf(const StockAct& message) {
    return canonicalText({{"place", message.place},
                          {"toPlace", message.toPlace},
                          {"lane", message.lane},
                          {"box", message.box},
                          {"seal", message.seal},
                          {"firstCardNo", message.firstCardNumber},
                          {"lastCardNo", message.lastCardNumber},
                          {"cardNos", message.cardNumbers},
                          {"count", message.count},
                          {"before", message.before},
                          {"after", message.after},
                          {"reason", message.reason},
                          {"time", formatChinaTime(message.at)}});
}

Result<PersonalText> bodyOf(const StockSnapshot& message) {
    json places = json::array();
    for (const SnapshotPlace& place : message.places) {
        places.push_back({{"place", place.place},
                          {"bankCode", place.bankCode},
                          {"opening", place.opening},
                          {"in", place.in},
                          {"out", place.out},
                          {"booked", place.booked},
                          {"counted", place.counted}});
    }
    return canonicalText({{"day", message.day},
                          {"from", formatChinaTime(message.from)},
                          {"until", formatChinaTime(message.until)},
                          {"places", std::move(places)},
                          {"consumed", message.consumed},
                          {"taken", message.taken},
                          {"held", message.held},
                          {"spoiled", message.spoiled},
                          {"refused", message.refused},
                          {"cases", message.cases},
                          {"missingCardNos", message.missingCardNumbers},
                          {"auditLines", message.auditLines},
                          {"auditDigest", message.auditDigest}});
}

Result<PersonalText> bodyOf(const ReconQuery& message) {
    return canonicalText({{"day", message.day},
                          {"from", formatChinaTime(message.from)},
                          {"until", formatChinaTime(message.until)}});
}

Result<Recon> readRecon(std::string_view body) {
    json tree = TRY(parseStrictly(body));
    ObjectReader reader(tree);
    Recon recon;
    recon.complete = reader.boolean("complete");
    for (const json* element : reader.elements("cards", mostReconCards)) {
        ObjectReader entry(*element);
        ReconCard card;
        card.bizId = entry.text("bizId", shapes::token(1, 40));
        card.blankId = entry.text("blankId", shapes::token(9, 32));
        card.cardNumber = entry.text("cardNo", shapes::cardNumberOrNone);
        card.made = entry.choice("result", results);
        TRY(entry.finish());
        recon.cards.push_back(std::move(card));
    }
    TRY(reader.finish());
    return recon;
}

}  // namespace liqu::province
