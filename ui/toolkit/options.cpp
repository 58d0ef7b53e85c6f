// A few ways something can be, one of them chosen: the languages, the sizes of letters.
#include <algorithm>

#include "ui/toolkit/signs.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float optionHeight = 132;
constexpr float optionGap = 20;
constexpr float narrowest = 220;
constexpr float labelGap = 12;
constexpr float labelWidth = 320;
constexpr float roomForLabelBeside = 1200;
constexpr float tickSide = 44;

// The label stands above the options, or beside them where the page is wide and low.
struct OptionsLayout {
    bool isBeside = false;
    float label = 0;  // its width beside, its height above
    std::size_t columns = 1;
    float options = 0;  // their width
};

OptionsLayout optionsLayoutOf(Scene& scene, const Options& options, float width) {
    OptionsLayout layout{.isBeside = width >= roomForLabelBeside};
    const TextLook look{scene.theme.smallSize, Weight::bold};
    layout.label =
        layout.isBeside
            ? labelWidth
            : scene.canvas.measure(scene.say(options.label), look, width).size.height + labelGap;
    layout.options = layout.isBeside ? width - labelWidth : width;
    const auto fitting = std::max<std::size_t>(
        1, static_cast<std::size_t>((layout.options + optionGap) / (narrowest + optionGap)));
    layout.columns = std::clamp<std::size_t>(options.options.size(), 1, fitting);
    return layout;
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
    const std::string words = scene.say(option.label);
    const TextLook look =
        canvas.fitted(words, {theme.bodySize, Weight::bold, Align::centre}, rest.width);
    if (!canvas.text(rest, words, look, ink)) scene.tellClipped(option.id);
    if (touch.tapped) scene.answer({ActionKind::adjust, option.id});
}

}  // namespace

float heightOf(Scene& scene, const Options& options, float width) {
    const OptionsLayout layout = optionsLayoutOf(scene, options, width);
    const std::size_t rows = (options.options.size() + layout.columns - 1) / layout.columns;
    return (layout.isBeside ? 0 : layout.label) +
           static_cast<float>(rows) * (optionHeight + optionGap) - optionGap;
}

void draw(Scene& scene, const Options& options, const Rect& place, const std::string& id) {
    const OptionsLayout layout = optionsLayoutOf(scene, options, place.width);
    Rect rest = place;
    const Rect label = layout.isBeside ? cutLeft(rest, layout.label) : cutTop(rest, layout.label);
    const bool fits =
        scene.canvas.text(label, scene.say(options.label), {scene.theme.smallSize, Weight::bold},
                          scene.theme.mutedInk);
    scene.publish(id, Role::text, label, options.label.key, fits);
    for (std::size_t i = 0; i < options.options.size(); ++i) {
        drawOption(scene, options.options[i],
                   cellOf(rest, i, layout.columns, optionGap, optionHeight));
    }
}

}  // namespace liqu::ui
