// What the window does for the ear: the pages read aloud, the short sounds, headphones and the keys
// of who listens.
#include "ui/screens/kiosk_window.hpp"

namespace liqu::ui {

// Whoever plugs headphones in wants to hear; out of them nothing private may reach the room, so the
// narrator is told at once and whoever asked the page when they listen.
void KioskWindow::hearWhoListens() {
    bool plugged = jack_ ? jack_->plugged() : plugged_;
    while (const auto key = window_->nextHearingKey()) {
        if (*key == HearingKey::plugged || *key == HearingKey::unplugged)
            plugged = *key == HearingKey::plugged;
        if (*key == HearingKey::again) narrator_.again();
        if (*key == HearingKey::dark) dark_ ? lighten() : darken();
        if (*key == HearingKey::louder) adjustByItself("volume.up");
        if (*key == HearingKey::quieter) adjustByItself("volume.down");
    }
    if (std::exchange(plugged_, plugged) != plugged) {
        narrator_.plug(plugged);
        wish_ = screen::adjustTo(plugged ? screen::Speech::headphones : screen::Speech::off);
        settleFrames_ = settleFrameCount;
        page_ = compose();
    }
    fulfilWish();
}

void KioskWindow::fulfilWish() {
    if (!wish_ || !screen_.frame.canAdjust) return;
    const bool listens = screen_.frame.comfort.speech == screen::Speech::headphones;
    const std::string wish = *std::exchange(wish_, std::nullopt);
    if ((wish == screen::adjustTo(screen::Speech::headphones)) != listens) adjustByItself(wish);
}

// Where nothing can be adjusted nobody waits for it.
void KioskWindow::adjustByItself(std::string choice) {
    if (!screen_.frame.canAdjust) return;
    {
        const std::lock_guard lock(mutex_);
        actions_.push_back({screen::ActionKind::adjust, std::move(choice)});
    }
    actionCame_.notify_all();
}

bool KioskWindow::listensAlone() const {
    const screen::Comfort comfort = comfortNow();
    return !page_.dense && comfort.speech == screen::Speech::headphones &&
           narrator_.isWanted(comfort, words_) && !narrator_.failed();
}

void KioskWindow::darken() {
    if (!listensAlone()) return;
    window_->dropInput();  // the rest of the touch that asked for it is none that wants to see
    dark_ = true;
    lay(Overlay::none);
}

void KioskWindow::lighten() {
    dark_ = false;
    lay(overlay_);
}

// Nobody is left before a screen that shows nothing: who hears no more sees again.
void KioskWindow::lookAtDarkness() {
    if (!dark_) return;
    if (listensAlone() && !window_->inputPending()) return;
    window_->dropInput();
    lighten();
}

void KioskWindow::sound() {
    const Instant now = clock_.now();
    if (const auto due = signals_.due(now))
        narrator_.play(due->earcon, screen_.frame.comfort, due->louder, now);
}

// Staff read for themselves.
void KioskWindow::readAloud() {
    if (page_.dense) return narrator_.hush();
    const bool failed = narrator_.failed();
    const std::string page = page_.name + " " + std::to_string(screen_.frame.question) + " " +
                             std::to_string(part_) + " " + map_.language();
    narrator_.read(map_, words_, comfortNow(), page);
    if (narrator_.failed() == failed) return;
    page_ = compose();
    settleFrames_ = settleFrameCount;
}

}  // namespace liqu::ui
