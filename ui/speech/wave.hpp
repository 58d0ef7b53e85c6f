// A sound as it lies in a clip, or comes from espeak-ng: RIFF WAVE, 16 bit PCM, one or two
// channels. Whatever else it is, or claims to have, is refused or left out; a minute at most.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace liqu::ui {

struct Wave {
    int rate = 0;  // samples a second
    int channels = 1;
    std::vector<std::int16_t> samples;
};

inline constexpr std::size_t mostWaveBytes = 12U << 20;

// A length that is larger than what is there (a program that writes into a pipe does not know it)
// is the rest.
std::optional<Wave> waveFrom(std::string_view bytes);

}  // namespace liqu::ui
