// Lays a page out and draws it, with what every screen has: header with the stage of the visit,
// the time left with "more time", and back / home / call assistant / language at the foot.
// Portrait: one column. Landscape: picture left, words and answers right.
// Main thread only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "ui/toolkit/page.hpp"
#include "ui/toolkit/pictures.hpp"
#include "ui/toolkit/scene.hpp"

namespace liqu::ui {

// What frames the page; seconds are counted by the caller, who owns the clock.
struct PageFrame {
    bool canGoBack = false;
    bool canGoHome = false;
    bool canSwitchLanguage = false;
    std::optional<screen::StaffCall> call{};
    std::optional<int> secondsLeft;
    bool moreTimeOffered = true;
    // Staff: who is signed in. "Home" signs out.
    std::string signedIn{};
};

// The last seconds are said aloud, as it were: the time strip changes its tone.
constexpr int hurrySeconds = 20;

void drawPage(Scene& scene, const Page& page, const PageFrame& frame, Size screen);

enum class Orientation : std::uint8_t { portrait, landscape };

// Parts of it, in page_frame.cpp.
void drawHeader(Scene& scene, const Page& page, const PageFrame& frame, const Rect& place,
                Orientation orientation);
void drawFooter(Scene& scene, const PageFrame& frame, const Rect& place, Orientation orientation);
float headerHeight(const Page& page, Orientation orientation);
bool isEnabled(const Scene& scene, const Button& button);
// In dense_view.cpp.
void drawDensePage(Scene& scene, const Page& page, Rect rest, Orientation orientation);
// What stands at the foot of every page, in its order.
struct FooterButton {
    ActionKind action;
    Phrase label;
    Sign sign;
    bool shown = true;
    bool enabled = true;
};
std::array<FooterButton, 4> footerButtons(const PageFrame& frame);
// What the header names: identify, confirm, make, take.
inline constexpr std::array<std::string_view, 4> stageKeys = {
    "frame.stage.identify", "frame.stage.confirm", "frame.stage.make", "frame.stage.take"};
float footerHeight(const PageFrame& frame, Orientation orientation);

}  // namespace liqu::ui
