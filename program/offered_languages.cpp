#include "program/offered_languages.hpp"

namespace liqu::program {

Result<void> offersWhatHasWords(const ui::Languages& languages,
                                const policy::RegionPolicy& region) {
    const auto refuse = [](const std::string& code, const std::string& why) -> Result<void> {
        return fail(ErrorCode::configBadValue, "screen.languages: " + code + " " + why);
    };
    for (const std::string& code : region.languages) {
        const auto language = ui::Language::of(code);
        if (!language || !languages.has(*language)) return refuse(code, "has no words");
        if (languages.of(*language).draft && !region.draftWords)
            return refuse(code, "has draft words only; screen.draftWords allows them");
    }
    return {};
}

}  // namespace liqu::program
