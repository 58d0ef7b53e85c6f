#include "program/words_digest.hpp"

#include "firmware/base/encoding.hpp"
#include "firmware/base/whole_file.hpp"
#include "firmware/security/sm3.hpp"
#include "ui/toolkit/languages.hpp"

namespace liqu::program {

Result<std::map<screen::Language, std::string>> wordsDigests(
    const std::filesystem::path& words, const std::filesystem::path& regionWords) {
    std::map<screen::Language, std::string> digests;
    const auto languages = TRY(ui::Languages::read(words));
    for (const auto& [language, writing] : languages.all()) {
        const std::string name = std::string(nameOf(language)) + ".toml";
        Bytes all = TRY(readWholeFile(words / name));
        std::error_code error;
        if (!regionWords.empty() && std::filesystem::exists(regionWords / name, error)) {
            const Bytes laidOver = TRY(readWholeFile(regionWords / name));
            all.insert(all.end(), laidOver.begin(), laidOver.end());
        }
        digests[language] = toHex(security::sm3(all));
    }
    return digests;
}

}  // namespace liqu::program
