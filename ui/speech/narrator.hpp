// Reads the pages aloud while somebody listens: starts the voice, tells it what is new on the page,
// stops it when another page comes, and ends it when nobody listens any more. Where there are short
// sounds the voice stays, for everybody.
// Main thread only.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "firmware/base/clock.hpp"
#include "ui/speech/utterances.hpp"
#include "ui/speech/voice_process.hpp"

namespace liqu::ui {

class Narrator {
  public:
    explicit Narrator(VoiceOptions options) : options_(std::move(options)) {}

    // Ways of hearing that this machine has; none: it has no sound.
    std::vector<screen::Speech> offered() const;
    // Somebody wants to hear, and can in this language.
    bool isWanted(const screen::Comfort& comfort, const Dictionary& words) const;
    // It was wanted and does not work, until it is chosen again.
    bool failed() const { return failed_; }

    // Headphones were plugged in or out. Where nothing tells of it, they are in.
    // Pulled out, what was being said there ends at once.
    void plug(bool in);
    // A short sound, at once: in the headphones of who listens there, else in the room.
    void play(Earcon earcon, const screen::Comfort& comfort, int louder, Instant now);

    // What stands there now; `page` tells two pages apart.
    void read(const ScreenMap& map, const Dictionary& words, const screen::Comfort& comfort,
              const std::string& page);
    // The page that stands there from its beginning.
    void again() { page_.clear(); }
    void hush();

  private:
    // It runs, or is started; null where it cannot be.
    VoiceProcess* running();
    bool speaks(const screen::Comfort& comfort, const Dictionary& words);
    void readFocus(const ScreenMap& map, const Dictionary& words, const screen::Comfort& comfort);
    void say(Utterance utterance, const Dictionary& words, const screen::Comfort& comfort);

    VoiceOptions options_;
    std::unique_ptr<VoiceProcess> voice_;
    bool headphonesIn_ = true;
    Instant soundsFrom_{};  // short sounds are not tried before, once they failed
    screen::Speech speech_ = screen::Speech::off;
    bool failed_ = false;
    bool tellsOfDarkness_ = false;
    std::string page_;
    std::string focused_;  // what the keys are at
    Heard heard_;
};

}  // namespace liqu::ui
