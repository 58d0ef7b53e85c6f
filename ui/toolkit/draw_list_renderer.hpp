// Draws ImGui's triangles with SDL: Debian's ImGui has no backend for SDL_Renderer.
#pragma once

struct ImDrawData;
struct SDL_Renderer;

namespace liqu::ui {
void renderDrawData(const ImDrawData& data, SDL_Renderer* renderer);
}
