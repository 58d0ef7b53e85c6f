#include "ui/toolkit/page_view.hpp"

#include <algorithm>

#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float portraitSpace = 20;
constexpr float landscapeSpace = 20;
constexpr float largestPicture = 620;
constexpr float smallestPicture = 200;
constexpr float columnGap = 80;
constexpr float leftShare = 0.40F;
constexpr float leftShareOfLists = 0.28F;
constexpr float leftShareOfLongWords = 0.34F;

float stackHeight(Scene& scene, const std::vector<Block>& blocks, float width) {
    float height = 0;
    for (const Block& block : blocks) height += heightOf(scene, block, width) + scene.theme.gap;
    return height;
}

void drawStack(Scene& scene, const std::vector<Block>& blocks, const Rect& place,
               const std::string& idPrefix) {
    Rect rest = place;
    int number = 0;
    for (const Block& block : blocks) {
        const float height = heightOf(scene, block, place.width);
        draw(scene, block, cutTop(rest, height), idPrefix + std::to_string(++number));
        cutTop(rest, scene.theme.gap);
    }
}

float buttonsHeight(Scene& scene, const std::vector<Button>& buttons, float width) {
    float height = 0;
    for (const Button& button : buttons) height += heightOf(scene, button, width) + scene.theme.gap;
    return buttons.empty() ? 0 : height - scene.theme.gap;
}

void drawButtons(Scene& scene, const std::vector<Button>& buttons, Rect rest) {
    for (const Button& button : buttons) {
        const Rect place = cutTop(rest, heightOf(scene, button, rest.width));
        draw(scene, button, place, isEnabled(scene, button));
        cutTop(rest, scene.theme.gap);
    }
}

// In landscape the answers stand in one row, the main one at the right.
float shareOfRow(const Scene& scene, const std::vector<Button>& buttons, float width) {
    const auto count = static_cast<float>(std::max<std::size_t>(buttons.size(), 1));
    return std::min(1300.0F, (width - scene.theme.gap * (count - 1)) / count);
}

float rowHeight(Scene& scene, const std::vector<Button>& buttons, float width) {
    const float share = shareOfRow(scene, buttons, width);
    float height = 0;
    for (const Button& button : buttons) height = std::max(height, heightOf(scene, button, share));
    return height;
}

void drawButtonRow(Scene& scene, const std::vector<Button>& buttons, const Rect& place) {
    const float width = shareOfRow(scene, buttons, place.width);
    Rect rest = place;
    for (const Button& button : buttons) {
        draw(scene, button, cutRight(rest, width), isEnabled(scene, button));
        cutRight(rest, scene.theme.gap);
    }
}

void drawQuestion(Scene& scene, const Page& page, Rect& rest, Align align) {
    const TextLook look{scene.theme.titleSize, Weight::bold, align, true};
    const std::string words = scene.say(page.question);
    const float height = scene.canvas.measure(words, look, rest.width).size.height;
    const Rect place = cutTop(rest, height);
    const bool fits = scene.canvas.text(place, words, look, scene.theme.ink);
    scene.publish("question", Role::heading, place, page.question.key, fits);
}

void drawPictureIn(Scene& scene, const Page& page, const Rect& place) {
    if (page.picture == Picture::none) return;
    const float side = std::min({place.width, place.height, largestPicture});
    if (side < smallestPicture) return;
    const Point centre = place.centre();
    const Rect square{centre.x - side / 2, centre.y - side / 2, side, side};
    drawPicture(scene.canvas, scene.theme, page.picture, square);
    scene.publish("picture", Role::picture, square);
}

// Tells the tests where the words want more room than there is.
void publishBody(Scene& scene, const Rect& body, float needed) {
    scene.publish("body", Role::picture, body, "", needed <= body.height + 0.5F);
}

template <typename Kind>
bool holdsAny(const std::vector<Block>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [](const Block& block) { return std::holds_alternative<Kind>(block); });
}

void drawPortrait(Scene& scene, const Page& page, Rect rest) {
    const Rect whole = rest;
    drawQuestion(scene, page, rest, Align::centre);
    cutTop(rest, scene.theme.gap);
    std::vector<Block> blocks = page.blocks;
    blocks.insert(page.besideLast ? blocks.end() : blocks.begin(), page.beside.begin(),
                  page.beside.end());
    const float blocksHeight = stackHeight(scene, blocks, rest.width);
    const float answersHeight = buttonsHeight(scene, page.buttons, rest.width);
    const float used = whole.height - rest.height;
    publishBody(scene, whole, used + blocksHeight + answersHeight);
    const Rect answers = cutBottom(rest, answersHeight);
    const float spare = rest.height - blocksHeight;
    float pictureRoom = 0;
    if (page.picture != Picture::none && spare >= smallestPicture + scene.theme.gap) {
        pictureRoom = std::min(spare, largestPicture + 2 * scene.theme.gap);
    }
    // What is left over goes above and below the words, not all to one side.
    const float slack = spare - pictureRoom;
    if (pictureRoom > 0) {
        drawPictureIn(scene, page, cutTop(rest, pictureRoom + slack * 0.4F));
    } else {
        cutTop(rest, slack * 0.35F);
    }
    drawStack(scene, blocks, rest, "block-");
    drawButtons(scene, page.buttons, answers);
}

void drawOneColumn(Scene& scene, const Page& page, Rect rest) {
    const float answersHeight = rowHeight(scene, page.buttons, rest.width);
    const float blocksHeight = stackHeight(scene, page.blocks, rest.width);
    publishBody(scene, rest, blocksHeight + answersHeight);
    const Rect answers = cutBottom(rest, answersHeight);
    cutTop(rest, std::max(0.0F, (rest.height - blocksHeight) * 0.4F));
    drawStack(scene, page.blocks, rest, "block-");
    drawButtonRow(scene, page.buttons, answers);
}

// A wide picture where the words leave room for it; long words take the room.
float leftShareOf(Scene& scene, const Page& page, const Rect& rest) {
    if (holdsAny<NumberedList>(page.blocks)) return leftShareOfLists;
    const float width = rest.width * (1 - leftShare) - columnGap / 2;
    const float needed =
        stackHeight(scene, page.blocks, width) + rowHeight(scene, page.buttons, width);
    return needed <= rest.height + 0.5F ? leftShare : leftShareOfLongWords;
}

void drawTwoColumns(Scene& scene, const Page& page, Rect rest) {
    Rect left = cutLeft(rest, rest.width * leftShareOf(scene, page, rest) - columnGap / 2);
    cutLeft(rest, columnGap);
    const float besideHeight = stackHeight(scene, page.beside, left.width);
    const float answersHeight = rowHeight(scene, page.buttons, rest.width);
    const float blocksHeight = stackHeight(scene, page.blocks, rest.width);
    publishBody(scene, rest,
                std::max(besideHeight - scene.theme.gap, blocksHeight + answersHeight));
    const float pictureRoom = std::max(0.0F, left.height - besideHeight);
    const Rect beside =
        besideHeight > 0 && pictureRoom < smallestPicture ? left : cutBottom(left, besideHeight);
    if (pictureRoom >= smallestPicture) drawPictureIn(scene, page, left);
    drawStack(scene, page.beside, beside, "beside-");
    const Rect answers = cutBottom(rest, answersHeight);
    cutTop(rest, std::max(0.0F, (rest.height - blocksHeight) * 0.4F));
    drawStack(scene, page.blocks, rest, "block-");
    drawButtonRow(scene, page.buttons, answers);
}

}  // namespace

bool isEnabled(const Scene& scene, const Button& button) {
    const bool needsForm =
        button.action == ActionKind::attendantConfirm || button.action == ActionKind::submit;
    return !needsForm || scene.form.complete;
}

void drawPage(Scene& scene, const Page& page, const PageFrame& frame, Size screen) {
    const bool portrait = screen.height > screen.width;
    const Orientation orientation = portrait ? Orientation::portrait : Orientation::landscape;
    Rect rest{0, 0, screen.width, screen.height};
    scene.canvas.box(rest, scene.theme.background);
    drawHeader(scene, page, frame, cutTop(rest, headerHeight(page, orientation)), orientation);
    drawFooter(scene, frame, cutBottom(rest, footerHeight(frame, orientation)), orientation);
    if (page.dense) return drawDensePage(scene, page, rest, orientation);
    rest = rest.inset(scene.theme.margin, 0);
    const float space = portrait ? portraitSpace : landscapeSpace;
    cutTop(rest, space);
    cutBottom(rest, space);
    scene.centred = portrait;
    if (portrait) {
        drawPortrait(scene, page, rest);
        return;
    }
    drawQuestion(scene, page, rest, Align::left);
    cutTop(rest, scene.theme.gap);
    if (page.picture == Picture::none && page.beside.empty()) {
        drawOneColumn(scene, page, rest);
    } else {
        drawTwoColumns(scene, page, rest);
    }
}

}  // namespace liqu::ui
