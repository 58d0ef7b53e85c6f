// A slip drawn with the kiosk's own fonts: as dots for the roll, or as a PDF. Whatever a printer's
// own letters lack (names, other scripts) is drawn, never sent as text. Called from one thread.
#pragma once

#include <filesystem>
#include <memory>

#include "firmware/ports/slip.hpp"
#include "ui/paper/slip_form.hpp"

namespace liqu::ui {

// fonts: kiosk-config/fonts/fonts.conf, opened at the first slip.
std::unique_ptr<ports::SlipRenderer> makeSlipRenderer(std::filesystem::path fonts, SlipForms forms);

}  // namespace liqu::ui
