#include "ui/speech/clips.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "firmware/base/plain_file.hpp"

namespace liqu::ui {
namespace {

bool isDigest(std::string_view text) {
    return text.size() == 16 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

// FNV-1a of 64 bits.
std::string digestOfWords(std::string_view words) {
    std::uint64_t digest = 0xCBF29CE484222325U;
    for (const char c : words) {
        digest ^= static_cast<unsigned char>(c);
        digest *= 0x100000001B3U;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = text.size(); i-- > 0; digest >>= 4U) text[i] = digits[digest & 0xFU];
    return text;
}

Result<void> Clips::collect(const ConfigFile& file, const std::filesystem::path& folder,
                            const std::string& prefix, Clips& clips) {
    for (const std::string& name : file.names(prefix)) {
        std::string key = prefix;
        if (!key.empty()) key += '.';
        key += name;
        if (!file.has(key + ".file")) {
            TRY(file.names(key).empty()
                    ? file.refuse(ErrorCode::configMissingKey, key + ".file", "is missing")
                    : collect(file, folder, key, clips));
            continue;
        }
        const std::filesystem::path path = TRY(file.text(key + ".file"));
        const std::string words = TRY(file.text(key + ".words"));
        const bool leadsOut = path.empty() || path.is_absolute() ||
                              std::ranges::find(path, std::filesystem::path("..")) != path.end();
        if (leadsOut) {
            TRY(file.refuse(ErrorCode::configBadValue, key + ".file",
                            "must lie beside the manifest"));
        }
        if (!isDigest(words)) {
            TRY(file.refuse(ErrorCode::configBadValue, key + ".words",
                            "is no digest of sixteen digits of hex"));
        }
        if (clips.all_.size() >= mostClips)
            return fail(file.wrong(ErrorCode::configBadValue, key, "there are too many clips"));
        clips.all_[key] = {folder / path, words};
    }
    return {};
}

Result<Clips> Clips::read(const std::filesystem::path& folder, const screen::Language& language,
                          Faults* faults) {
    Clips clips;
    const std::filesystem::path path = folder / (std::string(nameOf(language)) + ".toml");
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return clips;
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    TRY(collect(file, folder, "", clips));
    TRY(file.refuseUnknownKeys());
    return clips;
}

std::optional<std::filesystem::path> Clips::find(std::string_view key,
                                                 std::string_view words) const {
    const auto found = all_.find(key);
    if (found == all_.end() || found->second.words != digestOfWords(words)) return std::nullopt;
    return found->second.file;
}

bool Clips::isStale(std::string_view key, std::string_view words) const {
    const auto found = all_.find(key);
    return found != all_.end() && found->second.words != digestOfWords(words);
}

Result<Wave> readClip(const std::filesystem::path& file) {
    const auto bytes = TRY(TRY(PlainFile::open(file)).read(mostWaveBytes));
    auto wave = waveFrom(bytes);
    if (!wave) {
        return fail(ErrorCode::configBadValue,
                    file.filename().string() + ": is no WAVE of 16 bit, 8 to 48 kHz");
    }
    return *std::move(wave);
}

}  // namespace liqu::ui
