// A place as the branch calls it, in both languages of the screen.
#pragma once

#include <string>

#include "firmware/base/config_file.hpp"

namespace liqu::policy {

struct LocalText {
    std::string chinese;
    std::string english;
};

// A table { zh-CN = "…", en = "…" }; both empty where the key is absent.
Result<LocalText> readLocalText(const ConfigFile& file, const std::string& key);

}  // namespace liqu::policy
