#include "firmware/screen/comfort.hpp"

namespace liqu::screen {

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
    }
    return comfort;
}

}  // namespace liqu::screen
