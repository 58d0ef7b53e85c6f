// A hand on a keypad, which touches nothing: steps to a control and presses it.
#pragma once

#include <filesystem>
#include <string>

#include "firmware/base/clock.hpp"
#include "tests/window/ui/private_display.hpp"

namespace liqu::world {

class KeypadHand {
  public:
    KeypadHand(test::PrivateDisplay& display, std::filesystem::path screenMap)
        : display_(display), screenMap_(std::move(screenMap)) {}

    // Digits and letters have keys of their own; to everything else there is a way from where the
    // keys are. What does not come to be the focus is not pressed.
    void press(const std::string& screen, const std::string& id);

  private:
    test::PrivateDisplay& display_;
    std::filesystem::path screenMap_;
    SystemClock clock_;
};

}  // namespace liqu::world
