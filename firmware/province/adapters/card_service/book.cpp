#include "firmware/province/adapters/card_service/book.hpp"

#include "firmware/base/bytes.hpp"
#include "firmware/province/branch_list.hpp"
#include "firmware/province/outbox_row.hpp"
#include "firmware/province/wire_words.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::province::card_service {
namespace {

using storage::Row;
using storage::Transaction;

// Bodies and answers of acts that are answered, and names: no longer than they are of use.
constexpr auto actsAreKept = std::chrono::days{30};
constexpr auto namesAreKept = std::chrono::days{2};
constexpr std::int64_t mostTexts = 200;

constexpr const char* applicationColumns =
    "SELECT application_no, biz_id, bank, kind, person_sealed, name_sealed, state, batch, "
    "card_number, failed_blanks, opened_at FROM legacy_applications WHERE ";

tl::unexpected<Error> damaged(const std::string& table) {
    return fail(ErrorCode::storageDamaged, table + " holds a word nobody knows");
}

}  // namespace

std::string Book::digestOf(const PersonalText& socialNumber) const {
    return toHex(security::hmacSm3(digestKey_.reveal(), bytesOf(socialNumber.reveal())));
}

Result<Bytes> Book::sealed(const PersonalText& text, std::string_view table,
                           std::string_view column, std::string_view row) const {
    return sealer_.seal(bytesOf(text.reveal()), {table, column, row});
}

Result<PersonalText> Book::opened(const Bytes& sealed, std::string_view table,
                                  std::string_view column, std::string_view row) const {
    const PersonalBytes plain = TRY(sealer_.open(sealed, {table, column, row}));
    return PersonalText(textOf(plain.reveal()));
}

Result<std::optional<Act>> Book::act(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto rows = TRY(database_.query(
        "SELECT message_type, biz_id, bank, sent_at, body_sealed, code, answer_sealed FROM "
        "legacy_acts WHERE key = ?",
        {key}));
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    const auto type = named<MessageType>(row.text(0));
    if (!type) return damaged("legacy_acts");
    Act act;
    act.key = key;
    act.type = *type;
    act.bizId = row.text(1);
    act.bankCode = row.text(2);
    act.sentAt = wallTimeOf(row.integer(3));
    act.body = TRY(opened(row.bytes(4), "legacy_acts", "body_sealed", key));
    if (row.text(5).empty()) return act;
    act.code = named<ReplyCode>(row.text(5));
    if (!act.code) return damaged("legacy_acts");
    if (!row.isNull(6)) act.answer = TRY(opened(row.bytes(6), "legacy_acts", "answer_sealed", key));
    return act;
}

Result<void> Book::begin(const Act& act) {
    const std::lock_guard lock(mutex_);
    Bytes body = TRY(sealed(act.body, "legacy_acts", "body_sealed", act.key));
    auto transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("DELETE FROM legacy_acts WHERE code <> '' AND sent_at < ?",
                        {millisecondsOf(act.sentAt - actsAreKept)}));
    TRY(transaction.run(
        "INSERT INTO legacy_acts(key, message_type, biz_id, bank, sent_at, body_sealed) "
        "VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING",
        {act.key, std::string(liqu::nameOf(act.type)), act.bizId, act.bankCode,
         millisecondsOf(act.sentAt), std::move(body)}));
    return transaction.commit();
}

Result<void> Book::answered(const std::string& key, ReplyCode code, const PersonalText& answer) {
    const std::lock_guard lock(mutex_);
    storage::Value kept;
    if (!answer.empty()) kept = TRY(sealed(answer, "legacy_acts", "answer_sealed", key));
    auto transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("UPDATE legacy_acts SET code = ?, answer_sealed = ? WHERE key = ?",
                        {std::string(liqu::nameOf(code)), std::move(kept), key}));
    return transaction.commit();
}

Result<void> Book::forget(const std::string& key) {
    const std::lock_guard lock(mutex_);
    auto transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("DELETE FROM legacy_acts WHERE key = ?", {key}));
    return transaction.commit();
}

Result<void> Book::put(const KnownApplication& application, WallTime at) {
    const std::lock_guard lock(mutex_);
    const std::string& number = application.applicationNo;
    Bytes person =
        TRY(sealed(application.socialNumber, "legacy_applications", "person_sealed", number));
    Bytes name = TRY(sealed(application.name, "legacy_applications", "name_sealed", number));
    auto transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run(
        "INSERT INTO legacy_applications VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
        "CONFLICT(application_no) DO UPDATE SET state = excluded.state, batch = excluded.batch, "
        "card_number = excluded.card_number, failed_blanks = excluded.failed_blanks, "
        "changed_at = excluded.changed_at",
        {number, application.bizId, application.bankCode,
         wordOf(applicationKinds, application.kind), digestOf(application.socialNumber),
         std::move(person), std::move(name), wordOf(applicationStates, application.state),
         application.batch, application.cardNumber, std::int64_t{application.failedBlanks},
         millisecondsOf(application.openedAt), millisecondsOf(at)}));
    return transaction.commit();
}

Result<std::optional<KnownApplication>> Book::oneApplication(const std::string& where,
                                                             const storage::Values& values) {
    const std::lock_guard lock(mutex_);
    const auto rows = TRY(
        database_.query(applicationColumns + where + " ORDER BY opened_at DESC LIMIT 1", values));
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    const auto kind = applicationKinds.find(row.text(3));
    const auto state = applicationStates.find(row.text(6));
    if (!kind || !state) return damaged("legacy_applications");
    KnownApplication found;
    found.applicationNo = row.text(0);
    found.bizId = row.text(1);
    found.bankCode = row.text(2);
    found.kind = *kind;
    found.socialNumber =
        TRY(opened(row.bytes(4), "legacy_applications", "person_sealed", found.applicationNo));
    found.name =
        TRY(opened(row.bytes(5), "legacy_applications", "name_sealed", found.applicationNo));
    found.state = *state;
    found.batch = row.text(7);
    found.cardNumber = row.text(8);
    found.failedBlanks = static_cast<int>(row.integer(9));
    found.openedAt = wallTimeOf(row.integer(10));
    return found;
}

Result<std::optional<KnownApplication>> Book::application(const std::string& applicationNo) {
    return oneApplication("application_no = ?", {applicationNo});
}
Result<std::optional<KnownApplication>> Book::ofBusiness(const std::string& bizId) {
    return oneApplication("biz_id = ?", {bizId});
}
Result<std::optional<KnownApplication>> Book::newestOf(const PersonalText& socialNumber) {
    return oneApplication("person_digest = ?", {digestOf(socialNumber)});
}

Result<void> Book::noteName(const PersonalText& socialNumber, const PersonalText& name,
                            WallTime at) {
    const std::lock_guard lock(mutex_);
    const std::string digest = digestOf(socialNumber);
    Bytes kept = TRY(sealed(name, "legacy_names", "name_sealed", digest));
    auto transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("DELETE FROM legacy_names WHERE seen_at < ?",
                        {millisecondsOf(at - namesAreKept)}));
    TRY(transaction.run("INSERT OR REPLACE INTO legacy_names VALUES(?, ?, ?)",
                        {digest, std::move(kept), millisecondsOf(at)}));
    return transaction.commit();
}

Result<PersonalText> Book::nameOf(const PersonalText& socialNumber) {
    const std::lock_guard lock(mutex_);
    const std::string digest = digestOf(socialNumber);
    const auto rows = TRY(
        database_.query("SELECT name_sealed FROM legacy_names WHERE person_digest = ?", {digest}));
    if (rows.empty()) return PersonalText();
    return opened(rows.front().bytes(0), "legacy_names", "name_sealed", digest);
}

Result<void> Book::list(const Outgoing& fact, WallTime at) {
    const std::lock_guard lock(mutex_);
    auto transaction = TRY(Transaction::begin(database_));
    TRY(putOnBranchList(transaction, sealer_, fact, at));
    return transaction.commit();
}

Result<bool> Book::isListed(const std::string& key) {
    const std::lock_guard lock(mutex_);
    return TRY(database_.number("SELECT count(*) FROM branch_list WHERE key = ?", {key})) > 0;
}

Result<void> Book::noteText(std::string_view call, const PersonalText& text, WallTime at) {
    const std::lock_guard lock(mutex_);
    Bytes kept = TRY(sealed(text, "legacy_texts", "text_sealed", call));
    auto transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("INSERT INTO legacy_texts(at, call, text_sealed) VALUES(?, ?, ?)",
                        {millisecondsOf(at), std::string(call), std::move(kept)}));
    TRY(transaction.run("DELETE FROM legacy_texts WHERE line <= ?",
                        {TRY(transaction.lastInsertedRow()) - mostTexts}));
    return transaction.commit();
}

Result<std::vector<UnknownText>> unknownTexts(storage::Database& database,
                                              const security::Sealer& sealer, int most) {
    const auto rows = TRY(database.query(
        "SELECT line, at, call, text_sealed FROM legacy_texts ORDER BY line DESC LIMIT ?",
        {std::int64_t{most}}));
    std::vector<UnknownText> texts;
    for (const Row& row : rows) {
        UnknownText one{row.integer(0), wallTimeOf(row.integer(1)), row.text(2), {}};
        const PersonalBytes plain =
            TRY(sealer.open(row.bytes(3), {"legacy_texts", "text_sealed", one.call}));
        one.text = PersonalText(textOf(plain.reveal()));
        texts.push_back(std::move(one));
    }
    return texts;
}

Result<std::int64_t> countUnknownTexts(storage::Database& database) {
    // SQLite numbers on: also what is not kept any more is counted.
    return database.number(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'legacy_texts'), 0)");
}

}  // namespace liqu::province::card_service
