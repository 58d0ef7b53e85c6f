// `liqu journal`: what happened, by order, by day, by box, by number.
#include <fstream>

#include "firmware/custody/journal.hpp"
#include "firmware/custody/stock_history.hpp"
#include "firmware/storage/salvage.hpp"
#include "program/stock_act.hpp"

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

Result<void> printOrder(storage::Database& database, const std::string& order) {
    static constexpr const char* phases[] = {"intent", "fact", "failure"};
    const auto entries = TRY(custody::entriesOf(database, order));
    if (entries.empty()) return fail(ErrorCode::moveNotPossible, "there is no order " + order);
    for (const custody::JournalEntry& entry : entries) {
        std::printf("%s  %-12s %-8s %d  %s\n", formatChinaTime(entry.at).c_str(),
                    entry.step.c_str(), phases[static_cast<std::size_t>(entry.phase)],
                    entry.attempt, entry.detail.c_str());
    }
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
    if (!row.isText(column)) return "(bytes)";
    std::string text = row.text(column);
    for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) {
        text.insert(at, 1, '"');
    }
    return '"' + text + '"';
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
    std::ofstream file;
    std::string name;
    const auto tables = TRY(storage::salvage(
        database, [&](const storage::SalvagedTable& table, const storage::Row& row) {
            if (name != table.name) {
                name = table.name;
                file = std::ofstream(folder / (name + ".csv"), std::ios::trunc);
                file << "row";
                for (const std::string& column : table.columns) file << ',' << column;
                file << '\n';
            }
            for (std::size_t i = 0; i <= table.columns.size(); ++i) {
                file << (i == 0 ? "" : ",") << cell(row, i);
            }
            file << '\n';
        }));
    if (name.empty() || !file) return fail(ErrorCode::fileNotWritable, folder.string());
    for (const storage::SalvagedTable& table : tables) tellGaps(table);
    return {};
}

}  // namespace

int runJournal(const StockOptions& options) {
    return look(options, [&](storage::Database& database) -> Result<void> {
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
        print(TRY(custody::historyOfDay(database, day, options.most)));
        return {};
    });
}

}  // namespace liqu::program
