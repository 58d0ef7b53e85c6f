// The attendant's badge number and PIN. The PIN is drawn as dots only, and never becomes a text.
#include <array>

#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float fieldHeight = 120;
constexpr float keyHeight = 124;
constexpr float keyGap = 16;
constexpr float padding = 28;
constexpr std::size_t columns = 4;
constexpr std::size_t longestEntry = 8;

bool sideBySide(float width) {
    return width >= 900;
}

void drawDots(Canvas& canvas, const Rect& place, std::size_t count, Colour colour) {
    for (std::size_t i = 0; i < count; ++i) {
        canvas.disc({place.x + 14 + static_cast<float>(i) * 38, place.centre().y}, 12, colour);
    }
}

void drawField(Scene& scene, const Rect& place, bool isPin) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const std::string id = isPin ? "field-pin" : "field-badge";
    const Phrase label{isPin ? "attendant.pin" : "attendant.badge"};
    const bool selected = scene.form.onPin == isPin;
    if (scene.touchable(id, Role::field, place, label.key).tapped) scene.form.onPin = isPin;
    canvas.box(place, theme.surface, theme.radius);
    canvas.frame(place, selected ? theme.primary : theme.outline, selected ? 6 : 3, theme.radius);
    Rect inner = place.inset(padding, 0);
    const std::string words = scene.say(label);
    const TextLook look{theme.smallSize, Weight::regular};
    const Rect name = cutLeft(inner, canvas.measure(words, look, 0).size.width + padding);
    bool fits = canvas.text(name, words, look, theme.mutedInk);
    const SecretText& entry = isPin ? scene.form.pin : scene.form.badge;
    float end = inner.x;
    if (isPin) {
        drawDots(canvas, inner, entry.reveal().size(), theme.ink);
        end += static_cast<float>(entry.reveal().size()) * 38;
    } else {
        const TextLook digits{theme.bodySize, Weight::bold};
        fits = canvas.text(inner, entry.reveal(), digits, theme.ink, Privacy::personal) && fits;
        end += canvas.measure(entry.reveal(), digits, inner.width, Privacy::personal).size.width;
    }
    if (selected) canvas.box({end + 4, place.centre().y - 30, 4, 60}, theme.primary);
    if (!fits) scene.tellClipped(id);
}

void typeDigit(AttendantForm& form, char digit) {
    SecretText& entry = form.onPin ? form.pin : form.badge;
    if (entry.reveal().size() >= longestEntry) return;
    entry = SecretText(entry.reveal() + digit);
}

void erase(AttendantForm& form) {
    SecretText& entry = form.onPin ? form.pin : form.badge;
    if (!entry.empty()) {
        entry = SecretText(entry.reveal().substr(0, entry.reveal().size() - 1));
    }
}

struct Key {
    std::string_view id;
    char digit;  // 0: not a digit
};
constexpr std::array<Key, 12> keys = {{{"key-1", '1'},
                                       {"key-2", '2'},
                                       {"key-3", '3'},
                                       {"key-erase", 0},
                                       {"key-4", '4'},
                                       {"key-5", '5'},
                                       {"key-6", '6'},
                                       {"key-clear", 0},
                                       {"key-7", '7'},
                                       {"key-8", '8'},
                                       {"key-9", '9'},
                                       {"key-0", '0'}}};

void drawKey(Scene& scene, const Key& key, const Rect& place) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const bool clears = key.id == "key-clear";
    const Touch touch = scene.touchable(key.id, Role::key, place, clears ? "attendant.clear" : "");
    canvas.shadow(place, theme.radius);
    canvas.box(place, touch.held || key.digit == 0 ? theme.soft : theme.surface, theme.radius);
    bool fits = true;
    if (key.digit != 0) {
        fits = canvas.text(place, std::string(1, key.digit),
                           {theme.titleSize, Weight::bold, Align::centre}, theme.ink);
    } else if (clears) {
        fits = canvas.text(place, scene.say({"attendant.clear"}),
                           {theme.smallSize, Weight::bold, Align::centre}, theme.ink);
    } else {
        const Point centre = place.centre();
        drawSign(canvas, Sign::erase, {centre.x - 40, centre.y - 40, 80, 80}, theme.ink);
    }
    if (!fits) scene.tellClipped(key.id);
    if (!touch.tapped) return;
    if (key.digit != 0) {
        typeDigit(scene.form, key.digit);
    } else if (clears) {
        (scene.form.onPin ? scene.form.pin : scene.form.badge) = SecretText();
    } else {
        erase(scene.form);
    }
}

}  // namespace

float heightOf(Scene&, const AttendantFields&, float width) {
    return sideBySide(width) ? fieldHeight : 2 * fieldHeight + keyGap;
}

void draw(Scene& scene, const AttendantFields&, const Rect& place, const std::string&) {
    Rect rest = place;
    if (sideBySide(place.width)) {
        drawField(scene, cutLeft(rest, (place.width - keyGap) / 2), false);
        cutLeft(rest, keyGap);
    } else {
        drawField(scene, cutTop(rest, fieldHeight), false);
        cutTop(rest, keyGap);
    }
    drawField(scene, rest, true);
}

float heightOf(Scene&, const Keypad&, float) {
    constexpr auto rows = static_cast<float>(keys.size() / columns);
    return rows * keyHeight + (rows - 1) * keyGap;
}

void draw(Scene& scene, const Keypad&, const Rect& place, const std::string&) {
    const float width =
        (place.width - keyGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto column = static_cast<float>(i % columns);
        const auto row = static_cast<float>(i / columns);
        drawKey(scene, keys[i],
                {place.x + column * (width + keyGap), place.y + row * (keyHeight + keyGap), width,
                 keyHeight});
    }
}

}  // namespace liqu::ui
