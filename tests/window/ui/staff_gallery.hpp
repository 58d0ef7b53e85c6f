// Screens of staff as values, full of figures, for pictures and for the rules of geometry.
#pragma once

#include <string>
#include <vector>

#include "firmware/screen/screen.hpp"

namespace liqu::test {

struct StaffShot {
    std::string name;
    screen::ScreenContent content;
};
std::vector<StaffShot> staffGallery();
// today_gallery.cpp; they are among those above.
std::vector<StaffShot> todayGallery();
// machine_gallery.cpp; likewise.
std::vector<StaffShot> machineGallery();

}  // namespace liqu::test
