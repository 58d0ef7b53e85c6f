// How people want to read: every page in every language, size of letters and set of colours, on two
// panels in both orientations; the page where it is chosen; and the page that asks whether somebody
// is still there.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "tests/window/ui/geometry_check.hpp"
#include "tests/window/ui/window_fixture.hpp"

namespace {

using namespace liqu;
using namespace std::chrono_literals;
using screen::ActionKind;
using screen::Contrast;
using screen::Language;
using screen::LetterSize;

const Language uyghur = *Language::of("ug");
// The shorter sides of a 21.5 and of a 15.6 inch panel of 16 : 9.
constexpr float largePanelMm = 268;
constexpr float smallPanelMm = 194;

std::unique_ptr<test::WindowFixture> openFixture(int width, int height, float shortSideMm) {
    auto fixture = test::WindowFixture::open(width, height, LIQU_SOURCE_DIR, {}, "xinjiang-changji",
                                             shortSideMm);
    REQUIRE_MESSAGE(fixture, (fixture ? "" : describe(fixture.error())));
    return std::move(*fixture);
}

void tap(test::WindowFixture& fixture, std::string_view id) {
    const auto middle = fixture.middleOf(id);
    REQUIRE_MESSAGE(middle, std::string(id));
    fixture.display->press(static_cast<int>(middle->x), static_cast<int>(middle->y));
    fixture.display->release();
}

// Its clock stands: the guard against double taps ends by what is skipped.
void settleAtOnce(test::WindowFixture& fixture) {
    do {
        fixture.window->turn(20ms);
        fixture.clock.skip(50ms);
    } while (!fixture.window->settled());
    fixture.window->turn(0ms);
}

// Every part of the page, from the first to the last; how many there were.
int checkParts(test::WindowFixture& fixture, ui::Size window, const std::string& name,
               const screen::Frame& frame, std::set<std::string>* said = nullptr) {
    int parts = 1;
    const auto note = [&] {
        if (said != nullptr)
            said->insert(fixture.window->map().said().begin(), fixture.window->map().said().end());
    };
    note();
    test::checkGeometry(fixture.window->map(), window, name, frame, test::smallestTarget);
    while (fixture.window->map().find("part-next") != nullptr && parts < 20) {
        settleAtOnce(fixture);
        tap(fixture, "part-next");
        settleAtOnce(fixture);
        ++parts;
        note();
        test::checkGeometry(fixture.window->map(), window, name, frame, test::smallestTarget);
    }
    return parts;
}

// The pages of problems differ in their words alone: they are looked at where the words are new.
enum class Pages : std::uint8_t { withoutProblems, all };

struct Panel {
    int width;
    int height;
    float mm;
};

// Pages of citizens that came in several parts.
int checkAll(const Panel& panel, const screen::Comfort& comfort,
             Pages pages = Pages::withoutProblems) {
    const auto fixture = openFixture(panel.width, panel.height, panel.mm);
    fixture->clock.stop();  // on a slow machine no page's time may run out
    const ui::Size window{static_cast<float>(panel.width), static_cast<float>(panel.height)};
    int inParts = 0;
    std::uint64_t question = 0;
    const Instant until = fixture->clock.now() + 600s;
    for (auto& shown : pages == Pages::all ? test::allScreens(comfort.language, until)
                                           : test::gallery(comfort.language, until)) {
        CAPTURE(shown.name);
        CAPTURE(std::string(nameOf(comfort.language)) + " " + std::string(nameOf(comfort.size)));
        shown.screen.frame.comfort = comfort;
        // A page of its own, however many there are of its name: it is read from the beginning.
        shown.screen.frame.question = ++question;
        const screen::Frame frame = shown.screen.frame;
        const auto listed = test::keysOf(shown.screen);
        fixture->window->show(std::move(shown.screen));
        fixture->window->turn(0ms);
        std::set<std::string> said;
        const int parts = checkParts(*fixture, window, shown.name, frame, &said);
        if (parts > 1 && !shown.name.starts_with("staff-")) ++inParts;
        std::erase_if(said, [](const auto& key) { return key.starts_with("frame.part-"); });
        // Nothing is lost between two parts.
        CHECK(test::keysText(said) == test::keysText(listed));
    }
    return inParts;
}

screen::Screen screenOf(screen::ScreenContent content, screen::Comfort comfort = {}) {
    screen::Frame frame;
    frame.comfort = comfort;
    frame.canGoHome = true;
    frame.canAdjust = true;
    frame.languages = {Language::chinese, Language::english, uyghur};
    frame.call = screen::StaffCall::ready;
    return {frame, std::move(content)};
}

}  // namespace

TEST_CASE("every page has room for Uyghur, read from the right") {
    const screen::Comfort comfort{.language = uyghur};
    checkAll({1080, 1920, largePanelMm}, comfort, Pages::all);
    checkAll({1920, 1080, largePanelMm}, comfort);
}

TEST_CASE("every page has room in the smallest and the largest letters, in parts where it must") {
    const screen::Comfort small{.language = Language::english, .size = LetterSize::small};
    const screen::Comfort large{.language = Language::chinese, .size = LetterSize::largest};
    const screen::Comfort wide{.language = Language::english, .size = LetterSize::largest};
    CHECK(checkAll({1920, 1080, largePanelMm}, small) == 0);
    CHECK(checkAll({1080, 1920, largePanelMm}, large) > 0);
    CHECK(checkAll({1920, 1080, largePanelMm}, large) > 0);
    CHECK(checkAll({1080, 1920, largePanelMm}, wide) > 0);
}

TEST_CASE("a smaller panel has letters as tall, and more parts") {
    checkAll({1080, 1920, smallPanelMm}, {.language = Language::chinese});
    checkAll({1920, 1080, smallPanelMm}, {.language = Language::english});
}

TEST_CASE("who asks for it chooses language, letters and colours; the page behind is kept") {
    const auto fixture = openFixture(1080, 1920, largePanelMm);
    fixture->showAndSettle(screenOf(screen::IsThisYouScreen{}));
    tap(*fixture, "settings");
    fixture->settle();
    CHECK(fixture->window->map().screen() == "settings");
    for (const auto* choice : {"language.ug", "contrast.dark", "size.l"}) {
        CAPTURE(std::string(choice));
        tap(*fixture, choice);
        const auto action = fixture->actionAfter(10s);
        REQUIRE(action);
        CHECK(action->kind == ActionKind::adjust);
        CHECK(action->choice == choice);
        // The firmware answers with the same page, otherwise.
        fixture->showAndSettle(
            screenOf(screen::IsThisYouScreen{}, screen::adjusted({}, action->choice)));
        CHECK(fixture->window->map().screen() == "settings");
        const auto* entry = fixture->window->map().find(choice);
        REQUIRE(entry != nullptr);
        CHECK(entry->state == ui::WidgetState::chosen);
    }
    tap(*fixture, "finish");
    fixture->settle();
    CHECK(fixture->window->map().screen() == "is-this-you");
    CHECK_FALSE(fixture->actionAfter(300ms));
}

TEST_CASE("the page of settings has room in each language, in every size, on every panel") {
    for (const Panel& panel : {Panel{1080, 1920, largePanelMm}, Panel{1920, 1080, largePanelMm},
                               Panel{1080, 1920, smallPanelMm}, Panel{1920, 1080, smallPanelMm}}) {
        const auto fixture = openFixture(panel.width, panel.height, panel.mm);
        const ui::Size window{static_cast<float>(panel.width), static_cast<float>(panel.height)};
        for (const Language& language : {Language::chinese, Language::english, uyghur}) {
            for (const LetterSize size : wordTable<LetterSize>.values()) {
                screen::Screen screen =
                    screenOf(screen::WelcomeScreen{}, {.language = language, .size = size});
                screen.frame.question = static_cast<std::uint64_t>(size) + 10;
                fixture->showAndSettle(screen);
                tap(*fixture, "settings");
                settleAtOnce(*fixture);
                REQUIRE(fixture->window->map().screen() == "settings");
                CAPTURE(std::string(nameOf(language)) + " " + std::string(nameOf(size)));
                screen::Frame frame = screen.frame;
                frame.canGoBack = true;
                checkParts(*fixture, window, "settings", frame);
                CHECK(fixture->window->map().find("finish") != nullptr);
                fixture->showAndSettle(screenOf(screen::StartingScreen{}));
            }
        }
    }
}

TEST_CASE("settings go where nothing can be adjusted any more") {
    const auto fixture = openFixture(1080, 1920, largePanelMm);
    screen::Screen screen = screenOf(screen::WelcomeScreen{});
    fixture->showAndSettle(screen);
    tap(*fixture, "settings");
    fixture->settle();
    CHECK(fixture->window->map().screen() == "settings");
    screen.frame.canAdjust = false;
    fixture->showAndSettle(screen);
    CHECK(fixture->window->map().screen() == "welcome");
}

TEST_CASE("another page takes the settings away") {
    const auto fixture = openFixture(1080, 1920, largePanelMm);
    fixture->showAndSettle(screenOf(screen::IsThisYouScreen{}));
    tap(*fixture, "settings");
    fixture->settle();
    CHECK(fixture->window->map().screen() == "settings");
    fixture->showAndSettle(screenOf(screen::TakeCardScreen{}));
    CHECK(fixture->window->map().screen() == "take-card");
}

TEST_CASE("letters that leave no room on a panel are not offered on it") {
    for (const float mm : {largePanelMm, smallPanelMm}) {
        const auto fixture = openFixture(1080, 1920, mm);
        fixture->showAndSettle(screenOf(screen::WelcomeScreen{}));
        tap(*fixture, "settings");
        fixture->settle();
        CHECK(fixture->window->map().find("size.m") != nullptr);
        CHECK((fixture->window->map().find("size.xl") != nullptr) == (mm == largePanelMm));
    }
}

TEST_CASE("what begins at the left begins at the right where one reads from there") {
    const auto fixture = openFixture(1080, 1920, largePanelMm);
    const auto placeOf = [&](std::string_view id) {
        return fixture->window->map().find(id)->place;
    };
    screen::Screen screen = screenOf(screen::IsThisYouScreen{});
    screen.frame.canGoBack = true;
    fixture->showAndSettle(screen);
    const ui::Rect back = placeOf("back");
    const ui::Rect settings = placeOf("settings");
    CHECK(back.x < settings.x);
    screen.frame.comfort.language = uyghur;
    fixture->showAndSettle(screen);
    CHECK(placeOf("back").x == doctest::Approx(1080 - back.right()));
    CHECK(placeOf("settings").x == doctest::Approx(1080 - settings.right()));
    // It is touched where it is drawn.
    tap(*fixture, "back");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->kind == ActionKind::back);
}

TEST_CASE("nothing ticks before the last half minute; then somebody is asked for") {
    const auto fixture = openFixture(1080, 1920, largePanelMm);
    screen::Screen screen = screenOf(screen::IsThisYouScreen{});
    fixture->clock.stop();
    screen.frame.deadline = fixture->clock.now() + 180s;
    fixture->window->show(screen);
    fixture->window->turn(0ms);
    CHECK(fixture->window->map().screen() == "is-this-you");
    CHECK(fixture->window->map().find("time-left") == nullptr);
    fixture->clock.goOn();
    // As if it had stood there for so long.
    screen.frame.deadline = fixture->clock.now() + 180s;
    fixture->window->show(screen);
    fixture->window->turn(0ms);
    screen.frame.question = 7;
    screen.frame.deadline = fixture->clock.now() + 2s;
    fixture->showAndSettle(screen);
    CHECK(fixture->window->map().screen() == "is-this-you");
    const Instant end = fixture->clock.now() + 10s;
    while (fixture->window->map().screen() != "still-there" && fixture->clock.now() < end) {
        fixture->window->turn(20ms);
    }
    CHECK(fixture->window->map().screen() == "still-there");
    screen.frame.question = 8;
    screen.frame.deadline = fixture->clock.now() + 180s;
    fixture->showAndSettle(screen);
    CHECK(fixture->window->map().screen() == "is-this-you");
}

TEST_CASE("where a card is to be taken, the time stands on the page itself") {
    const auto fixture = openFixture(1080, 1920, largePanelMm);
    screen::Screen screen = screenOf(screen::TakeCardScreen{});
    screen.frame.deadline = fixture->clock.now() + 8s;
    fixture->showAndSettle(screen);
    CHECK(fixture->window->map().screen() == "take-card");
    CHECK(fixture->window->map().find("time-left") != nullptr);
}
