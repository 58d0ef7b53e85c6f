// Every screen there is goes through its byte form and back, and comes out the same; whatever else
// the bytes say is refused as a whole.
#include "firmware/screen/byte_form.hpp"

#include <doctest/doctest.h>
#include <random>

#include "tests/window/ui/gallery.hpp"

namespace liqu::screen {
namespace {

Bytes bytesOf(const Screen& screen) {
    return byteFormOf(screen).reveal();
}

std::vector<test::GalleryScreen> allScreens() {
    auto all = test::gallery(Language::english, Instant{std::chrono::seconds{77}});
    for (auto& problem : test::problemGallery(Language::chinese)) all.push_back(problem);
    return all;
}

Action typedAction() {
    Action action{ActionKind::submit, "card-A00000017"};
    action.typed.emplace("badge", SecretText("1001"));
    action.typed.emplace("pin", SecretText("246810"));
    return action;
}

}  // namespace

TEST_CASE("the byte form is fixed") {
    Screen screen{{}, WelcomeScreen{}};
    screen.frame.comfort.language = Language::english;
    screen.frame.comfort.contrast = Contrast::dark;
    screen.frame.comfort.speech = Speech::headphones;
    screen.frame.languages = {*Language::of("ug")};
    screen.frame.deadline = Instant{Duration{0x0102}};
    screen.frame.call = StaffCall::acknowledged;
    screen.frame.signedIn = "李";
    screen.frame.question = 7;
    const Bytes expected = {1,                                          // version
                            2, 0, 0, 0, 'e',  'n',                      // language
                            1, 2,                                       // letters, contrast
                            2,                                          // headphones
                            6, 0, 0, 0, 0,    0,    0,    0,            // volume
                            4, 0, 0, 0, 0,    0,    0,    0,            // rate
                            1, 2, 1, 0, 0,    0,    0,    0, 0,         // deadline
                            1, 0, 0,                                    // more time, back, home
                            1, 0, 0, 0, 2,    0,    0,    0, 'u', 'g',  // languages
                            0, 0, 0,                                    // settings, guide, steps
                            1, 2,                                       // acknowledged
                            3, 0, 0, 0, 0xE6, 0x9D, 0x8E,               // signed in
                            0, 0, 0, 0, 0,    0,    0,    0,            // counter, hotline
                            0, 0, 0, 0, 0,    0,    0,    0,            // loss phone, place
                            0, 0, 0, 0,                                 // complaints
                            7, 0, 0, 0, 0,    0,    0,    0,            // question
                            4, 1};                                      // welcome, makes cards
    CHECK(bytesOf(screen) == expected);
}

TEST_CASE("every screen comes back as it was") {
    for (const auto& shown : allScreens()) {
        CAPTURE(shown.name);
        const Bytes bytes = bytesOf(shown.screen);
        const auto back = screenFrom(bytes);
        REQUIRE(back);
        CHECK(nameOf(back->content) == nameOf(shown.screen.content));
        CHECK(back->content.index() == shown.screen.content.index());
        CHECK(bytesOf(*back) == bytes);
    }
}

TEST_CASE("what was touched and typed comes back as it was") {
    const Action action = typedAction();
    const auto back = actionFrom(byteFormOf(action).reveal());
    REQUIRE(back);
    CHECK(back->kind == ActionKind::submit);
    CHECK(back->choice == "card-A00000017");
    CHECK(back->entry("badge").reveal() == "1001");
    CHECK(back->entry("pin").reveal() == "246810");
    CHECK(back->typed.size() == 2);
}

TEST_CASE("bytes that are missing, left over or no words of ours are refused") {
    const Bytes whole = byteFormOf(typedAction()).reveal();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(actionFrom(ByteView(whole).first(size)));
    }
    Bytes more = whole;
    more.push_back(0);
    CHECK_FALSE(actionFrom(more));
    for (const int kind : {16, 17, 255}) {
        Bytes unknown = whole;
        unknown[1] = static_cast<std::uint8_t>(kind);
        CHECK_FALSE(actionFrom(unknown));
    }
    Bytes newer = whole;
    newer[0] = 2;
    CHECK_FALSE(actionFrom(newer));
    Bytes noText = whole;
    noText[6] = 0xFF;
    CHECK_FALSE(actionFrom(noText));
    CHECK_FALSE(screenFrom(Bytes(mostScreenBytes + 1, 1)));
}

TEST_CASE("a screen with one bit turned is another screen or none, and never harm") {
    std::mt19937 random(20261130);
    for (const auto& shown : allScreens()) {
        Bytes bytes = bytesOf(shown.screen);
        const std::size_t bit = random() % (bytes.size() * 8);
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto back = screenFrom(bytes);
        if (back) CHECK(bytesOf(*back) == bytes);
    }
}

}  // namespace liqu::screen
