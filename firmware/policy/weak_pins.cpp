#include "firmware/policy/weak_pins.hpp"

#include <algorithm>

namespace liqu::policy {
namespace {

constexpr std::size_t mostValues = 1000;
constexpr std::size_t shortest = 4;
constexpr std::size_t longest = 12;

bool isPin(const std::string& text) {
    return text.size() >= shortest && text.size() <= longest &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<card::PinRules> loadWeakPins(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    card::PinRules rules;
    if (TRY(file.text("basis")).empty())
        TRY(file.refuse(ErrorCode::configBadValue, "basis", "names no rule"));
    for (const std::string& word : TRY(file.texts("patterns"))) {
        const auto pattern = named<card::PinPattern>(word);
        if (pattern) {
            rules.patterns.push_back(*pattern);
        } else {
            TRY(file.refuse(ErrorCode::configBadValue, "patterns", "knows no " + word));
        }
    }
    const std::vector<std::string> values = TRY(file.texts("values"));
    if (values.size() > mostValues)
        TRY(file.refuse(ErrorCode::configBadValue, "values", "are too many"));
    for (const std::string& value : values) {
        if (!isPin(value))
            TRY(file.refuse(ErrorCode::configBadValue, "values", value + " is no PIN"));
        rules.values.insert(value);
    }
    TRY(file.refuseUnknownKeys());
    return rules;
}

}  // namespace liqu::policy
