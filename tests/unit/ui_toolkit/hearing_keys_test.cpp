// Keys of who listens: a keypad with a jack tells by them what is plugged in.
#include <SDL.h>
#include <doctest/doctest.h>

#include "ui/toolkit/key_input.hpp"

namespace liqu::ui {
namespace {

SDL_Event pressed(SDL_Keycode key) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.keysym.sym = key;
    return event;
}

TEST_CASE("keys of who listens are no keys of the page, and no change of pages drops them") {
    KeyInput input;
    CHECK(input.take(pressed(SDLK_F15)));
    CHECK_FALSE(input.nextHearing());
    const auto keys = hearingKeysFrom({{"plugged", "F15"}, {"unplugged", "F16"}, {"again", "F17"}});
    REQUIRE(keys);
    input.listenFor(*keys);
    for (const SDL_Keycode key : {SDLK_F15, SDLK_5, SDLK_F16, SDLK_F18}) input.take(pressed(key));
    CHECK(input.next() == KeyStroke{KeyStroke::Kind::sign, '5'});
    CHECK_FALSE(input.pending());
    input.drop();
    CHECK(input.nextHearing() == HearingKey::plugged);
    CHECK(input.nextHearing() == HearingKey::unplugged);
    CHECK_FALSE(input.nextHearing());
    CHECK(input.takeUsed());
}

TEST_CASE("a key that is none, that the page needs, or that is named twice is refused") {
    for (const std::map<std::string, std::string>& wrong :
         std::vector<std::map<std::string, std::string>>{{{"plugged", "F99"}},
                                                         {{"plugged", ""}},
                                                         {{"again", "Tab"}},
                                                         {{"again", "5"}},
                                                         {{"sing", "F15"}},
                                                         {{"again", "F15"}, {"louder", "F15"}}}) {
        CAPTURE(wrong.begin()->second);
        const auto keys = hearingKeysFrom(wrong);
        REQUIRE_FALSE(keys);
        CHECK(keys.error().cause.find("sound.keys.") == 0);
    }
    CHECK(hearingKeysFrom({})->empty());
}

}  // namespace
}  // namespace liqu::ui
