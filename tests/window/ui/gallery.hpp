// Every screen in every state worth looking at, with synthetic data: for the pictures, the
// geometry rules and the check of words.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "firmware/policy/region_policy.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::test {

struct GalleryScreen {
    std::string name;
    screen::Screen screen;
};

inline constexpr std::array shippedRegions = {"simulator", "guangdong", "shaanxi-shangluo",
                                              "xinjiang-changji"};

std::vector<GalleryScreen> gallery(screen::Language language, Instant now);
// A page with two answers, as good as any.
screen::PersonPage consentPage();
// What a region tells of each thing it provides for, in its own words.
std::vector<GalleryScreen> guideGallery(screen::Language language,
                                        const policy::RegionPolicy& region);
// The problem screen of every code, which is a lot: for geometry and words only.
std::vector<GalleryScreen> problemGallery(screen::Language language);

}  // namespace liqu::test
