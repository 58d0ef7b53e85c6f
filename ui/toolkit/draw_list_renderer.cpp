#include "ui/toolkit/draw_list_renderer.hpp"

#include <SDL.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <imgui.h>
#include <ranges>
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

std::optional<SDL_Rect> shared(const SDL_Rect& one, const SDL_Rect& other) {
    SDL_Rect both{};
    if (SDL_IntersectRect(&one, &other, &both) == SDL_FALSE) return std::nullopt;
    return both;
}

// Two triangles over four corners, as ImGui's AddRectFilled and AddImage lay them.
constexpr unsigned indicesOfBox = 6;
constexpr unsigned indicesOfTriangle = 3;

bool isBox(const ImDrawIdx* indices) {
    const unsigned first = indices[0];
    for (const auto& [at, offset] : {std::pair(1, 1U), {2, 2U}, {3, 0U}, {4, 2U}, {5, 3U}}) {
        if (indices[at] != first + offset) return false;
    }
    return true;
}

// A few of a command's triangles: a box, or one of them.
struct Few {
    unsigned from;
    unsigned count;
    bool isBox;
};

void forEachFew(const ImDrawList& list, const ImDrawCmd& command, auto&& take) {
    const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned at = 0; at + indicesOfTriangle <= command.ElemCount;) {
        const bool box = at + indicesOfBox <= command.ElemCount && isBox(indices + at);
        const Few few{at, box ? indicesOfBox : indicesOfTriangle, box};
        take(few);
        at += few.count;
    }
}

// Where it lies, on whole pixels and inside the command's clip.
SDL_Rect placeOf(const ImDrawList& list, const ImDrawCmd& command, const Few& few) {
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset + few.from;
    ImVec2 start = vertices[indices[0]].pos;
    ImVec2 end = start;
    for (unsigned i = 1; i < few.count; ++i) {
        const ImVec2 at = vertices[indices[i]].pos;
        start = {std::min(start.x, at.x), std::min(start.y, at.y)};
        end = {std::max(end.x, at.x), std::max(end.y, at.y)};
    }
    const int left = static_cast<int>(std::floor(start.x));
    const int top = static_cast<int>(std::floor(start.y));
    const SDL_Rect all{left, top, static_cast<int>(std::ceil(end.x)) - left,
                       static_cast<int>(std::ceil(end.y)) - top};
    return shared(all, clipOf(command)).value_or(SDL_Rect{});
}

// A box of one colour whose sides are straight: the software renderer fills it many times as fast
// as two triangles.
struct PlainBox {
    SDL_FRect place;
    ImU32 colour;
};
std::optional<PlainBox> plainBox(const ImDrawVert* corners, ImVec2 white) {
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
    return PlainBox{{start.x, start.y, end.x - start.x, end.y - start.y}, corners[0].col};
}

void fill(const PlainBox& box, SDL_Renderer* renderer) {
    const auto part = [&box](int shift) { return static_cast<Uint8>(box.colour >> shift); };
    const Uint8 alpha = part(IM_COL32_A_SHIFT);
    // The software renderer mixes each pixel with what lies under it, also under what covers it.
    SDL_SetRenderDrawBlendMode(
        renderer, alpha == SDL_ALPHA_OPAQUE ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(renderer, part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT),
                           part(IM_COL32_B_SHIFT), alpha);
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
void renderCommand(const ImDrawList& list, const ImDrawCmd& command, SDL_Renderer* renderer,
                   const SDL_Rect& part) {
    const std::optional<SDL_Rect> clip = shared(clipOf(command), part);
    if (!clip) return;
    SDL_RenderSetClipRect(renderer, &*clip);
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    unsigned waiting = 0;  // triangles are handed over as many as lie together
    const auto handOver = [&](unsigned until) {
        renderTriangles(list, command, waiting, until - waiting, renderer);
    };
    forEachFew(list, command, [&](const Few& few) {
        const bool seen = shared(placeOf(list, command, few), *clip).has_value();
        const auto box = seen && few.isBox ? plainBox(vertices + indices[few.from], white)
                                           : std::optional<PlainBox>();
        if (seen && !box) return;
        handOver(few.from);
        if (box) fill(*box, renderer);
        waiting = few.from + few.count;
    });
    handOver(command.ElemCount);
}

template <typename T>
std::uint64_t mixed(std::uint64_t look, const T& value) {
    const std::string_view bytes(reinterpret_cast<const char*>(&value), sizeof value);
    return (look ^ std::hash<std::string_view>{}(bytes)) * 1099511628211ull;
}

// The same for textures that look the same.
std::uint64_t nameOf(ImTextureID texture) {
    void* name =
        texture == nullptr ? nullptr : SDL_GetTextureUserData(static_cast<SDL_Texture*>(texture));
    return reinterpret_cast<std::uintptr_t>(name);
}

Piece pieceOf(const ImDrawList& list, const ImDrawCmd& command, const Few& few) {
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset + few.from;
    Piece piece{mixed(nameOf(command.GetTexID()), command.ClipRect), placeOf(list, command, few)};
    for (unsigned i = 0; i < few.count; ++i) piece.look = mixed(piece.look, vertices[indices[i]]);
    return piece;
}

}  // namespace

void nameAnew(SDL_Texture* texture) {
    static std::uintptr_t last = 0;
    // Kept where SDL keeps an address for us; it is none.
    SDL_SetTextureUserData(texture, reinterpret_cast<void*>(++last));
}

std::vector<Piece> piecesOf(const ImDrawData& data) {
    std::vector<Piece> pieces;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            forEachFew(list, command,
                       [&](const Few& few) { pieces.push_back(pieceOf(list, command, few)); });
        }
    }
    return pieces;
}

std::optional<SDL_Rect> differenceOf(const std::vector<Piece>& before,
                                     const std::vector<Piece>& now) {
    const auto alike = [](const Piece& one, const Piece& other) { return one.look == other.look; };
    // What was drawn first and last in both is under and above the rest, and looks the same.
    const auto begin = std::ranges::mismatch(before, now, alike);
    const auto oldRest = std::ranges::subrange(begin.in1, before.end());
    const auto newRest = std::ranges::subrange(begin.in2, now.end());
    const auto end =
        std::ranges::mismatch(std::views::reverse(oldRest), std::views::reverse(newRest), alike);
    std::optional<SDL_Rect> all;
    const auto add = [&all](const Piece& piece) {
        if (SDL_RectEmpty(&piece.place) == SDL_TRUE) return;
        SDL_Rect both = piece.place;
        if (all) SDL_UnionRect(&*all, &piece.place, &both);
        all = both;
    };
    std::for_each(begin.in1, end.in1.base(), add);
    std::for_each(begin.in2, end.in2.base(), add);
    return all;
}

void renderDrawData(const ImDrawData& data, SDL_Renderer* renderer, const SDL_Rect& part) {
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.ElemCount > 0) renderCommand(list, command, renderer, part);
        }
    }
    SDL_RenderSetClipRect(renderer, nullptr);
}

}  // namespace liqu::ui
