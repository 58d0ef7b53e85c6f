// From a drawn face to the five panels of a YMCKO ribbon: 300 dpi, 648 dots x 1016 lines, the
// landscape face turned by 90 or 270 degrees (hardware-notes/card-printer.md, "Panels").
#pragma once

#include <array>
#include <optional>

#include "drivers/card_printer/evolis/command.hpp"
#include "drivers/card_printer/evolis/printer_profile.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/card_printer.hpp"

namespace liqu::drivers {

constexpr int dotsPerLine = 648;
constexpr int linesPerCard = 1016;

// Five panels as they go over the wire, header and end included.
class EvolisFace final : public ports::PreparedFace {
  public:
    explicit EvolisFace(std::array<PersonalBytes, 5> panels) : panels_(std::move(panels)) {}
    std::uint32_t panels() const override { return static_cast<std::uint32_t>(panels_.size()); }
    ByteView panel(Panel panel) const { return panels_[static_cast<std::size_t>(panel)].reveal(); }

  private:
    std::array<PersonalBytes, 5> panels_;
};

EvolisFace makePanels(const ports::CardFace& face, const PrintProfile& profile);

// Per line of 81 bytes: 00 empty, FF full, else the place of the last byte that is not empty and
// the bytes up to it.
Bytes compressMono(ByteView raw);

}  // namespace liqu::drivers
