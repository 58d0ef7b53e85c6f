// The one database of the kiosk: SQLite in WAL mode with synchronous=FULL, so that a commit that
// returned is on the disk (design: intent before, fact after). A connection belongs to one
// thread; the kiosk thread and the outbox sender have one each, both start writes with
// BEGIN IMMEDIATE and wait for each other: BUSY never loses a fact (rulings 16).
//
// After a failed write of the medium the connection refuses all further writes: a failed fsync
// is never retried, because the pages it lost are marked clean (research anchors §2.4).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::storage {

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

class Row {
  public:
    explicit Row(Values values) : values_(std::move(values)) {}
    bool isNull(std::size_t column) const;
    bool isInteger(std::size_t column) const;
    bool isText(std::size_t column) const;
    // Asking for another type than the schema has is our own bug.
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const Bytes& bytes(std::size_t column) const;
    // Empty where null.
    std::string textOrEmpty(std::size_t column) const;

  private:
    Values values_;
};

struct DatabaseOptions {
    std::string path;
    std::string vfs;        // empty: the system's
    bool readOnly = false;  // the command line while the kiosk runs
};

class Database {
  public:
    static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();

    Result<std::vector<Row>> query(std::string_view sql, const Values& values = {});
    // For results too long to hold: false from `each` ends it.
    Result<void> forEach(std::string_view sql, const Values& values,
                         const std::function<bool(const Row&)>& each);
    // The first column of the first row; fails where there is none.
    Result<std::int64_t> number(std::string_view sql, const Values& values = {});

    // PRAGMA quick_check; storageDamaged with what it found.
    Result<void> verify();
    bool refusesWrites() const;

  private:
    friend class Transaction;
    struct Connection;
    explicit Database(std::unique_ptr<Connection> connection);
    Result<void> run(std::string_view sql, const Values& values);
    std::unique_ptr<Connection> connection_;
};

// All or nothing. Not committed means rolled back.
class Transaction {
  public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(other.database_) {
        other.database_ = nullptr;
    }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    Result<void> run(std::string_view sql, const Values& values = {});
    Result<std::vector<Row>> query(std::string_view sql, const Values& values = {});
    Result<std::int64_t> number(std::string_view sql, const Values& values = {});
    Result<std::int64_t> lastInsertedRow() const;
    Result<std::int64_t> changedRows() const;
    Result<void> commit();
    // To ask what the transaction itself has written so far.
    Database& database() const { return *database_; }

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace liqu::storage
