// A touch is told by several events of two sources. In any order, with any of them doubled or lost,
// it is at most one press, and the touch after it works.
#include <SDL.h>
#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

#include "ui/toolkit/pointer_input.hpp"

using namespace liqu::ui;

namespace {

constexpr float width = 1000;
constexpr float height = 2000;

struct Presses {
    int begun = 0;
    std::vector<Point> clicks;  // begun and ended, with the place of the end
};

class Panel {
  public:
    std::uint32_t now = 1000;

    void finger(Uint32 type, Point at, SDL_FingerID id = 1) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.timestamp = now;
        event.tfinger.fingerId = id;
        event.tfinger.x = at.x / width;
        event.tfinger.y = at.y / height;
        pointer_.take(event);
    }
    void button(Uint32 type, Point at) {
        SDL_Event event{};
        event.type = type;
        event.button.timestamp = now;
        event.button.button = SDL_BUTTON_LEFT;
        event.button.x = static_cast<int>(at.x);
        event.button.y = static_cast<int>(at.y);
        pointer_.take(event);
    }
    void drop() { pointer_.drop(); }
    Presses presses() {
        Presses seen;
        while (pointer_.pending()) {
            const PointerState state = pointer_.next();
            if (state.pressed && !was_) ++seen.begun;
            if (!state.pressed && was_ && state.at) seen.clicks.push_back(*state.at);
            was_ = state.pressed;
        }
        return seen;
    }

  private:
    PointerInput pointer_{{width, height}};
    bool was_ = false;
};

constexpr Point middle{500, 1000};

// What a panel says of one touch: d, u a finger; D, U the mouse.
void play(Panel& panel, const std::string& events, Point at, std::uint32_t step,
          SDL_FingerID id = 1) {
    for (const char event : events) {
        if (event == 'd') panel.finger(SDL_FINGERDOWN, at, id);
        if (event == 'm') panel.finger(SDL_FINGERMOTION, at, id);
        if (event == 'u') panel.finger(SDL_FINGERUP, at, id);
        if (event == 'D') panel.button(SDL_MOUSEBUTTONDOWN, at);
        if (event == 'U') panel.button(SDL_MOUSEBUTTONUP, at);
        panel.now += step;
    }
}

}  // namespace

TEST_CASE("each order of a finger and its mouse is one press") {
    for (const std::string events : {"duDU", "DUdu", "DdUu", "dDuU", "dDUu", "DduU", "ddu", "dudu",
                                     "DDUU", "DUDU", "du", "DU"}) {
        CAPTURE(events);
        for (const std::uint32_t step : {0U, 1U, 15U}) {
            Panel panel;
            play(panel, events, middle, step);
            const Presses seen = panel.presses();
            CHECK(seen.begun == 1);
            CHECK(seen.clicks.size() == 1);
        }
    }
}

TEST_CASE("an end without a beginning is no press, two fingers are one") {
    Panel panel;
    play(panel, "uU", middle, 1);
    CHECK(panel.presses().begun == 0);
    panel.finger(SDL_FINGERDOWN, {500, 1000}, 1);
    panel.finger(SDL_FINGERDOWN, {900, 1800}, 2);
    panel.finger(SDL_FINGERUP, {500, 1000}, 1);
    panel.finger(SDL_FINGERUP, {900, 1800}, 2);
    const Presses seen = panel.presses();
    CHECK(seen.begun == 1);
    REQUIRE(seen.clicks.size() == 1);
    CHECK(seen.clicks[0].x == 500);
}

TEST_CASE("the same key twice in a row is two presses, whoever tells of it first") {
    for (const std::string events : {"DUdu", "duDU", "du", "DU"}) {
        CAPTURE(events);
        Panel panel;
        for (int i = 0; i < 4; ++i) {
            play(panel, events, middle, 1);
            panel.now += 120;
        }
        CHECK(panel.presses().clicks.size() == 4);
    }
}

TEST_CASE("one source lags behind by more than a touch: each touch is one press") {
    constexpr Point keys[] = {{100, 300}, {500, 1000}, {100, 300}, {900, 1800}};
    for (const auto& [first, second] : {std::pair("DU", "du"), std::pair("du", "DU")}) {
        CAPTURE(std::string(first));
        for (const std::size_t lag : {1U, 2U, 3U}) {
            CAPTURE(lag);
            Panel panel;
            for (std::size_t at = 0; at < std::size(keys) + lag; ++at) {
                if (at < std::size(keys)) play(panel, first, keys[at], 1);
                if (at >= lag) play(panel, second, keys[at - lag], 1);
                panel.now += 120;
            }
            const Presses seen = panel.presses();
            CHECK(seen.begun == 4);
            REQUIRE(seen.clicks.size() == 4);
            for (std::size_t at = 0; at < std::size(keys); ++at) {
                CHECK(seen.clicks[at].x == keys[at].x);
            }
        }
    }
}

TEST_CASE("a touch whose end was lost does not kill the panel") {
    for (const SDL_FingerID next : {1, 2}) {
        Panel panel;
        play(panel, "d", middle, 1);
        panel.now += 400;
        play(panel, "du", {100, 300}, 30, next);
        const Presses seen = panel.presses();
        REQUIRE(seen.clicks.size() == 1);
        CHECK(seen.clicks[0].x == 100);
    }
    Panel panel;
    play(panel, "D", middle, 1);
    panel.now += 2500;
    play(panel, "du", {100, 300}, 30);
    CHECK(panel.presses().clicks.size() == 1);
}

TEST_CASE("a touch that was dropped is over, its echo included") {
    Panel panel;
    play(panel, "d", middle, 10);
    panel.drop();
    play(panel, "uDU", middle, 10);
    CHECK(panel.presses().begun == 0);
    panel.now += 600;
    play(panel, "du", middle, 10);
    CHECK(panel.presses().clicks.size() == 1);
}

TEST_CASE("any order, doubling and loss: at most one press, and the next touch works") {
    std::mt19937 chance(20261129);  // NOLINT(cert-msc51-cpp): the same each time
    const auto below = [&](int limit) {
        return static_cast<int>(chance() % static_cast<std::uint32_t>(limit));
    };
    // Also where SDL's clock begins again.
    for (const std::uint32_t start : {1000U, 0xFFFFFF00U}) {
        Panel panel;
        panel.now = start;
        SDL_FingerID id = 1;
        for (int round = 0; round < 20'000; ++round) {
            std::string events;
            for (const char event : std::string("dmuDU")) {
                for (int times = below(3); times > 0; --times) events += event;
            }
            std::shuffle(events.begin(), events.end(), chance);
            const Point at{static_cast<float>(20 + below(960)), static_cast<float>(below(2000))};
            play(panel, events, at, static_cast<std::uint32_t>(below(6)), id++);
            const Presses seen = panel.presses();
            CAPTURE(round);
            CAPTURE(events);
            REQUIRE(seen.begun <= 1);
            REQUIRE(seen.clicks.size() <= 1);
            panel.now += static_cast<std::uint32_t>(600 + below(3000));
            const std::string whole = std::vector<std::string>{
                "duDU", "DUdu", "DdUu"}[static_cast<std::size_t>(below(3))];
            const Point next{static_cast<float>(20 + below(960)), static_cast<float>(below(2000))};
            play(panel, whole, next, 20, id++);
            const Presses good = panel.presses();
            REQUIRE(good.clicks.size() == 1);
            REQUIRE(good.clicks[0].x == doctest::Approx(next.x));
            panel.now += static_cast<std::uint32_t>(600 + below(600));
        }
    }
}
