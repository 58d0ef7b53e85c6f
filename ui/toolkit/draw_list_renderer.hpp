// Draws ImGui's triangles with SDL: Debian's ImGui has no backend for SDL_Renderer. Without a
// graphics card a frame costs what it covers, so only the part that differs is drawn.
#pragma once

#include <SDL_rect.h>
#include <cstdint>
#include <optional>
#include <vector>

struct ImDrawData;
struct SDL_Renderer;
struct SDL_Texture;

namespace liqu::ui {

// A texture whose content is another one, even where its address is one that was freed.
void nameAnew(SDL_Texture* texture);

// A box or a triangle of a frame: what it looks like, and the pixels it may cover.
struct Piece {
    std::uint64_t look = 0;
    SDL_Rect place{};
};
// In the order they are drawn in.
std::vector<Piece> piecesOf(const ImDrawData& data);
// Outside of it both frames look the same; none: everywhere.
std::optional<SDL_Rect> differenceOf(const std::vector<Piece>& before,
                                     const std::vector<Piece>& now);

// The part of a frame that lies there.
void renderDrawData(const ImDrawData& data, SDL_Renderer* renderer, const SDL_Rect& part);

}  // namespace liqu::ui
