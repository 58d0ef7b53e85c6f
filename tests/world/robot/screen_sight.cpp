#include "tests/world/robot/screen_sight.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace liqu::world {

namespace {

// "20203" of the key "error.20203.what".
std::string codeOfKey(const std::string& key) {
    constexpr std::string_view before = "error.";
    if (!key.starts_with(before)) return {};
    return key.substr(before.size(), key.find('.', before.size()) - before.size());
}

}  // namespace

std::optional<SeenScreen> readScreenMap(const std::filesystem::path& file) {
    static const std::set<std::string> touchableRoles = {"primary", "secondary", "choice", "key",
                                                         "field",   "footer",    "corner"};
    std::ifstream stream(file);
    const auto map = nlohmann::json::parse(stream, nullptr, false);
    if (!map.is_object()) return std::nullopt;
    SeenScreen screen;
    screen.name = map.value("screen", "");
    screen.language = map.value("language", "");
    screen.focused = map.value("focused", "");
    screen.sequence = map.value("sequence", std::uint64_t{0});
    for (const auto& widget : map.value("widgets", nlohmann::json::array())) {
        const std::string id = widget.value("id", "");
        const std::string key = widget.value("key", "");
        if (id == "question") screen.question = key;
        if (!key.empty()) screen.words.insert(key);
        if (screen.reason.empty()) screen.reason = codeOfKey(key);
        if (!touchableRoles.contains(widget.value("role", ""))) continue;
        if (!widget.value("enabled", false)) continue;
        if (widget.value("role", "") == "choice") screen.choices.push_back(id);
        if (widget.value("role", "") != "corner") screen.byKeys.push_back(id);
        screen.touchable[id] = {widget.value("x", 0) + widget.value("width", 0) / 2,
                                widget.value("y", 0) + widget.value("height", 0) / 2,
                                widget.value("width", 0), widget.value("height", 0)};
    }
    return screen;
}

}  // namespace liqu::world
