#include "program/voice/missing_clips.hpp"

#include <iostream>

#include "ui/speech/clip_check.hpp"

namespace liqu::voice {
namespace {

int refused(const Error& error) {
    std::cerr << describe(error) << "\n";
    return 1;
}

Result<void> listOf(const ui::Dictionary& words, const std::filesystem::path& clips,
                    const screen::Language& language, Listed listed) {
    const auto recorded = TRY(ui::Clips::read(clips, language));
    const auto all = ui::recordableWords(words, recorded, language);
    std::size_t missing = 0;
    for (const ui::Recordable& one : all) {
        if (!one.hasClip) ++missing;
        if (one.hasClip && listed == Listed::missing) continue;
        std::cout << nameOf(language) << "\t" << one.key << "\t" << ui::digestOfWords(one.words)
                  << "\t" << one.words << (one.isStale ? "\t(other words were recorded)" : "")
                  << "\n";
    }
    std::cerr << nameOf(language) << ": " << missing << " of " << all.size() << " without a clip\n";
    return {};
}

}  // namespace

int listClips(const std::filesystem::path& strings, const std::filesystem::path& clips,
              const std::string& language, Listed listed) {
    const auto words = ui::Dictionary::read(strings);
    if (!words) return refused(words.error());
    const auto code = screen::Language::of(language);
    if (!language.empty() && (!code || !words->languages().has(*code))) {
        std::cerr << "there are no words in " << language << "\n";
        return 2;
    }
    for (const auto& [one, writing] : words->languages().all()) {
        if (language.empty() ? writing.voice.empty() : one != *code) continue;
        if (const auto told = listOf(*words, clips, one, listed); !told)
            return refused(told.error());
    }
    return 0;
}

}  // namespace liqu::voice
