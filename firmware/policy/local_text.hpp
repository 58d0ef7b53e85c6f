// A place as the branch calls it, in the languages of the screen.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "firmware/base/config_file.hpp"

namespace liqu::policy {

struct LocalText {
    std::string chinese;
    std::string english;
    std::map<std::string, std::string, std::less<>> others{};  // by code

    // As it is written on the spot where this language has no word for it.
    const std::string& in(std::string_view language) const;
};

// A table { zh-CN = "…", en = "…", ug = "…" } with the first two at least; all empty where the key
// is absent.
Result<LocalText> readLocalText(const ConfigFile& file, const std::string& key);

}  // namespace liqu::policy
