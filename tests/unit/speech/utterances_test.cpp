// What is read aloud of a page, from what its map has.
#include "ui/speech/utterances.hpp"

#include <doctest/doctest.h>

namespace liqu::ui {
namespace {

using screen::Speech;

const Dictionary& words() {
    static const Dictionary dictionary =
        Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    return dictionary;
}

ScreenMap listeningMap() {
    ScreenMap map;
    map.listen(Listening::yes);
    map.begin("page", "en", {1080, 1920});
    return map;
}

std::vector<std::string> keysOf(const std::vector<Utterance>& utterances) {
    std::vector<std::string> keys;
    for (const Utterance& one : utterances) keys.push_back(one.key);
    return keys;
}

std::vector<Utterance> heardOf(const ScreenMap& map, Speech speech) {
    return utterancesOf(map, words(), Language::english, speech);
}

TEST_CASE("numbers of cards and telephones are said digit by digit, amounts and days are not") {
    CHECK(digitByDigit("12333") == "1 2 3 3 3");
    CHECK(digitByDigit("call 0991-12333 now") == "call 0991- 1 2 3 3 3 now");
    CHECK(digitByDigit("20 yuan, 2026-12-01, 9:30") == "20 yuan, 2026-12-01, 9:30");
    CHECK(digitByDigit("T-000017") == "T- 0 0 0 0 1 7");
    CHECK(digitByDigit("6101**********1234") == "6 1 0 1 1 2 3 4");
    CHECK(digitByDigit("代码20203。") == "代码 2 0 2 0 3。");
    CHECK(digitByDigit("") == "");
}

TEST_CASE("the question comes first, then words, then what can be touched; frames are left out") {
    ScreenMap map = listeningMap();
    map.say(Readable{{"frame.brand", {}}});
    map.say(Readable{{"frame.back", {}}, {}, Role::footer});
    map.say(Readable{{"settings.letters", {}}});
    map.say(Readable{{"settings.letters-m", {}}, {}, Role::choice, true});
    map.say(Readable{{"settings.letters-l", {}}, {}, Role::choice});
    map.say(Readable{{"settings.question", {}}, {}, Role::heading});
    map.say(Readable{{"settings.done", {}}, {}, Role::primary});
    const auto heard = heardOf(map, Speech::loud);
    CHECK(keysOf(heard) == std::vector<std::string>{"settings.question", "settings.letters",
                                                    "speech.can-touch", "settings.letters-m",
                                                    "settings.letters-l", "settings.done"});
    CHECK(heard.at(3).words.reveal() == "Usual, chosen");
    CHECK(heardOf(map, Speech::off).empty());
}

TEST_CASE("nobody's own words are on the loudspeaker, and it is said that there are some") {
    ScreenMap map = listeningMap();
    map.say(Readable{{"is-this-you.question", {}}, {}, Role::heading});
    map.say(Readable{{}, PersonalText("610112194803071234"), Role::personal});
    map.say(Readable{{"slip.number", {{"number", "000071"}}}});
    map.say(Readable{{"agree.amount", {{"amount", "20"}}}});
    const auto loud = heardOf(map, Speech::loud);
    CHECK(keysOf(loud) == std::vector<std::string>{"is-this-you.question", "speech.private"});
    const auto alone = heardOf(map, Speech::headphones);
    REQUIRE(alone.size() >= 3);
    CHECK(alone.at(1).words.reveal() == "6 1 0 1 1 2 1 9 4 8 0 3 0 7 1 2 3 4");
    CHECK(alone.at(1).isPrivate);
    CHECK(alone.at(2).isPrivate);
    for (const Utterance& one : alone) CHECK(one.key != "speech.private");
}

TEST_CASE("a value that nobody said is public is kept from the loudspeaker") {
    const auto isPrivate = [](Phrase phrase) {
        return words().isPrivate(Language::english, phrase);
    };
    CHECK_FALSE(isPrivate({"still-there.seconds", {{"seconds", "9"}}}));
    CHECK_FALSE(isPrivate({"plain", {{"text", "Bank of Examples"}}}));
    CHECK(isPrivate({"plain", {{"text", "6217 0000"}}}));
    CHECK(isPrivate({"slip.unsure", {{"number", "1"}}}));
}

TEST_CASE("of a page that stays only what is new is said, and what became chosen") {
    const auto utterance = [](const char* key, bool chosen) {
        return Utterance{key, PersonalText(key), false, chosen};
    };
    const auto page = [&](bool large) {
        return std::vector{utterance("question", false), utterance("m", !large),
                           utterance("l", large)};
    };
    Heard heard;
    CHECK(heard.newOf(page(false)).size() == 3);
    CHECK(heard.newOf(page(false)).empty());
    CHECK(keysOf(heard.newOf(page(true))) == std::vector<std::string>{"l"});
    CHECK(keysOf(heard.newOf(page(false))) == std::vector<std::string>{"m"});
    auto notice = page(false);
    notice.push_back(utterance("notice", false));
    CHECK(keysOf(heard.newOf(std::move(notice))) == std::vector<std::string>{"notice"});
    heard.isAnotherPage();
    CHECK(heard.newOf(page(false)).size() == 3);
}

TEST_CASE(
    "whoever goes by keys hears what they are at, but no key of a keypad and nothing private") {
    ScreenMap map = listeningMap();
    const auto at = [&map](const char* id, Speech speech) {
        map.focus(id);
        const auto heard = utteranceAt(map, words(), Language::english, speech);
        return heard ? std::string(heard->words.reveal()) : std::string("-");
    };
    map.add({.id = "finish", .role = Role::primary, .key = "settings.done"});
    map.add({.id = "back", .role = Role::footer, .key = "frame.back"});
    map.add({.id = "key-7", .role = Role::key});
    map.add({.id = "card-0", .role = Role::choice, .key = "plain"});
    map.say(Readable{{"plain", {{"text", "6217 0000"}}}, {}, Role::choice});
    CHECK(at("finish", Speech::loud) == words().spoken(Language::english, {"settings.done"}));
    CHECK(at("back", Speech::loud) == words().spoken(Language::english, {"frame.back"}));
    CHECK(at("key-7", Speech::headphones) == "-");
    CHECK(at("card-0", Speech::loud) == "-");
    CHECK(at("card-0", Speech::headphones) != "-");
    CHECK(at("finish", Speech::off) == "-");
    CHECK(at("", Speech::loud) == "-");
}

TEST_CASE("a map that nobody listens to keeps nothing that could be read") {
    ScreenMap map;
    map.begin("page", "en", {1080, 1920});
    map.say(Readable{{"is-this-you.question", {}}, {}, Role::heading});
    map.say(Readable{{}, PersonalText("somebody"), Role::personal});
    CHECK(map.readable().empty());
    CHECK(map.said().contains("is-this-you.question"));
}

TEST_CASE("what is measured first and drawn later is said once, as what it is") {
    ScreenMap map = listeningMap();
    map.say(Readable{{"settings.done", {}}});
    map.say(Readable{{"settings.done", {}}, {}, Role::primary});
    map.say(Readable{{"settings.done", {}}, {}, Role::primary});
    REQUIRE(map.readable().size() == 1);
    CHECK(map.readable().front().role == Role::primary);
}

}  // namespace
}  // namespace liqu::ui
