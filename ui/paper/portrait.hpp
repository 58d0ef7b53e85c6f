// A holder's portrait: cropped to the frame's proportion and scaled into it. It is
// never squeezed (decision 22).
#pragma once

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ui {

struct Picture {
    int width = 0;
    int height = 0;
    PersonalBytes rgb;  // width * height * 3, rows from the top
};

// JPEG in grey, colour and four inks, whose lost end marker does not matter; or the photo of an ID
// card (ports/photo_decoder.hpp).
// portraitUnreadable: no JPEG, damaged, too big, too small, or of a proportion no portrait has.
Result<Picture> fitPortrait(ByteView portrait, int width, int height);

}  // namespace liqu::ui
