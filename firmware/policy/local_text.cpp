#include "firmware/policy/local_text.hpp"

namespace liqu::policy {

const std::string& LocalText::in(std::string_view language) const {
    if (language == "en") return english;
    const auto found = others.find(language);
    return found == others.end() ? chinese : found->second;
}

Result<LocalText> readLocalText(const ConfigFile& file, const std::string& key) {
    LocalText text;
    if (!file.has(key)) return text;
    text.chinese = TRY(file.text(key + ".zh-CN"));
    text.english = TRY(file.text(key + ".en"));
    for (const std::string& language : file.names(key)) {
        if (language == "zh-CN" || language == "en") continue;
        std::string name = key;
        name.append(".").append(language);
        text.others[language] = TRY(file.text(name));
    }
    return text;
}

}  // namespace liqu::policy
