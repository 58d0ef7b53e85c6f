// What must not stay behind of the person who comes: the document's words, the portrait the
// province sends, and the numbers of the bank cards on the blanks.
#pragma once

#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/id_reader/documents.hpp"
#include "tests/world/privacy/traces.hpp"

namespace liqu::world {

TraceSearch searchForHolder(const Document& document, const std::vector<BlankCard>& blanks);

}  // namespace liqu::world
