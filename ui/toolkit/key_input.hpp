// Keys that can be felt: a keypad with arrows, digits and an enter key, a keyboard, or a reader of
// barcodes, which types what it reads and ends with enter. What is held down counts once; what
// comes faster than pages are drawn waits, up to a limit. Main thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"

union SDL_Event;

namespace liqu::ui {

struct KeyStroke {
    // left and right are those of the panel, forward and back those of the order of reading.
    enum class Kind : std::uint8_t { forward, back, left, right, press, leave, erase, sign };
    Kind kind = Kind::sign;
    char sign = 0;  // '0' … '9', 'A' … 'Z'

    friend bool operator==(const KeyStroke&, const KeyStroke&) = default;
};

// Keys of their own for who listens: a keypad with a jack sends one when something is plugged in
// or out.
enum class HearingKey : std::uint8_t { plugged, unplugged, again, louder, quieter, dark };
constexpr auto wordsOf(HearingKey) {
    return words<HearingKey>({{HearingKey::plugged, "plugged"},
                              {HearingKey::unplugged, "unplugged"},
                              {HearingKey::again, "again"},
                              {HearingKey::louder, "louder"},
                              {HearingKey::quieter, "quieter"},
                              {HearingKey::dark, "dark"}});
}
// As SDL numbers them, of SDL's names: "F15". configBadValue where there is no such key.
using HearingKeys = std::map<std::int32_t, HearingKey>;
Result<HearingKeys> hearingKeysFrom(const std::map<std::string, std::string>& names);

class KeyInput {
  public:
    void listenFor(HearingKeys keys) { hearingKeys_ = std::move(keys); }
    // Answers whether the event was one of a key.
    bool take(const SDL_Event& event);
    // One for each frame.
    std::optional<KeyStroke> next();
    bool pending() const { return !queue_.empty(); }
    // Was a key pressed since this was asked last? Also one that means nothing.
    bool takeUsed() { return std::exchange(used_, false); }
    void drop() { queue_.clear(); }
    // What is plugged in is so on every page: these are not dropped.
    std::optional<HearingKey> nextHearing();

  private:
    HearingKeys hearingKeys_;
    std::deque<HearingKey> hearing_;
    std::deque<KeyStroke> queue_;
    bool used_ = false;
};

}  // namespace liqu::ui
