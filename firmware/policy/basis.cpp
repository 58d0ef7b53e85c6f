#include "firmware/policy/basis.hpp"

#include <algorithm>
#include <array>

namespace liqu::policy {
namespace {

using Names = std::vector<std::string>;

// A day that is left out has a ground, too.
constexpr std::array<std::string_view, 2> daysOfForce = {"validFrom", "validTo"};
// A table that is one value.
constexpr std::string_view documents = "document";
constexpr std::string_view silent = "the article, or \"silent; default\"";

bool isIn(const auto& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Result<void> requireText(const ConfigFile& file, const std::string& key) {
    if (TRY(file.text(key)).empty()) TRY(file.refuse(ErrorCode::configBadValue, key, silent));
    return {};
}

}  // namespace

Result<void> requireBasis(const ConfigFile& file, const std::string& at, const Names& needed,
                          const Names& allowed) {
    const std::string key = at + "basis";
    const Names named = file.names(key);
    if (named.empty()) return requireText(file, key);
    const std::string prefix = key + ".";
    for (const std::string& name : named) {
        const std::string ofName = std::string(prefix).append(name);
        TRY(requireText(file, ofName));
        if (!isIn(allowed, name))
            TRY(file.refuse(ErrorCode::configUnknownKey, ofName, "no such key beside"));
    }
    for (const std::string& name : needed) {
        if (!isIn(named, name))
            TRY(file.refuse(ErrorCode::configMissingKey, key, name + " has none"));
    }
    return {};
}

Result<void> requireBases(const ConfigFile& file) {
    Names ofTop;
    for (const std::string& name : file.names("")) {
        Names keys = file.names(name);
        const bool isTable = !keys.empty() && name != documents;
        if (name == "basis" || name == "service" || file.count(name) > 0) continue;
        if (!isTable) ofTop.push_back(name);
        std::erase(keys, "basis");
        if (isTable) TRY(requireBasis(file, name + ".", keys, keys));
    }
    Names allowed = ofTop;
    allowed.insert(allowed.end(), daysOfForce.begin(), daysOfForce.end());
    return requireBasis(file, "", ofTop, allowed);
}

}  // namespace liqu::policy
