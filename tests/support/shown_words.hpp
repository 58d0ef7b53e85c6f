// Every word a Screen value brings to the window, without a pixel: for whoever compares what is
// said with what is so.
#pragma once

#include <vector>

#include "ui/screens/pages.hpp"

namespace liqu::test {

using ui::Phrase;

enum class SaidAs : std::uint8_t {
    statement,  // the machine says it
    answer,     // stands on something to touch: the person says it by touching
    record,     // a cell of a table or a value beside its label
};

struct ShownWords {
    Phrase phrase;
    SaidAs as = SaidAs::statement;
};

// In the order of reading: header, question, blocks, answers, footer. Personal texts have no key.
std::vector<ShownWords> shownWords(const screen::Screen& screen);
std::vector<ShownWords> shownWords(const ui::Page& page, const ui::PageFrame& frame);

}  // namespace liqu::test
