// What turns one sentence into sound: a recorded clip of exactly these words, else espeak-ng, a
// program of its own under the GPL that is run and never linked. The words go to its standard
// input, where no list of processes shows them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "ui/speech/clips.hpp"
#include "ui/speech/speech_line.hpp"
#include "ui/speech/wave.hpp"

namespace liqu::voice {

enum class How : std::uint8_t { clip, espeak, tone, none };
constexpr auto wordsOf(How) {
    return words<How>(
        {{How::clip, "clip"}, {How::espeak, "espeak"}, {How::tone, "tone"}, {How::none, "none"}});
}

struct Spoken {
    How how = How::none;
    std::optional<ui::Wave> sound;
};

class Talker {
  public:
    Talker(std::filesystem::path clips, std::filesystem::path espeak)
        : clips_(std::move(clips)), espeak_(std::move(espeak)) {}

    Spoken speak(const ui::SayOrder& order);

  private:
    const ui::Clips& clipsOf(const std::string& language);
    std::filesystem::path clips_;
    std::filesystem::path espeak_;
    std::map<std::string, ui::Clips> read_;
};

}  // namespace liqu::voice
