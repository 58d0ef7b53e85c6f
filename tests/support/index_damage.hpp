// Books whose index says something else than its table, as a lost page leaves them.
#pragma once

#include <filesystem>

namespace liqu::test {

// The first card's entry in the index cards_by_place; its row stays. Nobody has the books open.
void takeIndexEntry(const std::filesystem::path& database);

}  // namespace liqu::test
