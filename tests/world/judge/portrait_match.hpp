// Whether the portrait printed on a face is the picture of a certain person. Colours are compared
// cell by cell, so that printing, scaling and the fineness of the ink do not matter, and a
// different coat does.
#pragma once

#include "tests/world/judge/face_picture.hpp"

namespace liqu::judge {

// Where the layout puts the portrait, in millimetres of the card.
struct PortraitPlace {
    double x = 0, y = 0, width = 0, height = 0;
};

// How far the most different tenth of the cells lies apart, on a scale of 255. The picture is cut
// to the shape of its place, never squeezed.
double portraitDifference(const FacePicture& face, const PortraitPlace& place,
                          const FacePicture& portrait);

// The same person stays below, two different people stay above.
constexpr double samePersonBelow = 16;

}  // namespace liqu::judge
