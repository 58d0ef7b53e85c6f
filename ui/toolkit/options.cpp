// A few ways something can be, one of them chosen: the languages, the sizes of letters.
#include <algorithm>

#include "ui/toolkit/pictures.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float optionHeight = 132;
constexpr float optionGap = 20;
constexpr float narrowest = 200;
constexpr float labelGap = 12;
constexpr float tickSide = 44;

std::size_t columnsFor(const Options& options, float width) {
    const auto fitting = std::max<std::size_t>(
        1, static_cast<std::size_t>((width + optionGap) / (narrowest + optionGap)));
    return std::clamp<std::size_t>(options.options.size(), 1, fitting);
}

float labelHeight(Scene& scene, const Options& options, float width) {
    const TextLook look{scene.theme.smallSize, Weight::bold};
    return scene.canvas.measure(scene.say(options.label), look, width).size.height + labelGap;
}

void drawOption(Scene& scene, const Option& option, const Rect& place) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const Touch touch = scene.touchable(option.id, Role::choice, place, option.label.key,
                                        option.chosen ? WidgetState::chosen : WidgetState::enabled);
    canvas.box(place, option.chosen ? theme.primary : theme.surface, theme.radius);
    canvas.frame(place, theme.primary, touch.held ? heldFrame : 4, theme.radius);
    const Colour ink = option.chosen ? theme.onPrimary : theme.primary;
    Rect rest = place.inset(16, 0);
    if (option.chosen) {
        const Rect tick = cutLeft(rest, tickSide);
        drawSign(canvas, Sign::tick, {tick.x, tick.centre().y - tickSide / 2, tickSide, tickSide},
                 ink);
    }
    const TextLook look{theme.bodySize, Weight::bold, Align::centre};
    if (!canvas.text(rest, scene.say(option.label), look, ink)) scene.tellClipped(option.id);
    if (touch.tapped) scene.answer({ActionKind::adjust, option.id});
}

}  // namespace

float heightOf(Scene& scene, const Options& options, float width) {
    const std::size_t columns = columnsFor(options, width);
    const std::size_t rows = (options.options.size() + columns - 1) / columns;
    return labelHeight(scene, options, width) +
           static_cast<float>(rows) * (optionHeight + optionGap) - optionGap;
}

void draw(Scene& scene, const Options& options, const Rect& place, const std::string& id) {
    Rect rest = place;
    const Rect label = cutTop(rest, labelHeight(scene, options, place.width));
    const bool fits =
        scene.canvas.text(label, scene.say(options.label), {scene.theme.smallSize, Weight::bold},
                          scene.theme.mutedInk);
    scene.publish(id, Role::text, label, options.label.key, fits);
    const std::size_t columns = columnsFor(options, place.width);
    for (std::size_t i = 0; i < options.options.size(); ++i) {
        drawOption(scene, options.options[i], cellOf(rest, i, columns, optionGap, optionHeight));
    }
}

}  // namespace liqu::ui
