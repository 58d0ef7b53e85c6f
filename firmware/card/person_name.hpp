// A person's name in its two forms (decision 34). The wire form is what the document, the province
// and the chip's records are compared in; the print form is what stands on the face. They differ
// where a rare character (生僻字, Guangdong Art.34) is written as half-width capitals of its pinyin
// in half-width brackets: 张[CHUI] is wire form and never printed.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"

namespace liqu::card {

// Spaces of every kind taken off both ends, U+3000 included; the dots that keyboards and systems
// put between the parts of a name (• ‧ ・ and others) as U+00B7, which the chip writes as A1A4;
// code points of private use that stand for a character of the standard as that character.
PersonalText wireName(std::string_view utf8);

// Does it hold a rare character's pinyin in brackets?
bool holdsPinyin(std::string_view utf8);

// The same name in wire form. A pinyin in brackets stands for any one ideograph of the other, which
// is how far a check of the name may go there (Guangdong Art.34(3)).
bool sameName(std::string_view one, std::string_view other);

}  // namespace liqu::card
