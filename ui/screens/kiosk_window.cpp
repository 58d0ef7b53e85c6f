#include "ui/screens/kiosk_window.hpp"

#include <algorithm>
#include <imgui.h>
#include <ranges>
#include <utility>

#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t textBytes = 3U << 19;
// The second half of a double tap must not answer the next question.
constexpr Duration touchGuard = 350ms;
// After an answer nothing else counts until the next screen, or until this much later.
constexpr Duration answerGuard = 2s;
constexpr Duration presenceRhythm = 1s;
// While some are being drawn: how often they are looked for.
constexpr Duration pictureRhythm = 10ms;
// Of header, footer and the pages of staff the shorter side of the panel has so many units.
constexpr float frameUnits = 1080;
// A page of citizens needs so many; letters that leave fewer are not offered.
constexpr float fewestUnits = 720;
constexpr float usualSideMm = 270;
// 18 pt: the words of header and footer are no smaller.
constexpr float leastLettersMm = 6.35F;
constexpr Duration askBefore = 30s;

// What is the same on every page is meant for the page after it, too.
bool isOfEveryPage(screen::ActionKind kind) {
    return kind == screen::ActionKind::callAssistant || kind == screen::ActionKind::adjust;
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

bool isLocked(const screen::Screen& screen) {
    const auto* asked = std::get_if<screen::StaffSignInScreen>(&screen.content);
    return asked != nullptr && asked->asks == screen::SignInAsks::locked;
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

float sideOf(const KioskWindowOptions& options, const SdlWindow& window) {
    if (options.shortSideMm > 0) return options.shortSideMm;
    return window.shortSideMm().value_or(usualSideMm);
}

bool isToldOfHeadphones(const VoiceOptions& voice) {
    return !voice.jack.empty() || voice.keys.contains("plugged");
}

Result<void> lettersAreLargeEnough(const KioskWindowOptions& options, const Look& look) {
    const float small = look.theme(screen::Contrast::usual).smallSize;
    if (options.shortSideMm <= 0 || small * options.shortSideMm / frameUnits >= leastLettersMm)
        return {};
    return fail(ErrorCode::configBadValue,
                "window.shortSideMm: the words of header and footer would be smaller than 18 pt");
}

}  // namespace

KioskWindow::KioskWindow(const KioskWindowOptions& options, const Clock& clock, Parts parts)
    : clock_(clock),
      look_(parts.look),
      shortSideMm_(sideOf(options, *parts.window)),
      words_(std::move(parts.words)),
      layouter_(std::move(parts.layouter)),
      window_(std::move(parts.window)),
      texts_(*layouter_, window_->renderer(), textBytes),
      pictures_(options.pictures, window_->renderer(), clock),
      mapFile_(options.screenMap),
      narrator_(options.voice),
      signals_(std::move(parts.earcons)),
      screen_{{}, screen::StartingScreen{}},
      page_(pageOf(screen_)),
      shownSince_(clock.wallTime()),
      settleFrames_(settleFrameCount),
      touchesFrom_(clock.now()) {
    window_->listenFor(std::move(parts.hearingKeys));
    if (isToldOfHeadphones(options.voice)) narrator_.plug(false);
    if (options.voice.jack.empty()) return;
    jack_ = std::make_unique<HeadphoneJack>(options.voice.jack, [this] { window_->wake(); });
}

KioskWindow::~KioskWindow() = default;

Result<std::unique_ptr<KioskWindow>> KioskWindow::open(const KioskWindowOptions& options,
                                                       const Clock& clock) {
    const auto look = TRY(Look::read(options.theme));
    TRY(lettersAreLargeEnough(options, look));
    auto words = TRY(Dictionary::read(options.strings));
    if (!options.regionWords.empty()) TRY(words.layOver(options.regionWords));
    // Without it every page can still be read.
    if (!options.wordBreaks.empty())
        words.joinChineseWords(options.wordBreaks).map_error([](const Error&) {});
    auto layouter = TRY(TextLayouter::open(options.fonts));
    std::optional<Earcons> earcons;
    if (!options.voice.earcons.empty()) earcons = TRY(Earcons::read(options.voice.earcons));
    auto keys = TRY(hearingKeysFrom(options.voice.keys));
    auto window = TRY(SdlWindow::open(options.window));
    return std::unique_ptr<KioskWindow>(
        new KioskWindow(options, clock,
                        {look, std::move(words), std::move(earcons), std::move(keys),
                         std::move(layouter), std::move(window)}));
}

void KioskWindow::run(const std::stop_token& stop, std::optional<Duration> atMost,
                      const std::function<void()>& turned) {
    const std::stop_callback wakeUp(stop, [this] { window_->wake(); });
    while (!stop.stop_requested() && turn(atMost)) turned();
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
    if (forget) formAside_.reset();
    if (forget) dark_ = false;
    if (coming) {
        const bool anotherPage = pageMark(*coming) != pageMark(screen_);
        const bool anotherForm = typingMark(*coming) != typingMark(screen_);
        const bool locks = isLocked(*coming) && !isLocked(screen_);
        if (!forget && locks) setFormAside();
        forget = forget || anotherForm;
        const auto deadline = std::exchange(screen_, std::move(*coming)).frame.deadline;
        words_.usePlaces(placesOf(screen_.frame.contacts));
        adoptMaking();
        signals_.see(screen_, clock_.now());
        if (anotherPage || deadline != screen_.frame.deadline) deadlineIsNew();
        // Where nothing is adjusted any more, a page for it would be deaf.
        if (anotherPage || !screen_.frame.canAdjust) overlay_ = Overlay::none;
        const Page before = std::exchange(page_, compose());
        shownSince_ = clock_.wallTime();
        answeredUntil_.reset();
        settleFrames_ = settleFrameCount;
        if (anotherPage || !staysInPlace(before, page_)) isAnotherPage();
    }
    if (forget) {
        texts_.forgetPersonal();
        form_ = {};
        settleFrames_ = settleFrameCount;
    }
    if (!isLocked(screen_)) takeFormBack();
}

// A PIN is not kept, whoever it is of.
void KioskWindow::setFormAside() {
    form_.forgetSecrets();
    formAside_ = {typingMark(screen_), std::move(form_)};
    form_ = {};
}

void KioskWindow::takeFormBack() {
    auto aside = std::exchange(formAside_, std::nullopt);
    if (aside && aside->first == typingMark(screen_)) form_ = std::move(aside->second);
}

void KioskWindow::isAnotherPage() {
    part_ = 0;
    focus_.leave();
    settleFrames_ = settleFrameCount;
    touchesFrom_ = clock_.now() + touchGuard;
}

// Half of a short time is left in peace.
void KioskWindow::deadlineIsNew() {
    if (overlay_ == Overlay::stillThere) overlay_ = Overlay::none;
    if (!screen_.frame.deadline) return;
    askedBefore_ = std::min<Duration>(askBefore, (*screen_.frame.deadline - clock_.now()) / 2);
}

void KioskWindow::adoptMaking() {
    const auto* told = std::get_if<screen::MakingScreen>(&screen_.content);
    if (told == nullptr) {
        making_.reset();
    } else if (making_) {
        making_->tell(*told, clock_.now());
    } else {
        making_.emplace(*told, clock_.now());
    }
}

void KioskWindow::lay(Overlay overlay) {
    overlay_ = overlay;
    page_ = compose();
    shownSince_ = clock_.wallTime();
    isAnotherPage();
}

void KioskWindow::askWhetherStillThere() {
    const auto& deadline = screen_.frame.deadline;
    if (!deadline || !canBeAskedOver(screen_)) return;
    const bool due = clock_.now() >= *deadline - askedBefore_;
    if (due && overlay_ != Overlay::stillThere) {
        lay(Overlay::stillThere);
        signals_.ring(Earcon::remind, clock_.now());
    }
    if (overlay_ == Overlay::stillThere) page_ = compose();
}

Page KioskWindow::compose() const {
    switch (overlay_) {
        case Overlay::settings:
            return settingsPage(
                screen_.frame, words_.languages(), sizesWithRoom(),
                {narrator_.offered(), narrator_.failed() ? Health::failed : Health::works});
        case Overlay::stillThere:
            return stillTherePage(screen_.frame,
                                  secondsLeft(screen_.frame, clock_.now()).value_or(0));
        case Overlay::none:
            break;
    }
    Page page = making_ ? pageOf(screen::Screen{screen_.frame, making_->at(clock_.now())})
                        : pageOf(screen_);
    // Heard with each page: how to see it.
    if (dark_) page.blocks.insert(page.blocks.begin(), Notice{{"speech.dark"}, Tone::info});
    return page;
}

// Body text has 44 units, whatever its size on the glass.
Scales KioskWindow::scalesFor(screen::LetterSize wanted) const {
    const Size pixels = window_->pixels();
    const float side = std::min(pixels.width, pixels.height);
    const Theme theme = look_.theme(screen::Contrast::usual);
    Scales scales{.frame = side / frameUnits, .letters = {}};
    for (auto size = static_cast<std::size_t>(wanted) + 1; size-- > 0;) {
        const float mm = look_.lettersMm(static_cast<screen::LetterSize>(size));
        scales.letters.push_back(mm * side / shortSideMm_ / theme.bodySize);
    }
    // What has no room in the smallest letters has it where header and footer have it.
    scales.letters.push_back(std::min(scales.letters.back(), scales.frame));
    return scales;
}

std::vector<screen::LetterSize> KioskWindow::sizesWithRoom() const {
    const Theme theme = look_.theme(screen::Contrast::usual);
    std::vector<screen::LetterSize> sizes;
    for (const auto size : wordTable<screen::LetterSize>.values()) {
        const float units = shortSideMm_ * theme.bodySize / look_.lettersMm(size);
        if (sizes.empty() || units >= fewestUnits) sizes.push_back(size);
    }
    return sizes;
}

bool KioskWindow::heed(const screen::Action& action) {
    using screen::ActionKind;
    const bool inSettings = overlay_ == Overlay::settings;
    if (action.kind == ActionKind::adjust && action.choice.empty()) {
        lay(inSettings ? Overlay::none : Overlay::settings);
        return true;
    }
    if (action.kind == ActionKind::adjust && action.choice == darkScreen) {
        darken();
        return true;
    }
    if (action.kind == ActionKind::adjust && action.choice == hearAgain) {
        narrator_.again();
        settleFrames_ = settleFrameCount;
        return true;
    }
    if (!inSettings) return false;
    if (action.kind != ActionKind::finish && action.kind != ActionKind::back) return false;
    lay(Overlay::none);
    return true;
}

void KioskWindow::drawFrame() {
    askWhetherStillThere();
    lookAtDarkness();
    if (making_) page_ = compose();
    if (clock_.now() < touchesFrom_) window_->dropInput();
    window_->beginFrame();
    pictures_.beginFrame();
    ImGui::PushID(page_.name.c_str());
    const Size pixels = window_->pixels();
    const screen::Comfort comfort = comfortNow();
    const bool listens = !page_.dense && narrator_.isWanted(comfort, words_);
    map_.listen(listens ? Listening::yes : Listening::no);
    map_.begin(page_.name, nameOf(comfort.language), pixels);
    const Theme theme = look_.theme(comfort.contrast);
    const Writing& writing = words_.languages().of(comfort.language);
    Canvas canvas(*ImGui::GetWindowDrawList(), texts_, comfort.language, writing, pixels);
    const bool easy = comfort.size >= screen::LetterSize::large;
    Scene scene(canvas, theme, pictures_,
                {words_, comfort.language, easy ? Plainness::easy : Plainness::usual}, map_, form_,
                part_);
    scene.useKeys(useKeys(writing.direction));
    PageFrame frame = frameOf(screen_, clock_.now());
    if (overlay_ == Overlay::settings) frame.canGoBack = true;
    frame.canHearAgain = listens && !narrator_.failed();
    drawPage(scene, page_, frame, scalesFor(comfort.size));
    focus_.see(map_);
    if (scene.wasTouched()) signals_.ring(Earcon::touch, clock_.now());
    canvas.use(scalesFor(comfort.size).frame);
    if (dark_) scene.drawDarkness(look_.theme(screen::Contrast::dark));
    if (const auto tone = signals_.border(clock_.now())) scene.drawBorder(*tone);
    ImGui::PopID();
    window_->endFrame();
    texts_.endFrame();
    pictures_.endFrame();
    if (const auto part = scene.takeTurn()) {
        isAnotherPage();
        part_ = *part;
    } else if (auto answer = scene.takeAnswer()) {
        window_->takeTouched();
        if (!heed(*answer)) send(std::move(*answer));
    } else if (!window_->inputPending()) {
        tellPresence();
    }
}

Scene::Keys KioskWindow::useKeys(Direction reading) {
    const std::optional<KeyStroke> stroke = window_->nextKey();
    if (!stroke) return {focus_.at(), std::nullopt};
    // The frames after it show where the focus is now.
    settleFrames_ = settleFrameCount;
    auto pressed = focus_.take(*stroke, reading);
    return {focus_.at(), std::move(pressed)};
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
    return settleFrames_ == 0 && !window_->inputPending() && !pictures_.isWaiting() &&
           clock_.now() >= touchesFrom_;
}

// Where the seconds stand on the page, each of them; else when they will.
Duration KioskWindow::untilTimeShows(Duration left) const {
    const bool asked = canBeAskedOver(screen_);
    if (asked && left > askedBefore_) return left - askedBefore_;
    const Duration second = std::chrono::seconds(1);
    const Duration part = left % second;
    return part > Duration::zero() ? part : second;
}

// Staff read Chinese where their pages have no other words, in the letters of their pages.
screen::Comfort KioskWindow::comfortNow() const {
    screen::Comfort comfort = screen_.frame.comfort;
    if (!page_.dense) return comfort;
    if (!words_.languages().of(comfort.language).staff) comfort.language = Language::chinese;
    comfort.size = screen::LetterSize::medium;
    return comfort;
}

std::optional<Duration> KioskWindow::untilNextChange() const {
    if (settleFrames_ > 0 || window_->inputPending()) return Duration::zero();
    const Instant now = clock_.now();
    std::optional<Duration> until;
    if (now < touchesFrom_) until = touchesFrom_ - now;
    if (pictures_.isWaiting()) until = pictureRhythm;
    if (screen_.frame.deadline && *screen_.frame.deadline > now) {
        const Duration change = untilTimeShows(*screen_.frame.deadline - now);
        until = until ? std::min(*until, change) : change;
    }
    const auto signal = signals_.untilNext(now);
    if (signal) until = until ? std::min(*until, *signal) : *signal;
    const std::optional<Duration> bar = making_ ? making_->untilNext(now) : std::nullopt;
    return until && bar ? std::min(*until, *bar) : (bar ? bar : until);
}

bool KioskWindow::turn(std::optional<Duration> atMost) {
    hearWhoListens();
    adoptScreen();
    if (settleFrames_ > 0) --settleFrames_;
    sound();
    drawFrame();
    mapFile_.record(map_, shownSince_).map_error([](const Error&) {});
    // The map is told only when a touch on it would count, so that a robot never loses one.
    if (settled()) mapFile_.publish(map_).map_error([](const Error&) {});
    if (settleFrames_ == 0) readAloud();
    sound();
    std::optional<Duration> wait = untilNextChange();
    if (atMost && (!wait || *atMost < *wait)) wait = atMost;
    const SdlWindow::Woken woken = window_->wait(wait);
    if (woken == SdlWindow::Woken::event) settleFrames_ = settleFrameCount;
    return woken != SdlWindow::Woken::closed;
}

}  // namespace liqu::ui
