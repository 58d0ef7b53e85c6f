// A PNG as one colour of ink, for the pictures of a card face; and a side of a card as a PNG, for
// whoever designs one.
#pragma once

#include <filesystem>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/card_face_renderer.hpp"

namespace liqu::ui {

// width * height, 1 where the picture is darker than half; kept in proportion, in the middle.
// configBadValue, with words that follow a file's name: not there, no PNG, too big.
Result<Bytes> readInk(const std::filesystem::path& png, int width, int height);

// As it will look: colour, black upon it; grey where a varnished side has no varnish.
Bytes pngOf(const ports::CardSide& side);

}  // namespace liqu::ui
