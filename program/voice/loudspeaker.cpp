#include "program/voice/loudspeaker.hpp"

#include <algorithm>
#include <limits>

namespace liqu::voice {
namespace {

constexpr int playedRate = 22050;

struct FreeStream {
    void operator()(SDL_AudioStream* stream) const { SDL_FreeAudioStream(stream); }
};

class Locked {
  public:
    explicit Locked(SDL_AudioDeviceID id) : id_(id) { SDL_LockAudioDevice(id_); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
    ~Locked() { SDL_UnlockAudioDevice(id_); }

  private:
    SDL_AudioDeviceID id_;
};

// As the devices are opened.
std::vector<std::int16_t> converted(const ui::Wave& sound) {
    const std::unique_ptr<SDL_AudioStream, FreeStream> stream(
        SDL_NewAudioStream(AUDIO_S16SYS, static_cast<std::uint8_t>(sound.channels), sound.rate,
                           AUDIO_S16SYS, 1, playedRate));
    if (!stream) return {};
    const int size = static_cast<int>(sound.samples.size() * sizeof(std::int16_t));
    if (SDL_AudioStreamPut(stream.get(), sound.samples.data(), size) != 0) return {};
    SDL_AudioStreamFlush(stream.get());
    const int bytes = SDL_AudioStreamAvailable(stream.get());
    std::vector<std::int16_t> samples(static_cast<std::size_t>(std::max(bytes, 0)) /
                                      sizeof(std::int16_t));
    const int got = SDL_AudioStreamGet(stream.get(), samples.data(),
                                       static_cast<int>(samples.size() * sizeof(std::int16_t)));
    samples.resize(static_cast<std::size_t>(std::max(got, 0)) / sizeof(std::int16_t));
    return samples;
}

}  // namespace

void Loudspeaker::fill(void* user, std::uint8_t* bytes, int count) {
    Device& device = *static_cast<Device*>(user);
    auto* samples = reinterpret_cast<std::int16_t*>(bytes);
    const auto next = [](Track& track) {
        return track.isOver() ? 0 : int{track.samples[track.at++]};
    };
    for (std::size_t i = 0; i < static_cast<std::size_t>(count) / sizeof(std::int16_t); ++i) {
        const int both = next(device.said) + next(device.signal);
        samples[i] = static_cast<std::int16_t>(
            std::clamp<int>(both, std::numeric_limits<std::int16_t>::min(),
                            std::numeric_limits<std::int16_t>::max()));
    }
}

bool Loudspeaker::open(screen::Speech speech) {
    if (devices_.contains(speech)) return true;
    const auto name = names_.find(speech);
    if (name == names_.end() || name->second.empty()) return false;
    auto device = std::make_unique<Device>();
    SDL_AudioSpec wanted{};
    wanted.freq = playedRate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 512;
    wanted.callback = &Loudspeaker::fill;
    wanted.userdata = device.get();
    const char* which = name->second == "default" ? nullptr : name->second.c_str();
    device->id = SDL_OpenAudioDevice(which, 0, &wanted, nullptr, 0);
    if (device->id == 0 && isOpen()) {
        // One that only one may have at a time, under two names.
        rest();
        device->id = SDL_OpenAudioDevice(which, 0, &wanted, nullptr, 0);
    }
    if (device->id == 0) return false;
    SDL_PauseAudioDevice(device->id, 0);
    devices_.emplace(speech, std::move(device));
    return true;
}

bool Loudspeaker::start(screen::Speech speech, Track Device::*track, const ui::Wave& sound,
                        int volume) {
    if (!open(speech)) return false;
    std::vector<std::int16_t> samples = converted(sound);
    if (samples.empty()) return false;
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(sample * volume / screen::mostVolume);
    }
    Device& device = *devices_.at(speech);
    const Locked lock(device.id);
    device.*track = {std::move(samples), 0};
    return true;
}

bool Loudspeaker::play(screen::Speech speech, const ui::Wave& sound, int volume) {
    return start(speech, &Device::said, sound, volume);
}

bool Loudspeaker::signal(screen::Speech speech, const ui::Wave& sound, int volume) {
    return start(speech, &Device::signal, sound, volume);
}

bool Loudspeaker::isPlaying() const {
    return std::ranges::any_of(devices_, [](const auto& one) {
        const Locked lock(one.second->id);
        return !one.second->said.isOver();
    });
}

void Loudspeaker::stop() {
    for (const auto& [speech, device] : devices_) {
        const Locked lock(device->id);
        device->said = {};
    }
}

void Loudspeaker::rest() {
    for (const auto& [speech, device] : devices_) SDL_CloseAudioDevice(device->id);
    devices_.clear();
}

}  // namespace liqu::voice
