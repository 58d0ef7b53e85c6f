// What must hold in the books at any time; declared in ledger.hpp.
#include "firmware/custody/ledger.hpp"

namespace liqu::custody {
namespace {

tl::unexpected<Error> broken(const std::string& what) {
    return fail(ErrorCode::storageDamaged, what);
}

Result<void> requireNone(storage::Database& database, std::string_view sql,
                         const std::string& what) {
    const auto rows = TRY(database.query(sql));
    if (rows.empty()) return {};
    return broken(what + " " + rows[0].text(0));
}

Result<void> checkBalances(storage::Database& database) {
    if (TRY(database.number("SELECT coalesce(sum(balance), 0) FROM places")) != 0) {
        return broken("what came from the bank is not what is in the books");
    }
    if (TRY(database.number("SELECT coalesce(sum(balance), 0) FROM places "
                            "WHERE place IN ('transport','chip-station','mouth')")) > 1) {
        return broken("more than one card in the printer");
    }
    return requireNone(
        database,
        "SELECT place FROM places p WHERE balance <> "
        "coalesce((SELECT balance FROM day_balances WHERE place = p.place AND day = "
        " (SELECT max(day) FROM days WHERE state = 'closed')), 0) + "
        "coalesce((SELECT sum(quantity) FROM day_flows WHERE to_place = p.place AND day = "
        " (SELECT day FROM days WHERE state <> 'closed')), 0) - "
        "coalesce((SELECT sum(quantity) FROM day_flows WHERE from_place = p.place AND day = "
        " (SELECT day FROM days WHERE state <> 'closed')), 0)",
        "balance and the day's moves differ at");
}

// A hopper and the vault list the numbers that were put there; a card that left without being read
// leaves its number behind until it is named (bin.hpp). Elsewhere lists never exceed balances.
Result<void> checkNumbers(storage::Database& database) {
    return requireNone(
        database,
        "SELECT place FROM places p WHERE place IN ('transport','chip-station','mouth',"
        "'hold-bin','reject-bin','old-card-bin','cabinet','missing') AND balance < "
        "(SELECT count(*) FROM cards WHERE place = p.place)",
        "more numbers than cards at");
}

}  // namespace

Result<void> checkBooks(storage::Database& database) {
    TRY(checkBalances(database));
    return checkNumbers(database);
}

Result<void> checkInvariants(storage::Database& database) {
    TRY(checkBooks(database));
    TRY(requireNone(database,
                    "SELECT place FROM places p WHERE balance <> "
                    "coalesce((SELECT sum(quantity) FROM moves WHERE to_place = p.place), 0) - "
                    "coalesce((SELECT sum(quantity) FROM moves WHERE from_place = p.place), 0)",
                    "balance and moves differ at"));
    TRY(requireNone(database,
                    "SELECT day FROM (SELECT day, from_place, to_place, sum(quantity) AS total "
                    "FROM moves WHERE day > '00000000' GROUP BY day, from_place, to_place "
                    "EXCEPT SELECT day, from_place, to_place, quantity FROM day_flows)",
                    "the totals are not the sum of the moves of"));
    // What was moved by its number is there, unless a later reading or range says otherwise.
    TRY(requireNone(database,
                    "SELECT c.card_number FROM cards c JOIN moves m ON m.move = "
                    "(SELECT max(move) FROM moves WHERE card_number = c.card_number) "
                    "WHERE c.place <> m.to_place AND NOT EXISTS (SELECT 1 FROM moves r WHERE "
                    "r.move > m.move AND r.first_number <= c.card_number AND "
                    "r.last_number >= c.card_number AND r.to_place = c.place) AND NOT EXISTS "
                    "(SELECT 1 FROM stock_events e WHERE e.subject = c.card_number AND "
                    "e.after_move >= m.move AND e.what IN ('identified','named'))",
                    "not where its last move left it:"));
    if (TRY(database.number("SELECT count(*) FROM cards")) >
        TRY(database.number("SELECT coalesce(sum(quantity), 0) FROM moves WHERE from_place = "
                            "'bank'"))) {
        return broken("more numbers than cards ever came");
    }
    return {};
}

}  // namespace liqu::custody
