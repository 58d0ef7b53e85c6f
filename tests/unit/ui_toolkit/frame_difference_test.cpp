// Which part of the glass two frames differ in.
#include <doctest/doctest.h>

#include "ui/toolkit/draw_list_renderer.hpp"

using namespace liqu::ui;

namespace {

using Pieces = std::vector<Piece>;

constexpr Piece ground{1, {0, 0, 1000, 2000}};
constexpr Piece word{2, {10, 20, 100, 30}};
constexpr Piece key{3, {400, 1800, 200, 90}};
constexpr Piece heldKey{4, {402, 1802, 196, 86}};
constexpr Piece clockTime{5, {900, 5, 80, 20}};

void checkPlace(const std::optional<SDL_Rect>& found, const SDL_Rect& wanted) {
    REQUIRE(found.has_value());
    CHECK(SDL_RectEquals(&*found, &wanted) == SDL_TRUE);
}

}  // namespace

TEST_CASE("frames of the same pieces differ nowhere") {
    CHECK_FALSE(differenceOf({ground, word, key}, {ground, word, key}).has_value());
    CHECK_FALSE(differenceOf({}, {}).has_value());
}

TEST_CASE("what is under and above what changed is not drawn again") {
    checkPlace(differenceOf({ground, key, clockTime}, {ground, heldKey, clockTime}), key.place);
}

TEST_CASE("a piece that came or went is where the frames differ") {
    checkPlace(differenceOf({ground, key}, {ground, word, key}), word.place);
    checkPlace(differenceOf({ground, word, key}, {ground, key}), word.place);
    checkPlace(differenceOf({}, {ground, word}), ground.place);
}

TEST_CASE("two changes are one part that holds both") {
    checkPlace(differenceOf({ground, word, key, clockTime}, {ground, word, heldKey}),
               {400, 5, 580, 1885});
}

TEST_CASE("pieces in another order cover each other otherwise") {
    checkPlace(differenceOf({ground, word, key}, {ground, key, word}), {10, 20, 590, 1870});
}

TEST_CASE("a piece that covers nothing changes nothing") {
    CHECK_FALSE(differenceOf({ground}, {ground, Piece{9, {5, 5, 0, 0}}}).has_value());
}
