// `liqu journal`: what happened, by order, by day, by box, by number.
#include <optional>

#include "firmware/base/csv.hpp"
#include "firmware/base/whole_file.hpp"
#include "firmware/custody/journal.hpp"
#include "firmware/custody/stock_history.hpp"
#include "firmware/issuance/visit_book.hpp"
#include "firmware/storage/salvage.hpp"
#include "program/books_access.hpp"

namespace liqu::program {
namespace {

void print(const custody::HistoryLine& line) {
    std::string cards = line.first;
    if (line.last != line.first) cards += " to " + line.last;
    if (cards.empty() && line.cards > 0) cards = std::to_string(line.cards) + " without number";
    const std::string way = line.from.empty() ? "" : line.from + " -> " + line.to;
    std::string who = line.people.operatorId;
    if (!line.people.secondOperatorId.empty()) who += ", " + line.people.secondOperatorId;
    std::printf("%s  %-26s %-24s %s  %s %s\n", formatChinaTime(line.at).c_str(), way.c_str(),
                cards.c_str(), line.what.c_str(), who.c_str(), line.orderId.c_str());
}

void print(const std::vector<custody::HistoryLine>& lines) {
    for (const custody::HistoryLine& line : lines) print(line);
    std::printf("%zu line(s)\n", lines.size());
}

void print(const issuance::KeptRecord& record) {
    for (const auto& [check, of] : record.checks) {
        const std::string result = check.result == 0 ? "good" : std::to_string(check.result);
        const std::string answer =
            check.reference.empty() ? "" : check.reference + " of " + check.serverTime;
        std::printf("%s  checked  %-12s %-6s %s  %s  %s\n", formatChinaTime(check.at).c_str(),
                    std::string(nameOf(check.what)).c_str(), result.c_str(), answer.c_str(),
                    of.policy.c_str(), of.orderId.c_str());
    }
    for (const auto& [consent, of] : record.consents) {
        std::printf("%s  answered %-24s %-3s in %s, words %.16s  %s  %s\n",
                    formatChinaTime(consent.answeredAt).c_str(), consent.clause.c_str(),
                    std::string(nameOf(consent.answer)).c_str(), consent.language.c_str(),
                    consent.wordsDigest.c_str(), of.policy.c_str(), of.orderId.c_str());
    }
}

Result<void> printOrder(storage::Database& database, const std::string& order) {
    const auto entries = TRY(custody::entriesOf(database, order));
    if (entries.empty()) return fail(ErrorCode::moveNotPossible, "there is no order " + order);
    for (const custody::JournalEntry& entry : entries) {
        std::printf("%s  %-12s %-8s %d  %s\n", formatChinaTime(entry.at).c_str(),
                    entry.step.c_str(), std::string(nameOf(entry.phase)).c_str(), entry.attempt,
                    entry.detail.c_str());
    }
    print(TRY(issuance::recordOfOrder(database, order)));
    return {};
}

Result<void> printNumber(storage::Database& database, const std::string& number) {
    const auto where = TRY(custody::whereIs(database, number));
    print(TRY(custody::historyOfNumber(database, number)));
    std::printf("%s is at %s since %s, %s%s\n", number.c_str(), where.card.place.name().c_str(),
                formatChinaTime(where.since).c_str(), where.card.condition.c_str(),
                where.box.empty() ? "" : (", box " + where.box).c_str());
    return {};
}

std::string cell(const storage::Row& row, std::size_t column) {
    if (row.isNull(column)) return "";
    if (row.isInteger(column)) return std::to_string(row.integer(column));
    return row.isText(column) ? csvText(row.text(column)) : "(bytes)";
}

std::string headOf(const storage::SalvagedTable& table) {
    std::string head = "row";
    for (const std::string& column : table.columns) head += "," + column;
    return head + "\n";
}

std::string lineOf(const storage::Row& row, std::size_t columns) {
    std::string line;
    for (std::size_t i = 0; i <= columns; ++i) line += (i == 0 ? "" : ",") + cell(row, i);
    return line + "\n";
}

void tellGaps(const storage::SalvagedTable& table) {
    std::printf("%-16s %lld row(s)\n", table.name.c_str(), static_cast<long long>(table.rows));
    for (const storage::Gap& gap : table.gaps) {
        const bool open = gap.to >= storage::endOfTable;
        std::printf("%-16s cannot be read: rows %lld to %s\n", "", static_cast<long long>(gap.from),
                    open ? "the end" : std::to_string(gap.to).c_str());
    }
}

// One file for each table, as a spreadsheet reads it.
Result<void> salvageInto(storage::Database& database, const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::optional<WholeFile> file;
    std::string name;
    // The first that could not be written; what follows is not tried.
    Result<void> written;
    const auto next = [&](const storage::SalvagedTable& table) -> Result<void> {
        if (name == table.name) return {};
        if (file) TRY(file->finish());
        name = table.name;
        file.emplace(TRY(WholeFile::create(folder / (name + ".csv"))));
        return file->write(bytesOf(headOf(table)));
    };
    const auto tables = TRY(storage::salvage(
        database, [&](const storage::SalvagedTable& table, const storage::Row& row) {
            if (written) written = next(table);
            if (written) written = file->write(bytesOf(lineOf(row, table.columns.size())));
        }));
    TRY(written);
    if (!file) return fail(ErrorCode::storageDamaged, "no row can be read");
    TRY(file->finish());
    for (const storage::SalvagedTable& table : tables) tellGaps(table);
    return {};
}

}  // namespace

int runJournal(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        if (!options.salvage.empty()) return salvageInto(database, options.salvage);
        if (!options.order.empty()) return printOrder(database, options.order);
        if (!options.number.empty()) return printNumber(database, options.number);
        if (!options.label.box.empty()) {
            print(TRY(custody::historyOfBox(database, options.label.box, options.most)));
            return {};
        }
        std::string day = options.day;
        if (day.empty()) {
            const auto current = TRY(custody::currentDay(database));
            if (!current) return fail(ErrorCode::moveNotPossible, "nothing happened today yet");
            day = current->day;
        }
        if (options.checks) {
            print(TRY(issuance::recordOfDay(database, day, options.most)));
            return {};
        }
        print(TRY(custody::historyOfDay(database, day, options.most)));
        for (const issuance::ReasonCount& reason : TRY(issuance::reasonsOn(database, day))) {
            std::printf("%lld visit(s) ended without a card: %u\n",
                        static_cast<long long>(reason.visits), reason.code);
        }
        return {};
    });
}

}  // namespace liqu::program
