// Big cards to choose from: a picture, a title and one line of explanation.
#include <algorithm>
#include <cstdint>

#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

// The more there are, the smaller; they stand in two columns where there is room for them, or no
// room for one.
struct ChoiceSize {
    std::size_t most;
    float side;  // of a picture
    float padding;
};
constexpr ChoiceSize sizes[] = {{2, 230, 36}, {4, 150, 36}, {5, 110, 22}, {SIZE_MAX, 110, 14}};
constexpr float leastHeight = 120;
constexpr float roomForColumns = 1300;
constexpr float roomForNarrowColumns = 840;
constexpr float leastWords = 420;  // where they have less, the picture gives way
constexpr std::size_t mostInColumn = 6;
constexpr float arrowColumn = 60;

struct Layout {
    std::size_t columns;
    float side;
    float padding;
    float width;  // of a card
};

// How far from the edge the words begin, and how wide they may be.
float wordsFrom(const Layout& layout) {
    return layout.side > 0 ? layout.side + 2 * layout.padding : layout.padding;
}
float wordsOf(const Layout& layout) {
    return layout.width - wordsFrom(layout) - layout.padding - arrowColumn;
}

Layout layoutOf(const Scene& scene, const Choices& choices, float width) {
    const std::size_t here = choices.choices.size();
    const std::size_t count = std::max(here, static_cast<std::size_t>(std::max(choices.of, 0)));
    const ChoiceSize& size =
        *std::ranges::find_if(sizes, [count](const ChoiceSize& one) { return count <= one.most; });
    const bool pictures = std::ranges::any_of(
        choices.choices, [](const Choice& one) { return one.picture != Picture::none; });
    const bool many = count > mostInColumn && !pictures && width >= roomForNarrowColumns;
    const std::size_t columns = std::min(
        count, (width >= roomForColumns ? std::size_t{2} : std::size_t{1}) + (many ? 1 : 0));
    const auto gaps = static_cast<float>(columns - 1) * scene.theme.gap;
    Layout layout{.columns = columns,
                  .side = pictures ? size.side : 0,
                  .padding = size.padding,
                  .width = (width - gaps) / static_cast<float>(columns)};
    if (wordsOf(layout) < leastWords) layout.side = 0;
    return layout;
}

struct ChoiceText {
    TextLook title;
    TextLook detail;
    float width;
    float titleHeight;
    float detailHeight;

    float height() const { return titleHeight + (detailHeight > 0 ? 8 + detailHeight : 0); }
};

ChoiceText measure(Scene& scene, const Choice& choice, const Layout& layout) {
    ChoiceText text{
        {scene.theme.largeSize, Weight::bold}, {scene.theme.smallSize}, wordsOf(layout), 0, 0};
    text.titleHeight =
        scene.canvas.measure(scene.say(choice.title), text.title, text.width).size.height;
    if (choice.detail.empty()) return text;
    text.detailHeight =
        scene.canvas.measure(scene.say(choice.detail), text.detail, text.width).size.height;
    return text;
}

// As high as the highest in the row that begins with this one.
float rowHeight(Scene& scene, const Choices& choices, std::size_t first, const Layout& layout) {
    float height = std::max(layout.side + layout.padding, leastHeight);
    const std::size_t end = std::min(first + layout.columns, choices.choices.size());
    for (std::size_t i = first; i < end; ++i) {
        const float words = measure(scene, choices.choices[i], layout).height();
        height = std::max(height, words + 2 * layout.padding);
    }
    return height;
}

void drawCard(Scene& scene, const Choice& choice, const Layout& layout, const Rect& place) {
    const Touch touch = scene.touchable(choice.id, Role::choice, place, choice.title.key);
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    canvas.shadow(place, theme.radius);
    canvas.box(place, touch.held ? theme.soft : theme.surface, theme.radius);
    canvas.frame(place, theme.primary, touch.held ? heldFrame : 4, theme.radius);
    const float side = layout.side;
    const float padding = layout.padding;
    const Rect picture{place.x + padding, place.centre().y - side / 2, side, side};
    if (side > 0) scene.drawPicture(choice.picture, picture);
    const ChoiceText text = measure(scene, choice, layout);
    Rect words{place.x + wordsFrom(layout), place.centre().y - text.height() / 2, text.width,
               text.height()};
    const Rect title = cutTop(words, text.titleHeight);
    cutTop(words, 8);
    const bool fits = canvas.text(title, scene.say(choice.title), text.title, theme.primary) &&
                      (choice.detail.empty() ||
                       canvas.text(words, scene.say(choice.detail), text.detail, theme.mutedInk));
    if (!fits) scene.tellClipped(choice.id);
    const Point tip{place.right() - padding, place.centre().y};
    const Point arrow[] = {{tip.x - 18, tip.y - 30}, tip, {tip.x - 18, tip.y + 30}};
    canvas.path(arrow, theme.primary, 8);
    if (touch.tapped) scene.answer({ActionKind::choose, choice.id});
}

}  // namespace

float heightOf(Scene& scene, const Choices& choices, float width) {
    const Layout layout = layoutOf(scene, choices, width);
    float height = 0;
    for (std::size_t i = 0; i < choices.choices.size(); i += layout.columns) {
        height += rowHeight(scene, choices, i, layout) + scene.theme.gap;
    }
    return height - scene.theme.gap;
}

void draw(Scene& scene, const Choices& choices, const Rect& place, const std::string&) {
    const Layout layout = layoutOf(scene, choices, place.width);
    Rect rest = place;
    for (std::size_t first = 0; first < choices.choices.size(); first += layout.columns) {
        Rect row = cutTop(rest, rowHeight(scene, choices, first, layout));
        cutTop(rest, scene.theme.gap);
        const std::size_t end = std::min(first + layout.columns, choices.choices.size());
        for (std::size_t i = first; i < end; ++i) {
            drawCard(scene, choices.choices[i], layout, cutLeft(row, layout.width));
            cutLeft(row, scene.theme.gap);
        }
    }
}

}  // namespace liqu::ui
