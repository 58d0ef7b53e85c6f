// The kiosk's page as a page of a browser, beside it in the same run.
#pragma once

#include <filesystem>
#include <optional>

#include "tests/bench/figures.hpp"
#include "tests/window/ui/private_display.hpp"

namespace liqu::bench {

// How soon a press on the page's large key shows on the glass, in ms: the middle of some, seen by
// the pixels there; none, and said, where it does not show. screenMap: of the page that stands
// there.
std::optional<double> pressToGlass(test::PrivateDisplay& display,
                                   const std::filesystem::path& screenMap);

// What Chromium takes to show the page of that screen map, and how many times as much that is as
// the kiosk's own figures, which are there by now. Told and left out where Chromium is not
// installed.
void benchBrowser(Figures& figures, const std::filesystem::path& screenMap,
                  const std::filesystem::path& folder, test::PrivateDisplay& display);

}  // namespace liqu::bench
