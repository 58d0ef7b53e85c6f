// Touches and mouse clicks as one pointer for the widgets. Each change lasts one frame, in the
// order position, press, release, away: so a widget is hovered before it is pressed, and nothing
// stays hovered after a finger has left. What follows from it: a touch counts only where it begins
// and ends inside the same widget (hardware-notes/touch-panel.md, "Order of events").
//
// A panel tells of one touch as fingers, as a mouse, or as both, in either order, and may double or
// lose any part of it (libsdl-org/SDL#3400, #8382, #11204); one of the two may lag behind by more
// than a touch. So one source is listened to at a time, what repeats a touch of the last moments at
// its place is no other touch, and a touch whose end was lost is given up when the next one begins.
// Main thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "ui/toolkit/geometry.hpp"

union SDL_Event;

namespace liqu::ui {

struct PointerState {
    std::optional<Point> at;  // in pixels; none: nowhere
    bool pressed = false;
};

class PointerInput {
  public:
    explicit PointerInput(Size windowPixels) : window_(windowPixels) {}

    void resize(Size windowPixels) { window_ = windowPixels; }
    // Answers whether the event was one of a pointer.
    bool take(const SDL_Event& event);
    // The state of the next frame.
    PointerState next();
    bool pending() const { return !queue_.empty(); }
    // Did a touch end since this was asked last? Also one that counts nowhere.
    bool takeTouched() { return std::exchange(touched_, false); }
    // What was touched so far counts no more; the rest of such a touch is no new one.
    void drop();

  private:
    enum class Source : std::uint8_t { none, finger, mouse };
    struct Contact {
        Source source = Source::none;
        std::int64_t id = 0;  // which finger, which mouse
        Point at;
        std::uint32_t time = 0;  // of SDL, in ms; wraps around
    };

    struct Touch {
        Source source = Source::none;
        Point beganAt;
        Point lastAt;
        std::uint32_t heardAt = 0;  // when its source was heard of it last
    };

    bool takeFinger(const SDL_Event& event);
    bool takeMouse(const SDL_Event& event);
    void begin(const Contact& contact);
    void move(const Contact& contact);
    void end(const Contact& contact);
    bool isNear(const Touch& touch, Point place) const;
    bool isEcho(const Contact& contact) const;
    bool isNewTouch(const Contact& contact) const;
    bool isHeldOne(const Contact& contact) const;
    static std::uint32_t since(std::uint32_t time, std::uint32_t now);
    void hear(const Contact& contact);
    void cancel();

    Size window_;
    std::deque<PointerState> queue_;
    PointerState present_;
    std::deque<Touch> touches_;         // of the last moments, the newest at the end
    std::optional<std::int64_t> held_;  // who holds the newest, while it goes on
    bool touched_ = false;
};

}  // namespace liqu::ui
