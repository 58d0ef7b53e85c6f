#include "tests/support/index_damage.hpp"

#include <sqlite3.h>

#include "firmware/base/assert.hpp"

namespace liqu::test {
namespace {

void run(sqlite3* raw, const char* sql) {
    LIQU_ASSERT(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
}

int rootOfIndex(sqlite3* raw) {
    sqlite3_stmt* page = nullptr;
    LIQU_ASSERT(
        sqlite3_prepare_v2(raw, "SELECT rootpage FROM sqlite_schema WHERE name = 'cards_by_place'",
                           -1, &page, nullptr) == SQLITE_OK);
    LIQU_ASSERT(sqlite3_step(page) == SQLITE_ROW);
    const int root = sqlite3_column_int(page, 0);
    sqlite3_finalize(page);
    return root;
}

}  // namespace

// SQLite's own way to write an index without its table: a table that stands on the index's pages.
void takeIndexEntry(const std::filesystem::path& database) {
    sqlite3* raw = nullptr;
    LIQU_ASSERT(sqlite3_open(database.c_str(), &raw) == SQLITE_OK);
    const int root = rootOfIndex(raw);
    LIQU_ASSERT(sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, raw, "main", 1, root) == SQLITE_OK);
    run(raw,
        "CREATE TABLE imposter(place, condition, entry, PRIMARY KEY(place, condition, entry)) "
        "WITHOUT ROWID");
    LIQU_ASSERT(sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, raw, "main", 0, 0) == SQLITE_OK);
    // As many entries as before: later versions count them in their quick check.
    run(raw, "UPDATE imposter SET condition = 'elsewhere' WHERE entry = 1");
    LIQU_ASSERT(sqlite3_changes(raw) == 1);
    sqlite3_close(raw);
}

}  // namespace liqu::test
