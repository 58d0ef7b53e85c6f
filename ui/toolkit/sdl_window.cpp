#include "ui/toolkit/sdl_window.hpp"

#include <SDL.h>
#include <algorithm>
#include <cstdlib>
#include <imgui.h>
#include <vector>

#include "ui/toolkit/draw_list_renderer.hpp"

namespace liqu::ui {

struct SdlWindow::Sdl {
    SDL_Window* window = nullptr;
    SDL_Renderer* renderer = nullptr;
    SDL_Texture* atlas = nullptr;
    ImGuiContext* imgui = nullptr;
    Uint32 wakeEvent = 0;
    bool started = false;
    // Of the frame the window shows; none where it lost it.
    std::optional<std::vector<Piece>> shown;

    // SDL_RenderPresent would hand over the whole window, which takes as long as drawing a page.
    void handOver(const SDL_Rect& part) const {
        SDL_RenderFlush(renderer);
        if (SDL_UpdateWindowSurfaceRects(window, &part, 1) != 0) SDL_RenderPresent(renderer);
    }

    ~Sdl() {
        if (imgui != nullptr) ImGui::DestroyContext(imgui);
        if (atlas != nullptr) SDL_DestroyTexture(atlas);
        if (renderer != nullptr) SDL_DestroyRenderer(renderer);
        if (window != nullptr) SDL_DestroyWindow(window);
        if (started) SDL_Quit();
    }
};

namespace {

tl::unexpected<Error> sdlFailed(std::string_view what) {
    return fail(ErrorCode::windowNotOpened, std::string(what) + ": " + SDL_GetError());
}

void setHints() {
    // With a software renderer the accelerated framebuffer only brings Mesa in: 110 MiB.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
    SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "x11", SDL_HINT_DEFAULT);
    // SDL's own translation between fingers and mouse loses touches; PointerInput does it.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_AUTO_CAPTURE, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    // Nobody composes signs of two keys here, and Xlib's table of them is half a MiB.
    ::setenv("XCOMPOSEFILE", "/dev/null", 0);
}

// ImGui needs one font for the white pixel its shapes are made of; words come from Pango.
SDL_Texture* makeAtlas(SDL_Renderer* renderer) {
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
    fonts.GetTexDataAsRGBA32(&pixels, &width, &height);
    SDL_Texture* texture = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ABGR8888,
                                             SDL_TEXTUREACCESS_STATIC, width, height);
    if (texture == nullptr) return nullptr;
    SDL_UpdateTexture(texture, nullptr, pixels, width * 4);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    nameAnew(texture);
    fonts.SetTexID(texture);
    return texture;
}

void startImGui() {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendPlatformName = "liqu";
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    ImGui::GetStyle().WindowPadding = {0, 0};
    ImGui::GetStyle().WindowBorderSize = 0;
    ImGui::GetStyle().CircleTessellationMaxError = 0.05F;
    ImGui::GetStyle().CurveTessellationTol = 0.5F;
}

}  // namespace

SdlWindow::SdlWindow(std::unique_ptr<Sdl> sdl, Size pixels)
    : sdl_(std::move(sdl)), pixels_(pixels), pointer_(pixels) {}
SdlWindow::~SdlWindow() = default;

SDL_Renderer* SdlWindow::renderer() const {
    return sdl_->renderer;
}

std::optional<float> SdlWindow::shortSideMm() const {
    constexpr float mmOfInch = 25.4F;
    constexpr float least = 120;
    constexpr float most = 800;
    if ((SDL_GetWindowFlags(sdl_->window) & SDL_WINDOW_FULLSCREEN) == 0) return std::nullopt;
    const int display = SDL_GetWindowDisplayIndex(sdl_->window);
    float dpi = 0;
    if (display < 0 || SDL_GetDisplayDPI(display, nullptr, &dpi, nullptr) != 0 || dpi <= 0)
        return std::nullopt;
    const float side = std::min(pixels_.width, pixels_.height) * mmOfInch / dpi;
    return side >= least && side <= most ? std::optional(side) : std::nullopt;
}

Result<std::unique_ptr<SdlWindow>> SdlWindow::open(const SdlWindowOptions& options) {
    setHints();
    auto sdl = std::make_unique<Sdl>();
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return sdlFailed("no display");
    sdl->started = true;
    const Uint32 flags =
        options.fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS : Uint32{0};
    sdl->window = SDL_CreateWindow("Liqu", 0, 0, options.width, options.height, flags);
    if (sdl->window == nullptr) return sdlFailed("window");
    sdl->renderer = SDL_CreateRenderer(sdl->window, -1, SDL_RENDERER_SOFTWARE);
    if (sdl->renderer == nullptr) return sdlFailed("renderer");
    sdl->wakeEvent = SDL_RegisterEvents(1);
    if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);
    sdl->imgui = ImGui::CreateContext();
    startImGui();
    sdl->atlas = makeAtlas(sdl->renderer);
    if (sdl->atlas == nullptr) return sdlFailed("texture");
    int width = 0;
    int height = 0;
    if (SDL_GetRendererOutputSize(sdl->renderer, &width, &height) != 0) return sdlFailed("size");
    const Size pixels{static_cast<float>(width), static_cast<float>(height)};
    return std::unique_ptr<SdlWindow>(new SdlWindow(std::move(sdl), pixels));
}

bool SdlWindow::take(const void* raw) {
    const auto& event = *static_cast<const SDL_Event*>(raw);
    if (event.type == SDL_QUIT) return true;
    if (event.type == SDL_WINDOWEVENT) sdl_->shown.reset();
    if (event.type == SDL_WINDOWEVENT && event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        pixels_ = {static_cast<float>(event.window.data1), static_cast<float>(event.window.data2)};
        pointer_.resize(pixels_);
    }
    if (!keys_.take(event)) pointer_.take(event);
    return false;
}

SdlWindow::Woken SdlWindow::wait(std::optional<Duration> atMost) {
    using Milliseconds = std::chrono::milliseconds;
    SDL_Event event;
    // Rounded up: waking a moment early would only mean another round.
    const int got =
        atMost ? SDL_WaitEventTimeout(
                     &event, static_cast<int>(std::clamp<std::int64_t>(
                                 std::chrono::ceil<Milliseconds>(*atMost).count(), 0, 3'600'000)))
               : SDL_WaitEvent(&event);
    if (got == 0) return Woken::time;
    bool closed = take(&event);
    while (SDL_PollEvent(&event) != 0) closed = take(&event) || closed;
    return closed ? Woken::closed : Woken::event;
}

void SdlWindow::wake() {
    SDL_Event event{};
    event.type = sdl_->wakeEvent;
    SDL_PushEvent(&event);
}

void SdlWindow::beginFrame() {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {pixels_.width, pixels_.height};
    // ImGui's own clock only serves double clicks and repeats, which a kiosk does not have.
    io.DeltaTime = 1.0F / 60;
    const PointerState pointer = pointer_.next();
    io.MousePos = pointer.at ? ImVec2(pointer.at->x, pointer.at->y) : ImVec2(-FLT_MAX, -FLT_MAX);
    io.MouseDown[0] = pointer.pressed;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("screen", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav);
}

void SdlWindow::endFrame() {
    ImGui::End();
    ImGui::Render();
    const ImDrawData& data = *ImGui::GetDrawData();
    std::vector<Piece> pieces = piecesOf(data);
    const SDL_Rect all{0, 0, static_cast<int>(pixels_.width), static_cast<int>(pixels_.height)};
    const auto part = sdl_->shown ? differenceOf(*sdl_->shown, pieces) : std::optional(all);
    sdl_->shown = std::move(pieces);
    if (!part) return;
    renderDrawData(data, sdl_->renderer, *part);
    sdl_->handOver(*part);
}

void SdlWindow::dropInput() {
    pointer_.drop();
    keys_.drop();
}

bool SdlWindow::takeTouched() {
    const bool touched = pointer_.takeTouched();
    return keys_.takeUsed() || touched;
}

}  // namespace liqu::ui
