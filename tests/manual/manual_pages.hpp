// A manual on pages of A4: what it is and its contents first, then each chapter from the top of a
// page, with a step's picture beside its words. Called from one thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "tests/manual/manual_text.hpp"
#include "ui/paper/sheet.hpp"

namespace liqu::manual {

// Of one chapter's steps, in their order.
using StepPictures = std::vector<std::filesystem::path>;

struct ManualPaper {
    Bytes pdf;
    int pages = 0;
};

// edition: said on the cover and on every page.
Result<ManualPaper> printManual(const ui::PaperFonts& fonts, const Manual& manual,
                                const std::vector<StepPictures>& pictures,
                                const std::string& edition);

}  // namespace liqu::manual
