// What holds for the geometry of every page, in whatever letters, colours and language it is drawn.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/window/ui/gallery.hpp"
#include "ui/toolkit/screen_map.hpp"

namespace liqu::test {

// Pixels of a panel of 4 px/mm: 30 mm, and 20 mm, under which no target goes in the smallest
// letters.
inline constexpr float usualTarget = 120;
inline constexpr float smallestTarget = 80;

// Nothing is clipped, nothing on top of each other, everything large enough to be touched, one
// thing to do at most on a part of a page, and what is drawn acts. Doctest's CHECK tells.
void checkGeometry(const ui::ScreenMap& map, ui::Size window, std::string_view name,
                   const screen::Frame& frame, float leastTarget = usualTarget);

// Each page of the gallery, and each problem page.
std::vector<GalleryScreen> allScreens(screen::Language language, Instant until);

// Of all words that a page has.
std::set<std::string> keysOf(const screen::Screen& screen);
// In a row, to be compared by a person.
std::string keysText(const std::set<std::string>& keys);

}  // namespace liqu::test
