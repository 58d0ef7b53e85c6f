// Keys that can be felt: a keypad with arrows, digits and an enter key, a keyboard, or a reader of
// barcodes, which types what it reads and ends with enter. What is held down counts once; what
// comes faster than pages are drawn waits, up to a limit. Main thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

union SDL_Event;

namespace liqu::ui {

struct KeyStroke {
    // left and right are those of the panel, forward and back those of the order of reading.
    enum class Kind : std::uint8_t { forward, back, left, right, press, leave, erase, sign };
    Kind kind = Kind::sign;
    char sign = 0;  // '0' … '9', 'A' … 'Z'

    friend bool operator==(const KeyStroke&, const KeyStroke&) = default;
};

class KeyInput {
  public:
    // Answers whether the event was one of a key.
    bool take(const SDL_Event& event);
    // One for each frame.
    std::optional<KeyStroke> next();
    bool pending() const { return !queue_.empty(); }
    // Was a key pressed since this was asked last? Also one that means nothing.
    bool takeUsed() { return std::exchange(used_, false); }
    void drop() { queue_.clear(); }

  private:
    std::deque<KeyStroke> queue_;
    bool used_ = false;
};

}  // namespace liqu::ui
