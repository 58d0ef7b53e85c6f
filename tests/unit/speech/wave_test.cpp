// A sound of somebody else's making: what it has is taken, what it only claims is not.
#include "ui/speech/wave.hpp"

#include <doctest/doctest.h>
#include <string>

namespace liqu::ui {
namespace {

std::string number(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8U) text += static_cast<char>(value & 0xFFU);
    return text;
}

std::string aWave(std::uint32_t rate, std::uint32_t channels, std::uint32_t said,
                  const std::string& samples, std::uint32_t bits = 16) {
    return "RIFF" + number(36, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
           number(channels, 2) + number(rate, 4) + number(rate * 2 * channels, 4) +
           number(2 * channels, 2) + number(bits, 2) + "data" + number(said, 4) + samples;
}

TEST_CASE("samples are read as they lie there") {
    const auto wave = waveFrom(aWave(22050, 1, 4, std::string("\x01\x00\xFF\xFF", 4)));
    REQUIRE(wave);
    CHECK(wave->rate == 22050);
    CHECK(wave->samples == std::vector<std::int16_t>{1, -1});
}

TEST_CASE("a length that nobody knew when it was written is the rest") {
    const auto wave = waveFrom(aWave(22050, 2, 0x7FFFF000U, std::string(7, '\0')));
    REQUIRE(wave);
    CHECK(wave->samples.size() == 2);
}

TEST_CASE("other sounds are refused") {
    CHECK_FALSE(waveFrom(""));
    CHECK_FALSE(waveFrom("RIFF"));
    CHECK_FALSE(waveFrom(aWave(22050, 3, 4, "abcd")));
    CHECK_FALSE(waveFrom(aWave(0, 1, 4, "abcd")));
    CHECK_FALSE(waveFrom(aWave(96000, 1, 4, "abcd")));
    CHECK_FALSE(waveFrom(aWave(22050, 1, 4, "abcd", 8)));
    CHECK_FALSE(waveFrom(aWave(22050, 1, 0, "")));
    CHECK_FALSE(waveFrom("RIFF" + number(4, 4) + "WAVEdata" + number(4, 4) + "abcd"));
    const std::string whole = aWave(22050, 1, 4, "abcd");
    for (std::size_t size = 0; size + 4 < whole.size(); ++size)
        CHECK_FALSE(waveFrom(whole.substr(0, size)));
}

TEST_CASE("a minute is the most") {
    const auto wave = waveFrom(aWave(8000, 1, 2000000, std::string(2000000, 'a')));
    REQUIRE(wave);
    CHECK(wave->samples.size() == 60 * 8000);
}

}  // namespace
}  // namespace liqu::ui
