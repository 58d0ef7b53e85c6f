// Every screen in every state worth looking at, with synthetic data: for the pictures, the
// geometry rules and the check of words.
#pragma once

#include <string>
#include <vector>

#include "firmware/session/screen.hpp"

namespace liqu::test {

struct GalleryScreen {
    std::string name;
    session::Screen screen;
};

std::vector<GalleryScreen> gallery(session::Language language, Instant now);
// The problem screen of every code, which is a lot: for geometry and words only.
std::vector<GalleryScreen> problemGallery(session::Language language);

}  // namespace liqu::test
