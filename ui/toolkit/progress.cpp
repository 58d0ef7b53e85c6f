// How far the making of a card is: the true steps, and the share of the time.
#include <algorithm>

#include "ui/toolkit/signs.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float rowHeight = 70;
constexpr float padding = 28;
constexpr float markColumn = 84;
constexpr float barHeight = 36;

enum class StepState : std::uint8_t { done, current, coming };

StepState stateOf(std::size_t index, std::size_t current) {
    if (index < current) return StepState::done;
    return index == current ? StepState::current : StepState::coming;
}

void drawMark(Scene& scene, Point centre, StepState state) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    switch (state) {
        case StepState::done:
            drawSign(canvas, Sign::tick, {centre.x - 22, centre.y - 22, 44, 44}, theme.success.ink);
            break;
        case StepState::current:
            canvas.disc(centre, 22, theme.onPrimary);
            canvas.disc(centre, 12, theme.primary);
            break;
        case StepState::coming:
            canvas.ring(centre, 18, theme.outline, 5);
            break;
    }
}

}  // namespace

float heightOf(Scene&, const StepList& list, float) {
    return rowHeight * static_cast<float>(list.steps.size()) + 2 * padding;
}

void draw(Scene& scene, const StepList& list, const Rect& place, const std::string& id) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    canvas.shadow(place, theme.radius);
    canvas.box(place, theme.surface, theme.radius);
    Rect rest = place.inset(padding);
    for (std::size_t i = 0; i < list.steps.size(); ++i) {
        Rect row = cutTop(rest, rowHeight);
        const Rect whole = row;
        const StepState state = stateOf(i, list.current);
        const bool current = state == StepState::current;
        if (current) canvas.box(row, theme.primary, 18);
        const Rect mark = cutLeft(row, markColumn);
        drawMark(scene, {mark.x + 42, mark.centre().y}, state);
        const Colour ink = current                      ? theme.onPrimary
                           : state == StepState::coming ? theme.mutedInk
                                                        : theme.ink;
        const std::string words = current ? scene.say(list.steps[i]) : scene.show(list.steps[i]);
        const TextLook look = canvas.fitted(
            words, {theme.smallSize, current ? Weight::bold : Weight::regular}, row.width);
        const bool fits = canvas.text(row, words, look, ink);
        scene.publish(id + "-" + std::to_string(i + 1), Role::text, whole, list.steps[i].key, fits);
    }
}

float heightOf(Scene& scene, const ProgressBar& bar, float) {
    return barHeight + (bar.timeLeft ? scene.theme.bodySize * 1.5F + 12 : 0);
}

void draw(Scene& scene, const ProgressBar& bar, const Rect& place, const std::string& id) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    Rect rest = place;
    const Rect track = cutTop(rest, barHeight);
    const float share = static_cast<float>(std::clamp(bar.percent, 0, 100)) / 100;
    canvas.box(track, theme.soft, barHeight / 2);
    canvas.frame(track, theme.outline, 2, barHeight / 2);
    Rect done = track.inset(5);
    done.width = std::max(done.height, done.width * share);
    canvas.box(done, theme.primary, done.height / 2);
    scene.publish(id, Role::progress, track);
    if (!bar.timeLeft) return;
    cutTop(rest, 12);
    const std::string words = scene.say(*bar.timeLeft);
    const TextLook look =
        canvas.fitted(words, {theme.bodySize, Weight::bold, Align::centre}, rest.width);
    const bool fits = canvas.text(rest, words, look, theme.ink);
    scene.publish(id + "-time", Role::text, rest, bar.timeLeft->key, fits);
}

}  // namespace liqu::ui
