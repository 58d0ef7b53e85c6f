// Both sides of a social security card, drawn from a layout in millimetres with the kiosk's own
// fonts. Equal input gives equal dots. Called from one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "firmware/base/result.hpp"
#include "firmware/ports/card_face_renderer.hpp"

namespace liqu::ui {

// layout: a file of kiosk-config/card-faces/; fonts: kiosk-config/fonts/fonts.conf.
Result<std::unique_ptr<ports::CardFaceRenderer>> makeCardFaceRenderer(
    const std::filesystem::path& layout, const std::filesystem::path& fonts);

// The same for each lane, from the first on; at least one.
Result<std::unique_ptr<ports::CardFaceRenderer>> makeFacesOfLanes(
    const std::vector<std::filesystem::path>& layouts, const std::filesystem::path& fonts);

}  // namespace liqu::ui
