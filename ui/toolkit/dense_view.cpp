// Pages for staff: a short heading, everything from the top, small letters. Portrait: one column.
// Landscape: two where the page has something beside.
#include <algorithm>

#include "ui/toolkit/page_view.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float space = 24;
constexpr float columnGap = 40;
constexpr float blockGap = 20;
constexpr float buttonGap = 20;
constexpr std::size_t buttonsInRow = 3;

float stackHeight(Scene& scene, const std::vector<Block>& blocks, float width) {
    float height = 0;
    for (const Block& block : blocks) height += heightOf(scene, block, width) + blockGap;
    return height;
}

void drawStack(Scene& scene, const std::vector<Block>& blocks, Rect rest, const std::string& id) {
    int number = 0;
    for (const Block& block : blocks) {
        const float height = heightOf(scene, block, rest.width);
        draw(scene, block, cutTop(rest, height), id + std::to_string(++number));
        cutTop(rest, blockGap);
    }
}

// Rows of buttons, the main one at the right end of the last row.
float rowsHeight(const Scene& scene, const std::vector<Button>& buttons) {
    const std::size_t rows = (buttons.size() + buttonsInRow - 1) / buttonsInRow;
    return static_cast<float>(rows) * (scene.theme.target + buttonGap);
}

void drawRows(Scene& scene, const std::vector<Button>& buttons, Rect rest) {
    for (std::size_t from = 0; from < buttons.size(); from += buttonsInRow) {
        const std::size_t count = std::min(buttonsInRow, buttons.size() - from);
        Rect row = cutBottom(rest, scene.theme.target);
        cutBottom(rest, buttonGap);
        const float width =
            (row.width - buttonGap * static_cast<float>(count - 1)) / static_cast<float>(count);
        for (std::size_t i = 0; i < count; ++i) {
            const Button& button = buttons[from + i];
            draw(scene, button, cutRight(row, width), isEnabled(scene, button));
            cutRight(row, buttonGap);
        }
    }
}

void publishBody(Scene& scene, const Rect& body, float needed) {
    scene.publish("body", Role::picture, body, "", needed <= body.height + 0.5F);
}

void drawQuestion(Scene& scene, const Page& page, Rect& rest) {
    const TextLook look{scene.theme.bodySize, Weight::bold};
    const std::string words = scene.say(page.question);
    const float height = scene.canvas.measure(words, look, rest.width).size.height;
    const Rect place = cutTop(rest, height);
    const bool fits = scene.canvas.text(place, words, look, scene.theme.ink);
    scene.publish("question", Role::heading, place, page.question.key, fits);
    cutTop(rest, blockGap);
}

// Two columns, or one where nothing stands beside. What they need and draw is the same thing: a
// height.
float columnsHeight(Scene& scene, const std::vector<Block>& beside,
                    const std::vector<Block>& blocks, float width) {
    if (beside.empty()) return stackHeight(scene, blocks, width);
    const float column = (width - columnGap) / 2;
    return std::max(stackHeight(scene, beside, column), stackHeight(scene, blocks, column));
}

void drawColumns(Scene& scene, const std::vector<Block>& beside, const std::vector<Block>& blocks,
                 Rect place) {
    if (!beside.empty()) {
        const Rect left = cutLeft(place, (place.width - columnGap) / 2);
        cutLeft(place, columnGap);
        drawStack(scene, beside, left, "beside-");
    }
    drawStack(scene, blocks, place, "block-");
}

}  // namespace

void drawDensePage(Scene& scene, const Page& page, Rect rest, Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    scene.dense = true;
    rest = rest.inset(scene.theme.margin * 0.6F, space);
    drawQuestion(scene, page, rest);
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
    publishBody(scene, rest, above + stackHeight(scene, last, rest.width) - blockGap);
    drawColumns(scene, beside, blocks, last.empty() ? rest : cutTop(rest, above));
    drawStack(scene, last, rest, "last-");
    drawRows(scene, page.buttons, answers);
}

}  // namespace liqu::ui
