// Through SDL's own queue: Xvfb has no touch device.
#include "ui/toolkit/pointer_input.hpp"

#include <SDL.h>
#include <doctest/doctest.h>
#include <vector>

using namespace liqu::ui;

namespace {

class Fixture {
  public:
    Fixture() { SDL_Init(SDL_INIT_EVENTS); }
    ~Fixture() { SDL_Quit(); }

    void finger(Uint32 type, float x, float y, SDL_FingerID id = 1) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.fingerId = id;
        event.tfinger.x = x;
        event.tfinger.y = y;
        push(event);
    }
    void button(Uint32 type, int x, int y, Uint32 which = 0, Uint8 number = SDL_BUTTON_LEFT) {
        SDL_Event event{};
        event.type = type;
        event.button.which = which;
        event.button.button = number;
        event.button.x = x;
        event.button.y = y;
        push(event);
    }
    void window(Uint8 what) {
        SDL_Event event{};
        event.type = SDL_WINDOWEVENT;
        event.window.event = what;
        push(event);
    }
    // Everything the widgets would see, frame by frame.
    std::vector<PointerState> frames() {
        SDL_Event event;
        while (SDL_PollEvent(&event) != 0) pointer.take(event);
        std::vector<PointerState> seen;
        while (pointer.pending()) seen.push_back(pointer.next());
        return seen;
    }

    PointerInput pointer{{1000, 2000}};

  private:
    static void push(SDL_Event& event) { REQUIRE(SDL_PushEvent(&event) == 1); }
};

bool pressedAnywhere(const std::vector<PointerState>& frames) {
    for (const PointerState& frame : frames) {
        if (frame.pressed) return true;
    }
    return false;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a quick touch is position, press, release, away") {
    finger(SDL_FINGERDOWN, 0.5F, 0.25F);
    finger(SDL_FINGERUP, 0.5F, 0.25F);
    const auto seen = frames();
    REQUIRE(seen.size() == 5);
    CHECK_FALSE(seen[0].pressed);
    CHECK(seen[0].at->x == 500);
    CHECK(seen[0].at->y == 500);
    CHECK(seen[1].pressed);
    CHECK(seen[2].pressed);
    CHECK_FALSE(seen[3].pressed);
    CHECK(seen[3].at.has_value());
    CHECK_FALSE(seen[4].at.has_value());
}

TEST_CASE_FIXTURE(Fixture, "a finger that slides ends where it was lifted") {
    finger(SDL_FINGERDOWN, 0.1F, 0.1F);
    for (int i = 0; i < 20; ++i)
        finger(SDL_FINGERMOTION, 0.2F + 0.01F * static_cast<float>(i), 0.1F);
    finger(SDL_FINGERUP, 0.9F, 0.1F);
    const auto seen = frames();
    REQUIRE(seen.size() >= 4);
    CHECK(seen[1].at->x == 100);
    CHECK(seen[seen.size() - 2].at->x == doctest::Approx(900));
    CHECK(seen.size() < 10);
}

TEST_CASE_FIXTURE(Fixture, "a second finger is no touch") {
    finger(SDL_FINGERDOWN, 0.1F, 0.1F, 1);
    frames();
    finger(SDL_FINGERDOWN, 0.8F, 0.8F, 2);
    finger(SDL_FINGERUP, 0.8F, 0.8F, 2);
    CHECK(frames().empty());
    finger(SDL_FINGERUP, 0.1F, 0.1F, 1);
    CHECK(frames().size() == 3);
}

TEST_CASE_FIXTURE(Fixture, "the mouse works, but neither its other buttons nor a touch's echo") {
    button(SDL_MOUSEBUTTONDOWN, 10, 20);
    button(SDL_MOUSEBUTTONUP, 10, 20);
    CHECK(pressedAnywhere(frames()));
    button(SDL_MOUSEBUTTONDOWN, 10, 20, 0, SDL_BUTTON_RIGHT);
    button(SDL_MOUSEBUTTONDOWN, 10, 20, SDL_TOUCH_MOUSEID);
    CHECK(frames().empty());
    finger(SDL_FINGERDOWN, 0.5F, 0.5F);
    finger(SDL_FINGERUP, 0.5F, 0.5F);
    frames();
    button(SDL_MOUSEBUTTONDOWN, 500, 1000);
    button(SDL_MOUSEBUTTONUP, 500, 1000);
    CHECK(frames().empty());
}

TEST_CASE_FIXTURE(Fixture, "a window that loses its focus loses the touch, too") {
    button(SDL_MOUSEBUTTONDOWN, 10, 20);
    frames();
    window(SDL_WINDOWEVENT_FOCUS_LOST);
    const auto seen = frames();
    REQUIRE(seen.size() == 2);
    // Away before up: no widget sees a release inside.
    CHECK_FALSE(seen[0].at.has_value());
    CHECK(seen[0].pressed);
    CHECK_FALSE(seen[1].pressed);
}
