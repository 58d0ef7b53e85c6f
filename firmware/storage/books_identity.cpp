#include "firmware/storage/books_identity.hpp"

#include "firmware/storage/database.hpp"

namespace liqu::storage {
namespace {

constexpr const char* terminalName = "terminal";
constexpr const char* epochName = "epoch";
constexpr const char* sealKeyName = "seal_key";

bool isHexadecimal(const std::string& text, std::size_t length) {
    return text.size() == length &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

}  // namespace

Result<std::optional<BooksIdentity>> identityOf(Database& database) {
    const auto rows = TRY(database.query("SELECT name, value FROM meta WHERE name IN (?, ?, ?)",
                                         {terminalName, epochName, sealKeyName}));
    if (rows.empty()) return std::optional<BooksIdentity>();
    BooksIdentity identity;
    for (const Row& row : rows) {
        // The column takes any type.
        if (!row.isText(1)) return fail(ErrorCode::storageDamaged, "meta: " + row.text(0));
        std::string& field = row.text(0) == terminalName ? identity.terminal
                             : row.text(0) == epochName  ? identity.epoch
                                                         : identity.sealKeyId;
        field = row.text(1);
    }
    if (identity.terminal.empty() || !isHexadecimal(identity.epoch, 32) ||
        !isHexadecimal(identity.sealKeyId, 16)) {
        return fail(ErrorCode::storageDamaged, "the books do not say whose they are");
    }
    return std::optional<BooksIdentity>(std::move(identity));
}

Result<void> writeIdentity(Transaction& transaction, const BooksIdentity& identity) {
    const std::pair<const char*, const std::string&> rows[] = {{terminalName, identity.terminal},
                                                               {epochName, identity.epoch},
                                                               {sealKeyName, identity.sealKeyId}};
    for (const auto& [name, value] : rows) {
        TRY(
            transaction.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = "
                            "excluded.value",
                            {name, value}));
    }
    return {};
}

}  // namespace liqu::storage
