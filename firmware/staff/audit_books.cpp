#include "firmware/staff/audit_books.hpp"

#include <algorithm>
#include <limits>

namespace liqu::staff {
namespace {

constexpr const char* newMoves =
    "SELECT move, at, from_place, to_place, quantity, coalesce(card_number, ''), reason, "
    "coalesce(order_id, ''), day, coalesce(first_number, ''), coalesce(last_number, ''), "
    "coalesce(box, ''), coalesce(operator, ''), coalesce(second_operator, '') FROM moves "
    "WHERE move > ? AND move <= ? ORDER BY move";
constexpr std::size_t columnsOfMove = 14;
constexpr const char* newEnds =
    "SELECT entry, at, order_id, state, card_number FROM audit_ends "
    "WHERE entry > ? AND entry <= ? ORDER BY entry";
constexpr std::size_t columnsOfEnd = 5;

std::vector<std::string> fieldsOf(const storage::Row& row, std::size_t columns) {
    std::vector<std::string> fields;
    for (std::size_t column = 0; column < columns; ++column) {
        fields.push_back(row.isInteger(column) ? std::to_string(row.integer(column))
                                               : row.text(column));
    }
    return fields;
}

}  // namespace

Result<BooksSeen> seenSoFar(storage::Database& database) {
    const auto rows = TRY(database.query(
        "SELECT books FROM staff_audit WHERE books <> '' ORDER BY line DESC LIMIT 1"));
    if (rows.empty()) return BooksSeen{};
    const auto seen = BooksSeen::parse(rows[0].text(0));
    // A line that was touched is named by the chain; what comes after it begins anew.
    return seen.value_or(BooksSeen{});
}

Result<bool> booksAreAhead(storage::Database& database) {
    const BooksSeen seen = TRY(seenSoFar(database));
    return TRY(database.number("SELECT EXISTS(SELECT 1 FROM moves WHERE move > ?) OR "
                               "EXISTS(SELECT 1 FROM audit_ends WHERE entry > ?)",
                               {seen.move, seen.end})) != 0;
}

Result<BooksSeen> lookAtBooks(storage::Database& database, const BooksSeen& from,
                              const std::optional<BooksSeen>& to, const BooksRowTaker& take) {
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    BooksSeen seen{from.move, from.end, {}};
    BooksDigest digest;
    const auto readTable = [&](const char* kind, const char* sql, std::int64_t& newest,
                               std::int64_t last, std::size_t columns) {
        return database.forEach(sql, {newest, last}, [&](const storage::Row& row) {
            const auto fields = fieldsOf(row, columns);
            digest.add(fields);
            if (take) take(kind, fields);
            newest = row.integer(0);
            return true;
        });
    };
    TRY(readTable("move", newMoves, seen.move, to ? to->move : all, columnsOfMove));
    TRY(readTable("end", newEnds, seen.end, to ? to->end : all, columnsOfEnd));
    seen.digest = digest.text();
    return seen;
}

}  // namespace liqu::staff
