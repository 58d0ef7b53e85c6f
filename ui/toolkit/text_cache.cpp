#include "ui/toolkit/text_cache.hpp"

#include <SDL.h>
#include <algorithm>

#include "firmware/base/assert.hpp"
#include "ui/toolkit/draw_list_renderer.hpp"

namespace liqu::ui {

struct TextCache::Entry {
    PersonalText text;  // wipes itself, whether it is personal or not
    TextStyle style;
    Privacy privacy = Privacy::open;
    TextImage image;
    std::uint64_t lastFrame = 0;

    std::size_t bytes() const {
        return static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4;
    }
};

namespace {

SDL_Texture* upload(SDL_Renderer* renderer, const TextCoverage& coverage) {
    // The software renderer refuses premultiplied blending, hence white with straight alpha.
    std::vector<std::uint32_t> pixels(coverage.rows.size());
    std::transform(coverage.rows.begin(), coverage.rows.end(), pixels.begin(),
                   [](std::uint8_t alpha) { return 0x00FFFFFFU | (std::uint32_t{alpha} << 24); });
    SDL_Texture* texture =
        SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC,
                          coverage.width, coverage.height);
    if (texture != nullptr) {
        SDL_UpdateTexture(texture, nullptr, pixels.data(), coverage.width * 4);
        SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
        nameAnew(texture);
    }
    wipe(pixels);
    return texture;
}

// Overwritten first: freeing alone would leave the picture of a name in memory.
void blank(const TextImage& image) {
    const std::vector<std::uint32_t> nothing(static_cast<std::size_t>(image.width) *
                                             static_cast<std::size_t>(image.height));
    SDL_UpdateTexture(image.texture, nullptr, nothing.data(), image.width * 4);
}

}  // namespace

TextCache::TextCache(TextLayouter& layouter, SDL_Renderer* renderer, std::size_t byteLimit)
    : layouter_(layouter), renderer_(renderer), byteLimit_(byteLimit) {}

TextCache::~TextCache() {
    while (!entries_.empty()) drop(entries_.size() - 1);
}

TextImage TextCache::image(std::string_view text, const TextStyle& style, Privacy privacy) {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
        return entry->style == style && entry->privacy == privacy && entry->text.reveal() == text;
    });
    if (found != entries_.end()) {
        (*found)->lastFrame = frame_;
        return (*found)->image;
    }
    TextCoverage coverage = layouter_.draw(text, style);
    auto entry = std::make_unique<Entry>();
    entry->text = PersonalText(std::string(text));
    entry->style = style;
    entry->privacy = privacy;
    entry->lastFrame = frame_;
    entry->image = {upload(renderer_, coverage), coverage.width, coverage.height,
                    coverage.inkHeight,          coverage.lines, coverage.brokenWord};
    wipe(coverage.rows);
    if (privacy == Privacy::personal) layouter_.forget();
    bytes_ += entry->bytes();
    entries_.push_back(std::move(entry));
    return entries_.back()->image;
}

void TextCache::endFrame() {
    while (bytes_ > byteLimit_) {
        const auto oldest = std::min_element(
            entries_.begin(), entries_.end(),
            [](const auto& one, const auto& other) { return one->lastFrame < other->lastFrame; });
        if ((*oldest)->lastFrame == frame_) break;
        drop(static_cast<std::size_t>(oldest - entries_.begin()));
    }
    ++frame_;
}

void TextCache::forgetPersonal() {
    for (std::size_t i = entries_.size(); i-- > 0;) {
        if (entries_[i]->privacy == Privacy::personal) drop(i);
    }
    layouter_.forget();
}

std::size_t TextCache::personalCount() const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(),
                      [](const auto& entry) { return entry->privacy == Privacy::personal; }));
}

void TextCache::drop(std::size_t index) {
    LIQU_ASSERT(index < entries_.size());
    const Entry& entry = *entries_[index];
    if (entry.image.texture != nullptr) {
        if (entry.privacy == Privacy::personal) blank(entry.image);
        SDL_DestroyTexture(entry.image.texture);
    }
    bytes_ -= entry.bytes();
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
}

}  // namespace liqu::ui
