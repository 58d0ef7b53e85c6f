// The one database of the kiosk: SQLite in WAL mode with synchronous=FULL, so that a commit that
// returned is on the disk (intent before, fact after). A connection belongs to one thread; the
// kiosk thread and the outbox sender have one each, both start writes with BEGIN IMMEDIATE
// and wait for each other: BUSY never loses a fact (decision 16).
//
// After a failed write of the medium the connection refuses all further writes: a failed fsync
// is never retried, because the pages it lost are marked clean (hardware-notes/disk.md, "A failed
// sync").
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/storage/record_key.hpp"

namespace liqu::storage {

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

// Why a connection answers nothing any more; empty while it may be trusted. A row shares it with
// the connection it came from.
using Distrust = std::shared_ptr<std::optional<Error>>;

// A column that is not what was asked for comes from a damaged or a touched file: the value read is
// empty or zero, and its connection refuses every further question and write, so that nothing is
// decided by it.
class Row {
  public:
    Row(Values values, Distrust distrust)
        : values_(std::move(values)), distrust_(std::move(distrust)) {}
    bool isNull(std::size_t column) const;
    bool isInteger(std::size_t column) const;
    bool isText(std::size_t column) const;
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const Bytes& bytes(std::size_t column) const;
    // Empty where null.
    std::string textOrEmpty(std::size_t column) const;
    // The enumerator whose word stands there. Another word is as a value of a wrong type.
    template <HasWords Enum>
    Enum choice(std::size_t column) const {
        return wordTable<Enum>.values()[wordAt(column, wordTable<Enum>.texts())];
    }

  private:
    std::size_t wordAt(std::size_t column, std::span<const std::string_view> words) const;
    void distrust(std::size_t column) const;
    template <typename T>
    const T& as(std::size_t column) const;
    Values values_;
    Distrust distrust_;
};

// Only who makes new books may make the file: one that is gone is no empty one.
enum class WhenMissing : std::uint8_t { create, refuse };

struct DatabaseOptions {
    std::string path;
    std::string vfs;        // empty: the system's
    bool readOnly = false;  // the command line while the kiosk runs
    WhenMissing missing = WhenMissing::create;
};

class Database {
  public:
    // booksMissing where there is none and none is to be made.
    static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();

    Result<std::vector<Row>> query(std::string_view sql, const Values& values = {});
    // For results too long to hold: false from `each` ends it.
    Result<void> forEach(std::string_view sql, const Values& values,
                         const std::function<bool(const Row&)>& each);
    // The first column of the first row; fails where there is none.
    Result<std::int64_t> number(std::string_view sql, const Values& values = {});

    // storageDamaged with what was found. quick: every page and value, 1.2 s with a million moves.
    // whole: indexes against their tables too; after an unclean end, once a day, and when asked.
    enum class Depth : std::uint8_t { quick, whole };
    Result<void> verify(Depth depth = Depth::quick);
    // The file this connection has open is still the one at its path: booksGone where it was
    // removed, replaced, or its folder is gone. What would be written then, nobody finds again.
    Result<void> stillThere();
    // What the medium or a damaged value said; none while the connection may be trusted.
    Result<void> trusted() const;

    // Null: what is recorded through this connection has no mac.
    void lend(std::shared_ptr<RecordKey> key) { recordKey_ = std::move(key); }
    RecordKey* recordKey() const { return recordKey_.get(); }

  private:
    friend class Transaction;
    struct Connection;
    explicit Database(std::unique_ptr<Connection> connection);
    Result<void> run(std::string_view sql, const Values& values);
    std::unique_ptr<Connection> connection_;
    std::shared_ptr<RecordKey> recordKey_;
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
