// The sound devices, by SDL: the loudspeaker and the headphones, each opened when it is first
// needed. A machine names which one is which; what it does not name is not there. Two things sound
// at a time, mixed here: one sentence, and one short sound over it.
#pragma once

#include <SDL.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

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
    ~Loudspeaker() { rest(); }

    // False where there is no such device, or it cannot be opened.
    bool open(screen::Speech speech);
    bool isOpen() const { return !devices_.empty(); }
    // Takes the place of what was being said, or of the short sound before it.
    bool play(screen::Speech speech, const ui::Wave& sound, int volume);
    bool signal(screen::Speech speech, const ui::Wave& sound, int volume);
    // Whether something is being said.
    bool isPlaying() const;
    // What is being said; a short sound comes to its end.
    void stop();
    // Closes the devices.
    void rest();

  private:
    struct Track {
        std::vector<std::int16_t> samples;
        std::size_t at = 0;
        bool isOver() const { return at >= samples.size(); }
    };
    struct Device {
        SDL_AudioDeviceID id = 0;
        Track said;
        Track signal;
    };
    // Called by SDL's own thread, which holds the device's lock.
    static void fill(void* device, std::uint8_t* bytes, int count);
    bool start(screen::Speech speech, Track Device::*track, const ui::Wave& sound, int volume);

    Names names_;
    std::map<screen::Speech, std::unique_ptr<Device>> devices_;
};

}  // namespace liqu::voice
