#include "firmware/staff/audit_export.hpp"

#include <charconv>

#include "firmware/base/bytes.hpp"
#include "firmware/staff/audit_books.hpp"

namespace liqu::staff {
namespace {

constexpr std::size_t longestRow = 16 * 1024;
constexpr std::size_t mostFields = 16;
// Of rows that one read of the database holds.
constexpr std::int64_t batch = 1000;

bool isPlain(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '%' && c != 0x7F;
}

std::string escaped(std::string_view field) {
    std::string text;
    for (const char c : field) {
        if (isPlain(c)) {
            text += c;
        } else {
            const std::uint8_t byte[] = {static_cast<std::uint8_t>(c)};
            text += "%" + toHex(byte);
        }
    }
    return text;
}

Result<std::string> plain(std::string_view field) {
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '%') {
            if (!isPlain(field[i])) return fail(ErrorCode::configBadValue, "a control character");
            text += field[i];
            continue;
        }
        const auto byte = fromHex(field.substr(i + 1, 2));
        if (!byte || byte->size() != 1) return fail(ErrorCode::configBadValue, "% without digits");
        text += static_cast<char>(byte->front());
        i += 2;
    }
    return text;
}

Result<std::int64_t> numberIn(const std::string& field) {
    std::int64_t number = 0;
    const char* last = field.data() + field.size();
    const auto [end, error] = std::from_chars(field.data(), last, number);
    if (error == std::errc() && end == last) return number;
    return fail(ErrorCode::configBadValue, "\"" + escaped(field.substr(0, 20)) + "\" is no number");
}

SealedLine sealedLineOf(const storage::Row& row) {
    SealedLine line;
    line.line = {row.integer(0), WallTime{std::chrono::milliseconds{row.integer(1)}},
                 row.text(2),    row.text(3),
                 row.text(4),    row.text(5),
                 row.text(6)};
    line.digest = row.text(7);
    line.mac = row.text(8);
    return line;
}

}  // namespace

std::string auditHeader(const std::string& terminal) {
    return auditRow("liqu-audit", {"1", terminal});
}

std::string auditRow(const char* kind, const std::vector<std::string>& fields) {
    std::string row = kind;
    for (const std::string& field : fields) row += "\t" + escaped(field);
    return row + "\n";
}

std::string auditRow(const SealedLine& sealed) {
    const AuditLine& line = sealed.line;
    return auditRow(
        "line",
        {std::to_string(line.line), std::to_string(line.at.time_since_epoch().count()), line.actor,
         line.second, line.act, line.object, line.books, sealed.digest, sealed.mac});
}

Result<std::vector<std::string>> auditFields(std::string_view row) {
    if (row.size() > longestRow) return fail(ErrorCode::configBadValue, "the row is too long");
    std::vector<std::string> fields;
    while (fields.size() <= mostFields) {
        const std::size_t tab = row.find('\t');
        fields.push_back(TRY(plain(row.substr(0, tab))));
        if (tab == row.npos) return fields;
        row.remove_prefix(tab + 1);
    }
    return fail(ErrorCode::configBadValue, "the row has too many fields");
}

Result<SealedLine> sealedLineOf(const std::vector<std::string>& fields) {
    if (fields.size() != 10 || fields[0] != "line")
        return fail(ErrorCode::configBadValue, "a line has nine fields");
    SealedLine sealed;
    sealed.line.line = TRY(numberIn(fields[1]));
    sealed.line.at = WallTime{std::chrono::milliseconds{TRY(numberIn(fields[2]))}};
    sealed.line.actor = fields[3];
    sealed.line.second = fields[4];
    sealed.line.act = fields[5];
    sealed.line.object = fields[6];
    sealed.line.books = fields[7];
    sealed.digest = fields[8];
    sealed.mac = fields[9];
    return sealed;
}

Result<void> exportAudit(storage::Database& database, const std::string& terminal,
                         const AuditRowTaker& take) {
    TRY(take(auditHeader(terminal)));
    BooksSeen seen;
    Result<void> taken;
    const BooksRowTaker books = [&](const char* kind, const std::vector<std::string>& fields) {
        if (taken) taken = take(auditRow(kind, fields));
    };
    std::int64_t last = 0;
    while (true) {
        const auto rows = TRY(database.query(
            "SELECT line, at, actor, second, act, object, books, digest, mac FROM staff_audit "
            "WHERE line > ? ORDER BY line LIMIT ?",
            {last, batch}));
        for (const storage::Row& row : rows) {
            const SealedLine line = sealedLineOf(row);
            last = line.line.line;
            if (const auto upTo = BooksSeen::parse(line.line.books)) {
                seen = TRY(lookAtBooks(database, seen, upTo, books));
                TRY(taken);
                seen.move = upTo->move;
                seen.end = upTo->end;
            }
            TRY(take(auditRow(line)));
        }
        if (static_cast<std::int64_t>(rows.size()) < batch) return {};
    }
}

}  // namespace liqu::staff
