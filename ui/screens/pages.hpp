// Which question, picture, words and answers belong to a Screen value. Pure: no window needed.
#pragma once

#include <compare>
#include <span>
#include <string_view>

#include "firmware/session/screen.hpp"
#include "ui/toolkit/page_view.hpp"

namespace liqu::ui {

Page pageOf(const session::Screen& screen);
PageFrame frameOf(const session::Screen& screen, Instant now);
struct Control {
    ActionKind action = ActionKind::confirm;
    std::string choice{};  // with ActionKind::choose: which row, tile or way on
    auto operator<=>(const Control&) const = default;
};
// What can be touched on it, the frame's controls included: each of them acts.
std::vector<Control> controlsOf(const session::Screen& screen);

// Keys that pages take from a value, so that tests can ask for their words.
std::string errorWhat(ErrorCode code);  // "error.20203.what"
std::string errorNext(ErrorCode code);
std::string cardWhereKey(session::CardWhere where);
std::span<const std::string_view> partKeys();     // StartingScreen::part
std::span<const std::string_view> consentKeys();  // ConsentScreen::clauses

// One for each alternative of ScreenContent.
// machine_pages.cpp
Page pageOf(const session::StartingScreen& screen);
Page pageOf(const session::RecoveringScreen& screen);
Page pageOf(const session::OutOfServiceScreen& screen, const session::Frame& frame);
Page pageOf(const session::QueriesOnlyScreen& screen);
Page pageOf(const session::WaitingScreen& screen);
// person_pages.cpp
Page pageOf(const session::WelcomeScreen& screen);
Page pageOf(const session::LayDownIdCardScreen& screen);
Page pageOf(const session::AttendantScreen& screen, const session::Frame& frame);
Page pageOf(const session::IsThisYouScreen& screen);
// service_pages.cpp
Page pageOf(const session::ChooseServiceScreen& screen);
Page pageOf(const session::AlreadyHaveScreen& screen, const session::Frame& frame);
Page pageOf(const session::ConsentScreen& screen);
Page pageOf(const session::MakingScreen& screen);
// leaving_pages.cpp
Page pageOf(const session::TakeCardScreen& screen);
Page pageOf(const session::TakeIdCardScreen& screen);
Page pageOf(const session::NextStepsScreen& screen, const session::Frame& frame);
// problem_pages.cpp
Page pageOf(const session::ProblemScreen& screen, const session::Frame& frame);
Page pageOf(const session::ProblemWithCardScreen& screen, const session::Frame& frame);
// staff_pages.cpp
Page pageOf(const session::StaffSignInScreen& screen);
Page pageOf(const session::StaffMenuScreen& screen);
Page pageOf(const session::StaffPageScreen& screen);
Page pageOf(const session::StaffFormScreen& screen);

}  // namespace liqu::ui
