// What an older province's books say in the words of the other's, which is what those read who
// compare screens and books with the world.
#pragma once

#include "tests/world/legacy_province/legacy_books.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::world {

// Cards and applications of everybody it knows, and nothing else.
void tellIn(const LegacyBooks& own, Books& books);

}  // namespace liqu::world
