#include "ui/speech/clip_check.hpp"

#include <algorithm>
#include <array>

#include "ui/speech/utterances.hpp"

namespace liqu::ui {
namespace {

bool hasValue(const Wording& wording) {
    return wording.spokenText().find('{') != std::string::npos;
}

// Nothing where the clip is of these words.
std::string whyNotOf(const std::string& digest, const Dictionary::Wordings& words,
                     const std::string& key) {
    const auto found = words.find(key);
    if (found == words.end()) return "there are no such words";
    if (hasValue(found->second)) return "words with a value in them cannot be recorded";
    return digestOfWords(digitByDigit(found->second.spokenText())) == digest
               ? ""
               : "other words were recorded; record it anew";
}

}  // namespace

std::vector<Recordable> recordableWords(const Dictionary& words, const Clips& clips,
                                        const Language& language) {
    std::vector<Recordable> all;
    for (const auto& [key, wording] : words.all(language)) {
        // Staff read; nobody reads to them.
        if (key.starts_with("staff.") || hasValue(wording)) continue;
        std::string said = digitByDigit(wording.spokenText());
        const bool has = clips.find(key, said).has_value();
        const bool stale = clips.isStale(key, said);
        all.push_back({key, std::move(said), has, stale});
    }
    return all;
}

Faults faultsOfClips(const Clips& clips, const Dictionary& words, const Dictionary& region,
                     const Language& language) {
    const std::string manifest = std::string(nameOf(language)) + ".toml: ";
    Faults faults;
    for (const auto& [key, clip] : clips.all()) {
        std::string why = whyNotOf(clip.words, words.all(language), key);
        if (whyNotOf(clip.words, region.all(language), key).empty()) why.clear();
        if (why.empty()) {
            if (auto sound = readClip(clip.file); !sound) why = sound.error().cause;
        }
        if (why.empty()) continue;
        faults.push_back({ErrorCode::configBadValue, manifest});
        faults.back().cause.append(key).append(": ").append(why);
    }
    return faults;
}

}  // namespace liqu::ui
