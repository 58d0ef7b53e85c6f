// A synthetic portrait: a light ground, an oval head, shoulders, and a round mark in the middle
// that must stay round on the card.
#pragma once

#include "firmware/base/bytes.hpp"

namespace liqu::test {

Bytes drawnPortrait(int width, int height);

}  // namespace liqu::test
