// Which question, picture, words and answers belong to a Screen value. Pure: no window needed.
#pragma once

#include <compare>
#include <span>
#include <string_view>

#include "firmware/screen/screen.hpp"
#include "ui/toolkit/page_view.hpp"

namespace liqu::ui {

Page pageOf(const screen::Screen& screen);
PageFrame frameOf(const screen::Screen& screen, Instant now);
struct Control {
    ActionKind action = ActionKind::confirm;
    std::string choice{};  // with ActionKind::choose: which row, tile or way on
    auto operator<=>(const Control&) const = default;
};
// What can be touched on it, the frame's controls included: each of them acts.
std::vector<Control> controlsOf(const screen::Screen& screen);

// StartingScreen::part, so that tests can ask for their words.
std::span<const std::string_view> partKeys();

// One for each alternative of ScreenContent.
// machine_pages.cpp
Page pageOf(const screen::StartingScreen& screen);
Page pageOf(const screen::RecoveringScreen& screen);
Page pageOf(const screen::OutOfServiceScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::QueriesOnlyScreen& screen);
Page pageOf(const screen::WaitingScreen& screen);
// person_pages.cpp
Page pageOf(const screen::WelcomeScreen& screen);
Page pageOf(const screen::LayDownIdCardScreen& screen);
Page pageOf(const screen::AttendantScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::IsThisYouScreen& screen);
Page pageOf(const screen::PersonPage& screen);
// making_pages.cpp
Page pageOf(const screen::MakingScreen& screen);
// leaving_pages.cpp
Page pageOf(const screen::TakeCardScreen& screen);
Page pageOf(const screen::TakeIdCardScreen& screen);
// staff_pages.cpp
Page pageOf(const screen::StaffSignInScreen& screen);
Page pageOf(const screen::StaffMenuScreen& screen);
Page pageOf(const screen::StaffPageScreen& screen);
Page pageOf(const screen::StaffFormScreen& screen);

}  // namespace liqu::ui
