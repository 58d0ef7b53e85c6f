// The keys: digits alone, or digits and letters for card numbers. They type into the selected
// field.
#include <algorithm>

#include "ui/toolkit/signs.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float keyHeight = 124;
constexpr float keyGap = 16;
// Many keys stand closer.
constexpr float letterHeight = 120;
constexpr float letterGap = 6;
constexpr float narrowestLetter = 120;
constexpr std::size_t digitColumns = 4;

struct Key {
    std::string id;
    char sign = 0;  // 0: erases or clears
};

std::vector<Key> digitKeys() {
    return {{"key-1", '1'}, {"key-2", '2'}, {"key-3", '3'}, {"key-erase"},
            {"key-4", '4'}, {"key-5", '5'}, {"key-6", '6'}, {"key-clear"},
            {"key-7", '7'}, {"key-8", '8'}, {"key-9", '9'}, {"key-0", '0'}};
}

std::vector<Key> allKeys() {
    std::vector<Key> keys;
    for (const char sign : std::string_view("1234567890")) {
        keys.push_back({std::string("key-") + sign, sign});
    }
    for (char sign = 'A'; sign <= 'Z'; ++sign) {
        keys.push_back({std::string("key-") + sign, sign});
    }
    keys.push_back({"key-erase"});
    keys.push_back({"key-clear"});
    return keys;
}

std::size_t columnsFor(const Keypad& keypad, float width) {
    if (!keypad.letters) return digitColumns;
    return std::max<std::size_t>(
        static_cast<std::size_t>((width + letterGap) / (narrowestLetter + letterGap)), 1);
}

void type(EntryForm& form, char sign) {
    SecretText& entry = form.values[form.selected];
    if (entry.reveal().size() >= form.longest) return;
    entry = SecretText(entry.reveal() + sign);
    if (entry.reveal().size() == form.longest && !form.next.empty()) form.selected = form.next;
}

void erase(EntryForm& form) {
    SecretText& entry = form.values[form.selected];
    if (!entry.empty()) {
        entry = SecretText(entry.reveal().substr(0, entry.reveal().size() - 1));
    }
}

void drawKey(Scene& scene, const Key& key, const Rect& place) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const bool clears = key.id == "key-clear";
    const Touch touch = scene.touchable(key.id, Role::key, place, clears ? "attendant.clear" : "");
    canvas.shadow(place, theme.radius);
    canvas.box(place, touch.held || key.sign == 0 ? theme.soft : theme.surface, theme.radius);
    canvas.frame(place, touch.held ? theme.primaryHeld : theme.outline, touch.held ? heldFrame : 3,
                 theme.radius);
    bool fits = true;
    if (key.sign != 0) {
        fits = canvas.text(place, std::string(1, key.sign),
                           {theme.largeSize, Weight::bold, Align::centre}, theme.ink);
    } else if (clears) {
        fits = canvas.text(place, scene.say({"attendant.clear"}),
                           {denseSize(scene), Weight::bold, Align::centre}, theme.ink);
    } else {
        const Point centre = place.centre();
        drawSign(canvas, Sign::erase, {centre.x - 40, centre.y - 40, 80, 80}, theme.ink);
    }
    if (!fits) scene.tellClipped(key.id);
    if (!touch.tapped) return;
    if (key.sign != 0) {
        type(scene.form, key.sign);
    } else if (clears) {
        scene.form.values[scene.form.selected] = SecretText();
    } else {
        erase(scene.form);
    }
}

}  // namespace

float heightOf(Scene&, const Keypad& keypad, float width) {
    const std::size_t columns = columnsFor(keypad, width);
    const std::size_t count = keypad.letters ? allKeys().size() : digitKeys().size();
    const std::size_t rows = (count + columns - 1) / columns;
    const float height = keypad.letters ? letterHeight : keyHeight;
    const float gap = keypad.letters ? letterGap : keyGap;
    return static_cast<float>(rows) * (height + gap) - gap;
}

void draw(Scene& scene, const Keypad& keypad, const Rect& place, const std::string&) {
    const std::vector<Key> keys = keypad.letters ? allKeys() : digitKeys();
    const std::size_t columns = columnsFor(keypad, place.width);
    const float height = keypad.letters ? letterHeight : keyHeight;
    const float gap = keypad.letters ? letterGap : keyGap;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        drawKey(scene, keys[i], cellOf(place, i, columns, gap, height));
    }
}

}  // namespace liqu::ui
