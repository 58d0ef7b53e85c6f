// What is typed, field by field. Secrets are drawn as dots only, and never become a text.
#include <algorithm>

#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float fieldHeight = 124;
constexpr float fieldGap = 16;
constexpr float padding = 24;
constexpr float dotStep = 36;
constexpr float labelSize = 30;
constexpr float narrowest = 290;
constexpr float leastTyped = 0.5F;  // of its size, where it is long
constexpr std::size_t mostColumns = 6;

// As many as fit, in rows of equal length.
std::size_t columnsFor(const Fields& fields, float width) {
    const std::size_t count = std::max<std::size_t>(fields.fields.size(), 1);
    const auto fitting = std::clamp<std::size_t>(
        static_cast<std::size_t>((width + fieldGap) / (narrowest + fieldGap)), 1, mostColumns);
    const std::size_t rows = (count + fitting - 1) / fitting;
    return (count + rows - 1) / rows;
}

float drawDots(Canvas& canvas, const Rect& place, std::size_t count, Colour colour) {
    for (std::size_t i = 0; i < count; ++i) {
        canvas.disc({place.x + 12 + static_cast<float>(i) * dotStep, place.centre().y}, 11, colour);
    }
    return static_cast<float>(count) * dotStep;
}

void drawField(Scene& scene, const Field& field, const Rect& place) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const std::string id = "field-" + field.id;
    if (scene.touchable(id, Role::field, place, field.label.key).tapped) {
        scene.form.selected = field.id;
    }
    const bool selected = scene.form.selected == field.id;
    canvas.box(place, theme.surface, theme.radius);
    canvas.frame(place, selected ? theme.primary : theme.outline, selected ? 6 : 3, theme.radius);
    Rect inner = place.inset(padding, 10);
    bool fits = canvas.text(cutTop(inner, 47), scene.say(field.label), {labelSize},
                            selected ? theme.primary : theme.mutedInk);
    const auto typed = scene.form.values.find(field.id);
    float end = inner.x;
    if (typed != scene.form.values.end() && !typed->second.empty()) {
        const std::string& value = typed->second.reveal();
        if (field.kind == screen::FieldKind::secret) {
            end += drawDots(canvas, inner, value.size(), theme.ink);
        } else {
            const TextLook look = canvas.fitted(value, {theme.bodySize, Weight::bold}, inner.width,
                                                leastTyped, Privacy::personal);
            fits = canvas.text(inner, value, look, theme.ink, Privacy::personal) && fits;
            end += canvas.measure(value, look, 0, Privacy::personal).size.width;
        }
    }
    if (selected) canvas.box({end + 4, inner.centre().y - 24, 4, 48}, theme.primary);
    if (!fits) scene.tellClipped(id);
}

// What the keys and the answer need to know of the fields.
void tellForm(EntryForm& form, const std::vector<Field>& fields) {
    const auto known = [&](const Field& field) { return field.id == form.selected; };
    if (!fields.empty() && std::none_of(fields.begin(), fields.end(), known)) {
        form.selected = fields.front().id;
    }
    form.complete = true;
    form.secrets.clear();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto typed = form.values.find(fields[i].id);
        if (typed == form.values.end() || typed->second.empty()) form.complete = false;
        if (fields[i].kind == screen::FieldKind::secret) form.secrets.push_back(fields[i].id);
        if (!known(fields[i])) continue;
        form.longest = fields[i].longest;
        // A card number is full when it is; where a PIN ends nobody knows.
        const bool goesOn = fields[i].kind == screen::FieldKind::cardNumber;
        form.next = goesOn && i + 1 < fields.size() ? fields[i + 1].id : "";
    }
}

}  // namespace

float heightOf(Scene&, const Fields& fields, float width) {
    const std::size_t columns = columnsFor(fields, width);
    const std::size_t rows = (fields.fields.size() + columns - 1) / columns;
    return static_cast<float>(rows) * (fieldHeight + fieldGap) - fieldGap;
}

void draw(Scene& scene, const Fields& fields, const Rect& place, const std::string&) {
    tellForm(scene.form, fields.fields);
    const std::size_t columns = columnsFor(fields, place.width);
    for (std::size_t i = 0; i < fields.fields.size(); ++i) {
        drawField(scene, fields.fields[i], cellOf(place, i, columns, fieldGap, fieldHeight));
    }
}

}  // namespace liqu::ui
