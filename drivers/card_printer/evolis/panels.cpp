#include "drivers/card_printer/evolis/panels.hpp"

#include <algorithm>
#include <cstring>

#include "firmware/base/assert.hpp"

namespace liqu::drivers {

namespace {

constexpr int faceWidth = ports::CardFace::width;
constexpr int faceHeight = ports::CardFace::height;
static_assert(faceWidth == linesPerCard && faceHeight == dotsPerLine);

constexpr std::size_t dots = dotsPerLine;
constexpr std::size_t lines = linesPerCard;
constexpr std::size_t groups = dots / 8;
constexpr std::size_t monoLineBytes = groups;
constexpr std::size_t rowBytes = std::size_t{faceWidth} * 3;
// Lines worked on together: what they read of a row is one cache line, and what they write stays
// in the nearest cache.
constexpr std::size_t tileLines = 8;
static_assert(lines % tileLines == 0 && dots % 8 == 0);

// Where a line of the card and a dot of it lie in the landscape face.
struct Turn {
    explicit Turn(int rotation) : clockwise(rotation == 90) {}
    std::size_t column(std::size_t line) const { return clockwise ? line : faceWidth - 1 - line; }
    std::size_t row(std::size_t dot) const { return clockwise ? faceHeight - 1 - dot : dot; }
    bool clockwise;
};

// Eight dots of one line, most significant bit first.
template <std::size_t bits>
void storeGroup(std::uint64_t group, std::uint8_t* to) {
    const std::uint64_t bigEndian = __builtin_bswap64(group << (64 - 8 * bits));
    std::memcpy(to, &bigEndian, bits);
}

struct ColourPlanes {
    std::uint8_t *yellow, *magenta, *cyan;
};

// Ink is what is missing to white. As 255 - v has the complement's bits, eight samples are put
// together first and turned over at once.
template <std::size_t bits>
void splitGroup(const std::array<const std::uint8_t*, 8>& rows, std::size_t column, std::size_t at,
                const ColourPlanes& planes) {
    constexpr std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * bits);
    std::uint64_t red = 0;
    std::uint64_t green = 0;
    std::uint64_t blue = 0;
    for (std::size_t k = 0; k < 8; ++k) {
        const std::uint8_t* pixel = rows[k] + column * 3;
        red = red << bits | pixel[0] >> (8 - bits);
        green = green << bits | pixel[1] >> (8 - bits);
        blue = blue << bits | pixel[2] >> (8 - bits);
    }
    storeGroup<bits>(red ^ all, planes.cyan + at);
    storeGroup<bits>(green ^ all, planes.magenta + at);
    storeGroup<bits>(blue ^ all, planes.yellow + at);
}

template <std::size_t bits>
void splitColour(const std::uint8_t* rgb, const Turn& turn, const ColourPlanes& planes) {
    constexpr std::size_t lineBytes = groups * bits;
    for (std::size_t first = 0; first < lines; first += tileLines) {
        for (std::size_t group = 0; group < groups; ++group) {
            std::array<const std::uint8_t*, 8> rows;
            for (std::size_t k = 0; k < 8; ++k) rows[k] = rgb + turn.row(group * 8 + k) * rowBytes;
            for (std::size_t line = first; line < first + tileLines; ++line) {
                splitGroup<bits>(rows, turn.column(line), line * lineBytes + group * bits, planes);
            }
        }
    }
}

Bytes packMask(const std::uint8_t* mask, const Turn& turn) {
    Bytes raw(lines * monoLineBytes);
    for (std::size_t group = 0; group < groups; ++group) {
        std::array<const std::uint8_t*, 8> rows;
        for (std::size_t k = 0; k < 8; ++k) rows[k] = mask + turn.row(group * 8 + k) * faceWidth;
        for (std::size_t line = 0; line < lines; ++line) {
            const std::size_t column = turn.column(line);
            unsigned byte = 0;
            for (const std::uint8_t* row : rows) byte = byte << 1 | (row[column] != 0 ? 1U : 0U);
            raw[line * monoLineBytes + group] = static_cast<std::uint8_t>(byte);
        }
    }
    return raw;
}

// Header and end in place, room for the data between them: a panel is written once.
struct ColourFrame {
    ColourFrame(Panel panel, int bits) {
        const std::string header = panelHeader(panel, bits);
        begin = header.size();
        bytes.resize(begin + lines * groups * static_cast<std::size_t>(bits) + 1);
        std::copy(header.begin(), header.end(), bytes.begin());
        bytes.back() = '\r';
    }
    std::uint8_t* data() { return bytes.data() + begin; }
    Bytes bytes;
    std::size_t begin = 0;
};

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

    const Turn turn(profile.rotation);
    const std::uint8_t* rgb = face.rgb.reveal().data();
    const int bits = profile.bitsPerColour;
    ColourFrame yellow(Panel::yellow, bits);
    ColourFrame magenta(Panel::magenta, bits);
    ColourFrame cyan(Panel::cyan, bits);
    const ColourPlanes planes{yellow.data(), magenta.data(), cyan.data()};
    switch (bits) {
        case 5:
            splitColour<5>(rgb, turn, planes);
            break;
        case 6:
            splitColour<6>(rgb, turn, planes);
            break;
        case 7:
            splitColour<7>(rgb, turn, planes);
            break;
        case 8:
            splitColour<8>(rgb, turn, planes);
            break;
        default:
            LIQU_ASSERT(false);
    }
    Bytes black = packMask(face.black.reveal().data(), turn);
    Bytes overlay = packMask(face.overlay.data(), turn);
    return EvolisFace({PersonalBytes(std::move(yellow.bytes)),
                       PersonalBytes(std::move(magenta.bytes)),
                       PersonalBytes(std::move(cyan.bytes)),
                       framedMono(Panel::black, std::move(black), profile.compressMono),
                       framedMono(Panel::overlay, std::move(overlay), profile.compressMono)});
}

}  // namespace liqu::drivers
