#include "firmware/desk/month_archive.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "firmware/base/china_time.hpp"
#include "firmware/base/csv.hpp"
#include "firmware/base/whole_file.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/storage/books_identity.hpp"

namespace liqu::desk {
namespace {

// Whether a table knows business days or only moments.
enum class By : std::uint8_t { day, moment };

// Columns whose name ends in "at" hold moments.
struct Table {
    std::string_view name;
    std::string_view columns;
    std::string_view from;  // ?1 and ?2: the first and the last day, or moment, of the month
    By by = By::day;
};

constexpr std::array tables = {
    Table{"orders",
          "opened_at,order_id,service,application_no,bank_code,card_number,operator_id,policy",
          "orders WHERE opened_at BETWEEN ?1 AND ?2 ORDER BY opened_at, order_id", By::moment},
    Table{"steps", "at,order_id,step,attempt,phase,detail",
          "journal WHERE at BETWEEN ?1 AND ?2 ORDER BY entry", By::moment},
    Table{"checks", "at,day,order_id,what,result,reference,server_time,policy",
          "checks WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"consents",
          "shown_at,answered_at,day,order_id,clause,answer,language,words_digest,attendant,policy",
          "consents WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"visit-ends", "at,day,reason,order_id",
          "visit_ends WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"handovers",
          "at,day,card_number,order_id,outlet,way,document,proof,confirmed,operator_id,"
          "second_operator_id",
          "handovers_confirmed WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"slips", "at,day,number,form,order_id",
          "slips WHERE day BETWEEN ?1 AND ?2 ORDER BY slip"},
    Table{"fees", "opened_at,order_no,application_no,attempt,biz_id,amount_fen,basis",
          "fee_orders WHERE opened_at BETWEEN ?1 AND ?2 ORDER BY opened_at, order_no", By::moment},
    Table{"moves",
          "at,day,from_place,to_place,quantity,card_number,first_number,last_number,box,reason,"
          "order_id,operator,second_operator",
          "moves WHERE day BETWEEN ?1 AND ?2 ORDER BY move"},
    Table{"stock", "at,day,subject,what,order_id,operator,second_operator",
          "stock_events WHERE day BETWEEN ?1 AND ?2 ORDER BY event"},
    Table{"notices", "at,day,card_number,order_id,kind,way,operator_id",
          "held_notices WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"recoveries", "at,day,card_number,order_id,cause,operator_id,second_operator_id",
          "held_recoveries WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"wrong-cards",
          "at,day,card_number,order_id,wrong_items,right_items,cause,operator_id,"
          "second_operator_id",
          "wrong_cards WHERE day BETWEEN ?1 AND ?2 ORDER BY line"},
    Table{"days", "opened_at,closed_at,day,operator,second_operator",
          "days WHERE day BETWEEN ?1 AND ?2 ORDER BY day"},
    // What lies on paper in the cabinet, by its number (专柜专夹登记保管).
    Table{"papers", "at,day,kind,number,document,order_id,operator_id",
          "(SELECT at, day, 'signature' AS kind, signature AS number, document, order_id, "
          "operator_id FROM handovers UNION ALL "
          "SELECT at, day, 'document-copy', copy_paper, document, order_id, operator_id "
          "FROM handovers UNION ALL "
          "SELECT at, day, 'agent-proof', proof_paper, proof, order_id, operator_id "
          "FROM handovers UNION ALL "
          "SELECT at, day, 'form', reference, '', order_id, '' FROM checks WHERE what = 'form' "
          "UNION ALL "
          "SELECT at, day, 'notice', evidence, way, order_id, operator_id FROM held_notices "
          "UNION ALL "
          "SELECT at, day, 'recovery', evidence, cause, order_id, operator_id "
          "FROM held_recoveries UNION ALL "
          "SELECT at, day, 'wrong-card', evidence, cause, order_id, operator_id FROM wrong_cards "
          "UNION ALL "
          "SELECT confirmed_at, confirmed_day, 'confirmation', confirmation, '', order_id, "
          "confirmed_by FROM wrong_cards WHERE confirmed_at IS NOT NULL) "
          "WHERE day BETWEEN ?1 AND ?2 AND number <> '' ORDER BY at, kind, order_id, number"},
};

struct Month {
    std::string name;
    WallTime begin{};
    WallTime end{};  // the first moment that is not in it
};

// By the clock of China, as its days.
Month monthOf(const std::string& name) {
    const std::chrono::year year{std::stoi(name.substr(0, 4))};
    const std::chrono::year_month month =
        year / std::chrono::month{static_cast<unsigned>(std::stoi(name.substr(4)))};
    const auto midnight = [](std::chrono::year_month of) {
        return WallTime{std::chrono::sys_days{of / 1}} - chinaOffset;
    };
    return {name, midnight(month), midnight(month + std::chrono::months{1})};
}

storage::Values boundsOf(const Month& month, By by) {
    if (by == By::day) return {month.name + "01", month.name + "31"};
    const auto last = month.end - std::chrono::milliseconds{1};
    return {std::int64_t{month.begin.time_since_epoch().count()},
            std::int64_t{last.time_since_epoch().count()}};
}

tl::unexpected<Error> notYet(const std::string& month, const std::string& why) {
    return fail(ErrorCode::moveNotPossible, month + " is still open: " + why);
}

// What would make another archive of the same month.
Result<void> requireEnded(storage::Database& database, const Month& month, WallTime now) {
    if (now < month.end) return notYet(month.name, "it is not over");
    const auto days = TRY(database.query(
        "SELECT day FROM days WHERE state <> 'closed' AND day <= ? ORDER BY day LIMIT 1",
        {month.name + "31"}));
    if (!days.empty()) {
        return notYet(month.name, "day " + days[0].text(0) + " is not closed");
    }
    const auto orders = TRY(database.query(
        "SELECT order_id FROM orders WHERE state IN ('open','staffLook') AND opened_at BETWEEN ? "
        "AND ? ORDER BY order_id LIMIT 1",
        boundsOf(month, By::moment)));
    if (!orders.empty()) {
        return notYet(month.name, "order " + orders[0].text(0) + " has no end");
    }
    return {};
}

std::vector<std::string_view> namesIn(std::string_view columns) {
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at <= columns.size();) {
        const std::size_t comma = std::min(columns.find(',', at), columns.size());
        names.push_back(columns.substr(at, comma - at));
        at = comma + 1;
    }
    return names;
}

std::string cellOf(const storage::Row& row, std::size_t column, std::string_view name) {
    if (row.isNull(column)) return "";
    if (!row.isInteger(column)) return csvText(row.text(column));
    const bool isMoment = name == "at" || name.ends_with("_at");
    if (!isMoment) return std::to_string(row.integer(column));
    return csvText(formatChinaTime(WallTime{WallTime::duration{row.integer(column)}}));
}

struct Written {
    std::string name;
    std::int64_t lines = 0;
    std::size_t size = 0;
    std::string digest;
};

Result<Written> writeText(const std::filesystem::path& folder, const std::string& name,
                          const std::string& text, std::int64_t lines) {
    TRY(writeWholeFile(folder / name, bytesOf(text), FolderLink::refused));
    return Written{name, lines, text.size(), toHex(security::sm3(bytesOf(text)))};
}

Result<Written> writeTable(storage::Database& database, const Table& table, const Month& month,
                           const std::filesystem::path& folder) {
    const auto names = namesIn(table.columns);
    std::string text = std::string(table.columns) + "\n";
    std::int64_t lines = 0;
    TRY(database.forEach(
        "SELECT " + std::string(table.columns) + " FROM " + std::string(table.from),
        boundsOf(month, table.by), [&](const storage::Row& row) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                text += (i == 0 ? "" : ",") + cellOf(row, i, names[i]);
            }
            text += "\n";
            ++lines;
            return true;
        }));
    // A value of a wrong kind was written as an empty one.
    TRY(database.trusted());
    return writeText(folder, std::string(table.name) + ".csv", text, lines);
}

// Under which editions of the rules the month was.
Result<std::string> policiesOf(storage::Database& database, const Month& month) {
    std::string editions;
    for (const storage::Row& row : TRY(database.query(
             "SELECT policy FROM checks WHERE day BETWEEN ?1 AND ?2 UNION "
             "SELECT policy FROM consents WHERE day BETWEEN ?1 AND ?2 ORDER BY policy",
             boundsOf(month, By::day)))) {
        editions += (editions.empty() ? "" : " ") + row.text(0);
    }
    return editions;
}

Result<Written> writeManifest(const DeskParts& parts, const Month& month,
                              const std::vector<Written>& written,
                              const std::filesystem::path& folder) {
    const auto schema = TRY(parts.database.number("PRAGMA user_version"));
    const std::string editions = TRY(policiesOf(parts.database, month));
    std::string text = "what,value,lines,bytes,sm3\n";
    const auto say = [&text](const char* what, const std::string& value) {
        text += std::string(what) + "," + csvText(value) + ",,,\n";
    };
    say("month", month.name);
    say("terminal", parts.config.terminal);
    say("outlet", parts.config.outlet);
    say("region", parts.region.regionCode);
    say("policies", editions);
    say("schema", std::to_string(schema));
    for (const Written& file : written) {
        text += "file," + file.name + "," + std::to_string(file.lines) + "," +
                std::to_string(file.size) + "," + csvText(file.digest) + "\n";
    }
    return writeText(folder, "manifest.csv", text, static_cast<std::int64_t>(written.size()));
}

// An old manifest must not vouch for tables that are being written anew.
Result<void> beginFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directory(folder, error);
    if (!error) std::filesystem::remove(folder / "manifest.csv", error);
    if (error) return fail(ErrorCode::fileNotWritable, folder.string() + ": " + error.message());
    return {};
}

Result<MonthArchive> write(const DeskParts& parts, const Month& month,
                           const std::filesystem::path& into) {
    MonthArchive archive{.folder = into / (parts.config.terminal + "-" + month.name)};
    TRY(beginFolder(archive.folder));
    std::vector<Written> written;
    for (const Table& table : tables) {
        written.push_back(TRY(writeTable(parts.database, table, month, archive.folder)));
        archive.lines += written.back().lines;
    }
    archive.digest = TRY(writeManifest(parts, month, written, archive.folder)).digest;
    return archive;
}

}  // namespace

Result<MonthArchive> archiveMonth(const DeskParts& parts, const std::string& month,
                                  const std::filesystem::path& into, const TwoPeople& people) {
    if (!parseDate(month + "01")) return fail(ErrorCode::moveNotPossible, month + " is no month");
    // A lost index entry would leave lines out.
    TRY(parts.database.verify(storage::Database::Depth::whole));
    return carryOut(
        parts, people, "",
        [&](storage::Transaction&, const custody::Mandate& mandate) -> Result<MonthArchive> {
            const Month of = monthOf(month);
            TRY(requireEnded(parts.database, of, mandate.at));
            return write(parts, of, into);
        });
}

}  // namespace liqu::desk
