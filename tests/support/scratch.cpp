#include "tests/support/scratch.hpp"

#include <stdlib.h>

#include "firmware/base/assert.hpp"

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

std::unique_ptr<storage::Database> openDatabase(const Scratch& scratch) {
    auto database = storage::Database::open({scratch.file("kiosk.db"), "", false});
    LIQU_ASSERT(database.has_value());
    return std::move(*database);
}

}  // namespace liqu::test
