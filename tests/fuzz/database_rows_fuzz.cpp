// Any values in any columns of the books, as a damaged page or a hand would leave them: what reads
// them answers or refuses, and nothing throws.
#include <algorithm>
#include <filesystem>
#include <sqlite3.h>
#include <stdlib.h>

#include "firmware/base/assert.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/stock_history.hpp"
#include "firmware/issuance/order.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/staff/accounts.hpp"
#include "firmware/staff/audit.hpp"
#include "firmware/storage/books_identity.hpp"

using namespace liqu;

namespace {

// Bytes of the input, one after the other; zeros behind its end.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}
    bool empty() const { return left_ == 0; }
    std::uint8_t byte() {
        if (left_ == 0) return 0;
        --left_;
        return *data_++;
    }
    std::string text() {
        std::string text(byte() % 24, '\0');
        for (char& letter : text) letter = static_cast<char>(byte());
        return text;
    }

  private:
    const std::uint8_t* data_;
    std::size_t left_;
};

// A literal of any type; words that the tables know among them.
std::string literal(Input& input) {
    static const char* const words[] = {"'open'",   "'queued'",   "'parked'", "'hopper-1'",
                                        "'intent'", "'hold-bin'", "'frozen'", "'00000000'"};
    switch (input.byte() % 6) {
        case 0:
            return "NULL";
        case 1:
            return std::to_string(static_cast<std::int8_t>(input.byte()));
        case 2:
            return std::to_string(std::int64_t{input.byte()} << (input.byte() % 56));
        case 3:
            return "x'" + toHex(bytesOf(input.text())) + "'";
        case 4:
            return words[input.byte() % std::size(words)];
        default:
            return "CAST(x'" + toHex(bytesOf(input.text())) + "' AS TEXT)";
    }
}

struct Column {
    std::string table, name;
};

void run(sqlite3* raw, const std::string& sql) {
    (void)sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr);
}

// The tables of the shipped schema with one row in many of them, taking any value in any column.
class Books {
  public:
    Books() {
        std::string name = "/tmp/liqu-fuzz-XXXXXX";
        LIQU_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        {
            auto database = storage::Database::open({pristine().string(), "", false});
            LIQU_ASSERT(database.has_value());
            open(**database);
        }
        sqlite3* raw = nullptr;
        LIQU_ASSERT(sqlite3_open(pristine().c_str(), &raw) == SQLITE_OK);
        run(raw, "PRAGMA writable_schema=ON");
        for (const char* rule : {" STRICT", " NOT NULL"}) {
            run(raw, std::string("UPDATE sqlite_schema SET sql = replace(sql, '") + rule +
                         "', '') WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'");
        }
        run(raw, "PRAGMA writable_schema=OFF");
        sqlite3_close(raw);
    }

    // Fresh books, and what the input puts into their columns.
    std::string disturbed(Input& input) const {
        for (const char* part : {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm"}) {
            std::filesystem::remove(folder_ / part);
        }
        const auto path = folder_ / "kiosk.db";
        std::filesystem::copy_file(pristine(), path);
        sqlite3* raw = nullptr;
        LIQU_ASSERT(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
        run(raw, "PRAGMA ignore_check_constraints=ON; BEGIN");
        while (!input.empty()) {
            const Column& column = columns_[input.byte() % columns_.size()];
            run(raw, "INSERT OR IGNORE INTO \"" + column.table + "\" DEFAULT VALUES");
            run(raw, "UPDATE OR IGNORE \"" + column.table + "\" SET \"" + column.name +
                         "\" = " + literal(input));
        }
        run(raw, "COMMIT");
        sqlite3_close(raw);
        return path.string();
    }

  private:
    std::filesystem::path pristine() const { return folder_ / "pristine.db"; }

    void open(storage::Database& database) {
        auto transaction = storage::Transaction::begin(database);
        LIQU_ASSERT(transaction.has_value());
        LIQU_ASSERT(storage::writeIdentity(
            *transaction, {"T-000017", std::string(32, 'e'), std::string(16, 'A')}));
        LIQU_ASSERT(custody::openPlaces(*transaction, 1, 100, 30));
        LIQU_ASSERT(transaction->commit());
        const auto columns = database.query(
            "SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c "
            "WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
        LIQU_ASSERT(columns.has_value());
        for (const storage::Row& row : *columns) columns_.push_back({row.text(0), row.text(1)});
    }

    std::filesystem::path folder_;
    std::vector<Column> columns_;
};

// One connection for each question: one that met a value that is none answers no more.
template <typename Ask>
void asking(const std::string& path, Ask ask) {
    const auto database = storage::Database::open({path, "", false, storage::WhenMissing::refuse});
    if (database) ask(**database);
}

void readEverything(const std::string& path) {
    using storage::Database;
    static SeededRandom random(1);
    static const security::SealKey key = security::SealKey::make(random);
    static const security::Sealer sealer(security::SealProfile::aes256Gcm, key, random);
    const WallTime noon{std::chrono::milliseconds{1717214400000}};
    asking(path, [](Database& books) { (void)books.verify(Database::Depth::whole); });
    asking(path, [](Database& books) { (void)storage::identityOf(books); });
    asking(path, [](Database& books) {
        (void)issuance::OrderBook(books, sealer, services::planOf).openOrders();
    });
    asking(path, [](Database& books) {
        (void)issuance::OrderBook(books, sealer, services::planOf).waitingForStaff();
    });
    asking(path, [](Database& books) { (void)custody::balances(books); });
    asking(path, [](Database& books) { (void)custody::checkBooks(books); });
    asking(path, [](Database& books) { (void)custody::checkInvariants(books); });
    asking(path, [&](Database& books) { (void)custody::stockOverview(books, {}, noon); });
    asking(path, [](Database& books) { (void)province::depthOf(books); });
    asking(path, [](Database& books) { (void)province::undelivered(books, 100); });
    asking(path, [](Database& books) {
        province::SignIn message;
        (void)province::tellStanding(books, message);
        (void)province::compareStanding(books, {});
    });
    asking(path, [&](Database& books) { (void)province::sendAgain(books, {}, noon); });
    asking(path, [](Database& books) { (void)staff::Accounts(books, random).list(); });
    asking(path, [](Database& books) { (void)staff::newestLines(books, 100); });
    asking(path, [](Database& books) { (void)staff::checkChain(books); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Books books;
    Input input(data, std::min<std::size_t>(size, 256));
    readEverything(books.disturbed(input));
    return 0;
}
