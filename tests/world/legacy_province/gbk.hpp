// GBK as an old database keeps it (the C library's "GBK", narrower than GB 18030): what has no code
// becomes "?", and lengths count its bytes.
#pragma once

#include <string>
#include <string_view>

namespace liqu::world {

bool isUtf8(std::string_view text);
std::string gbkFromUtf8(std::string_view utf8);
// What a column of GBK gives back of this text, in UTF-8.
std::string asStoredInGbk(std::string_view utf8);
bool fitsGbk(std::string_view utf8);
std::size_t gbkLength(std::string_view utf8);

}  // namespace liqu::world
