#include "ui/toolkit/pointer_input.hpp"

#include <SDL.h>
#include <algorithm>
#include <cmath>

namespace liqu::ui {

namespace {
// The other source of a panel tells of the same touch, so much before or after.
constexpr std::uint32_t echoMs = 500;
// A touch that goes on is heard of; after so long its end was lost: to a touch of the same source,
// which cannot be its echo, and to one of the other, which could.
constexpr std::uint32_t lostMs = 300;
constexpr std::uint32_t lostToOtherMs = 2000;
// Nobody lifts a finger and sets it down at the same place faster than this.
constexpr std::uint32_t bounceMs = 80;
constexpr float samePlace = 0.04F;  // of the window's shorter side
// More than anybody touches within echoMs.
constexpr std::size_t mostTouches = 8;
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
    if (!std::isfinite(touch.x) || !std::isfinite(touch.y)) return true;
    const Contact contact{Source::finger,
                          touch.fingerId,
                          {touch.x * window_.width, touch.y * window_.height},
                          touch.timestamp};
    if (event.type == SDL_FINGERDOWN) {
        begin(contact);
    } else if (event.type == SDL_FINGERMOTION) {
        move(contact);
    } else {
        end(contact);
    }
    return true;
}

bool PointerInput::takeMouse(const SDL_Event& event) {
    if (event.type == SDL_MOUSEMOTION) {
        const SDL_MouseMotionEvent& motion = event.motion;
        move({Source::mouse,
              motion.which,
              {static_cast<float>(motion.x), static_cast<float>(motion.y)},
              motion.timestamp});
        return true;
    }
    const SDL_MouseButtonEvent& button = event.button;
    if (button.which == SDL_TOUCH_MOUSEID || button.button != SDL_BUTTON_LEFT) return true;
    const Contact contact{Source::mouse,
                          button.which,
                          {static_cast<float>(button.x), static_cast<float>(button.y)},
                          button.timestamp};
    if (event.type == SDL_MOUSEBUTTONDOWN) {
        begin(contact);
    } else {
        end(contact);
    }
    return true;
}

// Times that run backwards are of one moment.
std::uint32_t PointerInput::since(std::uint32_t time, std::uint32_t now) {
    const auto passed = static_cast<std::int32_t>(now - time);
    return passed < 0 ? 0 : static_cast<std::uint32_t>(passed);
}

bool PointerInput::isHeldOne(const Contact& contact) const {
    return held_ == contact.id && touches_.back().source == contact.source;
}

bool PointerInput::isNear(const Touch& touch, Point place) const {
    const float near = samePlace * std::min(window_.width, window_.height);
    const auto reaches = [&](Point at) {
        return std::hypot(place.x - at.x, place.y - at.y) <= near;
    };
    return reaches(touch.beganAt) || reaches(touch.lastAt);
}

bool PointerInput::isEcho(const Contact& contact) const {
    return std::ranges::any_of(touches_, [&](const Touch& touch) {
        const bool goesOn = held_ && &touch == &touches_.back();
        return touch.source != contact.source && isNear(touch, contact.at) &&
               since(touch.heardAt, contact.time) < (goesOn ? lostToOtherMs : echoMs);
    });
}

bool PointerInput::isNewTouch(const Contact& contact) const {
    if (touches_.empty()) return true;
    if (isEcho(contact)) return false;
    const Touch& last = touches_.back();
    const std::uint32_t silence = since(last.heardAt, contact.time);
    // Else a second finger, the ball of the hand, or the same once more.
    if (held_) return silence >= lostMs;
    return last.source != contact.source || silence >= bounceMs || !isNear(last, contact.at);
}

void PointerInput::hear(const Contact& contact) {
    Touch& touch = touches_.back();
    touch.lastAt = contact.at;
    // Never backwards.
    if (static_cast<std::int32_t>(contact.time - touch.heardAt) > 0) touch.heardAt = contact.time;
}

void PointerInput::begin(const Contact& contact) {
    if (!isNewTouch(contact)) return;
    cancel();
    std::erase_if(touches_,
                  [&](const Touch& touch) { return since(touch.heardAt, contact.time) >= echoMs; });
    if (touches_.size() == mostTouches) touches_.pop_front();
    touches_.push_back({contact.source, contact.at, contact.at, contact.time});
    held_ = contact.id;
    queue_.push_back({contact.at, false});
    queue_.push_back({contact.at, true});
}

void PointerInput::move(const Contact& contact) {
    if (!isHeldOne(contact)) return;
    hear(contact);
    // Only the last of several moves is of interest, but never in place of the press itself.
    if (queue_.size() >= 3 && queue_.back().pressed && queue_[queue_.size() - 2].pressed) {
        queue_.back().at = contact.at;
    } else {
        queue_.push_back({contact.at, true});
    }
}

void PointerInput::end(const Contact& contact) {
    if (!isHeldOne(contact)) return;
    hear(contact);
    held_.reset();
    touched_ = true;
    queue_.push_back({contact.at, true});
    queue_.push_back({contact.at, false});
    queue_.push_back({std::nullopt, false});
}

void PointerInput::cancel() {
    if (!held_) return;
    held_.reset();
    // Away first, then up: no widget sees a release inside.
    queue_.push_back({std::nullopt, true});
    queue_.push_back({std::nullopt, false});
}

void PointerInput::drop() {
    held_.reset();
    queue_.clear();
    present_ = {};
}

PointerState PointerInput::next() {
    if (!queue_.empty()) {
        present_ = queue_.front();
        queue_.pop_front();
    }
    return present_;
}

}  // namespace liqu::ui
