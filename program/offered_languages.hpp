// What the region offers on the screen, against the words that are there.
#pragma once

#include "firmware/base/result.hpp"
#include "firmware/policy/region_policy.hpp"
#include "ui/toolkit/languages.hpp"

namespace liqu::program {

// A language without words is refused, and words that no speaker has read where the region does not
// allow drafts.
Result<void> offersWhatHasWords(const ui::Languages& languages, const policy::RegionPolicy& region);

}  // namespace liqu::program
