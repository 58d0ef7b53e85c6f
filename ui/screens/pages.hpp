// Which question, picture, words and answers belong to a Screen value. Pure: no window needed.
#pragma once

#include "firmware/screen/screen.hpp"
#include "ui/toolkit/page_view.hpp"

namespace liqu::ui {

Page pageOf(const screen::Screen& screen);
PageFrame frameOf(const screen::Screen& screen, Instant now);

// overlay_pages.cpp: what the window lays over a page.
// Ways of hearing that the machine has, and whether its voice works.
enum class Health : std::uint8_t { works, failed };
struct SoundOffer {
    std::vector<screen::Speech> ways{};
    Health health = Health::works;
};
Page settingsPage(const screen::Frame& frame, const Languages& languages,
                  const std::vector<screen::LetterSize>& sizes, const SoundOffer& sound);
Page stillTherePage(const screen::Frame& frame, int secondsLeft);
// Whether "are you still there?" may be asked over it. Where something is to be taken or scanned,
// the page stays and the time stands on it.
bool canBeAskedOver(const screen::Screen& screen);
// Until the deadline, rounded up; none without one.
std::optional<int> secondsLeft(const screen::Frame& frame, Instant now);

// The way to report a loss without this machine; nothing where the region names none.
void tellLossPhone(Page& page, const screen::Contacts& contacts);
// The way to the guide, where the region has one.
void offerGuide(Page& page, const screen::Frame& frame);

// Letters need another keypad.
bool asksLetters(const Fields& fields);

// One for each alternative of ScreenContent.
// machine_pages.cpp
Page pageOf(const screen::StartingScreen& screen);
Page pageOf(const screen::RecoveringScreen& screen);
Page pageOf(const screen::OutOfServiceScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::QueriesOnlyScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::WaitingScreen& screen);
// person_pages.cpp
Page pageOf(const screen::WelcomeScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::LayDownIdCardScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::AttendantScreen& screen, const screen::Frame& frame);
Page pageOf(const screen::PinScreen& screen);
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
