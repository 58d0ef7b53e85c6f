#include "ui/toolkit/pointer_input.hpp"

#include <SDL.h>

namespace liqu::ui {

namespace {
// X servers also send a mouse event for a touch, a little later.
constexpr std::uint32_t mouseEchoMs = 500;
}  // namespace

bool PointerInput::take(const SDL_Event& event) {
    switch (event.type) {
        case SDL_FINGERDOWN:
        case SDL_FINGERMOTION:
        case SDL_FINGERUP:
            return takeFinger(event);
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
        case SDL_MOUSEMOTION:
            return takeMouse(event);
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST ||
                event.window.event == SDL_WINDOWEVENT_HIDDEN) {
                cancel();
                return true;
            }
            return false;
        default:
            return false;
    }
}

bool PointerInput::takeFinger(const SDL_Event& event) {
    const SDL_TouchFingerEvent& touch = event.tfinger;
    const Point at{touch.x * window_.width, touch.y * window_.height};
    lastFingerTime_ = touch.timestamp;
    // A second finger, or the ball of the hand, is no touch.
    if (finger_ && *finger_ != touch.fingerId) return true;
    if (event.type == SDL_FINGERDOWN) {
        finger_ = touch.fingerId;
        press(at);
    } else if (!finger_) {
        return true;
    } else if (event.type == SDL_FINGERMOTION) {
        move(at);
    } else {
        finger_.reset();
        release(at);
    }
    return true;
}

bool PointerInput::takeMouse(const SDL_Event& event) {
    if (event.type == SDL_MOUSEMOTION) {
        if (event.motion.which == SDL_TOUCH_MOUSEID || finger_ || !down_) return true;
        move({static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)});
        return true;
    }
    const SDL_MouseButtonEvent& button = event.button;
    if (button.which == SDL_TOUCH_MOUSEID || button.button != SDL_BUTTON_LEFT || finger_) {
        return true;
    }
    if (lastFingerTime_ && button.timestamp - *lastFingerTime_ < mouseEchoMs) return true;
    const Point at{static_cast<float>(button.x), static_cast<float>(button.y)};
    if (event.type == SDL_MOUSEBUTTONDOWN) {
        press(at);
    } else if (down_) {
        release(at);
    }
    return true;
}

void PointerInput::press(Point at) {
    down_ = true;
    queue_.push_back({at, false});
    queue_.push_back({at, true});
}

void PointerInput::move(Point at) {
    // Only the last of several moves is of interest, but never in place of the press itself.
    if (queue_.size() >= 3 && queue_.back().pressed && queue_[queue_.size() - 2].pressed) {
        queue_.back().at = at;
    } else {
        queue_.push_back({at, true});
    }
}

void PointerInput::release(Point at) {
    down_ = false;
    queue_.push_back({at, true});
    queue_.push_back({at, false});
    queue_.push_back({std::nullopt, false});
}

void PointerInput::cancel() {
    if (!down_) return;
    down_ = false;
    finger_.reset();
    // Away first, then up: no widget sees a release inside.
    queue_.push_back({std::nullopt, true});
    queue_.push_back({std::nullopt, false});
}

PointerState PointerInput::next() {
    if (!queue_.empty()) {
        present_ = queue_.front();
        queue_.pop_front();
    }
    return present_;
}

}  // namespace liqu::ui
