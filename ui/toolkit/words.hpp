// The words people read, by language and key: kiosk-config/strings/<language>.toml.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::ui {

using screen::Language;
using screen::Phrase;

class Words {
  public:
    static Result<Words> read(const std::filesystem::path& folder, Faults* faults = nullptr);

    // A key without words shows itself in brackets: seen at once, and the kiosk goes on. A name in
    // braces that the phrase gives no value for is a place: as the region calls it, or
    // "place.<name>".
    std::string text(Language language, const Phrase& phrase) const;
    // What the region calls its places: "counter", "formalLossPlace"; empty ones are not used.
    void usePlaces(std::map<std::string, std::string, std::less<>> places) {
        places_ = std::move(places);
    }
    bool has(Language language, std::string_view key) const;
    const std::map<std::string, std::string, std::less<>>& all(Language language) const;

  private:
    using Dictionary = std::map<std::string, std::string, std::less<>>;
    std::string valueOf(Language language, const Phrase& phrase, std::string_view name) const;
    Dictionary chinese_;
    Dictionary english_;
    Dictionary places_;
};

// The names in braces: "{seconds} s" → seconds.
std::vector<std::string> placeholdersOf(std::string_view text);

}  // namespace liqu::ui
