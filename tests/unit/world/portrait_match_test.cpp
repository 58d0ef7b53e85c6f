// Whose face it is: every person of the simulated province is told from every other, at the size of
// a printed portrait.
#include "tests/world/judge/portrait_match.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/world/province/books.hpp"
#include "tests/world/province/portrait.hpp"

namespace {

using namespace liqu;
using judge::FacePicture;

const judge::PortraitPlace place{61.6, 3.0, 20.0, 25.0};
constexpr double dots = 300 / 25.4;

FacePicture pictureOf(const world::Person& person) {
    const Bytes drawn =
        world::drawPortrait(world::lookOf(person, WallTime{std::chrono::hours(24 * 365 * 56)}));
    FacePicture picture{world::portraitWidth, world::portraitHeight, {}};
    for (std::size_t i = 0; i + 3 < drawn.size(); i += 4) {
        for (const std::size_t channel : {i + 2, i + 1, i}) picture.rgb.push_back(drawn[channel]);
    }
    return picture;
}

// A face with this portrait in its place, in the few levels a ribbon has.
FacePicture printed(const FacePicture& portrait) {
    FacePicture face{1016, 648, std::vector<std::uint8_t>(std::size_t{1016} * 648 * 3, 255)};
    const double scale = portrait.height / (place.height * dots);
    const double left = (portrait.width - place.width * dots * scale) / 2;
    for (int y = 0; y < static_cast<int>(place.height * dots); ++y) {
        for (int x = 0; x < static_cast<int>(place.width * dots); ++x) {
            const auto fromX = static_cast<std::size_t>(left + x * scale);
            const auto fromY = static_cast<std::size_t>(y * scale);
            const std::size_t from = 3 * (fromY * static_cast<std::size_t>(portrait.width) + fromX);
            const auto toX = static_cast<std::size_t>(place.x * dots) + static_cast<std::size_t>(x);
            const auto toY = static_cast<std::size_t>(place.y * dots) + static_cast<std::size_t>(y);
            for (std::size_t i = 0; i < 3; ++i) {
                face.rgb[3 * (toY * 1016 + toX) + i] =
                    static_cast<std::uint8_t>(portrait.rgb[from + i] / 8 * 8);
            }
        }
    }
    return face;
}

world::Books simulatedProvince() {
    std::ifstream file(LIQU_SOURCE_DIR "/tests/world/province/persons.json");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    world::Books books;
    REQUIRE(world::loadFixtures(books, text).has_value());
    return books;
}

}  // namespace

TEST_CASE("a printed portrait is its own person's, and nobody else's") {
    const world::Books books = simulatedProvince();
    std::map<std::string, FacePicture> portraits;
    for (const auto& [number, person] : books.persons) portraits[number] = pictureOf(person);
    CHECK(portraits.size() > 10);
    for (const auto& [number, portrait] : portraits) {
        const FacePicture face = printed(portrait);
        for (const auto& [other, theirs] : portraits) {
            CAPTURE(number);
            CAPTURE(other);
            const double apart = judge::portraitDifference(face, place, theirs);
            CHECK((apart < judge::samePersonBelow) == (number == other));
        }
    }
}

TEST_CASE("nothing, and a blank place, are nobody's portrait") {
    const FacePicture portrait = pictureOf(simulatedProvince().persons.begin()->second);
    const FacePicture white{1016, 648, std::vector<std::uint8_t>(std::size_t{1016} * 648 * 3, 255)};
    CHECK(judge::portraitDifference(white, place, portrait) >= judge::samePersonBelow);
    CHECK(judge::portraitDifference({}, place, portrait) >= judge::samePersonBelow);
    CHECK(judge::portraitDifference(white, place, {}) >= judge::samePersonBelow);
}
