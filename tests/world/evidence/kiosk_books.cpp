#include "tests/world/evidence/kiosk_books.hpp"

#include <fstream>

#include "firmware/storage/database.hpp"

namespace liqu::world {
namespace {

namespace files = std::filesystem;
using storage::Database;
using storage::Row;

Result<std::unique_ptr<Database>> openBeside(const files::path& database) {
    return Database::open({database.string(), "", true});
}

WallTime wallTimeOf(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(milliseconds));
}

// All columns as text: every value here is free of quotes; where one has commas, they are replaced.
Result<void> exportTable(Database& database, const files::path& path, const std::string& header,
                         std::size_t columns, const std::string& sql) {
    std::ofstream file(path, std::ios::trunc);
    file << header << "\n";
    TRY(database.forEach(sql, {}, [&](const Row& row) {
        for (std::size_t i = 0; i < columns; ++i) file << (i > 0 ? "," : "") << row.textOrEmpty(i);
        file << "\n";
        return true;
    }));
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

}  // namespace

Result<OpenWork> openWorkOf(const files::path& path) {
    const auto database = TRY(openBeside(path));
    return OpenWork{TRY(database->number("SELECT COUNT(*) FROM orders WHERE state = 'open'")),
                    TRY(database->number("SELECT COUNT(*) FROM outbox WHERE state = 'queued'"))};
}

Result<std::vector<JournalLine>> journalOf(const files::path& path) {
    const auto database = TRY(openBeside(path));
    std::vector<JournalLine> lines;
    for (const Row& row : TRY(database->query(
             "SELECT order_id, step, phase, detail, attempt, at FROM journal ORDER BY entry"))) {
        lines.push_back({row.text(0), row.text(1), row.text(2), row.text(3),
                         static_cast<int>(row.integer(4)), wallTimeOf(row.integer(5))});
    }
    return lines;
}

Result<std::vector<OrderLine>> ordersOf(const files::path& path) {
    const auto database = TRY(openBeside(path));
    std::vector<OrderLine> lines;
    for (const Row& row : TRY(database->query(
             "SELECT order_id, service, application_no, permit_id, card_number, state FROM orders "
             "ORDER BY order_id"))) {
        lines.push_back({row.text(0), row.text(1), row.textOrEmpty(2), row.textOrEmpty(3),
                         row.textOrEmpty(4), row.text(5)});
    }
    return lines;
}

Result<std::optional<HeldLine>> heldOf(const files::path& path) {
    const auto database = TRY(openBeside(path));
    const auto rows = TRY(database->query(
        "SELECT card_number, pickup_code FROM orders WHERE state = 'held' ORDER BY order_id"));
    if (rows.empty()) return std::optional<HeldLine>();
    return std::optional(HeldLine{rows[0].text(0), rows[0].textOrEmpty(1)});
}

// An exchange that was begun or counted is not done yet.
Result<StaffWork> staffWorkOf(const files::path& path) {
    const auto database = TRY(openBeside(path));
    const auto count = [&](std::string_view sql) -> Result<int> {
        return static_cast<int>(TRY(database->number(sql)));
    };
    StaffWork work;
    work.actsDone = TRY(count(
        "SELECT count(*) FROM staff_audit WHERE actor <> 'kiosk' AND object NOT LIKE 'begin %' AND "
        "NOT (act IN ('load-lane', 'unload-lane') AND object LIKE 'count %') AND "
        "object NOT GLOB '*refused [0-9][0-9][0-9][0-9][0-9]*' AND "
        "act NOT IN ('sign-in', 'sign-in-refused', 'sign-out', 'stand-by', 'locked', "
        "'add-staff', 'audit-key')"));
    work.signedIn =
        TRY(count("SELECT coalesce((SELECT max(line) FROM staff_audit WHERE act = 'sign-in'), 0) > "
                  "coalesce((SELECT max(line) FROM staff_audit WHERE act = 'sign-out'), 0)")) > 0;
    work.daysOpen = TRY(count("SELECT count(*) FROM days WHERE state <> 'closed'"));
    work.daysFrozen = TRY(count("SELECT count(*) FROM days WHERE state = 'frozen'"));
    return work;
}

Result<void> exportBooks(const files::path& path, const files::path& folder) {
    const auto database = TRY(openBeside(path));
    TRY(exportTable(
        *database, folder / "ledger.csv", "move,at,from,to,quantity,card_number,reason,order_id", 8,
        "SELECT CAST(move AS TEXT), CAST(at AS TEXT), from_place, to_place, "
        "CAST(quantity AS TEXT), card_number, replace(reason, ',', ';'), order_id FROM moves "
        "ORDER BY move"));
    TRY(exportTable(*database, folder / "stock.csv",
                    "card_number,bank,vendor,lane,place,condition,order_id", 7,
                    "SELECT card_number, bank, vendor, CAST(lane AS TEXT), place, condition, "
                    "order_id FROM cards ORDER BY card_number"));
    TRY(exportTable(*database, folder / "handovers.csv",
                    "card_number,order_id,way,document,proof,proof_paper,copy_paper,signature,"
                    "operator,second",
                    10,
                    "SELECT card_number, order_id, way, document, proof, proof_paper, copy_paper, "
                    "signature, operator_id, second_operator_id FROM handovers ORDER BY line"));
    TRY(exportTable(*database, folder / "wrong-cards.csv",
                    "card_number,order_id,wrong_items,right_items,cause,evidence,operator,second,"
                    "confirmed_by,confirmation",
                    10,
                    "SELECT card_number, order_id, replace(wrong_items, ',', ' '), "
                    "replace(right_items, ',', ' '), cause, evidence, operator_id, "
                    "second_operator_id, confirmed_by, confirmation FROM wrong_cards ORDER BY "
                    "line"));
    TRY(exportTable(*database, folder / "branch-list.csv", "message_type,biz_id,terminal_seq", 3,
                    "SELECT message_type, biz_id, CAST(terminal_seq AS TEXT) FROM branch_list "
                    "ORDER BY line"));
    return exportTable(
        *database, folder / "outbox.csv",
        "fact,terminal_seq,order_id,message_type,idempotency_key,happened_at,state,attempts,"
        "outcome,"
        "delivered_at",
        10,
        "SELECT CAST(fact AS TEXT), CAST(terminal_seq AS TEXT), order_id, message_type, "
        "idempotency_key, CAST(happened_at AS TEXT), state, CAST(attempts AS TEXT), outcome, "
        "CAST(delivered_at AS TEXT) FROM outbox ORDER BY fact");
}

}  // namespace liqu::world
