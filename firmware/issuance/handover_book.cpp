#include "firmware/issuance/handover_book.hpp"

#include "firmware/custody/day.hpp"

namespace liqu::issuance {
namespace {

using storage::Row;
using storage::Value;

std::int64_t millisecondsOf(WallTime at) {
    return at.time_since_epoch().count();
}

// What the seal is bound to, so that no person comes to another card.
std::string boundTo(const HandoverLine& line) {
    return security::boundColumns({line.cardNumber, line.orderId, nameOf(line.way), line.document,
                                   line.proofPaper, line.copyPaper, line.signature});
}

// In the evening of the same day of the year so many years later, in China.
std::int64_t keptUntil(WallTime at, std::chrono::years kept) {
    Date last = chinaDate(at) + kept;
    if (!last.ok()) last = last.year() / last.month() / std::chrono::last;
    return millisecondsOf(WallTime(std::chrono::sys_days{last}) + std::chrono::days{1} -
                          chinaOffset);
}

constexpr std::string_view lineColumns =
    "SELECT at, card_number, order_id, outlet, way, document, proof, proof_paper, copy_paper, "
    "signature, operator_id, second_operator_id, line, person_sealed, confirmed FROM "
    "handovers_confirmed ";

HandoverLine lineFrom(const Row& row) {
    return {.at = WallTime(std::chrono::milliseconds{row.integer(0)}),
            .cardNumber = row.text(1),
            .orderId = row.text(2),
            .outlet = row.text(3),
            .way = row.choice<HandoverWay>(4),
            .document = row.text(5),
            .proof = row.text(6),
            .proofPaper = row.text(7),
            .copyPaper = row.text(8),
            .signature = row.text(9),
            .people = {row.text(10), row.text(11)},
            .confirmed = row.choice<Confirmed>(14)};
}

}  // namespace

Result<void> noteHandover(storage::Transaction& transaction, const security::Sealer& sealer,
                          const HandoverLine& line, const PersonalText& person,
                          std::chrono::years kept) {
    const std::int64_t number =
        TRY(transaction.number("SELECT coalesce(max(line), 0) + 1 FROM handovers"));
    const std::string bound = boundTo(line);
    Bytes sealed = TRY(sealer.seal(bytesOf(person.reveal()),
                                   {"handovers", "person_sealed", std::to_string(number), bound}));
    const std::string day = TRY(custody::dayOfNote(transaction, line.at));
    return transaction.run(
        "INSERT INTO handovers(line, at, day, keep_until, card_number, order_id, outlet, way, "
        "document, proof, proof_paper, copy_paper, signature, operator_id, second_operator_id, "
        "person_sealed) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        {number, millisecondsOf(line.at), day, keptUntil(line.at, kept), line.cardNumber,
         line.orderId, line.outlet, std::string(nameOf(line.way)), line.document, line.proof,
         line.proofPaper, line.copyPaper, line.signature, line.people.operatorId,
         line.people.secondOperatorId, std::move(sealed)});
}

Result<void> confirmHandover(storage::Database& database, const std::string& orderId, WallTime at) {
    auto transaction = TRY(storage::Transaction::begin(database));
    const std::int64_t line = TRY(transaction.number(
        "SELECT coalesce(max(line), 0) FROM handovers WHERE order_id = ? AND way = ?",
        {orderId, std::string(nameOf(HandoverWay::machine))}));
    // Where the books could not take in that it was taken, they say so after the next look.
    if (line == 0) return fail(ErrorCode::moveNotPossible, "no card of this order was taken");
    TRY(transaction.run(
        "INSERT INTO handover_confirmations(line, at, how) VALUES(?,?,?) ON CONFLICT DO NOTHING",
        {line, millisecondsOf(at), std::string(nameOf(Confirmed::touch))}));
    return transaction.commit();
}

Result<std::vector<HandoverLine>> handoversOn(storage::Database& database, const std::string& day) {
    std::vector<HandoverLine> lines;
    for (const Row& row :
         TRY(database.query(std::string(lineColumns) + "WHERE day = ? ORDER BY line", {day}))) {
        lines.push_back(lineFrom(row));
    }
    return lines;
}

Result<std::int64_t> handoversNotTold(storage::Database& database, const std::string& day) {
    return database.number(
        "SELECT count(*) FROM handovers WHERE day = ? AND coalesce((SELECT state FROM outbox WHERE "
        "outbox.order_id = handovers.order_id AND message_type = 'ISSUE.HANDOVER' ORDER BY fact "
        "DESC LIMIT 1), '') <> 'delivered'",
        {day});
}

Result<std::vector<PersonalText>> receiversOf(storage::Database& database,
                                              const security::Sealer& sealer,
                                              const std::string& cardNumber) {
    std::vector<PersonalText> receivers;
    for (const Row& row : TRY(database.query(
             std::string(lineColumns) + "WHERE card_number = ? ORDER BY line", {cardNumber}))) {
        const HandoverLine line = lineFrom(row);
        const std::string bound = boundTo(line);
        const PersonalBytes plain = TRY(sealer.open(
            row.bytes(13), {"handovers", "person_sealed", std::to_string(row.integer(12)), bound}));
        receivers.emplace_back(std::string(plain.reveal().begin(), plain.reveal().end()));
    }
    return receivers;
}

}  // namespace liqu::issuance
