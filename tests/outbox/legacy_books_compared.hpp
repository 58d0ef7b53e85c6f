// The kiosk's queue and branch list beside the books of the older province, fact by fact.
#pragma once

#include <map>
#include <string>

#include "tests/outbox/legacy_businesses.hpp"
#include "tests/outbox/legacy_proof.hpp"

namespace liqu::proof {

// What was written, by its key.
using WrittenLegacyFacts = std::map<std::string, LegacyFact>;

// Whether the province has what the fact tells, as somebody sees who looks there. Of one on the
// branch's list: never.
bool isThere(const world::LegacyBooks& books, const LegacyFact& fact);

inline constexpr const char* toldByLetter = "told by letter";
inline constexpr const char* seenThere = "seen there";

void compareLegacyBooks(storage::Database& kiosk, const world::LegacyBooks& books,
                        const WrittenLegacyFacts& written, LegacyFigures& figures);

}  // namespace liqu::proof
