// Touches and mouse clicks as one pointer for the widgets. Each change lasts one frame, in the
// order position, press, release, away: so a widget is hovered before it is pressed, and nothing
// stays hovered after a finger has left. What follows from it: a touch counts only where it begins
// and ends inside the same widget (research/anchors.md §4.4).
// Main thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

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

  private:
    void press(Point at);
    void move(Point at);
    void release(Point at);
    void cancel();
    bool takeFinger(const SDL_Event& event);
    bool takeMouse(const SDL_Event& event);

    Size window_;
    std::deque<PointerState> queue_;
    PointerState present_;
    bool down_ = false;
    std::optional<std::int64_t> finger_;
    std::optional<std::uint32_t> lastFingerTime_;
};

}  // namespace liqu::ui
