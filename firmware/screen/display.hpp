// What a visit needs of the window: show a screen, wait for what the person does.
#pragma once

#include <optional>

#include "firmware/screen/action.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::screen {

class Display {
  public:
    virtual ~Display() = default;
    virtual void show(Screen screen) = 0;
    // The next action, or none when the instant has come (or a little earlier).
    virtual std::optional<Action> waitForAction(Instant until) = 0;
    // At the end of a visit, after a screen without personal data was shown.
    virtual void forgetPersonalData() = 0;
};

}  // namespace liqu::screen
