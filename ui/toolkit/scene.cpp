#include "ui/toolkit/scene.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

namespace liqu::ui {

namespace {

// Of each of its two bands, one of which is seen on any ground.
constexpr float ringWidth = 6;
constexpr float borderWidth = 16;
// In steps, so that places of nearly one size have one picture.
constexpr std::uint32_t stepOfSides = 8;

}  // namespace

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
    if (id == keys_.at) {
        ring_ = {place, canvas.scale()};
        map_.focus(id);
    }
    const bool touched = tapped || id == keys_.pressed;
    touched_ = touched_ || touched;
    return {ImGui::IsItemActive() && ImGui::IsItemHovered(), touched};
}

void Scene::drawFocus() {
    if (!ring_) return;
    canvas.use(ring_->scale);
    const Rect inner = ring_->place.inset(-ringWidth);
    const Rect outer = inner.inset(-ringWidth);
    canvas.frame(outer, theme.focus, ringWidth, theme.radius + 2 * ringWidth);
    canvas.frame(inner, theme.focusEdge, ringWidth, theme.radius + ringWidth);
}

void Scene::drawPicture(screen::Picture picture, const Rect& place) const {
    const Rect room = canvas.inPixels(place);
    const float largest = static_cast<float>(largestPictureSide);
    const float least = std::max(0.0F, std::min({room.width, room.height, largest}));
    const auto whole = static_cast<std::uint32_t>(least);
    const std::uint32_t side = whole - whole % stepOfSides;
    if (picture == screen::Picture::none || side < smallestPictureSide) return;
    SDL_Texture* texture = pictures_.picture(picture, theme, side);
    if (texture == nullptr) return;
    const auto size = static_cast<float>(side);
    canvas.image(texture, {std::round(room.centre().x - size / 2),
                           std::round(room.centre().y - size / 2), size, size});
}

void Scene::drawBorder(Tone tone) {
    const ToneColours colours = theme.of(tone);
    const Size size = canvas.size();
    const Rect edge{0, 0, size.width, size.height};
    canvas.frame(edge, colours.line, borderWidth);
    canvas.frame(edge.inset(borderWidth), colours.surface, borderWidth / 2);
}

void Scene::drawDarkness(const Theme& dark) {
    const Size size = canvas.size();
    canvas.box({0, 0, size.width, size.height}, dark.background);
}

void Scene::tellClipped(std::string_view id) {
    map_.tellClipped(id);
}

}  // namespace liqu::ui
