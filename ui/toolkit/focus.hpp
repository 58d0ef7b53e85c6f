// Which control the keys are at. It goes through what the map says can be touched, in the order of
// reading, around; a digit or letter is the key on the page with that sign. What is pressed by it
// is the control itself: nothing can be done by keys that cannot be touched. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/toolkit/key_input.hpp"
#include "ui/toolkit/languages.hpp"
#include "ui/toolkit/screen_map.hpp"

namespace liqu::ui {

class Focus {
  public:
    // What can be touched on the page as it was drawn last.
    void see(const ScreenMap& map);
    // The control that is pressed by it; none: the focus moved, or the key means nothing here.
    std::optional<std::string> take(const KeyStroke& stroke, Direction reading);
    // Empty: at none.
    const std::string& at() const { return at_; }
    void leave() { at_.clear(); }

  private:
    void move(bool forward);
    std::optional<std::string> here(std::string_view id) const;
    std::optional<std::string> press();

    std::vector<MapEntry> controls_;
    std::string at_;
};

}  // namespace liqu::ui
