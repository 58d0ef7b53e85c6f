#include "tests/world/robot/keypad_hand.hpp"

#include "tests/world/robot/screen_sight.hpp"

namespace liqu::world {
namespace {

constexpr Duration focusRhythm = std::chrono::milliseconds(20);
constexpr Duration keysTake = std::chrono::seconds(20);
constexpr std::string_view signKey = "key-";

}  // namespace

void KeypadHand::press(const std::string& screen, const std::string& id) {
    if (id.starts_with(signKey) && id.size() == signKey.size() + 1) {
        return display_.typeKey(id.substr(signKey.size()).c_str());
    }
    const Instant until = clock_.now() + keysTake;
    std::string before = "nowhere yet";
    while (clock_.now() < until) {
        const auto now = readScreenMap(screenMap_);
        if (!now || now->name != screen || !now->offers(id)) return;
        if (now->focused == id) return display_.typeKey("Return");
        // One step at a time: each has to be seen.
        if (now->focused != before) display_.typeKey("Tab");
        before = now->focused;
        clock_.sleepFor(focusRhythm);
    }
}

}  // namespace liqu::world
