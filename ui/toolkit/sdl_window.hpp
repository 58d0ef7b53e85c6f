// The window itself: SDL without a graphics card, Dear ImGui for touch and shapes, our own
// renderer for its draw lists. It sleeps until an event, wake() or the given time.
// Main thread only, except wake().
#pragma once

#include <memory>
#include <optional>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "ui/toolkit/geometry.hpp"
#include "ui/toolkit/key_input.hpp"
#include "ui/toolkit/pointer_input.hpp"

struct SDL_Renderer;

namespace liqu::ui {

struct SdlWindowOptions {
    int width = 1080;
    int height = 1920;
    bool fullscreen = false;
};

class SdlWindow {
  public:
    static Result<std::unique_ptr<SdlWindow>> open(const SdlWindowOptions& options);
    ~SdlWindow();

    enum class Woken { event, time, closed };
    // Takes all waiting events; waits for the first one at most this long, for ever without.
    Woken wait(std::optional<Duration> atMost);
    void wake();

    void beginFrame();
    // Rasterising costs far more than building a frame: what looks like the frame before is neither
    // drawn nor handed over again.
    void endFrame();
    bool inputPending() const { return pointer_.pending() || keys_.pending(); }
    // What was pressed before is forgotten, as after a change of screens.
    void dropInput();
    // Did a touch end, or was a key pressed, since this was asked last?
    bool takeTouched();
    std::optional<KeyStroke> nextKey() { return keys_.next(); }
    void listenFor(HearingKeys keys) { keys_.listenFor(std::move(keys)); }
    std::optional<HearingKey> nextHearingKey() { return keys_.nextHearing(); }

    Size pixels() const { return pixels_; }
    // As the panel tells it; none where the window does not fill one, or what it tells cannot be.
    std::optional<float> shortSideMm() const;
    SDL_Renderer* renderer() const;

  private:
    struct Sdl;
    SdlWindow(std::unique_ptr<Sdl> sdl, Size pixels);
    bool take(const void* event);

    std::unique_ptr<Sdl> sdl_;
    Size pixels_;
    PointerInput pointer_;
    KeyInput keys_;
};

}  // namespace liqu::ui
