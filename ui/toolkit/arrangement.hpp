// Where everything of a page stands: measured once, in one pass, then drawn where it was placed.
// What has no room goes on another part of the page, and the parts are turned like leaves; the
// answers stand on the last one, so that nobody agrees to what was not on the glass.
// Main thread only.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "ui/toolkit/page.hpp"
#include "ui/toolkit/scene.hpp"

namespace liqu::ui {

enum class Orientation : std::uint8_t { portrait, landscape };

struct Heading {
    Phrase words;
    TextLook look;
};
// To the next part of the page, or to the one before.
struct Turn {
    bool forward = true;
    std::size_t part = 0;  // that is shown now
    std::size_t parts = 1;
};

struct Placed {
    std::variant<Heading, Picture, Block, Button, Turn> what;
    Rect place;
    std::string id{};  // of blocks, unique on the page: "block-2"
};

struct Arrangement {
    std::vector<Placed> placed;
    Rect body;
    bool fits = true;
    std::size_t part = 0;
};

// `rest` is what header and footer leave. `part` counts from 0; one that is not there is the last.
Arrangement arrange(Scene& scene, const Page& page, Rect rest, Orientation orientation,
                    std::size_t part);
// In dense_view.cpp: the pages of staff.
Arrangement arrangeDense(Scene& scene, const Page& page, Rect rest, Orientation orientation,
                         std::size_t part);

void draw(Scene& scene, const Arrangement& arrangement);

// Blocks one below the other.
float stackHeight(Scene& scene, const std::vector<Block>& blocks, float width, float gap);
void placeStack(Scene& scene, Arrangement& arrangement, const std::vector<Block>& blocks,
                const Rect& place, float gap, const std::string& idPrefix);
// The heading at the top of `rest`, which loses its height and the gap.
void placeHeading(Scene& scene, Arrangement& arrangement, const Page& page, const TextLook& look,
                  Rect& rest, float gap);
// Back at the start of the row, on at its end, from the part that is arranged.
void placeTurns(const Scene& scene, Arrangement& arrangement, std::size_t parts, Rect row);

// Blocks one below the other.
struct Stack {
    float width;
    float gap;  // below each
};
// In paging.cpp: the blocks in parts, none higher than `room`, the last none higher than
// `roomOfLast`. None where something that cannot be cut has no room.
std::optional<std::vector<std::vector<Block>>> inParts(Scene& scene, std::vector<Block> blocks,
                                                       Stack stack, float room, float roomOfLast);

}  // namespace liqu::ui
