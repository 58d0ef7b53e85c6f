// Screens of staff as values, full of figures, for pictures and for the rules of geometry.
#pragma once

#include <string>
#include <vector>

#include "firmware/session/screen.hpp"

namespace liqu::test {

struct StaffShot {
    std::string name;
    session::ScreenContent content;
};
std::vector<StaffShot> staffGallery();

}  // namespace liqu::test
