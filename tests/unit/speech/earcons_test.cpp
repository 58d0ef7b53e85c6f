// The six short sounds: those of the tree are right, and what is no sound is refused.
#include "ui/speech/earcons.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::ui {
namespace {

const std::filesystem::path shipped = LIQU_SOURCE_DIR "/kiosk-config/speech/earcons.toml";

TEST_CASE("each of the six is heard and seen, and no two are alike") {
    const auto earcons = Earcons::read(shipped);
    REQUIRE_MESSAGE(earcons, (earcons ? "" : describe(earcons.error())));
    std::vector<std::vector<std::int16_t>> sounds;
    for (const Earcon earcon : wordTable<Earcon>.values()) {
        CAPTURE(std::string(nameOf(earcon)));
        const Wave wave = earcons->sound(earcon);
        CHECK(wave.samples.size() >= 220);
        CHECK(wave.samples.size() <= 33075);
        const auto loudest = std::ranges::max(
            wave.samples, {}, [](std::int16_t sample) { return std::abs(int{sample}); });
        CHECK(std::abs(int{loudest}) > 5000);
        // It begins and ends in silence: no click.
        CHECK(std::abs(int{wave.samples.front()}) < 200);
        CHECK(std::abs(int{wave.samples.back()}) < 2000);
        CHECK(std::ranges::find(sounds, wave.samples) == sounds.end());
        sounds.push_back(wave.samples);
        const EarconRule& rule = earcons->rule(earcon);
        CHECK((rule.see == SeenAt::control) == (earcon == Earcon::touch));
        CHECK((rule.flashes > 0) == (rule.see == SeenAt::border));
    }
    CHECK(sounds.size() == 6);
}

TEST_CASE("what is no short sound is refused with file and line") {
    const test::Scratch scratch;
    const std::string right = textOf(readWholeFile(shipped).value());
    const std::vector<std::pair<std::string, std::string>> wrongs = {
        {"\"1400 25\"", "\"1400\""},
        {"\"1400 25\"", "\"1400 25 \""},
        {"\"1400 25\"", "\"-1400 25\""},
        {"\"1400 25\"", "\"90 25\""},
        {"\"1400 25\"", "\"9000 25\""},
        {"\"1400 25\"", "\"1400 5\""},
        {"\"1400 25\"", "\"1400 501\""},
        {"\"1400 25\"", ""},
        {"\"1400 25\"", "\"0 400\", \"0 400\", \"0 400\", \"0 400\""},
        {"level = 4", "level = 11"},
        {"see = \"control\"", "see = \"lamp\""},
        {"flashes = 3", "flashes = 4"},
        {"tone = \"success\"", "tone = \"loud\""},
        {"[touch]", "[tuch]"},
        {"[touch]", "[bang]\nlevel = 3\n[touch]"},
    };
    for (const auto& [from, to] : wrongs) {
        CAPTURE(to);
        std::string text = right;
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        REQUIRE(writeWholeFile(scratch.file("earcons.toml"), bytesOf(text)));
        const auto read = Earcons::read(scratch.file("earcons.toml"));
        REQUIRE_FALSE(read);
        CHECK(describe(read.error()).find("earcons.toml") != std::string::npos);
        Faults faults;
        const auto gathered = Earcons::read(scratch.file("earcons.toml"), &faults);
        CHECK((!gathered || !faults.empty()));
    }
}

}  // namespace
}  // namespace liqu::ui
