// Every screen on a real X server: nothing clipped, nothing on top of each other, everything large
// enough to be touched, one thing to do. And a touch by XTEST becomes an Action.
// Rules: A-07.
#include <SDL.h>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>

#include "firmware/services/catalogue.hpp"
#include "tests/support/shown_words.hpp"
#include "tests/window/ui/gallery.hpp"
#include "tests/window/ui/geometry_check.hpp"
#include "tests/window/ui/window_fixture.hpp"

namespace {

using namespace liqu;
using namespace std::chrono_literals;
using screen::ActionKind;
using screen::Language;

std::unique_ptr<test::WindowFixture> openFixture(int width, int height,
                                                 const std::filesystem::path& map = {}) {
    auto fixture = test::WindowFixture::open(width, height, LIQU_SOURCE_DIR, map);
    REQUIRE_MESSAGE(fixture, (fixture ? "" : describe(fixture.error())));
    return std::move(*fixture);
}

void checkAll(int width, int height) {
    const auto fixture = openFixture(width, height);
    fixture->clock.stop();  // on a slow machine no page's time may run out
    const ui::Size window{static_cast<float>(width), static_cast<float>(height)};
    for (const Language language : {Language::chinese, Language::english}) {
        for (auto& shown : test::allScreens(language, fixture->clock.now() + 600s)) {
            CAPTURE(shown.name);
            CAPTURE(std::string(nameOf(language)));
            const auto listed = test::keysOf(shown.screen);
            const screen::Frame frame = shown.screen.frame;
            fixture->window->show(std::move(shown.screen));
            fixture->window->turn(0ms);
            test::checkGeometry(fixture->window->map(), window, shown.name, frame);
            const ui::ScreenMap& map = fixture->window->map();
            const bool inParts = map.find("part-next") != nullptr;
            // Staff have everything at once, but on a screen that lies, where all there is to do is
            // open on one day, and where each part of the machine is a line to be touched.
            const bool mayBe = (width > height && shown.name.starts_with("staff-")) ||
                               shown.name == "staff-today" || shown.name == "staff-tests";
            CHECK_FALSE((inParts && !mayBe));
            if (!inParts) CHECK(test::keysText(map.said()) == test::keysText(listed));
        }
    }
}

// The guide of each shipped region, in its own words.
void checkGuides(int width, int height) {
    const ui::Size window{static_cast<float>(width), static_cast<float>(height)};
    for (const char* name : test::shippedRegions) {
        const auto region = policy::loadRegionPolicy(
            LIQU_SOURCE_DIR "/kiosk-config/regions/" + std::string(name) + ".toml",
            {.termsOf = services::termsOf});
        REQUIRE(region);
        auto fixture = test::WindowFixture::open(width, height, LIQU_SOURCE_DIR, {}, name);
        REQUIRE(fixture);
        for (const Language language : {Language::chinese, Language::english}) {
            for (auto& shown : test::guideGallery(language, *region)) {
                CAPTURE(std::string(name) + " " + shown.name);
                CAPTURE(std::string(nameOf(language)));
                const screen::Frame frame = shown.screen.frame;
                (*fixture)->window->show(std::move(shown.screen));
                (*fixture)->window->turn(0ms);
                test::checkGeometry((*fixture)->window->map(), window, shown.name, frame);
            }
        }
    }
}

// A region and a branch that name no place and no telephone.
ui::Dictionary wordsWithoutPlaces() {
    auto words = ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    words.usePlaces({{"counter", ""}, {"formalLossPlace", ""}});
    return words;
}

// Whatever stands after a label: a fact of a person, a quotation, a list, a fact of staff.
std::vector<bool> valuesThere(const ui::Page& page) {
    std::vector<bool> there;
    for (const auto* blocks : {&page.beside, &page.blocks}) {
        for (const ui::Block& block : *blocks) {
            if (const auto* facts = std::get_if<ui::Facts>(&block)) {
                for (const auto& fact : facts->facts) there.push_back(!fact.value.reveal().empty());
            } else if (const auto* quote = std::get_if<ui::Quote>(&block)) {
                there.push_back(!quote->text.reveal().empty());
            } else if (const auto* list = std::get_if<ui::NumberedList>(&block)) {
                there.push_back(!list->items.empty());
            } else if (const auto* table = std::get_if<ui::FactTable>(&block)) {
                for (const auto& row : table->rows) there.push_back(!row.value.empty());
            }
        }
    }
    return there;
}

// Of every text that is drawn; what is drawn is what is listed.
void checkNothingDangles(const screen::Screen& screen, const ui::Dictionary& words) {
    for (const bool there : valuesThere(ui::pageOf(screen))) CHECK(there);
    for (const auto& [phrase, as] : test::shownWords(screen)) {
        CAPTURE(phrase.key);
        for (const auto& [name, value] : phrase.values) CHECK_MESSAGE(!value.empty(), name);
        const std::string text = words.text(screen.frame.comfort.language, phrase);
        CHECK(text.find_first_not_of(" \n") != std::string::npos);
        CHECK(text.find('{') == std::string::npos);
    }
}

void checkWithoutContacts(int width, int height) {
    const auto fixture = openFixture(width, height);
    fixture->clock.stop();  // on a slow machine no page's time may run out
    const ui::Dictionary words = wordsWithoutPlaces();
    for (const Language language : {Language::chinese, Language::english}) {
        for (auto& shown : test::allScreens(language, fixture->clock.now() + 600s)) {
            CAPTURE(shown.name);
            CAPTURE(std::string(nameOf(language)));
            shown.screen.frame.contacts = {};
            checkNothingDangles(shown.screen, words);
            const auto listed = test::keysOf(shown.screen);
            fixture->window->show(std::move(shown.screen));
            fixture->window->turn(0ms);
            const ui::ScreenMap& map = fixture->window->map();
            // What has no room beside longer words comes on another part.
            if (map.find("part-next") == nullptr)
                CHECK(test::keysText(map.said()) == test::keysText(listed));
        }
    }
}

screen::Screen screenOf(screen::ScreenContent content) {
    screen::Frame frame;
    frame.canGoHome = true;
    frame.canAdjust = true;
    frame.languages = {Language::chinese, Language::english};
    frame.call = screen::StaffCall::ready;
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
    checkGuides(1080, 1920);
}

TEST_CASE("every screen keeps the rules in landscape") {
    checkAll(1920, 1080);
    checkGuides(1920, 1080);
}

TEST_CASE("no label dangles where no place and no telephone is named") {
    checkWithoutContacts(1080, 1920);
    checkWithoutContacts(1920, 1080);
}

TEST_CASE("a touch becomes an action; a slip of the finger does not") {
    const auto path = std::filesystem::temp_directory_path() / "liqu-window-test-map.json";
    const auto fixture = openFixture(1080, 1920, path);
    fixture->showAndSettle(screenOf(screen::WelcomeScreen{}));
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
    fixture->showAndSettle(screenOf(screen::IsThisYouScreen{}));
    const auto confirm = fixture->middleOf("confirm");
    REQUIRE(confirm);
    tap(*fixture, "confirm");
    REQUIRE(fixture->actionAfter(10s));
    fixture->clock.stop();
    fixture->window->show(screenOf(test::consentPage()));
    fixture->window->turn(0ms);
    fixture->display->press(static_cast<int>(confirm->x), static_cast<int>(confirm->y));
    fixture->display->release();
    // That somebody is there may be told of it, and no more.
    const auto onlyPresence = [&] {
        while (const auto action = fixture->window->take()) {
            CAPTURE(nameOf(action->kind));
            CHECK(action->kind == ActionKind::stillHere);
        }
    };
    for (int round = 0; round < 25; ++round) fixture->window->turn(20ms);
    onlyPresence();
    fixture->clock.goOn();
    fixture->settle();
    onlyPresence();
}

TEST_CASE("an attendant types badge and PIN; the PIN is never a text") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(screenOf(screen::AttendantScreen{.name = PersonalText("李样品")}));
    CHECK(fixture->window->map().find("attendant-confirm")->state == ui::WidgetState::disabled);
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
    CHECK(fixture->window->map().find("attendant-confirm")->state == ui::WidgetState::enabled);
    tap(*fixture, "attendant-confirm");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->entry("badge").reveal() == "70");
    CHECK(action->entry("pin").reveal() == "19");
}

TEST_CASE("a touch that the panel tells as a mouse before it tells it as a finger is one press") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(screenOf(screen::AttendantScreen{.name = PersonalText("李样品")}));
    SDL_FingerID id = 0;
    const auto touch = [&](std::string_view widget, Duration patience = 200ms) {
        const auto at = fixture->middleOf(widget);
        REQUIRE(at);
        for (const Uint32 type : {SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP}) {
            SDL_Event event{};
            event.type = type;
            event.button.button = SDL_BUTTON_LEFT;
            event.button.x = static_cast<int>(at->x);
            event.button.y = static_cast<int>(at->y);
            SDL_PushEvent(&event);
        }
        ++id;
        for (const Uint32 type : {SDL_FINGERDOWN, SDL_FINGERUP}) {
            SDL_Event event{};
            event.type = type;
            event.tfinger.fingerId = id;
            event.tfinger.x = at->x / 1080;
            event.tfinger.y = at->y / 1920;
            SDL_PushEvent(&event);
        }
        return fixture->actionAfter(patience);
    };
    for (const auto* key : {"key-1", "key-2", "key-1", "key-2", "field-pin", "key-1", "key-9"}) {
        CHECK_FALSE(touch(key));
    }
    fixture->settle();
    const auto action = touch("attendant-confirm", 10s);
    REQUIRE(action);
    CHECK(action->entry("badge").reveal() == "1212");
    CHECK(action->entry("pin").reveal() == "19");
}

TEST_CASE("whoever types, or touches beside the answers, is told to be there") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(screenOf(screen::AttendantScreen{.name = PersonalText("李样品")}));
    const auto isHere = [&] {
        for (int round = 0; round < 200; ++round) {
            if (const auto action = fixture->window->take()) {
                return action->kind == ActionKind::stillHere;
            }
            fixture->window->turn(20ms);
        }
        return false;
    };
    tap(*fixture, "key-7");
    CHECK(isHere());
    // The page comes again with a new deadline, and what was typed is still there.
    fixture->showAndSettle(screenOf(screen::AttendantScreen{.name = PersonalText("李样品")}));
    tap(*fixture, "field-pin");
    tap(*fixture, "key-1");
    fixture->settle();
    CHECK(fixture->window->map().find("attendant-confirm")->state == ui::WidgetState::enabled);
}

TEST_CASE("the call is heard also where another page has come; answers are not") {
    const auto fixture = openFixture(1080, 1920);
    for (const auto* widget : {"call-assistant", "confirm"}) {
        CAPTURE(std::string(widget));
        fixture->showAndSettle(screenOf(test::consentPage()));
        tap(*fixture, widget);
        for (int round = 0; round < 10; ++round) fixture->window->turn(20ms);
        fixture->window->show(screenOf(screen::WaitingScreen{}));
        const auto action = fixture->window->take();
        CHECK(action.has_value() == (std::string_view(widget) == "call-assistant"));
    }
}

TEST_CASE("a form of staff: a full card number goes on to the next field; what was refused stays") {
    const auto fixture = openFixture(1080, 1920);
    screen::StaffFormScreen form;
    form.name = "staff-load-range";
    form.title = {"staff.load.range"};
    form.fields = {{"first", {"staff.field.first"}, screen::FieldKind::cardNumber, 3},
                   {"last", {"staff.field.last"}, screen::FieldKind::cardNumber, 3}};
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
    CHECK(fixture->window->map().find("submit")->state == ui::WidgetState::enabled);
    form.serial = 2;
    fixture->showAndSettle(screenOf(form));
    CHECK(fixture->window->map().find("submit")->state == ui::WidgetState::disabled);
}

TEST_CASE("what was typed stands again when a locked form opens, but no PIN and in no other form") {
    const auto fixture = openFixture(1080, 1920);
    screen::StaffFormScreen form;
    form.name = "staff-count";
    form.title = {"staff.count.title"};
    form.fields = {{"count", {"staff.field.count"}, screen::FieldKind::digits, 4},
                   {"pin", {"attendant.pin"}, screen::FieldKind::secret, 8}};
    form.submit = {"staff.count.submit"};
    form.serial = 1;
    screen::StaffSignInScreen locked;
    locked.person = "1001 样品甲";
    locked.asks = screen::SignInAsks::locked;
    fixture->showAndSettle(screenOf(form));
    tap(*fixture, "key-7");
    CHECK_FALSE(fixture->actionAfter(200ms));
    tap(*fixture, "field-pin");
    CHECK_FALSE(fixture->actionAfter(200ms));
    tap(*fixture, "key-9");
    CHECK_FALSE(fixture->actionAfter(200ms));
    fixture->settle();
    const auto stateOf = [&](const char* id) { return fixture->window->map().find(id)->state; };
    REQUIRE(stateOf("submit") == ui::WidgetState::enabled);
    fixture->showAndSettle(screenOf(locked));
    CHECK(stateOf("attendant-confirm") == ui::WidgetState::disabled);
    fixture->showAndSettle(screenOf(form));
    CHECK(stateOf("submit") == ui::WidgetState::disabled);
    tap(*fixture, "field-pin");
    CHECK_FALSE(fixture->actionAfter(200ms));
    tap(*fixture, "key-8");
    CHECK_FALSE(fixture->actionAfter(200ms));
    fixture->settle();
    REQUIRE(stateOf("submit") == ui::WidgetState::enabled);
    tap(*fixture, "submit");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->entry("count").reveal() == "7");
    CHECK(action->entry("pin").reveal() == "8");
    fixture->showAndSettle(screenOf(locked));
    form.serial = 2;
    fixture->showAndSettle(screenOf(form));
    CHECK(stateOf("submit") == ui::WidgetState::disabled);
}

TEST_CASE(
    "no question begins with what was typed for the one before, and the PIN goes with the answer") {
    const auto fixture = openFixture(1080, 1920);
    screen::StaffSignInScreen content;
    content.act = "load-lane";
    content.person = "1001 样品甲";
    content.asks = screen::SignInAsks::pinAgain;
    screen::Screen screen = screenOf(content);
    screen.frame.question = 1;
    const auto typePin = [&](std::string_view confirm) {
        for (const auto* key : {"key-1", "key-9"}) {
            tap(*fixture, key);
            CHECK_FALSE(fixture->actionAfter(200ms));
        }
        fixture->settle();
        REQUIRE(fixture->window->map().find(confirm)->state == ui::WidgetState::enabled);
    };
    fixture->showAndSettle(screen);
    typePin("attendant-confirm");
    // The first one thinks again before the second is asked: a page of the same kind.
    content.asks = screen::SignInAsks::numberAndPin;
    screen.content = content;
    screen.frame.question = 2;
    fixture->showAndSettle(screen);
    tap(*fixture, "key-7");
    CHECK_FALSE(fixture->actionAfter(200ms));
    fixture->settle();
    CHECK(fixture->window->map().find("attendant-confirm")->state == ui::WidgetState::disabled);
    tap(*fixture, "field-pin");
    typePin("attendant-confirm");
    tap(*fixture, "attendant-confirm");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->entry("badge").reveal() == "7");
    CHECK(action->entry("pin").reveal() == "19");
    fixture->settle();
    CHECK(fixture->window->map().find("attendant-confirm")->state == ui::WidgetState::disabled);
}

TEST_CASE("the second half of a double tap answers no question of the same kind") {
    const auto fixture = openFixture(1080, 1920);
    screen::Screen screen = screenOf(screen::AttendantScreen{.name = PersonalText("李样品")});
    fixture->showAndSettle(screen);
    fixture->clock.stop();
    screen.frame.question = 1;
    fixture->window->show(screen);
    // All is drawn, and still no touch counts.
    for (int round = 0; round < 10; ++round) fixture->window->turn(0ms);
    CHECK_FALSE(fixture->window->settled());
    fixture->clock.goOn();
    fixture->settle();
    CHECK(fixture->window->settled());
}

TEST_CASE("a finger that comes down as the buttons move touches none of them") {
    const auto fixture = openFixture(1080, 1920);
    screen::Screen screen = screenOf(screen::WelcomeScreen{});
    fixture->showAndSettle(screen);
    const auto start = fixture->middleOf("start");
    REQUIRE(start);
    screen.frame.canReadGuide = true;
    fixture->clock.stop();
    fixture->window->show(screen);
    for (int round = 0; round < 10; ++round) fixture->window->turn(0ms);
    REQUIRE(fixture->middleOf("start"));
    CHECK(fixture->middleOf("start")->y != start->y);
    CHECK_FALSE(fixture->window->settled());
}

TEST_CASE("the corner of the staff can be touched, and shows nothing") {
    const auto fixture = openFixture(1920, 1080);
    fixture->showAndSettle(screenOf(screen::OutOfServiceScreen{}));
    tap(*fixture, "staff-corner");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->kind == ActionKind::staffCorner);
    fixture->showAndSettle(screenOf(test::consentPage()));
    CHECK(fixture->window->map().find("staff-corner") == nullptr);
}

TEST_CASE("personal texts leave with the person") {
    const auto fixture = openFixture(1080, 1920);
    fixture->showAndSettle(
        screenOf(screen::IsThisYouScreen{PersonalText("李*品"), PersonalText("4401**1234")}));
    CHECK(fixture->window->personalTexts() == 4);  // each measured, and drawn
    fixture->showAndSettle(screenOf(screen::WelcomeScreen{}));
    CHECK(fixture->window->personalTexts() == 0);
}

TEST_CASE("without a display the window says so") {
    ::setenv("DISPLAY", ":99999", 1);
    ::setenv("SDL_VIDEODRIVER", "x11", 1);
    const std::filesystem::path config = std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config";
    const SystemClock clock;
    const auto window = ui::KioskWindow::open({.window = {1080, 1920, false},
                                               .strings = config / "strings",
                                               .fonts = config / "fonts" / "fonts.conf",
                                               .theme = config / "theme.toml",
                                               .screenMap = {}},
                                              clock);
    REQUIRE_FALSE(window);
    CHECK(window.error().code == ErrorCode::windowNotOpened);
}
