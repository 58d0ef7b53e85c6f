// Every screen in every state worth looking at, with synthetic data: for the pictures, the
// geometry rules and the check of words.
#pragma once

#include <string>
#include <vector>

#include "firmware/screen/screen.hpp"

namespace liqu::test {

struct GalleryScreen {
    std::string name;
    screen::Screen screen;
};

std::vector<GalleryScreen> gallery(screen::Language language, Instant now);
// A page with two answers, as good as any.
screen::PersonPage consentPage();
// The problem screen of every code, which is a lot: for geometry and words only.
std::vector<GalleryScreen> problemGallery(screen::Language language);

}  // namespace liqu::test
