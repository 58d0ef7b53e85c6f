// Texts as textures: white with alpha, tinted when drawn. Bounded; what was not drawn lately goes
// first. Personal texts are marked, and forgetPersonal() destroys them with their keys.
// Main thread only.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "firmware/base/personal.hpp"
#include "ui/toolkit/text_layouter.hpp"

struct SDL_Renderer;
struct SDL_Texture;

namespace liqu::ui {

struct TextImage {
    SDL_Texture* texture = nullptr;
    int width = 0;
    int height = 0;
    int inkHeight = 0;
    int lines = 0;
    bool brokenWord = false;
};

enum class Privacy : std::uint8_t { open, personal };

class TextCache {
  public:
    TextCache(TextLayouter& layouter, SDL_Renderer* renderer, std::size_t byteLimit);
    ~TextCache();
    TextCache(const TextCache&) = delete;
    TextCache& operator=(const TextCache&) = delete;

    // Valid until endFrame().
    TextImage image(std::string_view text, const TextStyle& style, Privacy privacy);
    // Drops the longest unused beyond the limit; nothing the present frame shows.
    void endFrame();
    void forgetPersonal();

    std::size_t bytes() const { return bytes_; }
    std::size_t personalCount() const;

  private:
    struct Entry;
    void drop(std::size_t index);

    TextLayouter& layouter_;
    SDL_Renderer* renderer_;
    std::size_t byteLimit_;
    std::size_t bytes_ = 0;
    std::uint64_t frame_ = 0;
    std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace liqu::ui
