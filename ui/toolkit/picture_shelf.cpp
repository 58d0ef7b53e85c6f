#include "ui/toolkit/picture_shelf.hpp"

#include <SDL.h>
#include <algorithm>

#include "ui/toolkit/draw_list_renderer.hpp"
#include "ui/toolkit/picture_file.hpp"
#include "ui/toolkit/picture_style.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;

// What could not be had is tried again, but not by every frame.
constexpr Duration triedAgainAfter = 60s;

SDL_Texture* textureOf(SDL_Renderer* renderer, std::uint32_t side, const std::string& pixels) {
    const int size = static_cast<int>(side);
    SDL_Texture* texture =
        SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, size, size);
    if (texture == nullptr) return nullptr;
    SDL_UpdateTexture(texture, nullptr, pixels.data(), size * 4);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    nameAnew(texture);
    return texture;
}

}  // namespace

PictureShelf::PictureShelf(const PictureOptions& options, SDL_Renderer* renderer,
                           const Clock& clock)
    : folder_(options.folder),
      cache_(options.cache),
      painter_(options.painter, clock),
      renderer_(renderer),
      clock_(clock) {}

PictureShelf::~PictureShelf() = default;

SDL_Texture* PictureShelf::picture(screen::Picture picture, const Palette& palette,
                                   std::uint32_t side) {
    const auto isIt = [&](const Wanted& one) { return one.is(picture, palette, side); };
    const auto shown = std::ranges::find_if(shown_, isIt, &Shown::what);
    if (shown != shown_.end()) {
        shown->lastFrame = frame_;
        return shown->texture.get();
    }
    if (std::ranges::any_of(wanted_, isIt) || std::ranges::any_of(ordered_, isIt)) return nullptr;
    const auto missed = missedUntil_.find(picture);
    if (missed != missedUntil_.end() && clock_.now() < missed->second) return nullptr;
    auto svg = readPicture(folder_, picture);
    if (!svg) {
        miss(picture, std::move(svg).error());
        return nullptr;
    }
    std::string key = PictureCache::keyOf(styleSheetOf(palette), *svg, side);
    Wanted wanted{picture, palette, side, std::move(*svg), std::move(key)};
    if (const auto pixels = cache_.find(wanted.key, side)) return put(std::move(wanted), *pixels);
    wanted_.push_back(std::move(wanted));
    return nullptr;
}

SDL_Texture* PictureShelf::put(Wanted what, const std::string& pixels) {
    SDL_Texture* texture = textureOf(renderer_, what.side, pixels);
    if (texture == nullptr) {
        miss(what.picture, {ErrorCode::windowNotOpened,
                            std::string("no texture for a picture: ") + SDL_GetError()});
        return nullptr;
    }
    what.svg.clear();
    shown_.push_back({std::move(what), {texture, SDL_DestroyTexture}, frame_});
    return texture;
}

void PictureShelf::miss(screen::Picture picture, Error fault) {
    missedUntil_[picture] = clock_.now() + triedAgainAfter;
    if (told_.insert(fault.cause).second) faults_.push_back(std::move(fault));
}

void PictureShelf::beginFrame() {
    auto drawn = painter_.take();
    if (!drawn) return;
    const auto ordered = std::exchange(ordered_, {});
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const Wanted& one = ordered[i];
        if (auto& pixels = drawn->at(i)) {
            // Where it cannot be kept it is drawn again another time.
            cache_.keep(one.key, one.side, *pixels).map_error([](const Error&) {});
            put(one, *pixels);
        } else {
            Error fault = std::move(pixels).error();
            if (fault.code == ErrorCode::configBadValue)
                fault.cause = std::string(nameOf(one.picture)) + ".svg: " + fault.cause;
            miss(one.picture, std::move(fault));
        }
    }
}

// Of one style at a time, and no more than one order may hold.
void PictureShelf::haveDrawn() {
    if (painter_.isAtWork() || wanted_.empty()) return;
    const Palette palette = wanted_.front().palette;
    PictureOrder order{styleSheetOf(palette), {}};
    std::vector<Wanted> later;
    std::size_t pixels = 0;
    for (Wanted& one : wanted_) {
        const std::size_t size = std::size_t{one.side} * one.side;
        const bool fits = order.wishes.size() < mostPicturesAtOnce &&
                          pixels + size <= mostPixelsAtOnce && one.palette == palette;
        if (!fits) {
            later.push_back(std::move(one));
            continue;
        }
        pixels += size;
        order.wishes.push_back({one.side, std::exchange(one.svg, {})});
        ordered_.push_back(std::move(one));
    }
    wanted_ = std::move(later);
    const auto begun = painter_.begin(order);
    if (begun) return;
    for (const Wanted& one : std::exchange(ordered_, {})) miss(one.picture, begun.error());
}

void PictureShelf::endFrame() {
    std::erase_if(shown_, [this](const Shown& one) { return one.lastFrame < frame_; });
    haveDrawn();
    ++frame_;
}

std::size_t PictureShelf::bytes() const {
    std::size_t all = 0;
    for (const Shown& one : shown_) all += bytesOfPicture(one.what.side);
    return all;
}

}  // namespace liqu::ui
