// Draws ImGui's triangles with SDL: Debian's ImGui has no backend for SDL_Renderer.
#pragma once

#include <cstdint>

struct ImDrawData;
struct SDL_Renderer;

namespace liqu::ui {
// The same for frames that look the same, as long as no texture was made between them.
std::uint64_t digestOf(const ImDrawData& data);
void renderDrawData(const ImDrawData& data, SDL_Renderer* renderer);
}  // namespace liqu::ui
