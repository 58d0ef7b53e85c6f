// A picture of the window as a file: kiosk-config/pictures/<name>.svg, drawn in a square of 100
// units (docs/adding-a-picture.md). It is judged before any library draws it: which elements,
// attributes and classes there may be is a list. Nothing in it may refer outside, move, run or
// write. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "firmware/base/result.hpp"
#include "firmware/screen/page_parts.hpp"

namespace liqu::ui {

inline constexpr std::size_t largestPictureFile = 64UL * 1024;

// The folder: what is drawn in the colours of a theme lies beside it.
std::filesystem::path picturesBeside(const std::filesystem::path& theme);
// configBadValue, with the line, where it is no picture of this house.
Result<void> judgePicture(std::string_view svg);
// From the folder of pictures, judged; the error names the file.
Result<std::string> readPicture(const std::filesystem::path& folder, screen::Picture picture);

}  // namespace liqu::ui
