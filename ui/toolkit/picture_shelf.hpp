// The pictures that are shown, as textures in the size they are drawn in. What is not on the shelf
// is taken from the cache or drawn by a program of its own; until it is there, and where it cannot
// be had, the page stands without it. Main thread only.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/screen/page_parts.hpp"
#include "ui/toolkit/picture_cache.hpp"
#include "ui/toolkit/picture_painter.hpp"
#include "ui/toolkit/theme.hpp"

struct SDL_Renderer;
struct SDL_Texture;

namespace liqu::ui {

struct PictureOptions {
    std::filesystem::path folder;   // kiosk-config/pictures
    std::filesystem::path painter;  // the program liqu-pictures
    std::filesystem::path cache{};  // folder; empty: drawn anew by each start
};

class PictureShelf {
  public:
    PictureShelf(const PictureOptions& options, SDL_Renderer* renderer, const Clock& clock);
    ~PictureShelf();
    PictureShelf(const PictureShelf&) = delete;
    PictureShelf& operator=(const PictureShelf&) = delete;

    // Takes what was drawn since.
    void beginFrame();
    // Of this side in pixels; null where it is not there (yet). Valid until endFrame().
    SDL_Texture* picture(screen::Picture picture, const Palette& palette, std::uint32_t side);
    // Lets go of what the frame did not show, and has what it lacked drawn.
    void endFrame();
    // Some are being drawn: another frame will have them.
    bool isWaiting() const { return painter_.isAtWork() || !wanted_.empty(); }
    std::size_t bytes() const;
    // What is wrong with pictures and was not said before.
    Faults takeFaults() { return std::exchange(faults_, {}); }

  private:
    struct Wanted {
        screen::Picture picture;
        Palette palette;
        std::uint32_t side;
        std::string svg;
        std::string key;
        bool is(screen::Picture one, const Palette& colours, std::uint32_t size) const {
            return picture == one && side == size && palette == colours;
        }
    };
    struct Shown {
        Wanted what;
        std::unique_ptr<SDL_Texture, void (*)(SDL_Texture*)> texture;
        std::uint64_t lastFrame;
    };
    SDL_Texture* put(Wanted what, const std::string& pixels);
    void miss(screen::Picture picture, Error fault);
    void haveDrawn();

    std::filesystem::path folder_;
    PictureCache cache_;
    PicturePainter painter_;
    SDL_Renderer* renderer_;
    const Clock& clock_;
    std::vector<Shown> shown_;
    std::vector<Wanted> wanted_;  // not yet ordered
    std::vector<Wanted> ordered_;
    std::map<screen::Picture, Instant> missedUntil_;
    std::set<std::string> told_;
    Faults faults_;
    std::uint64_t frame_ = 0;
};

}  // namespace liqu::ui
