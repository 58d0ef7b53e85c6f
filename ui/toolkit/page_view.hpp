// Lays a page out and draws it, with what every screen has: header with the stage of the visit,
// the time left where it stands, and back / home / call assistant / settings at the foot. Header
// and footer are the same in every size of letters. Portrait: one column. Landscape: picture at the
// start, words and answers at the end.
// Main thread only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/toolkit/arrangement.hpp"
#include "ui/toolkit/page.hpp"
#include "ui/toolkit/scene.hpp"
#include "ui/toolkit/signs.hpp"

namespace liqu::ui {

// What frames the page; seconds are counted by the caller, who owns the clock.
struct PageFrame {
    bool canGoBack = false;
    bool canGoHome = false;
    bool canAdjust = false;
    std::optional<screen::StaffCall> call{};
    std::optional<int> secondsLeft;  // where they stand on the page
    bool moreTimeOffered = true;
    // Staff: who is signed in. "Home" signs out.
    std::string signedIn{};
    bool makesCard = false;
    // Somebody listens.
    bool canHearAgain = false;
};

// The last seconds are said aloud, as it were: the time strip changes its tone.
constexpr int hurrySeconds = 20;

// Pixels to a unit.
struct Scales {
    float frame = 1;             // of header and footer, and of the pages of staff
    std::vector<float> letters;  // of the wanted letters, then smaller ones for what has no room
};
void drawPage(Scene& scene, const Page& page, const PageFrame& frame, const Scales& scales);

// Parts of it, in page_frame.cpp.
void drawHeader(Scene& scene, const Page& page, const PageFrame& frame, const Rect& place,
                Orientation orientation);
void drawFooter(Scene& scene, const PageFrame& frame, const Rect& place, Orientation orientation);
float headerHeight(const Page& page, Orientation orientation);
bool isEnabled(const Scene& scene, const Button& button);
// What stands at the foot of every page, in its order.
struct FooterButton {
    ActionKind action;
    std::string_view id;
    Phrase label;
    Sign sign;
    bool shown = true;
    bool enabled = true;
    std::string_view choice{};
};
// What `adjust` asks for there: the page once more.
inline constexpr std::string_view hearAgain = "speech.again";
inline constexpr std::string_view darkScreen = "screen.dark";
std::array<FooterButton, 5> footerButtons(const PageFrame& frame);
// What the header names: the steps of a visit that makes a card, or of one that makes none.
inline constexpr std::array<std::string_view, 4> stagesOfCard = {
    "frame.stage.identify", "frame.stage.confirm", "frame.stage.make", "frame.stage.take"};
inline constexpr std::array<std::string_view, 3> stagesWithoutCard = {
    "frame.stage.identify", "frame.stage.confirm", "frame.stage.finish"};
std::span<const std::string_view> stageKeys(const PageFrame& frame);
float footerHeight(const PageFrame& frame, Orientation orientation);

}  // namespace liqu::ui
