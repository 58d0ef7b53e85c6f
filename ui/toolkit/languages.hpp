// Which languages there are words in, and how each is written: kiosk-config/strings/languages.toml.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "firmware/base/config_file.hpp"
#include "firmware/screen/language.hpp"
#include "ui/toolkit/text_layouter.hpp"

namespace liqu::ui {

using screen::Language;

struct Writing {
    std::string name{};  // as its readers write it
    Direction direction = Direction::leftToRight;
    std::string fonts{};  // families, with commas, as Pango wants them
    std::string voice{};  // what espeak-ng calls it; empty: nothing is read aloud
    bool staff = false;   // has words for the pages of staff
    bool draft = false;   // no native speaker has read them yet
};

class Languages {
  public:
    // folder: kiosk-config/strings. Chinese must be there: what has no words is said in it. Without
    // the file it is Chinese and English, in the kiosk's own font.
    static Result<Languages> read(const std::filesystem::path& folder, Faults* faults = nullptr);

    bool has(const Language& language) const { return all_.contains(language); }
    // Of one that is not there, as Chinese is written.
    const Writing& of(const Language& language) const;
    const std::map<Language, Writing>& all() const { return all_; }

  private:
    static Languages usual();
    std::map<Language, Writing> all_;
};

}  // namespace liqu::ui
