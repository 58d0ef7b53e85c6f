// What is somebody's own goes to headphones that are plugged in, and nowhere else; the short sounds
// go where who listens is.
#include "ui/speech/narrator.hpp"

#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/scratch.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;
using screen::Speech;

struct Bench {
    Bench() {
        ::setenv("SDL_AUDIODRIVER", "dummy", 1);
        map.listen(Listening::yes);
        map.begin("page", "en", {1080, 1920});
        map.say(Readable{{"settings.done", {}}, {}, Role::primary});
        map.say(Readable{{}, PersonalText("6101 1234"), Role::personal});
    }
    VoiceOptions options() const {
        return {.program = LIQU_VOICE_PROGRAM,
                .clips = {},
                .earcons = LIQU_SOURCE_DIR "/kiosk-config/speech/earcons.toml",
                .loudspeaker = "default",
                .headphones = "default",
                .transcript = scratch.file("transcript.jsonl")};
    }
    void read(Narrator& narrator, Speech speech, const std::string& page) const {
        narrator.read(map, words, {.language = Language::english, .speech = speech, .rate = 7},
                      page);
    }
    bool says(const std::string& what) const {
        for (int i = 0; i < 400; ++i) {
            std::ostringstream text;
            text << std::ifstream(scratch.file("transcript.jsonl")).rdbuf();
            if (text.str().find(what) != std::string::npos) return true;
            std::this_thread::sleep_for(20ms);
        }
        return false;
    }
    bool hasSaid(const std::string& what) const {
        std::ostringstream text;
        text << std::ifstream(scratch.file("transcript.jsonl")).rdbuf();
        return text.str().find(what) != std::string::npos;
    }
    test::Scratch scratch;
    ScreenMap map;
    Dictionary words = Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
};

TEST_CASE("private words are said in headphones that are in, and never while they are out") {
    const Bench bench;
    Narrator narrator(bench.options());
    CHECK(narrator.offered() == std::vector{Speech::loud, Speech::headphones});
    narrator.plug(false);
    CHECK(narrator.offered() == std::vector{Speech::loud});
    bench.read(narrator, Speech::headphones, "out");
    bench.read(narrator, Speech::loud, "loud");
    // Last of the page on the loudspeaker: that there is more on the screen.
    CHECK(bench.says("\"speech.private\""));
    CHECK_FALSE(bench.hasSaid("\"personal\""));
    CHECK_FALSE(bench.hasSaid(R"("mode":"headphones")"));
    narrator.plug(true);
    bench.read(narrator, Speech::headphones, "in");
    // The lie would be found: here it is said, in one ear.
    CHECK(bench.says(R"("personal","language":"en","how":"espeak","mode":"headphones"})"));
}

TEST_CASE("headphones that are pulled out end what is said at once") {
    const Bench bench;
    Narrator narrator(bench.options());
    bench.read(narrator, Speech::headphones, "in");
    CHECK(bench.says("\"settings.done\""));
    narrator.plug(false);
    bench.read(narrator, Speech::headphones, "in");
    std::this_thread::sleep_for(300ms);
    CHECK_FALSE(bench.hasSaid("\"personal\""));
    CHECK_FALSE(narrator.failed());
}

TEST_CASE(
    "a short sound is for the room, or for the ear that listens; one without a place is not") {
    const Bench bench;
    const Instant now(1h);
    VoiceOptions mute = bench.options();
    mute.loudspeaker.clear();
    Narrator silent(mute);
    silent.play(Earcon::stopped, {.language = Language::english}, 0, now);
    Narrator narrator(bench.options());
    narrator.play(Earcon::remind, {.language = Language::english, .volume = 9}, 3, now);
    CHECK(bench.says(R"("earcon.remind","how":"tone","volume":10,"mode":"loud")"));
    narrator.play(Earcon::cardOut, {.language = Language::english, .speech = Speech::headphones}, 0,
                  now);
    CHECK(bench.says(R"("earcon.card-out","how":"tone","volume":6,"mode":"headphones")"));
    CHECK_FALSE(bench.hasSaid("earcon.stopped"));
    VoiceOptions missing = bench.options();
    missing.program = bench.scratch.file("no-such-program");
    Narrator dumb(missing);
    dumb.play(Earcon::stopped, {.language = Language::english}, 0, now);
    CHECK_FALSE(dumb.failed());
}

}  // namespace
}  // namespace liqu::ui
