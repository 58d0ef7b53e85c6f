// Recorded clips: kiosk-config/speech/<language>.toml names for a key the file of its clip, beside
// the manifest, and the digest of the words that were recorded. Where the words have changed since,
// the clip says what the screen does not, and is not used.
//
//     [take-card.question]
//     file = "zh-CN/take-card.wav"
//     words = "6f9b7c2a41d0e853"
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/config_file.hpp"
#include "firmware/screen/language.hpp"

namespace liqu::ui {

// Sixteen digits of hex. It finds words that somebody changed and forgot to record anew; it is no
// protection against anybody.
std::string digestOfWords(std::string_view words);

class Clips {
  public:
    // Without a manifest there are none. A name that leads out of the folder is refused.
    static Result<Clips> read(const std::filesystem::path& folder, const screen::Language& language,
                              Faults* faults = nullptr);

    // Of exactly these words.
    std::optional<std::filesystem::path> find(std::string_view key, std::string_view words) const;
    // Whether it was recorded at all, and is of other words now.
    bool isStale(std::string_view key, std::string_view words) const;

  private:
    struct Clip {
        std::filesystem::path file;
        std::string words;
    };
    static Result<void> collect(const ConfigFile& file, const std::filesystem::path& folder,
                                const std::string& prefix, Clips& clips);
    std::map<std::string, Clip, std::less<>> all_;
};

}  // namespace liqu::ui
