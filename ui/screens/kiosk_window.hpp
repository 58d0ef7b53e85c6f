// The window of the kiosk: shows Screen values, answers with Actions. Two pages it lays over others
// by itself: how one wants to read and hear, and "are you still there?" when the time is nearly
// over. open(), run() and turn() on the main thread; show(), take(), waitForAction() and
// forgetPersonalData() from any thread.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/screen/action.hpp"
#include "firmware/screen/screen.hpp"
#include "ui/screens/making_bar.hpp"
#include "ui/screens/signals.hpp"
#include "ui/speech/headphone_jack.hpp"
#include "ui/speech/narrator.hpp"
#include "ui/toolkit/focus.hpp"
#include "ui/toolkit/page_view.hpp"
#include "ui/toolkit/sdl_window.hpp"

namespace liqu::ui {

struct KioskWindowOptions {
    SdlWindowOptions window;
    std::filesystem::path strings;        // folder: kiosk-config/strings
    std::filesystem::path regionWords{};  // folder, laid over them; empty: none
    std::filesystem::path wordBreaks{};   // the program liqu-words; empty: lines break anywhere
    std::filesystem::path fonts;          // kiosk-config/fonts/fonts.conf
    std::filesystem::path theme;          // kiosk-config/theme.toml
    PictureOptions pictures{};            // without a folder: pages stand without pictures
    // Of the panel; 0: what the panel says of itself, or else as of a 21.5 inch one.
    float shortSideMm = 0;
    std::filesystem::path screenMap;  // empty: none is written
    VoiceOptions voice{};             // without a device: nothing is read aloud
};

// Name of the page, and a number that tells two of one name apart.
using PageMark = std::pair<std::string, std::uint64_t>;

class KioskWindow {
  public:
    // Must be called before another thread starts: it sets FONTCONFIG_FILE.
    static Result<std::unique_ptr<KioskWindow>> open(const KioskWindowOptions& options,
                                                     const Clock& clock);
    ~KioskWindow();

    // Until stopped, or until the window was closed. `turned` hears of every round; one waits at
    // most so long.
    void run(const std::stop_token& stop, std::optional<Duration> atMost,
             const std::function<void()>& turned);

    // Actions not yet taken are dropped when another page comes: they were meant for the last. What
    // is the same on every page, language and call, is kept.
    void show(screen::Screen screen);
    std::optional<screen::Action> take();
    std::optional<screen::Action> waitForAction(Duration atMost);
    // At the end of a visit, after a screen without personal data was shown.
    void forgetPersonalData();

    // One round: take a new screen, draw, wait at most this long. False: the window was closed.
    bool turn(std::optional<Duration> atMost = std::nullopt);
    // Nothing is left to draw, and touches are accepted.
    bool settled() const;
    const ScreenMap& map() const { return map_; }
    const Dictionary& words() const { return words_; }
    std::size_t personalTexts() const { return texts_.personalCount(); }
    // For the log: what is wrong with pictures, each once. run() and turn() gather them.
    Faults takePictureFaults() { return pictures_.takeFaults(); }

  private:
    // What lies over the page that is asked.
    enum class Overlay : std::uint8_t { none, settings, stillThere };

    // ImGui needs a frame or two until hover and size have settled.
    static constexpr int settleFrameCount = 3;
    struct Parts {
        Look look;
        Dictionary words;
        std::optional<Earcons> earcons;
        HearingKeys hearingKeys;
        std::unique_ptr<TextLayouter> layouter;
        std::unique_ptr<SdlWindow> window;
    };
    KioskWindow(const KioskWindowOptions& options, const Clock& clock, Parts parts);
    void adoptScreen();
    // Another page than the one that stands there, whatever it is about.
    void isAnotherPage();
    void setFormAside();
    void takeFormBack();
    void deadlineIsNew();
    void adoptMaking();
    void lay(Overlay overlay);
    void askWhetherStillThere();
    Page compose() const;
    Scales scalesFor(screen::LetterSize size) const;
    std::vector<screen::LetterSize> sizesWithRoom() const;
    void drawFrame();
    Scene::Keys useKeys(Direction reading);
    void readAloud();
    // Somebody listens in headphones, and hears.
    bool listensAlone() const;
    // The screen shows nothing while one listens alone; a touch or a key of the page shows it
    // again, and does nothing else.
    void darken();
    void lighten();
    void lookAtDarkness();
    // Headphones that come or go, and keys of their own for who listens.
    void hearWhoListens();
    void adjustByItself(std::string choice);
    void fulfilWish();
    void sound();
    // What the window answers by itself; false: it is for whoever asked.
    bool heed(const screen::Action& action);
    void send(screen::Action action);
    void tellPresence();
    std::optional<Duration> untilNextChange() const;
    Duration untilTimeShows(Duration left) const;
    screen::Comfort comfortNow() const;

    const Clock& clock_;
    Look look_;
    float shortSideMm_;
    Dictionary words_;
    std::unique_ptr<TextLayouter> layouter_;
    std::unique_ptr<SdlWindow> window_;
    TextCache texts_;
    PictureShelf pictures_;
    ScreenMapFile mapFile_;
    ScreenMap map_;
    Narrator narrator_;
    Signals signals_;

    screen::Screen screen_;
    std::optional<MakingBar> making_;  // while a card is made
    Page page_;
    Overlay overlay_ = Overlay::none;
    bool dark_ = false;
    std::size_t part_ = 0;    // of a long page
    Duration askedBefore_{};  // so long before the deadline "are you still there?" is asked
    Focus focus_;             // of the keys
    EntryForm form_;
    // Of a form that is locked, until its page stands again or another one does.
    std::optional<std::pair<PageMark, EntryForm>> formAside_;
    WallTime shownSince_;
    int settleFrames_ = 0;
    Instant touchesFrom_;
    std::optional<Instant> answeredUntil_;
    Instant presenceUntil_{};
    bool plugged_ = false;
    // Of headphones that came or went, until somebody can be told.
    std::optional<std::string> wish_;

    std::mutex mutex_;
    std::condition_variable actionCame_;
    std::optional<screen::Screen> coming_;
    PageMark shownLast_{};
    bool forget_ = false;
    std::vector<screen::Action> actions_;
    // Last: its thread wakes the window.
    std::unique_ptr<HeadphoneJack> jack_;
};

}  // namespace liqu::ui
