#include "program/voice/loudspeaker.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace liqu::voice {
namespace {

constexpr int playedRate = 22050;

struct FreeStream {
    void operator()(SDL_AudioStream* stream) const { SDL_FreeAudioStream(stream); }
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

Loudspeaker::~Loudspeaker() {
    for (const auto& [speech, device] : devices_) SDL_CloseAudioDevice(device);
}

bool Loudspeaker::open(screen::Speech speech) {
    if (devices_.contains(speech)) return true;
    const auto name = names_.find(speech);
    if (name == names_.end() || name->second.empty()) return false;
    SDL_AudioSpec wanted{};
    wanted.freq = playedRate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 1024;
    const char* device = name->second == "default" ? nullptr : name->second.c_str();
    const SDL_AudioDeviceID opened = SDL_OpenAudioDevice(device, 0, &wanted, nullptr, 0);
    if (opened == 0) return false;
    SDL_PauseAudioDevice(opened, 0);
    devices_.emplace(speech, opened);
    return true;
}

bool Loudspeaker::play(screen::Speech speech, const ui::Wave& sound, int volume) {
    if (!open(speech)) return false;
    std::vector<std::int16_t> samples = converted(sound);
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(sample * volume / screen::mostVolume);
    }
    const auto bytes = static_cast<std::uint32_t>(samples.size() * sizeof(std::int16_t));
    return SDL_QueueAudio(devices_.at(speech), samples.data(), bytes) == 0;
}

bool Loudspeaker::isPlaying() const {
    return std::ranges::any_of(
        devices_, [](const auto& device) { return SDL_GetQueuedAudioSize(device.second) > 0; });
}

void Loudspeaker::stop() {
    for (const auto& [speech, device] : devices_) SDL_ClearQueuedAudio(device);
}

}  // namespace liqu::voice
