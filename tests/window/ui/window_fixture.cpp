#include "tests/window/ui/window_fixture.hpp"

namespace liqu::test {

using namespace std::chrono_literals;

Result<std::unique_ptr<WindowFixture>> WindowFixture::open(int width, int height,
                                                           const std::filesystem::path& source,
                                                           const std::filesystem::path& screenMap,
                                                           const std::string& region,
                                                           float shortSideMm,
                                                           ui::VoiceOptions voice) {
    auto fixture = std::make_unique<WindowFixture>();
    fixture->display = TRY(PrivateDisplay::start(width, height));
    const std::filesystem::path config = source / "kiosk-config";
    fixture->window = TRY(ui::KioskWindow::open(
        {.window = {width, height, false},
         .strings = config / "strings",
         .regionWords = config / "regions" / region,
         .wordBreaks = LIQU_WORDS_PROGRAM,
         .fonts = config / "fonts" / "fonts.conf",
         .theme = config / "theme.toml",
         .pictures = {config / "pictures", LIQU_PICTURES_PROGRAM, LIQU_PICTURE_CACHE},
         .shortSideMm = shortSideMm,
         .screenMap = screenMap,
         .voice = std::move(voice)},
        fixture->clock));
    fixture->settle();
    return fixture;
}

void WindowFixture::showAndSettle(screen::Screen screen) {
    window->show(std::move(screen));
    window->turn(0ms);
    // The guard against double taps would only be waited for.
    clock.skip(400ms);
    settle();
}

void WindowFixture::settle() {
    // A round that was woken by an event starts the settling anew; it ends when events do.
    do {
        window->turn(20ms);
    } while (!window->settled());
    // The guard against double taps may have ended after the last round looked: tell the map.
    window->turn(0ms);
}

std::optional<screen::Action> WindowFixture::actionAfter(Duration atMost) {
    const Instant end = clock.now() + atMost;
    while (true) {
        auto action = window->take();
        // That somebody is there is no answer.
        if (action && action->kind != screen::ActionKind::stillHere) return action;
        if (!action && clock.now() >= end) return action;
        if (!action) window->turn(20ms);
    }
}

std::optional<ui::Point> WindowFixture::middleOf(std::string_view id) const {
    const ui::MapEntry* entry = window->map().find(id);
    return entry == nullptr ? std::nullopt : std::optional(entry->place.centre());
}

}  // namespace liqu::test
