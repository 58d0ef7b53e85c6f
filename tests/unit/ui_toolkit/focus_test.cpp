#include "ui/toolkit/focus.hpp"

#include <SDL.h>
#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::ui;
using Kind = KeyStroke::Kind;

namespace {

ScreenMap pageWith(std::initializer_list<MapEntry> entries) {
    ScreenMap map;
    map.begin("page", "zh-CN", {1080, 1920});
    for (const MapEntry& entry : entries) map.add(entry);
    return map;
}

ScreenMap pageOfChoices() {
    return pageWith({{.id = "staff-corner", .role = Role::corner},
                     {.id = "question", .role = Role::heading},
                     {.id = "loss", .role = Role::choice},
                     {.id = "gone", .role = Role::choice, .state = WidgetState::disabled},
                     {.id = "pin", .role = Role::choice},
                     {.id = "back", .role = Role::footer}});
}

ScreenMap pageToTypeOn(WidgetState answer) {
    return pageWith({{.id = "number", .role = Role::field},
                     {.id = "key-1", .role = Role::key},
                     {.id = "key-A", .role = Role::key},
                     {.id = "key-erase", .role = Role::key},
                     {.id = "submit", .role = Role::primary, .state = answer}});
}

SDL_Event keyDown(SDL_Keycode key, Uint16 held = 0, Uint8 repeat = 0) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.keysym.sym = key;
    event.key.keysym.mod = held;
    event.key.repeat = repeat;
    return event;
}

std::optional<KeyStroke> strokeOf(SDL_Keycode key, Uint16 held = 0) {
    KeyInput keys;
    CHECK(keys.take(keyDown(key, held)));
    return keys.next();
}

std::string after(Focus& focus, Kind kind, Direction reading = Direction::leftToRight) {
    CHECK_FALSE(focus.take({kind}, reading));
    return focus.at();
}

}  // namespace

TEST_CASE("the keys go through what can be touched, in the order of reading, around") {
    Focus focus;
    focus.see(pageOfChoices());
    CHECK(after(focus, Kind::forward) == "loss");
    CHECK(after(focus, Kind::forward) == "pin");
    CHECK(after(focus, Kind::forward) == "back");
    CHECK(after(focus, Kind::forward) == "loss");
    CHECK(after(focus, Kind::back) == "back");
    CHECK(after(focus, Kind::left) == "pin");
    CHECK(after(focus, Kind::left, Direction::rightToLeft) == "back");
    CHECK(*focus.take({Kind::press}, Direction::leftToRight) == "back");
}

TEST_CASE("enter at nothing presses nothing, and escape is the way back") {
    Focus focus;
    focus.see(pageOfChoices());
    CHECK(after(focus, Kind::press) == "loss");
    CHECK(*focus.take({Kind::leave}, Direction::leftToRight) == "back");
    focus.leave();
    CHECK(focus.at().empty());
}

TEST_CASE("what is gone, or is not enabled any more, has no focus") {
    Focus focus;
    focus.see(pageOfChoices());
    after(focus, Kind::forward);
    focus.see(pageToTypeOn(WidgetState::enabled));
    CHECK(focus.at().empty());
    focus.see({});
    CHECK(after(focus, Kind::forward).empty());
    CHECK_FALSE(focus.take({Kind::leave}, Direction::leftToRight));
}

TEST_CASE("signs press the keys of the page, and enter its answer once it is whole") {
    Focus focus;
    focus.see(pageToTypeOn(WidgetState::disabled));
    CHECK(*focus.take({Kind::sign, '1'}, Direction::leftToRight) == "key-1");
    CHECK(*focus.take({Kind::sign, 'A'}, Direction::leftToRight) == "key-A");
    CHECK_FALSE(focus.take({Kind::sign, '2'}, Direction::leftToRight));
    CHECK(*focus.take({Kind::erase}, Direction::leftToRight) == "key-erase");
    CHECK_FALSE(focus.take({Kind::press}, Direction::leftToRight));
    focus.see(pageToTypeOn(WidgetState::enabled));
    CHECK(*focus.take({Kind::press}, Direction::leftToRight) == "submit");
}

TEST_CASE("a keypad, a keyboard and a reader of barcodes say the same") {
    CHECK(*strokeOf(SDLK_KP_7) == KeyStroke{Kind::sign, '7'});
    CHECK(*strokeOf(SDLK_KP_0) == KeyStroke{Kind::sign, '0'});
    CHECK(*strokeOf(SDLK_7) == KeyStroke{Kind::sign, '7'});
    CHECK(*strokeOf(SDLK_b) == KeyStroke{Kind::sign, 'B'});
    CHECK(*strokeOf(SDLK_KP_ENTER) == KeyStroke{Kind::press});
    CHECK(*strokeOf(SDLK_TAB) == KeyStroke{Kind::forward});
    CHECK(*strokeOf(SDLK_TAB, KMOD_LSHIFT) == KeyStroke{Kind::back});
    CHECK_FALSE(strokeOf(SDLK_F4, KMOD_ALT));
    CHECK_FALSE(strokeOf(SDLK_TAB, KMOD_LALT));
    CHECK_FALSE(strokeOf(SDLK_F1));
}

TEST_CASE("a key that is stuck counts once, and a storm of keys has an end") {
    KeyInput keys;
    CHECK(keys.take(keyDown(SDLK_1)));
    for (int i = 0; i < 100; ++i) CHECK(keys.take(keyDown(SDLK_1, 0, 1)));
    CHECK(keys.next());
    CHECK_FALSE(keys.next());
    for (int i = 0; i < 1000; ++i) keys.take(keyDown(SDLK_2));
    int strokes = 0;
    while (keys.next()) ++strokes;
    CHECK(strokes == 64);
    CHECK(keys.takeUsed());
    CHECK_FALSE(keys.takeUsed());
    SDL_Event touch{};
    touch.type = SDL_FINGERDOWN;
    CHECK_FALSE(keys.take(touch));
}
