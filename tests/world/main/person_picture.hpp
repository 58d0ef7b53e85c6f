// What the person looks like whose document it is: the world's own word, drawn without the
// province.
#pragma once

#include "tests/world/id_reader/documents.hpp"
#include "tests/world/province/portrait.hpp"

namespace liqu::world {

Look lookOf(const Document& document);
// PNG.
Bytes pictureOf(const Document& document);

}  // namespace liqu::world
