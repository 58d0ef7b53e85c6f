#include "program/voice/missing_clips.hpp"

#include <iostream>

#include "ui/speech/clips.hpp"
#include "ui/speech/utterances.hpp"

namespace liqu::voice {
namespace {

int refused(const Error& error) {
    std::cerr << describe(error) << "\n";
    return 1;
}

// Staff read; nobody reads to them.
bool isOfStaff(const std::string& key) {
    return key.starts_with("staff.");
}

}  // namespace

int listMissing(const std::filesystem::path& strings, const std::filesystem::path& clips,
                const std::string& language) {
    const auto code = screen::Language::of(language);
    const auto words = ui::Dictionary::read(strings);
    if (!words) return refused(words.error());
    if (!code || !words->languages().has(*code)) {
        std::cerr << "there are no words in " << language << "\n";
        return 2;
    }
    const auto recorded = ui::Clips::read(clips, *code);
    if (!recorded) return refused(recorded.error());
    std::size_t missing = 0;
    for (const auto& [key, wording] : words->all(*code)) {
        if (isOfStaff(key) || wording.say.find('{') != std::string::npos) continue;
        const std::string said = ui::digitByDigit(wording.say);
        if (recorded->find(key, said)) continue;
        ++missing;
        std::cout << key << "\t" << ui::digestOfWords(said) << "\t" << said
                  << (recorded->isStale(key, said) ? "\t(other words were recorded)" : "") << "\n";
    }
    std::cerr << missing << " without a clip\n";
    return 0;
}

}  // namespace liqu::voice
