#include "firmware/issuance/visit_record.hpp"

#include "firmware/base/china_time.hpp"

namespace liqu::issuance {
namespace {

using storage::Values;

std::int64_t stamp(WallTime at) {
    return at.time_since_epoch().count();
}

WallTime timeOf(std::int64_t stamped) {
    return WallTime{WallTime::duration{stamped}};
}

constexpr std::string_view checkLines =
    "SELECT at, order_id, holder_digest, what, result, reference, server_time, policy FROM "
    "checks ";
constexpr std::string_view consentLines =
    "SELECT shown_at, answered_at, order_id, holder_digest, clause, answer, language, "
    "words_digest, "
    "attendant, policy FROM consents ";

Result<KeptRecord> read(storage::Database& database, const std::string& condition,
                        const Values& values) {
    KeptRecord record;
    for (const storage::Row& row :
         TRY(database.query(std::string(checkLines) + condition, values))) {
        record.checks.push_back({.check = {.what = row.choice<Checked>(3),
                                           .at = timeOf(row.integer(0)),
                                           .result = static_cast<std::uint32_t>(row.integer(4)),
                                           .reference = row.text(5),
                                           .serverTime = row.text(6)},
                                 .of = {.orderId = row.text(1),
                                        .holderDigest = row.text(2),
                                        .attendant = {},
                                        .policy = row.text(7)}});
    }
    for (const storage::Row& row :
         TRY(database.query(std::string(consentLines) + condition, values))) {
        record.consents.push_back({.consent = {.clause = row.text(4),
                                               .answer = row.choice<ConsentAnswer>(5),
                                               .language = row.text(6),
                                               .wordsDigest = row.text(7),
                                               .shownAt = timeOf(row.integer(0)),
                                               .answeredAt = timeOf(row.integer(1))},
                                   .of = {.orderId = row.text(2),
                                          .holderDigest = row.text(3),
                                          .attendant = row.text(8),
                                          .policy = row.text(9)}});
    }
    TRY(database.trusted());
    return record;
}

}  // namespace

Result<void> keep(storage::Transaction& transaction, const VisitRecord& record,
                  const RecordOf& of) {
    for (const Check& check : record.checks) {
        TRY(transaction.run(
            "INSERT INTO checks(at, day, order_id, holder_digest, what, result, reference, "
            "server_time, policy) VALUES(?,?,?,?,?,?,?,?,?)",
            {stamp(check.at), formatDate(chinaDate(check.at)), of.orderId, of.holderDigest,
             std::string(nameOf(check.what)), std::int64_t{check.result}, check.reference,
             check.serverTime, of.policy}));
    }
    for (const Consent& consent : record.consents) {
        TRY(transaction.run(
            "INSERT INTO consents(shown_at, answered_at, day, order_id, holder_digest, clause, "
            "answer, language, words_digest, attendant, policy) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            {stamp(consent.shownAt), stamp(consent.answeredAt),
             formatDate(chinaDate(consent.answeredAt)), of.orderId, of.holderDigest, consent.clause,
             std::string(nameOf(consent.answer)), consent.language, consent.wordsDigest,
             of.attendant, of.policy}));
    }
    return {};
}

Result<KeptRecord> recordOfDay(storage::Database& database, const std::string& day,
                               std::int64_t most) {
    return read(database, "WHERE day = ? ORDER BY line LIMIT ?", {day, most});
}

Result<KeptRecord> recordOfOrder(storage::Database& database, const std::string& orderId) {
    return read(database, "WHERE order_id = ? ORDER BY line", {orderId});
}

}  // namespace liqu::issuance
