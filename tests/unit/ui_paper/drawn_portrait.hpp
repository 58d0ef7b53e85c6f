// A synthetic portrait: a light ground, an oval head, shoulders, and a round mark in the middle
// that must stay round on the card.
#pragma once

#include "firmware/base/bytes.hpp"

namespace liqu::test {

Bytes drawnPortrait(int width, int height);
// The same in cyan, magenta, yellow and black, inverted and with the segment that says so.
Bytes drawnInInks(int width, int height);

}  // namespace liqu::test
