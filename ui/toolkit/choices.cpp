// Big cards to choose from: a picture, a title and one line of explanation.
#include <algorithm>

#include "ui/toolkit/pictures.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float pictureSide = 230;
constexpr float padding = 36;
constexpr float arrowColumn = 60;

struct ChoiceText {
    TextLook title;
    TextLook detail;
    float width;
    float titleHeight;
    float detailHeight;

    float height() const { return titleHeight + 8 + detailHeight; }
};

ChoiceText measure(Scene& scene, const Choice& choice, float width) {
    ChoiceText text{{scene.theme.largeSize, Weight::bold},
                    {scene.theme.smallSize},
                    width - 3 * padding - pictureSide - arrowColumn,
                    0,
                    0};
    text.titleHeight =
        scene.canvas.measure(scene.say(choice.title), text.title, text.width).size.height;
    text.detailHeight =
        scene.canvas.measure(scene.say(choice.detail), text.detail, text.width).size.height;
    return text;
}

float cardHeight(Scene& scene, const Choice& choice, float width) {
    return std::max(measure(scene, choice, width).height() + 2 * padding, pictureSide + padding);
}

void drawCard(Scene& scene, const Choice& choice, const Rect& place) {
    const Touch touch = scene.touchable(choice.id, Role::choice, place, choice.title.key);
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    canvas.shadow(place, theme.radius);
    canvas.box(place, touch.held ? theme.soft : theme.surface, theme.radius);
    canvas.frame(place, theme.primary, touch.held ? 6 : 4, theme.radius);
    const Rect picture{place.x + padding, place.centre().y - pictureSide / 2, pictureSide,
                       pictureSide};
    drawPicture(canvas, theme, choice.picture, picture);
    const ChoiceText text = measure(scene, choice, place.width);
    Rect words{picture.right() + padding, place.centre().y - text.height() / 2, text.width,
               text.height()};
    const Rect title = cutTop(words, text.titleHeight);
    cutTop(words, 8);
    const bool fits = canvas.text(title, scene.say(choice.title), text.title, theme.primary) &&
                      canvas.text(words, scene.say(choice.detail), text.detail, theme.mutedInk);
    if (!fits) scene.tellClipped(choice.id);
    const Point tip{place.right() - padding, place.centre().y};
    const Point arrow[] = {{tip.x - 18, tip.y - 30}, tip, {tip.x - 18, tip.y + 30}};
    canvas.path(arrow, theme.primary, 8);
    if (touch.tapped) scene.answer({ActionKind::choose, choice.id});
}

}  // namespace

float heightOf(Scene& scene, const Choices& choices, float width) {
    float height = 0;
    for (const Choice& choice : choices.choices) {
        height += cardHeight(scene, choice, width) + scene.theme.gap;
    }
    return height - scene.theme.gap;
}

void draw(Scene& scene, const Choices& choices, const Rect& place, const std::string&) {
    Rect rest = place;
    for (const Choice& choice : choices.choices) {
        drawCard(scene, choice, cutTop(rest, cardHeight(scene, choice, place.width)));
        cutTop(rest, scene.theme.gap);
    }
}

}  // namespace liqu::ui
