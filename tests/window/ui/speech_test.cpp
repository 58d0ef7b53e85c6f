// What is read aloud: every page of the gallery has something to say, none says on the loudspeaker
// what is somebody's own, and the window tells the voice as it is shipped, which may die.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <linux/input.h>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/scratch.hpp"
#include "tests/window/ui/geometry_check.hpp"
#include "tests/window/ui/window_fixture.hpp"
#include "ui/speech/utterances.hpp"

namespace {

using namespace liqu;
using namespace std::chrono_literals;
using screen::Language;
using screen::Speech;

std::unique_ptr<test::WindowFixture> openFixture(int width, int height,
                                                 const ui::VoiceOptions& voice) {
    auto fixture =
        test::WindowFixture::open(width, height, LIQU_SOURCE_DIR, {}, "simulator", 0, voice);
    REQUIRE_MESSAGE(fixture, (fixture ? "" : describe(fixture.error())));
    return std::move(*fixture);
}

// A machine that has sound, and whose voice is not installed: pages are listened to all the same.
ui::VoiceOptions withoutVoice() {
    return {.program = {},
            .clips = {},
            .loudspeaker = "default",
            .headphones = "default",
            .transcript = {}};
}

ui::Dictionary wordsOfSimulator() {
    auto words = ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    REQUIRE(words.layOver(LIQU_SOURCE_DIR "/kiosk-config/regions/simulator"));
    return words;
}

void tap(test::WindowFixture& fixture, std::string_view id) {
    const auto middle = fixture.middleOf(id);
    REQUIRE_MESSAGE(middle, std::string(id));
    fixture.display->press(static_cast<int>(middle->x), static_cast<int>(middle->y));
    fixture.display->release();
}

void settleAtOnce(test::WindowFixture& fixture) {
    fixture.clock.skip(400ms);
    fixture.settle();
}

bool isOfStaff(const std::string& name) {
    return name.starts_with("staff-");
}

// Keys of what the loudspeaker says and should not: it is private, or has words of what is.
std::vector<std::string> leaksIn(const std::vector<ui::Utterance>& loud,
                                 const std::vector<ui::Utterance>& alone) {
    std::vector<std::string> leaks;
    for (const ui::Utterance& said : loud) {
        const bool holds = std::ranges::any_of(alone, [&said](const ui::Utterance& one) {
            const std::string& words = one.words.reveal();
            const auto digits =
                std::ranges::count_if(words, [](char c) { return c >= '0' && c <= '9'; });
            // A short word may stand in any sentence.
            return one.isPrivate && digits >= 8 &&
                   said.words.reveal().find(words) != std::string::npos;
        });
        if (said.isPrivate || said.key == "personal" || holds) leaks.push_back(said.key);
    }
    return leaks;
}

screen::Screen screenOf(screen::ScreenContent content, const screen::Comfort& comfort) {
    screen::Frame frame;
    frame.comfort = comfort;
    frame.canGoBack = true;
    frame.canGoHome = true;
    frame.canAdjust = true;
    frame.languages = {Language::chinese, Language::english, *Language::of("ug")};
    frame.call = screen::StaffCall::ready;
    return {frame, std::move(content)};
}

std::string textOf(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// Draws until the voice has said it, or for ten seconds.
bool isSaid(test::WindowFixture& fixture, const std::string& path, const std::string& what,
            int times = 1) {
    const Instant end = fixture.clock.now() + 60s;  // a whole page may be read before
    while (fixture.clock.now() < end) {
        const std::string text = textOf(path);
        int found = 0;
        for (std::size_t at = text.find(what); at != std::string::npos;
             at = text.find(what, at + 1))
            ++found;
        if (found >= times) return true;
        fixture.window->turn(20ms);
    }
    return false;
}

// Anything but "somebody is there".
bool isAnswered(test::WindowFixture& fixture) {
    while (const auto action = fixture.actionAfter(300ms)) {
        if (action->kind != screen::ActionKind::stillHere) return true;
    }
    return false;
}

// In its middle, where every page has something.
bool isBlack(test::WindowFixture& fixture) {
    const std::string pixels = fixture.display->pixelsOf(100, 100, 880, 1700);
    REQUIRE_FALSE(pixels.empty());
    std::size_t light = 0;
    for (std::size_t at = 0; at + 3 < pixels.size(); at += 4) {
        light += pixels[at] != 0 || pixels[at + 1] != 0 || pixels[at + 2] != 0 ? 1 : 0;
    }
    return light == 0;
}

ui::VoiceOptions listenedTo(const std::string& transcript) {
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    ui::VoiceOptions voice = withoutVoice();
    voice.program = LIQU_VOICE_PROGRAM;
    voice.transcript = transcript;
    return voice;
}

}  // namespace

TEST_CASE("every page has something to say, and nobody's own words on the loudspeaker") {
    const auto fixture = openFixture(1080, 1920, withoutVoice());
    fixture->clock.stop();  // on a slow machine no page's time may run out
    const ui::Dictionary words = wordsOfSimulator();
    std::uint64_t question = 0;
    std::size_t privatePages = 0;
    for (const Language& language : {Language::chinese, Language::english}) {
        for (auto& shown : test::gallery(language, fixture->clock.now() + 600s)) {
            if (isOfStaff(shown.name)) continue;
            CAPTURE(shown.name);
            shown.screen.frame.comfort.language = language;
            shown.screen.frame.comfort.speech = Speech::loud;
            shown.screen.frame.question = ++question;
            fixture->window->show(std::move(shown.screen));
            fixture->window->turn(0ms);
            const auto& map = fixture->window->map();
            if (isOfStaff(map.screen())) continue;
            const auto loud = ui::utterancesOf(map, words, language, Speech::loud);
            const auto alone = ui::utterancesOf(map, words, language, Speech::headphones);
            CHECK_FALSE(loud.empty());
            CHECK(leaksIn(loud, alone).empty());
            if (std::ranges::any_of(alone, &ui::Utterance::isPrivate)) {
                ++privatePages;
                // The lie: what headphones say, on the loudspeaker.
                CHECK_FALSE(leaksIn(alone, alone).empty());
            }
        }
    }
    CHECK(privatePages > 3U);
}

TEST_CASE("a language without a voice says so, and nothing is kept for it") {
    const auto fixture = openFixture(1080, 1920, withoutVoice());
    screen::Comfort comfort{.language = *Language::of("ug"), .speech = Speech::loud};
    fixture->showAndSettle(screenOf(screen::IsThisYouScreen{}, comfort));
    CHECK(fixture->window->map().readable().empty());
    CHECK(fixture->window->map().find("hear-again") == nullptr);
    tap(*fixture, "settings");
    settleAtOnce(*fixture);
    CHECK(fixture->window->map().said().contains("settings.no-voice"));
    CHECK(fixture->window->map().find("speech.loud") == nullptr);
}

TEST_CASE("a machine without sound offers none") {
    const auto fixture = openFixture(1080, 1920, {});
    fixture->showAndSettle(screenOf(screen::IsThisYouScreen{}, {.speech = Speech::loud}));
    CHECK(fixture->window->map().readable().empty());
    tap(*fixture, "settings");
    settleAtOnce(*fixture);
    CHECK(fixture->window->map().find("size.m") != nullptr);
    CHECK(fixture->window->map().find("speech.loud") == nullptr);
    CHECK_FALSE(fixture->window->map().said().contains("settings.no-voice"));
}

TEST_CASE("settings and foot have room for sound, on both panels, in each language with a voice") {
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    ui::VoiceOptions voice = withoutVoice();
    voice.program = LIQU_VOICE_PROGRAM;
    for (const auto& [width, height] : {std::pair(1080, 1920), std::pair(1920, 1080)}) {
        const auto fixture = openFixture(width, height, voice);
        const ui::Size window{static_cast<float>(width), static_cast<float>(height)};
        for (const Language& language : {Language::chinese, Language::english}) {
            CAPTURE(std::string(nameOf(language)));
            screen::Screen screen =
                screenOf(screen::IsThisYouScreen{}, {.language = language, .speech = Speech::loud});
            fixture->showAndSettle(screen);
            CHECK(fixture->window->map().find("hear-again") != nullptr);
            test::checkGeometry(fixture->window->map(), window, "is-this-you", screen.frame);
            for (const auto call : {screen::StaffCall::asked, screen::StaffCall::acknowledged,
                                    screen::StaffCall::unheard}) {
                screen.frame.call = call;
                fixture->showAndSettle(screen);
                test::checkGeometry(fixture->window->map(), window, "is-this-you", screen.frame);
            }
            screen::Screen timed =
                screenOf(screen::TakeCardScreen{}, {.language = language, .speech = Speech::loud});
            // Nobody goes back from here; in its place one hears it again.
            timed.frame.canGoBack = false;
            timed.frame.deadline = fixture->clock.now() + 60s;
            fixture->showAndSettle(timed);
            CHECK(fixture->window->map().find("hear-again") != nullptr);
            test::checkGeometry(fixture->window->map(), window, "take-card", timed.frame);
            tap(*fixture, "settings");
            settleAtOnce(*fixture);
            REQUIRE(fixture->window->map().screen() == "settings");
            // Lying on its side the panel is too low for all of it.
            CHECK((fixture->window->map().find("part-next") == nullptr) == (height > width));
            CHECK((fixture->window->map().find("volume.up") != nullptr) == (height > width));
            screen::Frame frame = timed.frame;
            frame.canGoBack = true;
            test::checkGeometry(fixture->window->map(), window, "settings", frame,
                                test::smallestTarget);
            fixture->showAndSettle(screenOf(screen::StartingScreen{}, {}));
        }
    }
}

TEST_CASE("the voice says the page, says it again, and its death is told and stops nothing") {
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    const test::Scratch scratch;
    const std::string transcript = scratch.file("transcript.jsonl");
    ui::VoiceOptions voice = withoutVoice();
    voice.program = LIQU_VOICE_PROGRAM;
    voice.transcript = transcript;
    const auto fixture = openFixture(1080, 1920, voice);
    screen::Screen screen = screenOf(screen::TakeCardScreen{}, {.language = Language::english});
    fixture->showAndSettle(screen);
    CHECK(textOf(transcript).empty());
    screen.frame.comfort.speech = Speech::loud;
    fixture->showAndSettle(screen);
    CHECK(isSaid(*fixture, transcript, "\"take-card.question\""));
    fixture->settle();
    tap(*fixture, "hear-again");
    CHECK(isSaid(*fixture, transcript, "\"take-card.question\"", 2));
    CHECK_FALSE(fixture->actionAfter(300ms));
}

TEST_CASE("headphones that are plugged in are listened to, and pulled out are not offered") {
    const test::Scratch scratch;
    const std::string path = scratch.file("jack");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const Descriptor line(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    const auto tell = [&line](int closed) {
        input_event event{};
        event.type = EV_SW;
        event.code = SW_HEADPHONE_INSERT;
        event.value = closed;
        REQUIRE(::write(line.number(), &event, sizeof(event)) == sizeof(event));
    };
    ui::VoiceOptions voice = withoutVoice();
    voice.jack = path;
    const auto fixture = openFixture(1080, 1920, voice);
    screen::Screen screen = screenOf(screen::IsThisYouScreen{}, {.language = Language::english});
    fixture->showAndSettle(screen);
    tell(1);
    const auto plugged = fixture->actionAfter(10s);
    REQUIRE(plugged);
    CHECK(plugged->kind == screen::ActionKind::adjust);
    CHECK(plugged->choice == "speech.headphones");
    screen.frame.comfort.speech = Speech::headphones;
    fixture->showAndSettle(screen);
    CHECK_FALSE(fixture->window->map().readable().empty());
    tell(0);
    const auto pulled = fixture->actionAfter(10s);
    REQUIRE(pulled);
    CHECK(pulled->choice == "speech.off");
    // Whatever the visit still says of it: nobody listens.
    fixture->settle();
    CHECK(fixture->window->map().readable().empty());
    tap(*fixture, "settings");
    settleAtOnce(*fixture);
    CHECK(fixture->window->map().find("speech.loud") != nullptr);
    CHECK(fixture->window->map().find("speech.headphones") == nullptr);
}

TEST_CASE("who listens alone may have the screen dark; a touch or a key shows it again, no more") {
    const test::Scratch scratch;
    const std::string transcript = scratch.file("transcript.jsonl");
    const auto fixture = openFixture(1080, 1920, listenedTo(transcript));
    screen::Screen screen = screenOf(screen::IsThisYouScreen{},
                                     {.language = Language::english, .speech = Speech::headphones});
    fixture->showAndSettle(screen);
    const auto isDark = [&fixture] {
        return fixture->window->map().said().contains("speech.dark");
    };
    const auto darken = [&] {
        tap(*fixture, "settings");
        settleAtOnce(*fixture);
        // How one hears stands on its second part.
        tap(*fixture, "part-next");
        settleAtOnce(*fixture);
        tap(*fixture, "screen.dark");
        settleAtOnce(*fixture);
        REQUIRE(isDark());
        CHECK(isBlack(*fixture));
        CHECK_FALSE(isAnswered(*fixture));
    };
    CHECK_FALSE(isDark());
    CHECK_FALSE(isBlack(*fixture));
    CHECK(isSaid(*fixture, transcript, "\"speech.can-darken\""));
    darken();
    CHECK(isSaid(*fixture, transcript, "\"speech.dark\""));
    // What stands there is pressed, and not answered.
    tap(*fixture, "confirm");
    settleAtOnce(*fixture);
    CHECK_FALSE(isDark());
    CHECK_FALSE(isBlack(*fixture));
    CHECK_FALSE(isAnswered(*fixture));
    darken();
    fixture->display->typeKey("Return");
    settleAtOnce(*fixture);
    CHECK_FALSE(isDark());
    CHECK_FALSE(isAnswered(*fixture));
    darken();
    // The next person: nothing is read, nothing is dark.
    screen.frame.comfort.speech = Speech::off;
    fixture->showAndSettle(screen);
    CHECK_FALSE(isDark());
    CHECK_FALSE(isBlack(*fixture));
}

TEST_CASE("a screen is dark for nobody who cannot hear") {
    const test::Scratch scratch;
    const auto fixture = openFixture(1080, 1920, listenedTo(scratch.file("transcript.jsonl")));
    for (const Speech speech : {Speech::off, Speech::loud}) {
        fixture->showAndSettle(
            screenOf(screen::IsThisYouScreen{}, {.language = Language::english, .speech = speech}));
        tap(*fixture, "settings");
        settleAtOnce(*fixture);
        CHECK(fixture->window->map().find("screen.dark") == nullptr);
        if (fixture->window->map().find("part-next") != nullptr) {
            tap(*fixture, "part-next");
            settleAtOnce(*fixture);
            CHECK(fixture->window->map().find("screen.dark") == nullptr);
        }
        tap(*fixture, "finish");
        settleAtOnce(*fixture);
    }
}

TEST_CASE("without a voice the page of settings says that there is no sound") {
    const auto fixture = openFixture(1080, 1920, withoutVoice());
    fixture->showAndSettle(screenOf(screen::IsThisYouScreen{},
                                    {.language = Language::english, .speech = Speech::loud}));
    CHECK(fixture->window->map().find("hear-again") == nullptr);
    tap(*fixture, "settings");
    settleAtOnce(*fixture);
    CHECK(fixture->window->map().said().contains("settings.no-sound"));
    CHECK(fixture->window->map().find("volume.up") == nullptr);
    tap(*fixture, "speech.off");
    const auto action = fixture->actionAfter(10s);
    REQUIRE(action);
    CHECK(action->choice == "speech.off");
}
