#include "tests/world/card_printer/panel_codec.hpp"

#include <algorithm>
#include <openssl/evp.h>

namespace liqu::world {
namespace {

constexpr std::size_t bitmapLine = panelWidth / 8;

struct Run {
    std::size_t length = 0;
    std::uint8_t value = 0;
    bool blankLine = false;
    std::size_t consumed = 0;
};

// A byte without its top bit is one dot; with it, a value whose counter follows. With few levels
// the spare bits of the first byte each add 256 to the counter.
std::optional<Run> runAt(ByteView data, int bits) {
    const std::uint8_t first = data[0];
    const auto mask = static_cast<std::uint8_t>((1U << bits) - 1U);
    const auto value = static_cast<std::uint8_t>(first & mask);
    if ((first & 0x80) == 0) {
        if (value != first) return std::nullopt;
        return Run{1, value, false, 1};
    }
    if (data.size() < 2) return std::nullopt;
    std::size_t length = data[1];
    if (bits <= 6 && (first & 0x40) != 0) length += 256;
    if (bits == 5 && (first & 0x20) != 0) length += 256;
    return Run{length, value, length == 0, 2};
}

}  // namespace

std::optional<int> bitsOfLevels(const std::string& levels) {
    if (levels == "2") return 1;
    if (levels == "32") return 5;
    if (levels == "64") return 6;
    if (levels == "128") return 7;
    if (levels == "256") return 8;
    return std::nullopt;
}

std::size_t panelLength(int bits) {
    return panelWidth * panelHeight * static_cast<std::size_t>(bits) / 8;
}

Bytes unpackSamples(ByteView packed, int bits) {
    Bytes samples;
    samples.reserve(packed.size() * 8 / static_cast<std::size_t>(bits));
    std::uint32_t window = 0;
    int held = 0;
    for (const std::uint8_t byte : packed) {
        window = (window << 8 | byte) & 0xFFFF;
        held += 8;
        while (held >= bits) {
            held -= bits;
            samples.push_back(static_cast<std::uint8_t>(window >> held & ((1U << bits) - 1U)));
        }
    }
    return samples;
}

Bytes packSamples(ByteView samples, int bits) {
    Bytes packed;
    packed.reserve(samples.size() * static_cast<std::size_t>(bits) / 8 + 1);
    std::uint32_t window = 0;
    int held = 0;
    for (const std::uint8_t sample : samples) {
        window = (window << bits | sample) & 0xFFFF;
        held += bits;
        if (held < 8) continue;
        held -= 8;
        packed.push_back(static_cast<std::uint8_t>(window >> held & 0xFF));
    }
    return packed;
}

std::optional<Bytes> decompressBitmap(ByteView data) {
    Bytes panel;
    panel.reserve(panelLength(1));
    std::size_t at = 0;
    while (at < data.size()) {
        const std::uint8_t head = data[at++];
        if (head == 0xFF) {
            panel.insert(panel.end(), bitmapLine, 0xFF);
            continue;
        }
        if (head > bitmapLine || at + head > data.size()) return std::nullopt;
        const ByteView line = data.subspan(at, head);
        panel.insert(panel.end(), line.begin(), line.end());
        panel.insert(panel.end(), bitmapLine - head, 0x00);
        at += head;
    }
    if (panel.size() != panelLength(1)) return std::nullopt;
    return panel;
}

std::optional<Bytes> decompressColour(ByteView data, int bits) {
    if (bits < 5 || bits > 7) return std::nullopt;
    Bytes samples;
    samples.reserve(panelWidth * panelHeight);
    while (!data.empty()) {
        const auto run = runAt(data, bits);
        if (!run) return std::nullopt;
        const std::size_t leftInLine = panelWidth - samples.size() % panelWidth;
        if (run->blankLine && leftInLine != panelWidth) return std::nullopt;
        const std::size_t length = run->blankLine ? panelWidth : run->length;
        if (length > leftInLine) return std::nullopt;
        samples.insert(samples.end(), length, run->value);
        data = data.subspan(run->consumed);
    }
    if (samples.size() != panelWidth * panelHeight) return std::nullopt;
    return packSamples(samples, bits);
}

std::string sha256Of(ByteView bytes) {
    Bytes digest(32);
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    std::string hex = toHex(digest);
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    return hex;
}

}  // namespace liqu::world
