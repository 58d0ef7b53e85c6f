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

}  // namespace

void drawDensePage(Scene& scene, const Page& page, Rect rest, bool portrait) {
    scene.dense = true;
    rest = rest.inset(scene.theme.margin * 0.6F, space);
    drawQuestion(scene, page, rest);
    const Rect answers = cutBottom(rest, rowsHeight(scene, page.buttons));
    if (portrait || page.beside.empty()) {
        std::vector<Block> blocks = page.beside;
        blocks.insert(blocks.end(), page.blocks.begin(), page.blocks.end());
        publishBody(scene, rest, stackHeight(scene, blocks, rest.width) - blockGap);
        drawStack(scene, blocks, rest, "block-");
    } else {
        const Rect left = cutLeft(rest, (rest.width - columnGap) / 2);
        cutLeft(rest, columnGap);
        publishBody(scene, rest,
                    std::max(stackHeight(scene, page.beside, left.width),
                             stackHeight(scene, page.blocks, rest.width)) -
                        blockGap);
        drawStack(scene, page.beside, left, "beside-");
        drawStack(scene, page.blocks, rest, "block-");
    }
    drawRows(scene, page.buttons, answers);
}

}  // namespace liqu::ui
