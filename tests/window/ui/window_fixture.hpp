// A kiosk window on a private display, driven round by round from the test's own thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "tests/window/ui/private_display.hpp"
#include "ui/screens/kiosk_window.hpp"

namespace liqu::test {

class WindowFixture {
  public:
    static Result<std::unique_ptr<WindowFixture>> open(int width, int height,
                                                       const std::filesystem::path& source,
                                                       const std::filesystem::path& screenMap = {});

    // Shows the screen and draws until nothing changes any more.
    void showAndSettle(session::Screen screen);
    void settle();
    // Turns until an action came or nothing comes any more.
    std::optional<session::Action> actionAfter(Duration atMost);
    // The middle of a widget, in pixels.
    std::optional<ui::Point> middleOf(std::string_view id) const;

    SystemClock clock;
    std::unique_ptr<PrivateDisplay> display;
    std::unique_ptr<ui::KioskWindow> window;
};

}  // namespace liqu::test
