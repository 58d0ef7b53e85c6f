// Pages for staff: a short heading, everything from the top, small letters. Portrait: one column.
// Landscape: two where the page has something beside.
#include <algorithm>

#include "ui/toolkit/arrangement.hpp"

namespace liqu::ui {

namespace {

constexpr float space = 24;
constexpr float denseColumnGap = 40;
constexpr float blockGap = 20;
constexpr float buttonGap = 20;
constexpr std::size_t buttonsInRow = 3;

// Rows of buttons, the main one at the end of the last row.
float rowsHeight(const Scene& scene, const std::vector<Button>& buttons) {
    const std::size_t rows = (buttons.size() + buttonsInRow - 1) / buttonsInRow;
    return static_cast<float>(rows) * (scene.theme.target + buttonGap);
}

void placeRows(const Scene& scene, Arrangement& arrangement, const std::vector<Button>& buttons,
               Rect rest) {
    for (std::size_t from = 0; from < buttons.size(); from += buttonsInRow) {
        const std::size_t count = std::min(buttonsInRow, buttons.size() - from);
        Rect row = cutBottom(rest, scene.theme.target);
        cutBottom(rest, buttonGap);
        const float width =
            (row.width - buttonGap * static_cast<float>(count - 1)) / static_cast<float>(count);
        for (std::size_t i = 0; i < count; ++i) {
            arrangement.placed.push_back({buttons[from + i], cutRight(row, width)});
            cutRight(row, buttonGap);
        }
    }
}

// Two columns, or one where nothing stands beside. What they need and draw is the same thing: a
// height.
float columnsHeight(Scene& scene, const std::vector<Block>& beside,
                    const std::vector<Block>& blocks, float width) {
    if (beside.empty()) return stackHeight(scene, blocks, width, blockGap);
    const float column = (width - denseColumnGap) / 2;
    return std::max(stackHeight(scene, beside, column, blockGap),
                    stackHeight(scene, blocks, column, blockGap));
}

void placeColumns(Scene& scene, Arrangement& arrangement, const std::vector<Block>& beside,
                  const std::vector<Block>& blocks, Rect place) {
    if (!beside.empty()) {
        const Rect left = cutLeft(place, (place.width - denseColumnGap) / 2);
        cutLeft(place, denseColumnGap);
        placeStack(scene, arrangement, beside, left, blockGap, "beside-");
    }
    placeStack(scene, arrangement, blocks, place, blockGap, "block-");
}

}  // namespace

Arrangement arrangeDense(Scene& scene, const Page& page, Rect rest, Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    scene.dense = true;
    rest = rest.inset(scene.theme.margin * 0.6F, space);
    Arrangement arrangement{.placed = {}, .body = rest};
    placeHeading(scene, arrangement, page, {scene.theme.bodySize, Weight::bold}, rest, blockGap);
    const Rect answers = cutBottom(rest, rowsHeight(scene, page.buttons));
    std::vector<Block> blocks = page.blocks;
    if (portrait) blocks.insert(blocks.begin(), page.beside.begin(), page.beside.end());
    const std::vector<Block> beside = portrait ? std::vector<Block>{} : page.beside;
    std::vector<Block> last;
    if (!portrait && page.wideLast && !blocks.empty()) {
        last.push_back(blocks.back());
        blocks.pop_back();
    }
    const float above = columnsHeight(scene, beside, blocks, rest.width);
    const float below = stackHeight(scene, last, rest.width, blockGap);
    arrangement.fits = above + below - blockGap <= rest.height + 0.5F;
    placeColumns(scene, arrangement, beside, blocks, last.empty() ? rest : cutTop(rest, above));
    placeStack(scene, arrangement, last, rest, blockGap, "last-");
    placeRows(scene, arrangement, page.buttons, answers);
    return arrangement;
}

}  // namespace liqu::ui
