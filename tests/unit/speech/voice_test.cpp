// The voice as it is shipped, without a sound card: what it is told it says, by clip or by
// espeak-ng; what it cannot say it tells; and nobody depends on it.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/speech/clips.hpp"
#include "ui/speech/voice_process.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;

struct Bench {
    Bench() { ::setenv("SDL_AUDIODRIVER", "dummy", 1); }
    VoiceOptions options() const {
        return {.program = LIQU_VOICE_PROGRAM,
                .clips = scratch.file("clips"),
                .loudspeaker = "default",
                .headphones = {},
                .transcript = scratch.file("transcript.jsonl")};
    }
    std::vector<nlohmann::json> linesOnce(std::size_t count) const {
        std::vector<nlohmann::json> lines;
        for (int i = 0; i < 500 && lines.size() < count; ++i) {
            std::this_thread::sleep_for(20ms);
            lines.clear();
            std::ifstream file(scratch.file("transcript.jsonl"));
            for (std::string line; std::getline(file, line);) {
                if (!file.eof()) lines.push_back(nlohmann::json::parse(line));
            }
        }
        return lines;
    }
    test::Scratch scratch;
};

SayOrder sentence(const std::string& key, const std::string& text) {
    return {.speech = screen::Speech::loud,
            .ears = Ears::everybody,
            .rate = 7,
            .volume = 1,
            .language = "en",
            .voice = "en",
            .key = key,
            .words = PersonalText(text)};
}

// A tenth of a second of nothing.
std::string silence() {
    const auto number = [](std::uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i, value >>= 8U) text += static_cast<char>(value & 0xFFU);
        return text;
    };
    return "RIFF" + number(1636, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) +
           number(8000, 4) + number(16000, 4) + number(2, 2) + number(16, 2) + "data" +
           number(1600, 4) + std::string(1600, '\0');
}

bool diesSoon(VoiceProcess& voice) {
    for (int i = 0; i < 250 && voice.lives(); ++i) std::this_thread::sleep_for(20ms);
    return !voice.lives();
}

TEST_CASE("a clip of these words is played, other words are spoken, in their order") {
    const Bench bench;
    std::filesystem::create_directories(bench.scratch.file("clips"));
    REQUIRE(writeWholeFile(bench.scratch.folder() / "clips/take.wav", bytesOf(silence())));
    REQUIRE(writeWholeFile(bench.scratch.folder() / "clips/en.toml",
                           bytesOf("[take-card.question]\nfile = \"take.wav\"\nwords = \"" +
                                   digestOfWords("Take your card") + "\"\n")));
    const auto voice = VoiceProcess::start(bench.options());
    REQUIRE(voice);
    voice->tell(sentence("take-card.question", "Take your card"));
    voice->tell(sentence("take-card.question", "Take it"));
    voice->tell(sentence("take-card.where", "Here"));
    const auto lines = bench.linesOnce(3);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0]["how"] == "clip");
    CHECK(lines[0]["words"] == "Take your card");
    CHECK(lines[0]["mode"] == "loud");
    CHECK(lines[1]["how"] == "espeak");
    CHECK(lines[2]["key"] == "take-card.where");
    CHECK(voice->lives());
}

TEST_CASE("stop drops what waits; what comes after it is said") {
    const Bench bench;
    const auto voice = VoiceProcess::start(bench.options());
    REQUIRE(voice);
    for (int i = 0; i < 20; ++i) voice->tell(sentence("long", "One of many long sentences here"));
    REQUIRE_FALSE(bench.linesOnce(1).empty());
    voice->tell(StopOrder{});
    voice->tell(sentence("after", "After"));
    for (int i = 0; i < 250; ++i) {
        if (bench.linesOnce(1).back()["key"] == "after") break;
    }
    const auto lines = bench.linesOnce(1);
    CHECK(lines.back()["key"] == "after");
    CHECK(lines.size() < 10);
}

TEST_CASE("a short sound is played over what is said; one without a device stops nothing") {
    const Bench bench;
    VoiceOptions options = bench.options();
    options.earcons = LIQU_SOURCE_DIR "/kiosk-config/speech/earcons.toml";
    const auto voice = VoiceProcess::start(options);
    REQUIRE(voice);
    voice->tell(PlayOrder{screen::Speech::loud, 6, Earcon::cardOut});
    voice->tell(PlayOrder{screen::Speech::headphones, 6, Earcon::touch});
    voice->tell(sentence("take-card.question", "Take your card"));
    const auto lines = bench.linesOnce(3);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0]["key"] == "earcon.card-out");
    CHECK(lines[0]["how"] == "tone");
    CHECK(lines[1]["how"] == "none");
    CHECK(lines[2]["key"] == "take-card.question");
    CHECK(voice->lives());
}

TEST_CASE("a clip of the tree made for tests is played for the words of the tree") {
    const Bench bench;
    VoiceOptions options = bench.options();
    options.clips = LIQU_SOURCE_DIR "/tests/unit/speech/clips";
    const auto voice = VoiceProcess::start(options);
    REQUIRE(voice);
    voice->tell(sentence("settings.done", "OK"));
    const auto lines = bench.linesOnce(1);
    REQUIRE_FALSE(lines.empty());
    CHECK(lines[0]["how"] == "clip");
}

TEST_CASE("a voice that is not there, or has no such device, is found missing") {
    Bench bench;
    VoiceOptions missing = bench.options();
    missing.program = bench.scratch.file("no-such-program");
    CHECK_FALSE(VoiceProcess::start(missing));
    missing.program.clear();
    CHECK_FALSE(VoiceProcess::start(missing));
    const auto voice = VoiceProcess::start(bench.options());
    REQUIRE(voice);
    SayOrder order = sentence("personal", "Nobody");
    order.speech = screen::Speech::headphones;
    order.ears = Ears::one;
    voice->tell(order);
    CHECK(diesSoon(*voice));
    // Told all the same: nothing happens.
    voice->tell(sentence("after", "After"));
}

TEST_CASE("without any sound device it ends at once") {
    Bench bench;
    ::setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    const auto voice = VoiceProcess::start(bench.options());
    REQUIRE(voice);
    CHECK(diesSoon(*voice));
}

}  // namespace
}  // namespace liqu::ui
