#include "firmware/storage/meta.hpp"

namespace liqu::storage {

Result<std::optional<Row>> metaRow(Database& database, const char* name) {
    auto rows = TRY(database.query("SELECT value FROM meta WHERE name = ?", {std::string(name)}));
    if (rows.empty()) return std::optional<Row>();
    return std::optional(std::move(rows[0]));
}

Result<std::string> metaText(Database& database, const char* name) {
    const auto row = TRY(metaRow(database, name));
    return row ? row->text(0) : std::string();
}

Result<void> putMeta(Transaction& transaction, const char* name, const Value& value) {
    return transaction.run(
        "INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
        {std::string(name), value});
}

Result<void> putMetaOnce(Transaction& transaction, const char* name, const Value& value) {
    return transaction.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO NOTHING",
                           {std::string(name), value});
}

}  // namespace liqu::storage
