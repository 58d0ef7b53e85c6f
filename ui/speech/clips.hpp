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
#include "ui/speech/wave.hpp"

namespace liqu::ui {

// Of one language; the words of all pages are fewer.
inline constexpr std::size_t mostClips = 4000;

// Sixteen digits of hex. It finds words that somebody changed and forgot to record anew; it is no
// protection against anybody.
std::string digestOfWords(std::string_view words);

class Clips {
  public:
    // Without a manifest there are none. A name that leads out of the folder is refused, and so are
    // a digest that is none and more clips than `mostClips`.
    static Result<Clips> read(const std::filesystem::path& folder, const screen::Language& language,
                              Faults* faults = nullptr);

    // Of exactly these words.
    std::optional<std::filesystem::path> find(std::string_view key, std::string_view words) const;
    // Whether it was recorded at all, and is of other words now.
    bool isStale(std::string_view key, std::string_view words) const;

    struct Clip {
        std::filesystem::path file;
        std::string words;  // digest
    };
    using All = std::map<std::string, Clip, std::less<>>;
    const All& all() const { return all_; }

  private:
    static Result<void> collect(const ConfigFile& file, const std::filesystem::path& folder,
                                const std::string& prefix, Clips& clips);
    All all_;
};

// fileNotReadable where it cannot be read, configBadValue where it is no sound of wave.hpp.
Result<Wave> readClip(const std::filesystem::path& file);

}  // namespace liqu::ui
