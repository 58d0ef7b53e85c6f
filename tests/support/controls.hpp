// What can be touched on a Screen value, without a pixel: for whoever touches all of it.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "firmware/screen/action.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::test {

struct Control {
    screen::ActionKind action = screen::ActionKind::confirm;
    std::string choice{};  // with ActionKind::choose: which row, tile or way on
    auto operator<=>(const Control&) const = default;
};

// The frame's controls included: each of them acts.
std::vector<Control> controlsOf(const screen::Screen& screen);

}  // namespace liqu::test
