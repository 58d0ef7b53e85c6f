// What is read aloud of a page: what stands on it, in the order of reading, as the screen map has
// it (ui/toolkit/screen_map.hpp). The question first; then the words, then what can be touched.
// What frames every page is left out. Nothing typed is ever in it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/screen/comfort.hpp"
#include "ui/toolkit/dictionary.hpp"
#include "ui/toolkit/screen_map.hpp"

namespace liqu::ui {

struct Utterance {
    std::string key;  // "personal" for what has none
    PersonalText words;
    bool isPrivate = false;
    bool chosen = false;
};

// In the language of the page. Loud: without what is private; that there is more is said instead.
// Empty where it is off.
std::vector<Utterance> utterancesOf(const ScreenMap& map, const Dictionary& words,
                                    const Language& language, screen::Speech speech);

// What the keys are at; none where nothing is, or may be said.
std::optional<Utterance> utteranceAt(const ScreenMap& map, const Dictionary& words,
                                     const Language& language, screen::Speech speech);

// Numbers of accounts, cards and telephones are said digit by digit; amounts, days and hours stay.
std::string digitByDigit(std::string_view text);

// What of a page is new: all of another page; of the same one what was not said, or was not chosen
// before.
class Heard {
  public:
    void isAnotherPage() { said_.clear(); }
    std::vector<Utterance> newOf(std::vector<Utterance> utterances);

  private:
    std::set<std::pair<std::string, bool>> said_;
};

}  // namespace liqu::ui
