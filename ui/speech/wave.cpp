#include "ui/speech/wave.hpp"

#include <algorithm>

namespace liqu::ui {
namespace {

constexpr std::size_t mostSeconds = 60;

std::uint32_t numberAt(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t number = 0;
    for (std::size_t i = size; i-- > 0;) {
        number = (number << 8U) | static_cast<unsigned char>(bytes[at + i]);
    }
    return number;
}

bool readFormat(std::string_view chunk, Wave& wave) {
    if (chunk.size() < 16) return false;
    wave.channels = static_cast<int>(numberAt(chunk, 2, 2));
    const std::uint32_t rate = numberAt(chunk, 4, 4);
    if (rate < 8000 || rate > 48000) return false;
    wave.rate = static_cast<int>(rate);
    const bool isPcm = numberAt(chunk, 0, 2) == 1 && numberAt(chunk, 14, 2) == 16;
    return isPcm && (wave.channels == 1 || wave.channels == 2);
}

void readSamples(std::string_view chunk, Wave& wave) {
    const std::size_t frame = static_cast<std::size_t>(wave.channels) * 2;
    const std::size_t most = mostSeconds * static_cast<std::size_t>(wave.rate) * frame;
    std::size_t size = std::min(chunk.size(), most);
    size -= size % frame;
    wave.samples.reserve(size / 2);
    for (std::size_t at = 0; at < size; at += 2) {
        wave.samples.push_back(static_cast<std::int16_t>(numberAt(chunk, at, 2)));
    }
}

}  // namespace

std::optional<Wave> waveFrom(std::string_view bytes) {
    if (bytes.size() < 12 || bytes.size() > mostWaveBytes || !bytes.starts_with("RIFF") ||
        bytes.substr(8, 4) != "WAVE")
        return std::nullopt;
    bytes.remove_prefix(12);
    Wave wave;
    while (bytes.size() >= 8) {
        const std::string_view name = bytes.substr(0, 4);
        const std::size_t said = numberAt(bytes, 4, 4);
        bytes.remove_prefix(8);
        const std::string_view chunk = bytes.substr(0, said);
        if (name == "fmt " && !readFormat(chunk, wave)) return std::nullopt;
        if (name == "data") {
            if (wave.rate == 0) return std::nullopt;
            readSamples(chunk, wave);
            if (wave.samples.empty()) return std::nullopt;
            return wave;
        }
        bytes.remove_prefix(std::min(bytes.size(), said + said % 2));
    }
    return std::nullopt;
}

}  // namespace liqu::ui
