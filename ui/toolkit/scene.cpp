#include "ui/toolkit/scene.hpp"

#include <imgui.h>

namespace liqu::ui {

void Scene::publish(std::string_view id, Role role, const Rect& place, std::string_view key,
                    bool fits) {
    map_.add({std::string(id), role, canvas.inPixels(place), std::string(key), WidgetState::enabled,
              fits});
}

Touch Scene::touchable(std::string_view id, Role role, const Rect& place, std::string_view key,
                       WidgetState state) {
    const Rect pixels = canvas.inPixels(place);
    map_.add({std::string(id), role, pixels, std::string(key), state, true});
    begin(role);
    chosen_ = state == WidgetState::chosen;
    if (state == WidgetState::disabled) return {};
    ImGui::SetCursorScreenPos({pixels.x, pixels.y});
    const bool tapped =
        ImGui::InvisibleButton(std::string(id).c_str(), {pixels.width, pixels.height});
    return {ImGui::IsItemActive() && ImGui::IsItemHovered(), tapped};
}

void Scene::tellClipped(std::string_view id) {
    map_.tellClipped(id);
}

}  // namespace liqu::ui
