// The sound devices, by SDL: the loudspeaker and the headphones, each opened when it is first
// needed. A machine names which one is which; what it does not name is not there.
#pragma once

#include <SDL.h>
#include <map>
#include <optional>
#include <string>

#include "firmware/screen/comfort.hpp"
#include "ui/speech/wave.hpp"

namespace liqu::voice {

class Loudspeaker {
  public:
    using Names = std::map<screen::Speech, std::string>;
    // Empty name: no such device.
    explicit Loudspeaker(Names names) : names_(std::move(names)) {}
    Loudspeaker(const Loudspeaker&) = delete;
    Loudspeaker& operator=(const Loudspeaker&) = delete;
    ~Loudspeaker();

    // False where there is no such device, or it cannot be opened.
    bool open(screen::Speech speech);
    bool play(screen::Speech speech, const ui::Wave& sound, int volume);
    bool isPlaying() const;
    void stop();

  private:
    Names names_;
    std::map<screen::Speech, SDL_AudioDeviceID> devices_;
};

}  // namespace liqu::voice
