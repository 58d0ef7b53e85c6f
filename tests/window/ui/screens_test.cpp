// Every screen on a real X server: nothing clipped, nothing on top of each other, everything large
// enough to be touched, one thing to do. And a touch by XTEST becomes an Action.
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "tests/window/ui/gallery.hpp"
#include "tests/window/ui/window_fixture.hpp"
#include "ui/toolkit/words.hpp"

namespace {

using namespace liqu;
using namespace std::chrono_literals;
using session::ActionKind;
using session::Language;

constexpr float leastTarget = 120;

std::unique_ptr<test::WindowFixture> openFixture(int width, int height,
                                                 const std::filesystem::path& map = {}) {
    auto fixture = test::WindowFixture::open(width, height, LIQU_SOURCE_DIR, map);
    REQUIRE_MESSAGE(fixture, (fixture ? "" : describe(fixture.error())));
    return std::move(*fixture);
}

// Screens on which the person only waits or does something outside the screen.
bool needsNoAnswer(std::string_view name) {
    for (const auto* one : {"starting", "recovering", "out-of-service", "lay-down", "choose",
                            "making", "take-card", "take-id-card"}) {
        if (name.starts_with(one)) return true;
    }
    return false;
}

void checkGeometry(const ui::ScreenMap& map, ui::Size window, std::string_view name) {
    const ui::Rect whole{0, 0, window.width, window.height};
    std::size_t primaries = 0;
    for (std::size_t i = 0; i < map.entries().size(); ++i) {
        const ui::MapEntry& entry = map.entries()[i];
        CAPTURE(entry.id);
        CHECK(entry.fits);
        CHECK(whole.contains(entry.place));
        if (entry.role == ui::Role::primary) ++primaries;
        if (ui::isTouched(entry.role)) {
            CHECK(entry.place.width >= leastTarget - 0.5F);
            CHECK(entry.place.height >= leastTarget - 0.5F);
        }
        if (entry.id == "body") continue;
        for (std::size_t j = i + 1; j < map.entries().size(); ++j) {
            const ui::MapEntry& other = map.entries()[j];
            if (other.id == "body") continue;
            CAPTURE(other.id);
            // A hair's breadth is rounding.
            CHECK_FALSE(entry.place.inset(1).overlaps(other.place.inset(1)));
        }
    }
    // Staff have menus and lists; a page of theirs has one main way at most.
    const bool free = name.starts_with("staff-");
    if (free) {
        CHECK(primaries <= 1U);
    } else {
        CHECK(primaries == (needsNoAnswer(name) ? 0U : 1U));
    }
    CHECK(map.find("question") != nullptr);
    CHECK(map.find("switch-language") != nullptr);
}

void checkAll(int width, int height) {
    const auto fixture = openFixture(width, height);
    const ui::Size window{static_cast<float>(width), static_cast<float>(height)};
    for (const Language language : {Language::chinese, Language::english}) {
        auto screens = test::gallery(language, fixture->clock.now() + 600s);
        auto problems = test::problemGallery(language);
        screens.insert(screens.end(), std::make_move_iterator(problems.begin()),
                       std::make_move_iterator(problems.end()));
        for (auto& shown : screens) {
            CAPTURE(shown.name);
            CAPTURE(std::string(ui::codeOf(language)));
            fixture->window->show(std::move(shown.screen));
            fixture->window->turn(0ms);
            checkGeometry(fixture->window->map(), window, shown.name);
        }
    }
}

session::Screen screenOf(session::ScreenContent content) {
    session::Frame frame;
    frame.canGoHome = true;
    return {frame, std::move(content)};
}

void tap(test::WindowFixture& fixture, std::string_view id) {
    const auto middle = fixture.middleOf(id);
    REQUIRE(middle);
    fixture.display->press(static_cast<int>(middle->x), static_cast<int>(middle->y));
    fixture.display->release();
}

}  // namespace

TEST_CASE("every screen keeps the rules in portrait") {
    checkAll(1080, 1920);
}

TEST_CASE("every screen keeps the rules in landscape") {
    checkAll(1920, 1080);
}

TEST_CASE("a touch becomes an action; a slip of the finger does not") {
    const auto path = std::filesystem::temp_directory_path() / "liqu-window-test-map.json";
    const auto fixture = openFixture(1080, 1920, path);
    fixture->showAndSettle(screenOf(session::WelcomeScreen{}));
    std::ifstream map(path);
    const std::string text((std::istreambuf_iterator<char>(map)), std::istreambuf_iterator<char>());
    CHECK(text.find("\"screen\": \"welcome\"") != std::string::npos);
    CHECK(text.find("\"start\"") != std::string::npos);

    const auto start = fixture->middleOf("start");
    REQUIRE(start);
    fixture->display->press(static_cast<int>(start->x), static_cast<int>(start->y));
    fixture->display->moveTo(static_cast<int>(start->x), 400);
    fixture->display->release();
    CHECK_FALSE(fixture->actionAfter(500ms));

    tap(*fixture, "start");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->kind == ActionKind::start);
    std::filesystem::remove(path);
}

TEST_CASE("the second half of a double tap does not answer the next screen") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(screenOf(session::IsThisYouScreen{}));
    const auto confirm = fixture->middleOf("confirm");
    REQUIRE(confirm);
    tap(*fixture, "confirm");
    REQUIRE(fixture->actionAfter(10s));
    fixture->clock.stop();
    fixture->window->show(screenOf(session::ConsentScreen{}));
    fixture->window->turn(0ms);
    fixture->display->press(static_cast<int>(confirm->x), static_cast<int>(confirm->y));
    fixture->display->release();
    for (int round = 0; round < 25; ++round) fixture->window->turn(20ms);
    CHECK_FALSE(fixture->window->take());
    fixture->clock.goOn();
    fixture->settle();
    CHECK_FALSE(fixture->window->take());
}

TEST_CASE("an attendant types badge and PIN; the PIN is never a text") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(screenOf(session::AttendantScreen{PersonalText("李样品"), false, 3}));
    CHECK_FALSE(fixture->window->map().find("attendant-confirm")->enabled);
    const auto type = [&](std::string_view id) {
        tap(*fixture, id);
        CHECK_FALSE(fixture->actionAfter(200ms));
    };
    type("key-7");
    type("key-0");
    type("key-4");
    type("key-erase");
    type("field-pin");
    type("key-1");
    type("key-9");
    fixture->settle();
    CHECK(fixture->window->map().find("attendant-confirm")->enabled);
    tap(*fixture, "attendant-confirm");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->entry("badge").reveal() == "70");
    CHECK(action->entry("pin").reveal() == "19");
}

TEST_CASE("a form of staff: a full card number goes on to the next field; what was refused stays") {
    const auto fixture = openFixture(1080, 1920);
    session::StaffFormScreen form;
    form.name = "staff-load-range";
    form.title = {"staff.load.range"};
    form.fields = {{"first", {"staff.field.first"}, session::FieldKind::cardNumber, 3},
                   {"last", {"staff.field.last"}, session::FieldKind::cardNumber, 3}};
    form.submit = {"staff.load.submit"};
    form.serial = 1;
    fixture->showAndSettle(screenOf(form));
    for (const auto* key : {"key-A", "key-1", "key-2", "key-B", "key-3"}) {
        tap(*fixture, key);
        CHECK_FALSE(fixture->actionAfter(200ms));
    }
    fixture->settle();
    tap(*fixture, "submit");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->kind == ActionKind::submit);
    CHECK(action->entry("first").reveal() == "A12");
    CHECK(action->entry("last").reveal() == "B3");
    fixture->showAndSettle(screenOf(form));
    CHECK(fixture->window->map().find("submit")->enabled);
    form.serial = 2;
    fixture->showAndSettle(screenOf(form));
    CHECK_FALSE(fixture->window->map().find("submit")->enabled);
}

TEST_CASE("the corner of the staff can be touched, and shows nothing") {
    const auto fixture = openFixture(1920, 1080);
    fixture->showAndSettle(screenOf(session::OutOfServiceScreen{}));
    tap(*fixture, "staff-corner");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->kind == ActionKind::staffCorner);
    fixture->showAndSettle(screenOf(session::ConsentScreen{}));
    CHECK(fixture->window->map().find("staff-corner") == nullptr);
}

TEST_CASE("personal texts leave with the person") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(
        screenOf(session::IsThisYouScreen{PersonalText("李*品"), PersonalText("4401**1234")}));
    CHECK(fixture->window->personalTexts() == 2);
    fixture->showAndSettle(screenOf(session::WelcomeScreen{}));
    CHECK(fixture->window->personalTexts() == 0);
}

TEST_CASE("without a display the window says so") {
    ::setenv("DISPLAY", ":99999", 1);
    ::setenv("SDL_VIDEODRIVER", "x11", 1);
    const std::filesystem::path config = std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config";
    const SystemClock clock;
    const auto window = ui::KioskWindow::open({{1080, 1920, false},
                                               config / "strings",
                                               config / "fonts" / "fonts.conf",
                                               config / "theme.toml",
                                               {}},
                                              clock);
    REQUIRE_FALSE(window);
    CHECK(window.error().code == ErrorCode::windowNotOpened);
}
