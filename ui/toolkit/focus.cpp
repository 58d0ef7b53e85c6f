#include "ui/toolkit/focus.hpp"

#include <algorithm>
#include <iterator>

namespace liqu::ui {

namespace {

bool canBePressed(const MapEntry& entry) {
    switch (entry.role) {
        case Role::primary:
        case Role::secondary:
        case Role::choice:
        case Role::key:
        case Role::field:
        case Role::footer:
            return entry.state != WidgetState::disabled;
        default:
            return false;
    }
}

}  // namespace

void Focus::see(const ScreenMap& map) {
    controls_.clear();
    std::ranges::copy_if(map.entries(), std::back_inserter(controls_), canBePressed);
    if (!here(at_)) at_.clear();
}

std::optional<std::string> Focus::here(std::string_view id) const {
    const auto found = std::ranges::find(controls_, id, &MapEntry::id);
    return found == controls_.end() ? std::nullopt : std::optional(found->id);
}

void Focus::move(bool forward) {
    if (controls_.empty()) return;
    const auto found = std::ranges::find(controls_, at_, &MapEntry::id);
    const std::size_t count = controls_.size();
    std::size_t next = forward ? 0 : count - 1;
    if (found != controls_.end()) {
        const auto index = static_cast<std::size_t>(found - controls_.begin());
        next = (index + (forward ? 1 : count - 1)) % count;
    }
    at_ = controls_[next].id;
}

// Whoever types with the keys, or a reader of barcodes, ends with enter: then the answer is meant.
std::optional<std::string> Focus::press() {
    if (!at_.empty()) return at_;
    if (std::ranges::find(controls_, Role::field, &MapEntry::role) == controls_.end()) {
        move(true);
        return std::nullopt;
    }
    const auto answer = std::ranges::find(controls_, Role::primary, &MapEntry::role);
    return answer == controls_.end() ? std::nullopt : std::optional(answer->id);
}

std::optional<std::string> Focus::take(const KeyStroke& stroke, Direction reading) {
    using Kind = KeyStroke::Kind;
    const bool rightIsForward = reading == Direction::leftToRight;
    switch (stroke.kind) {
        case Kind::forward:
        case Kind::back:
            move(stroke.kind == Kind::forward);
            return std::nullopt;
        case Kind::left:
        case Kind::right:
            move((stroke.kind == Kind::right) == rightIsForward);
            return std::nullopt;
        case Kind::press:
            return press();
        case Kind::leave:
            return here("back");
        case Kind::erase:
            return here("key-erase");
        case Kind::sign:
            return here(std::string("key-") + stroke.sign);
    }
    return std::nullopt;
}

}  // namespace liqu::ui
