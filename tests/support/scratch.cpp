#include "tests/support/scratch.hpp"

#include <stdlib.h>

#include "firmware/base/assert.hpp"
#include "firmware/storage/books_identity.hpp"

namespace liqu::test {

Scratch::Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "liqu-test-XXXXXX").string();
    LIQU_ASSERT(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void giveIdentity(storage::Database& database) {
    const auto identity = storage::identityOf(database);
    LIQU_ASSERT(identity.has_value());
    if (*identity) return;
    auto transaction = storage::Transaction::begin(database);
    LIQU_ASSERT(transaction.has_value());
    LIQU_ASSERT(storage::writeIdentity(*transaction, {testTerminal, testEpoch, testKeyId}));
    LIQU_ASSERT(transaction->commit());
}

std::unique_ptr<storage::Database> openDatabase(const Scratch& scratch) {
    auto database = storage::Database::open({scratch.file("kiosk.db"), "", false});
    LIQU_ASSERT(database.has_value());
    giveIdentity(**database);
    return std::move(*database);
}

}  // namespace liqu::test
