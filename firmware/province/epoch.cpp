#include "firmware/province/epoch.hpp"

#include <algorithm>

#include "firmware/province/object_reader.hpp"
#include "firmware/province/outbox_row.hpp"
#include "firmware/storage/books_identity.hpp"

namespace liqu::province {
namespace {

constexpr const char* wantedName = "epoch_wanted";
constexpr const char* notNewestName = "books_not_newest";
constexpr const char* restoredName = "books_restored";

tl::unexpected<Error> notNewest(const std::string& why) {
    return fail(ErrorCode::booksNotNewest,
                why +
                    ". Do not feed a card: bring back the newest books, or let two people and the "
                    "province agree on these (liqu books renew)");
}

Result<storage::BooksIdentity> identity(storage::Database& database) {
    auto found = TRY(storage::identityOf(database));
    if (!found) return fail(ErrorCode::storageDamaged, "the books have no epoch");
    return std::move(*found);
}

// Whatever the province says of them: it cannot know what a copy lacks, nor whether the books it
// was taken from still work.
Result<void> requireNotRestored(storage::Database& database) {
    const bool restored = TRY(database.number("SELECT EXISTS(SELECT 1 FROM meta WHERE name = ?)",
                                              {restoredName})) != 0;
    return restored ? notNewest("these books were restored from a backup") : Result<void>();
}

// The fee of an order is a business of its own beside it (decision 37).
std::string orderOf(const std::string& bizId) {
    return bizId.ends_with(feeSuffix) ? bizId.substr(0, bizId.size() - feeSuffix.size()) : bizId;
}

Result<bool> isKnown(storage::Database& database, const std::string& bizId) {
    return TRY(database.number("SELECT EXISTS(SELECT 1 FROM orders WHERE order_id = ?1) OR "
                               "EXISTS(SELECT 1 FROM orders_elsewhere WHERE order_id = ?1)",
                               {orderOf(bizId)})) != 0;
}

// "(1,2,3)": numbers only, so that it may stand in a statement.
std::string listOf(const std::vector<std::int64_t>& numbers) {
    std::string list;
    for (const std::int64_t number : numbers) {
        list += (list.empty() ? "" : ",") + std::to_string(number);
    }
    return "(" + list + ")";
}

// What was parked unread or at the gate never counted there, and would be lacking for ever; a
// province that counts no refusal at all is not asked for ever either.
std::string wasRefusedByTheProvince() {
    return "state = 'parked' AND attempts < 20 AND (outcome LIKE 'BIZ_REFUSED%' OR "
           "outcome = 'SECURITY/PERMIT_REFUSED') AND NOT " +
           isClosed("outbox");
}

}  // namespace

Result<void> tellStanding(storage::Database& database, SignIn& message) {
    message.epoch = TRY(identity(database)).epoch;
    const ChainEnd end = TRY(chainEnd(database, message.epoch));
    message.lastTerminalSeq = end.terminalSeq;
    message.lastChain = end.chain;
    return {};
}

Result<void> compareStanding(storage::Database& database, const SignInAnswer& answer) {
    TRY(requireNotRestored(database));
    const std::string epoch = TRY(identity(database)).epoch;
    if (!answer.epochGranted) {
        return notNewest("the province does not take these books for the newest");
    }
    const ChainEnd end = TRY(chainEnd(database, epoch));
    if (answer.lastTerminalSeq > end.terminalSeq) {
        return notNewest("the province knows fact " + std::to_string(answer.lastTerminalSeq) +
                         ", these books end with " + std::to_string(end.terminalSeq));
    }
    if (answer.lastTerminalSeq > 0) {
        const auto rows =
            TRY(database.query("SELECT chain FROM outbox WHERE epoch = ? AND terminal_seq = ?",
                               {epoch, answer.lastTerminalSeq}));
        if (rows.empty() || rows[0].text(0) != answer.lastChain) {
            return notNewest("the province knows another fact under number " +
                             std::to_string(answer.lastTerminalSeq));
        }
    }
    for (const std::string& bizId : answer.openBizIds) {
        if (TRY(isKnown(database, bizId))) continue;
        return notNewest("the province holds " + bizId + " open, which these books never had");
    }
    return {};
}

Result<void> noteStanding(storage::Database& database, Standing standing) {
    const bool newest = standing == Standing::newest;
    auto noted = requireNewest(database);
    if (!noted && noted.error().code != ErrorCode::booksNotNewest) return noted;
    if (noted.has_value() == newest) return {};
    auto transaction = TRY(storage::Transaction::begin(database));
    if (newest) {
        TRY(transaction.run("DELETE FROM meta WHERE name = ?", {notNewestName}));
    } else {
        TRY(transaction.run("INSERT INTO meta VALUES(?, 1)", {notNewestName}));
    }
    return transaction.commit();
}

Result<void> noteRestored(storage::Transaction& transaction, WallTime at) {
    return transaction.run(
        "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        {restoredName, millisecondsOf(at)});
}

Result<void> requireNewest(storage::Database& database) {
    TRY(requireNotRestored(database));
    const bool isOld = TRY(database.number("SELECT EXISTS(SELECT 1 FROM meta WHERE name = ?)",
                                           {notNewestName})) != 0;
    return isOld ? notNewest("the province knows more than these books") : Result<void>();
}

Result<SentAgain> sendAgain(storage::Database& database, const SignInAnswer& answer,
                            WallTime askedAt) {
    const std::string epoch = TRY(identity(database)).epoch;
    const std::string lacking =
        " WHERE epoch = ? AND (state = 'delivered' AND delivered_at <= ? OR " +
        wasRefusedByTheProvince() + ") AND (terminal_seq > ? OR terminal_seq IN " +
        listOf(answer.missingTerminalSeqs) + ") AND body_sealed IS ";
    const storage::Values values{epoch, millisecondsOf(askedAt), answer.lastTerminalSeq};
    SentAgain done;
    done.queued =
        TRY(database.number("SELECT count(*) FROM outbox" + lacking + "NOT NULL", values));
    done.purged = TRY(database.number("SELECT count(*) FROM outbox" + lacking + "NULL", values));
    if (done.queued == 0) return done;
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(
        transaction.run("UPDATE outbox SET state = 'queued', next_try_at = 0, outcome = NULL, "
                        "attempts = CASE state WHEN 'parked' THEN attempts ELSE 0 END, "
                        "delivered_at = NULL" +
                            lacking + "NOT NULL",
                        values));
    TRY(transaction.commit());
    return done;
}

Result<std::int64_t> purgeBodies(storage::Database& database, WallTime deliveredBefore) {
    constexpr std::string_view old =
        " WHERE state = 'delivered' AND body_sealed IS NOT NULL AND delivered_at < ?";
    const storage::Values values{millisecondsOf(deliveredBefore)};
    const std::int64_t count =
        TRY(database.number("SELECT count(*) FROM outbox" + std::string(old), values));
    if (count == 0) return count;
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(transaction.run("UPDATE outbox SET body_sealed = NULL" + std::string(old), values));
    TRY(transaction.commit());
    return count;
}

Result<void> bringFactsIntoEpoch(storage::Database& database, const Outbox& outbox) {
    const std::string epoch = TRY(identity(database)).epoch;
    const std::int64_t others = TRY(database.number(
        "SELECT EXISTS(SELECT 1 FROM outbox WHERE state <> 'delivered' AND epoch <> ? AND NOT " +
            isClosed("outbox") + ")",
        {epoch}));
    if (others == 0) return {};
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(outbox.moveToEpoch(transaction));
    return transaction.commit();
}

Result<std::string> wantedEpoch(storage::Database& database, Random& random) {
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(transaction.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO NOTHING",
                        {wantedName, randomId(random)}));
    const auto rows = TRY(transaction.query("SELECT value FROM meta WHERE name = ?", {wantedName}));
    if (rows.empty() || !rows[0].isText(0)) {
        return fail(ErrorCode::storageDamaged, std::string("meta: ") + wantedName);
    }
    TRY(transaction.commit());
    return rows[0].text(0);
}

Result<void> takeEpoch(storage::Transaction& transaction, const Outbox& outbox,
                       const std::string& epoch, const SignInAnswer& answer, WallTime at) {
    storage::BooksIdentity books = TRY(identity(transaction.database()));
    books.epoch = epoch;
    TRY(storage::writeIdentity(transaction, books));
    TRY(transaction.run("DELETE FROM meta WHERE name IN (?, ?, ?)",
                        {wantedName, notNewestName, restoredName}));
    TRY(outbox.moveToEpoch(transaction));
    for (const std::string& bizId : answer.openBizIds) {
        if (TRY(isKnown(transaction.database(), bizId))) continue;
        TRY(transaction.run("INSERT INTO orders_elsewhere VALUES(?, ?)",
                            {orderOf(bizId), millisecondsOf(at)}));
    }
    constexpr std::size_t digits = 6;
    const std::string& last = answer.lastBizId;
    const std::string number = last.size() < digits ? "" : last.substr(last.size() - digits);
    const bool isNumber = !number.empty() && std::ranges::all_of(number, shapes::isDigit);
    if (!isNumber) return {};
    return transaction.run(
        "INSERT INTO meta VALUES('last_order', ?1) ON CONFLICT(name) DO UPDATE SET value = "
        "max(value, ?1)",
        {std::int64_t{std::stoi(number)}});
}

}  // namespace liqu::province
