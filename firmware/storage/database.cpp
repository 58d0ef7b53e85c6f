#include "firmware/storage/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <filesystem>
#include <sqlite3.h>

#include "firmware/base/assert.hpp"
#include "firmware/storage/schema.hpp"

namespace liqu::storage {

namespace {

// What the schema says of a column of an answer. any: no column of a table, or one of type ANY.
enum class Declared : std::uint8_t { any, integer, text, blob };

Declared declaredType(const SQLite::Statement& statement, int column) {
    try {
        const std::string_view name = statement.getColumnDeclaredType(column);
        if (name == "INTEGER") return Declared::integer;
        if (name == "TEXT") return Declared::text;
        if (name == "BLOB") return Declared::blob;
    } catch (const SQLite::Exception&) {
        // An expression.
    }
    return Declared::any;
}

struct Prepared {
    SQLite::Statement statement;
    std::vector<Declared> columns;

    Prepared(const SQLite::Database& database, const std::string& sql) : statement(database, sql) {
        for (int i = 0; i < statement.getColumnCount(); ++i) {
            columns.push_back(declaredType(statement, i));
        }
    }
};

}  // namespace

struct Database::Connection {
    SQLite::Database database;
    bool readOnly = false;
    // Statements are prepared once; the key is the text.
    std::map<std::string, Prepared, std::less<>> statements{};
    Distrust distrust = std::make_shared<std::optional<Error>>();

    Prepared& prepared(std::string_view sql) {
        auto found = statements.find(sql);
        if (found == statements.end()) {
            const std::string text(sql);
            found = statements.try_emplace(text, database, text).first;
        }
        // A reset tells the error of the run before once more; that one was reported then.
        found->second.statement.tryReset();
        found->second.statement.clearBindings();
        return found->second;
    }
    SQLite::Statement& statement(std::string_view sql) { return prepared(sql).statement; }
};

namespace {

constexpr int busyPatienceMs = 10'000;

void bind(SQLite::Statement& statement, const Values& values) {
    int index = 0;
    for (const Value& value : values) {
        ++index;
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            statement.bind(index, *number);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            statement.bind(index, *text);
        } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
            statement.bind(index, bytes->data(), static_cast<int>(bytes->size()));
        } else {
            statement.bind(index);
        }
    }
}

bool isAsDeclared(const SQLite::Column& column, Declared declared) {
    switch (declared) {
        case Declared::integer:
            return column.isInteger() || column.isNull();
        case Declared::text:
            return column.isText() || column.isNull();
        case Declared::blob:
            return column.isBlob() || column.isNull();
        case Declared::any:
            break;
    }
    return true;
}

// STRICT tables take only what they declare; a file that was damaged or touched may hold more.
bool isAsDeclared(Prepared& prepared) {
    for (int i = 0; i < prepared.statement.getColumnCount(); ++i) {
        const auto declared = prepared.columns[static_cast<std::size_t>(i)];
        if (!isAsDeclared(prepared.statement.getColumn(i), declared)) return false;
    }
    return true;
}

Row rowOf(SQLite::Statement& statement, const Distrust& distrust) {
    Values values;
    for (int i = 0; i < statement.getColumnCount(); ++i) {
        const SQLite::Column column = statement.getColumn(i);
        if (column.isInteger()) {
            values.emplace_back(column.getInt64());
        } else if (column.isText()) {
            values.emplace_back(column.getString());
        } else if (column.isBlob()) {
            const auto* data = static_cast<const std::uint8_t*>(column.getBlob());
            values.emplace_back(Bytes(data, data + column.getBytes()));
        } else {
            values.emplace_back(std::monostate{});
        }
    }
    return Row(std::move(values), distrust);
}

// What SQLite says, in our words. The message names the statement's fault, never its values.
Error errorOf(const SQLite::Exception& exception) {
    const std::string cause = exception.getErrorStr() + std::string(", SQLite ") +
                              std::to_string(exception.getExtendedErrorCode());
    switch (exception.getErrorCode()) {
        case SQLITE_FULL:
            return {ErrorCode::storageFull, cause};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::storageDamaged, cause};
        default:
            return {ErrorCode::storageFailed, cause};
    }
}

// Errors of the medium, after which nothing written may be trusted.
bool isOfTheMedium(const SQLite::Exception& exception) {
    const int code = exception.getErrorCode();
    return code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

// SQLite takes an empty file for an empty database; for us it is one that was emptied.
Result<void> requireBooks(Database& database) {
    if (TRY(database.number("PRAGMA user_version")) > 0) return {};
    return fail(ErrorCode::storageDamaged, "the file of the books is empty");
}

}  // namespace

template <typename T>
const T& Row::as(std::size_t column) const {
    static const T none{};
    const T* value = column < values_.size() ? std::get_if<T>(&values_[column]) : nullptr;
    if (value != nullptr) return *value;
    distrust(column);
    return none;
}

void Row::distrust(std::size_t column) const {
    if (*distrust_) return;
    *distrust_ = Error{ErrorCode::storageDamaged,
                       "a stored value cannot be, column " + std::to_string(column)};
}

std::size_t Row::wordAt(std::size_t column, std::span<const std::string_view> words) const {
    const auto found = std::ranges::find(words, std::string_view(text(column)));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    distrust(column);
    return 0;
}

bool Row::isNull(std::size_t column) const {
    return column < values_.size() && std::holds_alternative<std::monostate>(values_[column]);
}
bool Row::isInteger(std::size_t column) const {
    return column < values_.size() && std::holds_alternative<std::int64_t>(values_[column]);
}
bool Row::isText(std::size_t column) const {
    return column < values_.size() && std::holds_alternative<std::string>(values_[column]);
}
std::int64_t Row::integer(std::size_t column) const {
    return as<std::int64_t>(column);
}
const std::string& Row::text(std::size_t column) const {
    return as<std::string>(column);
}
const Bytes& Row::bytes(std::size_t column) const {
    return as<Bytes>(column);
}
std::string Row::textOrEmpty(std::size_t column) const {
    return isNull(column) ? std::string() : text(column);
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
    try {
        const bool makes = !options.readOnly && options.missing == WhenMissing::create;
        const int flags = options.readOnly
                              ? SQLite::OPEN_READONLY
                              : SQLite::OPEN_READWRITE | (makes ? SQLite::OPEN_CREATE : 0);
        auto connection = std::make_unique<Connection>(Connection{
            SQLite::Database(options.path, flags, busyPatienceMs, options.vfs), options.readOnly});
        std::unique_ptr<Database> database(new Database(std::move(connection)));
        SQLite::Database& raw = database->connection_->database;
        if (options.readOnly) return database;
        if (!makes) TRY(requireBooks(*database));
        raw.exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;");
        // A VFS without shared memory leaves WAL silently: ask, do not assume.
        const std::string mode = raw.execAndGet("PRAGMA journal_mode=WAL").getString();
        const int synchronous = raw.execAndGet("PRAGMA synchronous").getInt();
        if (mode != "wal" || synchronous != 2) {
            return fail(ErrorCode::storageNotDurable, "journal_mode is " + mode);
        }
        TRY(bringSchemaUpToDate(*database));
        return database;
    } catch (const SQLite::Exception& exception) {
        std::error_code ignored;
        if (exception.getErrorCode() == SQLITE_CANTOPEN &&
            !std::filesystem::exists(options.path, ignored)) {
            return fail(ErrorCode::booksMissing, "there is no " + options.path);
        }
        return fail(errorOf(exception));
    }
}

Result<void> Database::trusted() const {
    if (!*connection_->distrust) return {};
    return fail(**connection_->distrust);
}

Result<void> Database::stillThere() {
    int moved = 0;
    const int said = sqlite3_file_control(connection_->database.getHandle(), "main",
                                          SQLITE_FCNTL_HAS_MOVED, &moved);
    // A file system of a test's own may not know.
    if (said != SQLITE_OK || moved == 0) return {};
    return fail(ErrorCode::booksGone,
                "the file of the books is no longer at its path; nothing is written");
}

Result<void> Database::run(std::string_view sql, const Values& values) {
    TRY(trusted());
    try {
        SQLite::Statement& statement = connection_->statement(sql);
        bind(statement, values);
        statement.exec();
        statement.reset();
        return {};
    } catch (const SQLite::Exception& exception) {
        if (isOfTheMedium(exception) && !*connection_->distrust) {
            *connection_->distrust = Error{ErrorCode::storageFailed,
                                           "the medium failed before; nothing more is written"};
        }
        return fail(errorOf(exception));
    }
}

Result<void> Database::forEach(std::string_view sql, const Values& values,
                               const std::function<bool(const Row&)>& each) {
    // After a failed write one may still look; after a value that is none, nothing is known.
    const auto& distrust = *connection_->distrust;
    if (distrust && distrust->code == ErrorCode::storageDamaged) return fail(*distrust);
    try {
        Prepared& prepared = connection_->prepared(sql);
        SQLite::Statement& statement = prepared.statement;
        bind(statement, values);
        while (statement.executeStep()) {
            // Who only looks, or saves what can be saved, takes what there is.
            if (!connection_->readOnly && !isAsDeclared(prepared)) {
                statement.tryReset();
                return fail(ErrorCode::storageDamaged, "a value is not of its column's type");
            }
            if (!each(rowOf(statement, connection_->distrust))) break;
        }
        statement.reset();
        return {};
    } catch (const SQLite::Exception& exception) {
        return fail(errorOf(exception));
    }
}

Result<std::vector<Row>> Database::query(std::string_view sql, const Values& values) {
    std::vector<Row> rows;
    TRY(forEach(sql, values, [&rows](const Row& row) {
        rows.push_back(row);
        return true;
    }));
    return rows;
}

Result<std::int64_t> Database::number(std::string_view sql, const Values& values) {
    const std::vector<Row> rows = TRY(query(sql, values));
    if (rows.empty() || rows[0].isNull(0)) return fail(ErrorCode::storageFailed, "no such row");
    if (!rows[0].isInteger(0)) return fail(ErrorCode::storageDamaged, "a number is none");
    return rows[0].integer(0);
}

Result<void> Database::verify(Depth depth) {
    const auto rows =
        TRY(query(depth == Depth::whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)"));
    const std::string found = rows.size() == 1 ? rows[0].text(0) : "no answer";
    if (found == "ok") return {};
    const bool isIndex = found.find("index") != std::string::npos;
    return fail(ErrorCode::storageDamaged,
                found + (isIndex ? "; with the kiosk stopped and its folder copied: sqlite3 "
                                   "kiosk.db REINDEX, then liqu check"
                                 : ""));
}

Result<Transaction> Transaction::begin(Database& database) {
    TRY(database.stillThere());
    TRY(database.run("BEGIN IMMEDIATE", {}));
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ == nullptr) return;
    if (RecordKey* key = database_->recordKey()) key->rolledBack();
    try {
        database_->connection_->statement("ROLLBACK").exec();
    } catch (const SQLite::Exception&) {
        // SQLite has rolled back by itself after an error of the medium.
    }
}

Result<void> Transaction::run(std::string_view sql, const Values& values) {
    LIQU_ASSERT(database_ != nullptr);
    return database_->run(sql, values);
}
Result<std::vector<Row>> Transaction::query(std::string_view sql, const Values& values) {
    LIQU_ASSERT(database_ != nullptr);
    return database_->query(sql, values);
}
Result<std::int64_t> Transaction::number(std::string_view sql, const Values& values) {
    LIQU_ASSERT(database_ != nullptr);
    return database_->number(sql, values);
}
Result<std::int64_t> Transaction::lastInsertedRow() const {
    return database_->connection_->database.getLastInsertRowid();
}
Result<std::int64_t> Transaction::changedRows() const {
    return database_->connection_->database.getChanges();
}

Result<void> Transaction::commit() {
    LIQU_ASSERT(database_ != nullptr);
    TRY(database_->run("COMMIT", {}));
    if (RecordKey* key = database_->recordKey()) key->committed();
    database_ = nullptr;
    return {};
}

}  // namespace liqu::storage
