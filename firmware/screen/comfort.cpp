#include "firmware/screen/comfort.hpp"

#include <algorithm>

namespace liqu::screen {
namespace {

int stepped(int step, std::string_view way, int most) {
    const int by = way == "up" ? 1 : way == "down" ? -1 : 0;
    return std::clamp(step + by, 1, most);
}

}  // namespace

Comfort adjusted(Comfort comfort, std::string_view choice) {
    const std::size_t dot = choice.find('.');
    if (dot == std::string_view::npos) return comfort;
    const std::string_view what = choice.substr(0, dot);
    const std::string_view to = choice.substr(dot + 1);
    if (what == "language") {
        comfort.language = Language::of(to).value_or(comfort.language);
    } else if (what == "size") {
        comfort.size = named<LetterSize>(to).value_or(comfort.size);
    } else if (what == "contrast") {
        comfort.contrast = named<Contrast>(to).value_or(comfort.contrast);
    } else if (what == "speech") {
        comfort.speech = named<Speech>(to).value_or(comfort.speech);
    } else if (what == "volume") {
        comfort.volume = stepped(comfort.volume, to, mostVolume);
    } else if (what == "rate") {
        comfort.rate = stepped(comfort.rate, to, mostRate);
    }
    return comfort;
}

}  // namespace liqu::screen
