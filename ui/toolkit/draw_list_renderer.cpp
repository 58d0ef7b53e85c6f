#include "ui/toolkit/draw_list_renderer.hpp"

#include <SDL.h>
#include <functional>
#include <imgui.h>
#include <string_view>

namespace liqu::ui {

namespace {

static_assert(sizeof(SDL_Color) == sizeof(ImU32), "vertex colours are handed over as they are");

SDL_Rect clipOf(const ImDrawCmd& command) {
    const auto left = static_cast<int>(command.ClipRect.x);
    const auto top = static_cast<int>(command.ClipRect.y);
    return {left, top, static_cast<int>(command.ClipRect.z) - left,
            static_cast<int>(command.ClipRect.w) - top};
}

void renderCommand(const ImDrawList& list, const ImDrawCmd& command, SDL_Renderer* renderer) {
    const SDL_Rect clip = clipOf(command);
    if (clip.w <= 0 || clip.h <= 0) return;
    SDL_RenderSetClipRect(renderer, &clip);
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    constexpr int stride = sizeof(ImDrawVert);
    SDL_RenderGeometryRaw(renderer, static_cast<SDL_Texture*>(command.GetTexID()), &vertices->pos.x,
                          stride, reinterpret_cast<const SDL_Color*>(&vertices->col), stride,
                          &vertices->uv.x, stride,
                          list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
                          list.IdxBuffer.Data + command.IdxOffset,
                          static_cast<int>(command.ElemCount), sizeof(ImDrawIdx));
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
