#include "ui/toolkit/draw_list_renderer.hpp"

#include <SDL.h>
#include <cmath>
#include <functional>
#include <imgui.h>
#include <optional>
#include <string_view>
#include <utility>

namespace liqu::ui {

namespace {

static_assert(sizeof(SDL_Color) == sizeof(ImU32), "vertex colours are handed over as they are");

SDL_Rect clipOf(const ImDrawCmd& command) {
    const auto left = static_cast<int>(command.ClipRect.x);
    const auto top = static_cast<int>(command.ClipRect.y);
    return {left, top, static_cast<int>(command.ClipRect.z) - left,
            static_cast<int>(command.ClipRect.w) - top};
}

// Two triangles over four corners, as ImGui's AddRectFilled lays them.
constexpr unsigned indicesOfBox = 6;

// A box of one colour whose sides are straight: the software renderer fills it many times as fast
// as two triangles.
struct Box {
    SDL_FRect place;
    ImU32 colour;
};
std::optional<Box> boxAt(const ImDrawVert* vertices, const ImDrawIdx* indices, ImVec2 white) {
    const unsigned first = indices[0];
    for (const auto& [at, offset] : {std::pair(1, 1U), {2, 2U}, {3, 0U}, {4, 2U}, {5, 3U}}) {
        if (indices[at] != first + offset) return std::nullopt;
    }
    const ImDrawVert* corners = vertices + first;
    for (int i = 0; i < 4; ++i) {
        const bool plain = corners[i].col == corners[0].col && corners[i].uv.x == white.x &&
                           corners[i].uv.y == white.y;
        if (!plain) return std::nullopt;
    }
    const ImVec2 start = corners[0].pos;
    const ImVec2 end = corners[2].pos;
    const bool straight = corners[1].pos.x == end.x && corners[1].pos.y == start.y &&
                          corners[3].pos.x == start.x && corners[3].pos.y == end.y;
    const bool onPixels = std::floor(start.x) == start.x && std::floor(start.y) == start.y &&
                          std::floor(end.x) == end.x && std::floor(end.y) == end.y;
    if (!straight || !onPixels) return std::nullopt;
    return Box{{start.x, start.y, end.x - start.x, end.y - start.y}, corners[0].col};
}

void fill(const Box& box, SDL_Renderer* renderer) {
    const auto part = [&box](int shift) { return static_cast<Uint8>(box.colour >> shift); };
    SDL_SetRenderDrawBlendMode(renderer, SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(renderer, part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT),
                           part(IM_COL32_B_SHIFT), part(IM_COL32_A_SHIFT));
    SDL_RenderFillRectF(renderer, &box.place);
}

void renderTriangles(const ImDrawList& list, const ImDrawCmd& command, unsigned from,
                     unsigned count, SDL_Renderer* renderer) {
    if (count == 0) return;
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    constexpr int stride = sizeof(ImDrawVert);
    SDL_RenderGeometryRaw(
        renderer, static_cast<SDL_Texture*>(command.GetTexID()), &vertices->pos.x, stride,
        reinterpret_cast<const SDL_Color*>(&vertices->col), stride, &vertices->uv.x, stride,
        list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
        list.IdxBuffer.Data + command.IdxOffset + from, static_cast<int>(count), sizeof(ImDrawIdx));
}

// In the order they were drawn in: what comes later lies above.
void renderCommand(const ImDrawList& list, const ImDrawCmd& command, SDL_Renderer* renderer) {
    const SDL_Rect clip = clipOf(command);
    if (clip.w <= 0 || clip.h <= 0) return;
    SDL_RenderSetClipRect(renderer, &clip);
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    unsigned from = 0;
    unsigned at = 0;
    while (at < command.ElemCount) {
        const bool isWhole = at + indicesOfBox <= command.ElemCount;
        const auto box = isWhole ? boxAt(vertices, indices + at, white) : std::nullopt;
        if (!box) {
            at += 3;
            continue;
        }
        renderTriangles(list, command, from, at - from, renderer);
        fill(*box, renderer);
        at += indicesOfBox;
        from = at;
    }
    renderTriangles(list, command, from, command.ElemCount - from, renderer);
}

template <typename T>
std::uint64_t mixed(std::uint64_t digest, const T* values, int count) {
    const std::string_view bytes(reinterpret_cast<const char*>(values),
                                 sizeof(T) * static_cast<std::size_t>(count));
    return (digest ^ std::hash<std::string_view>{}(bytes)) * 1099511628211ull;
}

}  // namespace

std::uint64_t digestOf(const ImDrawData& data) {
    std::uint64_t digest = 0;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        digest = mixed(digest, list.VtxBuffer.Data, list.VtxBuffer.Size);
        digest = mixed(digest, list.IdxBuffer.Data, list.IdxBuffer.Size);
        for (const ImDrawCmd& command : list.CmdBuffer) {
            const ImTextureID texture = command.GetTexID();
            digest = mixed(digest, &command.ClipRect, 1);
            digest = mixed(digest, &texture, 1);
            digest = mixed(digest, &command.ElemCount, 1);
        }
    }
    return digest;
}

void renderDrawData(const ImDrawData& data, SDL_Renderer* renderer) {
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.ElemCount > 0) renderCommand(list, command, renderer);
        }
    }
    SDL_RenderSetClipRect(renderer, nullptr);
}

}  // namespace liqu::ui
