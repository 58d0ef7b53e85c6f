#include "drivers/card_printer/panels.hpp"

#include <algorithm>
#include <cstring>

#include "firmware/base/assert.hpp"

namespace liqu::drivers {

namespace {

constexpr int faceWidth = ports::CardFace::width;
constexpr int faceHeight = ports::CardFace::height;
static_assert(faceWidth == linesPerCard && faceHeight == dotsPerLine);

constexpr std::size_t monoLineBytes = dotsPerLine / 8;
constexpr std::size_t monoBytes = monoLineBytes * linesPerCard;
// Lines worked on together: a row of the face then gives a whole cache line, not three bytes.
constexpr int tileLines = 8;
static_assert(linesPerCard % tileLines == 0);

template <int bits>
void pack(const std::uint8_t* samples, std::size_t count, std::uint8_t* packed) {
    for (std::size_t i = 0; i < count; i += 8, packed += bits) {
        std::uint64_t group = 0;
        for (std::size_t k = 0; k < 8; ++k) group = group << bits | samples[i + k];
        for (int byte = 0; byte < bits; ++byte) {
            packed[byte] = static_cast<std::uint8_t>(group >> (8 * (bits - 1 - byte)));
        }
    }
}

// Where the first dot of a line lies in the face, and the step to the next dot.
struct Turn {
    explicit Turn(int rotation) : clockwise(rotation == 90) {}
    int column(int line) const { return clockwise ? line : faceWidth - 1 - line; }
    int row(int dot) const { return clockwise ? faceHeight - 1 - dot : dot; }
    bool clockwise;
};

using Tile = std::array<std::array<std::uint8_t, dotsPerLine>, tileLines>;
struct ColourTiles {
    Tile yellow, magenta, cyan;
};

void fillColour(const std::uint8_t* rgb, const Turn& turn, int firstLine, int shift,
                ColourTiles& tiles) {
    for (std::size_t dot = 0; dot < dotsPerLine; ++dot) {
        const std::uint8_t* row =
            rgb + static_cast<std::size_t>(turn.row(static_cast<int>(dot))) * faceWidth * 3;
        for (std::size_t i = 0; i < tileLines; ++i) {
            const auto column =
                static_cast<std::size_t>(turn.column(firstLine + static_cast<int>(i)));
            const std::uint8_t* pixel = row + column * 3;
            tiles.cyan[i][dot] = static_cast<std::uint8_t>((255 - pixel[0]) >> shift);
            tiles.magenta[i][dot] = static_cast<std::uint8_t>((255 - pixel[1]) >> shift);
            tiles.yellow[i][dot] = static_cast<std::uint8_t>((255 - pixel[2]) >> shift);
        }
    }
}

struct ColourPlanes {
    Bytes yellow, magenta, cyan;
};

ColourPlanes splitColour(const std::uint8_t* rgb, const PrintProfile& profile) {
    const auto bits = static_cast<std::size_t>(profile.bitsPerColour);
    const std::size_t lineBytes = dotsPerLine * bits / 8;
    const Turn turn(profile.rotation);
    ColourPlanes planes{Bytes(lineBytes * linesPerCard), Bytes(lineBytes * linesPerCard),
                        Bytes(lineBytes * linesPerCard)};
    ColourTiles tiles;
    for (int first = 0; first < linesPerCard; first += tileLines) {
        fillColour(rgb, turn, first, 8 - profile.bitsPerColour, tiles);
        for (std::size_t i = 0; i < tileLines; ++i) {
            const std::size_t at = (static_cast<std::size_t>(first) + i) * lineBytes;
            const auto line = [&](Bytes& plane) { return std::span(plane).subspan(at, lineBytes); };
            packSamples(profile.bitsPerColour, tiles.yellow[i], line(planes.yellow));
            packSamples(profile.bitsPerColour, tiles.magenta[i], line(planes.magenta));
            packSamples(profile.bitsPerColour, tiles.cyan[i], line(planes.cyan));
        }
    }
    explicit_bzero(&tiles, sizeof tiles);
    return planes;
}

Bytes packMask(const std::uint8_t* mask, int rotation) {
    const Turn turn(rotation);
    Bytes raw(monoBytes);
    Tile tile;
    for (int first = 0; first < linesPerCard; first += tileLines) {
        for (std::size_t dot = 0; dot < dotsPerLine; ++dot) {
            const std::uint8_t* row =
                mask + static_cast<std::size_t>(turn.row(static_cast<int>(dot))) * faceWidth;
            for (std::size_t i = 0; i < tileLines; ++i) {
                tile[i][dot] = row[turn.column(first + static_cast<int>(i))] != 0 ? 1 : 0;
            }
        }
        for (std::size_t i = 0; i < tileLines; ++i) {
            pack<1>(tile[i].data(), dotsPerLine,
                    raw.data() + (static_cast<std::size_t>(first) + i) * monoLineBytes);
        }
    }
    explicit_bzero(&tile, sizeof tile);
    return raw;
}

PersonalBytes framedColour(Panel panel, Bytes plane, int bits) {
    PersonalBytes framed(encodePanel(panel, bits, plane));
    wipe(plane);
    return framed;
}

PersonalBytes framedMono(Panel panel, Bytes raw, bool mayCompress) {
    Bytes compressed = mayCompress ? compressMono(raw) : Bytes{};
    const bool shorter = mayCompress && compressed.size() < raw.size();
    PersonalBytes framed(shorter ? encodeCompressedPanel(panel, compressed)
                                 : encodePanel(panel, 1, raw));
    wipe(raw);
    wipe(compressed);
    return framed;
}

}  // namespace

void packSamples(int bits, std::span<const std::uint8_t> samples, std::span<std::uint8_t> packed) {
    LIQU_ASSERT(samples.size() % 8 == 0);
    LIQU_ASSERT(packed.size() == samples.size() / 8 * static_cast<std::size_t>(bits));
    switch (bits) {
        case 1:
            return pack<1>(samples.data(), samples.size(), packed.data());
        case 5:
            return pack<5>(samples.data(), samples.size(), packed.data());
        case 6:
            return pack<6>(samples.data(), samples.size(), packed.data());
        case 7:
            return pack<7>(samples.data(), samples.size(), packed.data());
        case 8:
            return pack<8>(samples.data(), samples.size(), packed.data());
        default:
            LIQU_ASSERT(false);
    }
}

Bytes compressMono(ByteView raw) {
    LIQU_ASSERT(raw.size() % monoLineBytes == 0);
    Bytes compressed;
    compressed.reserve(raw.size() + raw.size() / monoLineBytes);
    for (std::size_t at = 0; at < raw.size(); at += monoLineBytes) {
        const ByteView line = raw.subspan(at, monoLineBytes);
        const bool full = std::all_of(line.begin(), line.end(), [](auto b) { return b == 0xFF; });
        if (full) {
            compressed.push_back(0xFF);
            continue;
        }
        std::size_t length = line.size();
        while (length > 0 && line[length - 1] == 0) --length;
        compressed.push_back(static_cast<std::uint8_t>(length));
        const auto end = line.begin() + static_cast<std::ptrdiff_t>(length);
        compressed.insert(compressed.end(), line.begin(), end);
    }
    return compressed;
}

EvolisFace makePanels(const ports::CardFace& face, const PrintProfile& profile) {
    constexpr std::size_t pixels = static_cast<std::size_t>(faceWidth) * faceHeight;
    LIQU_ASSERT(face.rgb.reveal().size() == pixels * 3);
    LIQU_ASSERT(face.black.reveal().size() == pixels);
    LIQU_ASSERT(face.overlay.size() == pixels);

    ColourPlanes planes = splitColour(face.rgb.reveal().data(), profile);
    Bytes black = packMask(face.black.reveal().data(), profile.rotation);
    Bytes overlay = packMask(face.overlay.data(), profile.rotation);
    const int bits = profile.bitsPerColour;
    return EvolisFace({framedColour(Panel::yellow, std::move(planes.yellow), bits),
                       framedColour(Panel::magenta, std::move(planes.magenta), bits),
                       framedColour(Panel::cyan, std::move(planes.cyan), bits),
                       framedMono(Panel::black, std::move(black), profile.compressMono),
                       framedMono(Panel::overlay, std::move(overlay), profile.compressMono)});
}

}  // namespace liqu::drivers
