// A card of nobody, to look at a layout with: made-up items and the outline of a person.
#pragma once

#include "firmware/base/result.hpp"
#include "firmware/card/personalisation.hpp"

namespace liqu::ui {

// portraitUnreadable where the JPEG library cannot write.
Result<card::FaceItems> sampleItems();

}  // namespace liqu::ui
