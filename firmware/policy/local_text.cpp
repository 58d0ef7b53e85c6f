#include "firmware/policy/local_text.hpp"

namespace liqu::policy {

Result<LocalText> readLocalText(const ConfigFile& file, const std::string& key) {
    LocalText text;
    if (!file.has(key)) return text;
    text.chinese = TRY(file.text(key + ".zh-CN"));
    text.english = TRY(file.text(key + ".en"));
    return text;
}

}  // namespace liqu::policy
