// Which part of the glass two frames differ in.
#include <doctest/doctest.h>

#include "ui/toolkit/draw_list_renderer.hpp"

using namespace liqu::ui;

namespace {

using Pieces = std::vector<Piece>;

constexpr Piece groundPiece{1, {0, 0, 1000, 2000}};
constexpr Piece wordPiece{2, {10, 20, 100, 30}};
constexpr Piece buttonPiece{3, {400, 1800, 200, 90}};
constexpr Piece heldButtonPiece{4, {402, 1802, 196, 86}};
constexpr Piece clockPiece{5, {900, 5, 80, 20}};

void checkPlace(const std::optional<SDL_Rect>& found, const SDL_Rect& wanted) {
    REQUIRE(found.has_value());
    CHECK(SDL_RectEquals(&*found, &wanted) == SDL_TRUE);
}

}  // namespace

TEST_CASE("frames of the same pieces differ nowhere") {
    CHECK_FALSE(
        differenceOf({groundPiece, wordPiece, buttonPiece}, {groundPiece, wordPiece, buttonPiece})
            .has_value());
    CHECK_FALSE(differenceOf({}, {}).has_value());
}

TEST_CASE("what is under and above what changed is not drawn again") {
    checkPlace(differenceOf({groundPiece, buttonPiece, clockPiece},
                            {groundPiece, heldButtonPiece, clockPiece}),
               buttonPiece.place);
}

TEST_CASE("a piece that came or went is where the frames differ") {
    checkPlace(differenceOf({groundPiece, buttonPiece}, {groundPiece, wordPiece, buttonPiece}),
               wordPiece.place);
    checkPlace(differenceOf({groundPiece, wordPiece, buttonPiece}, {groundPiece, buttonPiece}),
               wordPiece.place);
    checkPlace(differenceOf({}, {groundPiece, wordPiece}), groundPiece.place);
}

TEST_CASE("two changes are one part that holds both") {
    checkPlace(differenceOf({groundPiece, wordPiece, buttonPiece, clockPiece},
                            {groundPiece, wordPiece, heldButtonPiece}),
               {400, 5, 580, 1885});
}

TEST_CASE("pieces in another order cover each other otherwise") {
    checkPlace(
        differenceOf({groundPiece, wordPiece, buttonPiece}, {groundPiece, buttonPiece, wordPiece}),
        {10, 20, 590, 1870});
}

TEST_CASE("a piece that covers nothing changes nothing") {
    CHECK_FALSE(differenceOf({groundPiece}, {groundPiece, Piece{9, {5, 5, 0, 0}}}).has_value());
}
