#include "ui/toolkit/scene.hpp"

#include <imgui.h>

namespace liqu::ui {

Rect Scene::inPixels(const Rect& place) const {
    const float scale = canvas.scale();
    return {place.x * scale, place.y * scale, place.width * scale, place.height * scale};
}

void Scene::publish(std::string_view id, Role role, const Rect& place, std::string_view key,
                    bool fits) {
    map_.add({std::string(id), role, inPixels(place), std::string(key), true, fits});
}

Touch Scene::touchable(std::string_view id, Role role, const Rect& place, std::string_view key,
                       bool enabled) {
    const Rect pixels = inPixels(place);
    map_.add({std::string(id), role, pixels, std::string(key), enabled, true});
    if (!enabled) return {};
    ImGui::SetCursorScreenPos({pixels.x, pixels.y});
    const bool tapped =
        ImGui::InvisibleButton(std::string(id).c_str(), {pixels.width, pixels.height});
    return {ImGui::IsItemActive() && ImGui::IsItemHovered(), tapped};
}

void Scene::tellClipped(std::string_view id) {
    map_.tellClipped(id);
}

}  // namespace liqu::ui
