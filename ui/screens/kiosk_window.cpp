#include "ui/screens/kiosk_window.hpp"

#include <algorithm>
#include <imgui.h>
#include <ranges>
#include <utility>

#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t textBytes = 12U << 20;
// ImGui needs a frame or two until hover and size have settled.
constexpr int settleFrameCount = 3;
// The second half of a double tap must not answer the next question.
constexpr Duration touchGuard = 350ms;
// After an answer nothing else counts until the next screen, or until this much later.
constexpr Duration answerGuard = 2s;
constexpr Duration presenceRhythm = 1s;
constexpr float designSide = 1080;

// What is the same on every page is meant for the page after it, too.
bool isOfEveryPage(screen::ActionKind kind) {
    return kind == screen::ActionKind::callAssistant || kind == screen::ActionKind::switchLanguage;
}

// Two questions of one name are still two pages.
PageMark pageMark(const screen::Screen& screen) {
    return {std::string(nameOf(screen.content)), screen.frame.question};
}

// Whose typing stands in the fields: a form of staff may be asked again for what was refused.
PageMark typingMark(const screen::Screen& screen) {
    const auto* form = std::get_if<screen::StaffFormScreen>(&screen.content);
    return {std::string(nameOf(screen.content)),
            form != nullptr ? form->serial : screen.frame.question};
}

// Where a button comes or goes, the others move: one that was aimed at may be another one now.
bool staysInPlace(const Page& before, const Page& now) {
    return std::ranges::equal(before.buttons, now.buttons,
                              [](const Button& one, const Button& other) {
                                  return one.action == other.action && one.choice == other.choice;
                              }) &&
           std::ranges::equal(before.blocks, now.blocks, {}, &Block::index, &Block::index);
}

std::map<std::string, std::string, std::less<>> placesOf(const screen::Contacts& contacts) {
    return {{"counter", contacts.counter},
            {"hotline", contacts.hotline},
            {"formalLossPlace", contacts.formalLossPlace},
            {"complaint", contacts.complaint}};
}

}  // namespace

KioskWindow::KioskWindow(const KioskWindowOptions& options, const Clock& clock, Theme theme,
                         Dictionary words, std::unique_ptr<TextLayouter> layouter,
                         std::unique_ptr<SdlWindow> window)
    : clock_(clock),
      theme_(theme),
      words_(std::move(words)),
      layouter_(std::move(layouter)),
      window_(std::move(window)),
      texts_(*layouter_, window_->renderer(), textBytes),
      mapFile_(options.screenMap),
      screen_{{}, screen::StartingScreen{}},
      page_(pageOf(screen_)),
      shownSince_(clock.wallTime()),
      settleFrames_(settleFrameCount),
      touchesFrom_(clock.now()) {}

KioskWindow::~KioskWindow() = default;

Result<std::unique_ptr<KioskWindow>> KioskWindow::open(const KioskWindowOptions& options,
                                                       const Clock& clock) {
    auto theme = TRY(Theme::read(options.theme));
    auto words = TRY(Dictionary::read(options.strings));
    if (!options.regionWords.empty()) TRY(words.layOver(options.regionWords));
    auto layouter = TRY(TextLayouter::open(options.fonts));
    auto window = TRY(SdlWindow::open(options.window));
    return std::unique_ptr<KioskWindow>(new KioskWindow(options, clock, theme, std::move(words),
                                                        std::move(layouter), std::move(window)));
}

void KioskWindow::run(const std::stop_token& stop) {
    const std::stop_callback wakeUp(stop, [this] { window_->wake(); });
    while (!stop.stop_requested() && turn()) {
    }
}

void KioskWindow::show(screen::Screen screen) {
    {
        const std::lock_guard lock(mutex_);
        const PageMark page = pageMark(screen);
        const bool another = std::exchange(shownLast_, page) != page;
        coming_ = std::move(screen);
        if (another) {
            std::erase_if(actions_, [](const auto& action) { return !isOfEveryPage(action.kind); });
        }
    }
    window_->wake();
}

std::optional<screen::Action> KioskWindow::take() {
    return waitForAction(Duration::zero());
}

std::optional<screen::Action> KioskWindow::waitForAction(Duration atMost) {
    std::unique_lock lock(mutex_);
    if (!actionCame_.wait_for(lock, atMost, [this] { return !actions_.empty(); })) {
        return std::nullopt;
    }
    screen::Action action = std::move(actions_.front());
    actions_.erase(actions_.begin());
    return action;
}

void KioskWindow::forgetPersonalData() {
    {
        const std::lock_guard lock(mutex_);
        forget_ = true;
    }
    window_->wake();
}

void KioskWindow::adoptScreen() {
    std::optional<screen::Screen> coming;
    bool forget = false;
    {
        const std::lock_guard lock(mutex_);
        coming.swap(coming_);
        std::swap(forget, forget_);
    }
    if (coming) {
        const bool anotherPage = pageMark(*coming) != pageMark(screen_);
        forget = forget || typingMark(*coming) != typingMark(screen_);
        screen_ = std::move(*coming);
        words_.usePlaces(placesOf(screen_.frame.contacts));
        const Page before = std::exchange(page_, pageOf(screen_));
        shownSince_ = clock_.wallTime();
        answeredUntil_.reset();
        settleFrames_ = settleFrameCount;
        if (anotherPage || !staysInPlace(before, page_)) touchesFrom_ = clock_.now() + touchGuard;
    }
    if (forget) {
        texts_.forgetPersonal();
        form_ = {};
        settleFrames_ = settleFrameCount;
    }
}

void KioskWindow::drawFrame() {
    if (clock_.now() < touchesFrom_) window_->dropTouch();
    window_->beginFrame();
    ImGui::PushID(page_.name.c_str());
    const Size pixels = window_->pixels();
    const float scale = std::min(pixels.width, pixels.height) / designSide;
    const screen::Language language = screen_.frame.language;
    map_.begin(page_.name, nameOf(language), pixels);
    Canvas canvas(*ImGui::GetWindowDrawList(), texts_, language, scale);
    Scene scene(canvas, theme_, words_, language, map_, form_);
    drawPage(scene, page_, frameOf(screen_, clock_.now()),
             {pixels.width / scale, pixels.height / scale});
    ImGui::PopID();
    window_->endFrame(texts_.texturesMade());
    texts_.endFrame();
    if (auto answer = scene.takeAnswer()) {
        window_->takeTouched();
        send(std::move(*answer));
    } else if (!window_->pointerPending()) {
        tellPresence();
    }
}

void KioskWindow::send(screen::Action action) {
    if (answeredUntil_ && clock_.now() < *answeredUntil_) return;
    answeredUntil_ = clock_.now() + answerGuard;
    {
        const std::lock_guard lock(mutex_);
        // Another page that came meanwhile asks something else.
        if (coming_ && shownLast_ != pageMark(screen_) && !isOfEveryPage(action.kind)) return;
        if (!action.typed.empty()) form_.forgetSecrets();
        actions_.push_back(std::move(action));
    }
    actionCame_.notify_all();
}

// Whoever types, or touches beside the answers, is there all the same.
void KioskWindow::tellPresence() {
    if (!window_->takeTouched() || clock_.now() < presenceUntil_) return;
    presenceUntil_ = clock_.now() + presenceRhythm;
    {
        const std::lock_guard lock(mutex_);
        if (coming_ || !actions_.empty()) return;
        actions_.push_back({screen::ActionKind::stillHere});
    }
    actionCame_.notify_all();
}

bool KioskWindow::settled() const {
    return settleFrames_ == 0 && !window_->pointerPending() && clock_.now() >= touchesFrom_;
}

std::optional<Duration> KioskWindow::untilNextChange() const {
    if (settleFrames_ > 0 || window_->pointerPending()) return Duration::zero();
    const Instant now = clock_.now();
    std::optional<Duration> until;
    if (now < touchesFrom_) until = touchesFrom_ - now;
    if (screen_.frame.deadline && *screen_.frame.deadline > now) {
        const Duration second = std::chrono::seconds(1);
        const Duration part = (*screen_.frame.deadline - now) % second;
        const Duration change = part > Duration::zero() ? part : second;
        until = until ? std::min(*until, change) : change;
    }
    return until;
}

bool KioskWindow::turn(std::optional<Duration> atMost) {
    adoptScreen();
    if (settleFrames_ > 0) --settleFrames_;
    drawFrame();
    mapFile_.record(map_, shownSince_).map_error([](const Error&) {});
    // The map is told only when a touch on it would count, so that a robot never loses one.
    if (settled()) mapFile_.publish(map_).map_error([](const Error&) {});
    std::optional<Duration> wait = untilNextChange();
    if (atMost && (!wait || *atMost < *wait)) wait = atMost;
    const SdlWindow::Woken woken = window_->wait(wait);
    if (woken == SdlWindow::Woken::event) settleFrames_ = settleFrameCount;
    return woken != SdlWindow::Woken::closed;
}

}  // namespace liqu::ui
