#include "firmware/storage/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "firmware/base/assert.hpp"
#include "firmware/storage/schema.hpp"

namespace liqu::storage {

struct Database::Connection {
    SQLite::Database database;
    // Statements are prepared once; the key is the text.
    std::map<std::string, SQLite::Statement, std::less<>> statements;
    bool refusesWrites = false;

    SQLite::Statement& statement(std::string_view sql) {
        auto found = statements.find(sql);
        if (found == statements.end()) {
            const std::string text(sql);
            found = statements.try_emplace(text, database, text).first;
        }
        // A reset tells the error of the run before once more; that one was reported then.
        found->second.tryReset();
        found->second.clearBindings();
        return found->second;
    }
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

Row rowOf(SQLite::Statement& statement) {
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
    return Row(std::move(values));
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

}  // namespace

bool Row::isNull(std::size_t column) const {
    return std::holds_alternative<std::monostate>(values_.at(column));
}
bool Row::isInteger(std::size_t column) const {
    return std::holds_alternative<std::int64_t>(values_.at(column));
}
bool Row::isText(std::size_t column) const {
    return std::holds_alternative<std::string>(values_.at(column));
}
std::int64_t Row::integer(std::size_t column) const {
    return std::get<std::int64_t>(values_.at(column));
}
const std::string& Row::text(std::size_t column) const {
    return std::get<std::string>(values_.at(column));
}
const Bytes& Row::bytes(std::size_t column) const {
    return std::get<Bytes>(values_.at(column));
}
std::string Row::textOrEmpty(std::size_t column) const {
    return isNull(column) ? std::string() : text(column);
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
    try {
        const int flags =
            options.readOnly ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
        auto connection = std::make_unique<Connection>(
            Connection{SQLite::Database(options.path, flags, busyPatienceMs, options.vfs), {}});
        std::unique_ptr<Database> database(new Database(std::move(connection)));
        SQLite::Database& raw = database->connection_->database;
        if (options.readOnly) return database;
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
        return fail(errorOf(exception));
    }
}

bool Database::refusesWrites() const {
    return connection_->refusesWrites;
}

Result<void> Database::run(std::string_view sql, const Values& values) {
    if (connection_->refusesWrites) {
        return fail(ErrorCode::storageFailed, "the medium failed before; nothing more is written");
    }
    try {
        SQLite::Statement& statement = connection_->statement(sql);
        bind(statement, values);
        statement.exec();
        statement.reset();
        return {};
    } catch (const SQLite::Exception& exception) {
        if (isOfTheMedium(exception)) connection_->refusesWrites = true;
        return fail(errorOf(exception));
    }
}

Result<void> Database::forEach(std::string_view sql, const Values& values,
                               const std::function<bool(const Row&)>& each) {
    try {
        SQLite::Statement& statement = connection_->statement(sql);
        bind(statement, values);
        while (statement.executeStep()) {
            if (!each(rowOf(statement))) break;
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
    return rows[0].integer(0);
}

Result<void> Database::verify() {
    const std::vector<Row> rows = TRY(query("PRAGMA quick_check(1)"));
    if (rows.size() == 1 && rows[0].text(0) == "ok") return {};
    return fail(ErrorCode::storageDamaged, rows.empty() ? "no answer" : rows[0].text(0));
}

Result<Transaction> Transaction::begin(Database& database) {
    TRY(database.run("BEGIN IMMEDIATE", {}));
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ == nullptr) return;
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
    database_ = nullptr;
    return {};
}

}  // namespace liqu::storage
