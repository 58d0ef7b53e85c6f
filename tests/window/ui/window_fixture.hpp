// A kiosk window on a private display, driven round by round from the test's own thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "tests/window/ui/private_display.hpp"
#include "ui/screens/kiosk_window.hpp"

namespace liqu::test {

// Real time that a test can stop, so that a slow machine decides nothing, or skip.
class PausableClock final : public Clock {
  public:
    Instant now() const override { return (stopped_ ? *stopped_ : system_.now()) + ahead_; }
    WallTime wallTime() const override { return system_.wallTime(); }
    void sleepUntil(Instant instant) override { system_.sleepUntil(instant); }
    void stop() { stopped_ = system_.now(); }
    void goOn() { stopped_.reset(); }
    // What would only be waited for.
    void skip(Duration time) { ahead_ += time; }

  private:
    SystemClock system_;
    std::optional<Instant> stopped_;
    Duration ahead_{};
};

class WindowFixture {
  public:
    // region: a folder of words in kiosk-config/regions. shortSideMm: of the panel, 0: 270.
    static Result<std::unique_ptr<WindowFixture>> open(int width, int height,
                                                       const std::filesystem::path& source,
                                                       const std::filesystem::path& screenMap = {},
                                                       const std::string& region = "simulator",
                                                       float shortSideMm = 0,
                                                       ui::VoiceOptions voice = {});

    // Shows the screen and draws until nothing changes any more.
    void showAndSettle(screen::Screen screen);
    void settle();
    // Turns until an action came or nothing comes any more.
    std::optional<screen::Action> actionAfter(Duration atMost);
    // The middle of a widget, in pixels.
    std::optional<ui::Point> middleOf(std::string_view id) const;

    PausableClock clock;
    std::unique_ptr<PrivateDisplay> display;
    std::unique_ptr<ui::KioskWindow> window;
};

}  // namespace liqu::test
