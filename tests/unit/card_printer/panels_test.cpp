// From faces to panels; "the note" is hardware-notes/card-printer.md, "Panels", "Test vectors".
#include "drivers/card_printer/evolis/panels.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <numeric>
#include <openssl/sha.h>

using namespace liqu;
using namespace liqu::drivers;

namespace {

constexpr std::size_t dots = 648;
constexpr std::size_t lines = 1016;

std::string sha256(ByteView bytes) {
    Bytes digest(SHA256_DIGEST_LENGTH);
    SHA256(bytes.data(), bytes.size(), digest.data());
    return toHex(digest);
}

// A reference of the packing rule, bit by bit: slow and plain.
template <typename Dot>
Bytes panelOf(int bits, Dot dot) {
    Bytes packed(dots * lines * static_cast<std::size_t>(bits) / 8);
    std::size_t at = 0;
    for (std::size_t y = 0; y < lines; ++y) {
        for (std::size_t x = 0; x < dots; ++x) {
            for (int bit = bits - 1; bit >= 0; --bit, ++at) {
                if (dot(x, y) >> bit & 1)
                    packed[at / 8] |= static_cast<std::uint8_t>(0x80 >> at % 8);
            }
        }
    }
    return packed;
}

// A face whose portrait dot (x, y) is given, for a clockwise turn: line y is column y from the
// left, its first dot lies at the bottom.
template <typename Colour, typename Black>
ports::CardFace faceOf(Colour colour, Black black, bool clockwise = true) {
    std::vector<unsigned char> rgb(dots * lines * 3), mask(dots * lines);
    std::vector<std::uint8_t> overlay(dots * lines, 1);
    for (std::size_t y = 0; y < lines; ++y) {
        for (std::size_t x = 0; x < dots; ++x) {
            const std::size_t row = clockwise ? dots - 1 - x : x;
            const std::size_t column = clockwise ? y : lines - 1 - y;
            const std::size_t at = row * lines + column;
            const std::array<unsigned char, 3> pixel = colour(x, y);
            std::copy(pixel.begin(), pixel.end(),
                      rgb.begin() + static_cast<std::ptrdiff_t>(at * 3));
            mask[at] = black(x, y) ? 1 : 0;
        }
    }
    return {PersonalBytes(rgb), PersonalBytes(mask), overlay};
}

}  // namespace

// The yellow panel's data of a face with these samples of so many bits.
template <typename Sample>
Bytes yellowOf(int bits, Sample sample) {
    PrintProfile profile;
    profile.bitsPerColour = bits;
    const auto colour = [&](std::size_t x, std::size_t y) {
        const auto ink = static_cast<unsigned char>(sample(x, y) << (8 - bits));
        return std::array<unsigned char, 3>{255, 255, static_cast<unsigned char>(255 - ink)};
    };
    const EvolisFace face = makePanels(faceOf(colour, [](auto, auto) { return false; }), profile);
    const ByteView framed = face.panel(Panel::yellow);
    const std::size_t header = panelHeader(Panel::yellow, bits).size();
    return Bytes(framed.begin() + static_cast<std::ptrdiff_t>(header), framed.end() - 1);
}

TEST_CASE("samples are packed most significant bit first") {
    const auto firstLine = [](int bits, std::array<unsigned, 8> samples) {
        const auto sample = [&](std::size_t x, std::size_t y) {
            return y == 0 && x < 8 ? samples[x] : 0U;
        };
        return toHex(ByteView(yellowOf(bits, sample)).first(static_cast<std::size_t>(bits)));
    };
    CHECK(firstLine(5, {0, 5, 8, 13, 16, 21, 24, 29}) == "0150D8571D");
    CHECK(firstLine(6, {0, 9, 16, 25, 32, 41, 48, 57}) == "009419829C39");
    CHECK(firstLine(7, {0, 17, 32, 49, 64, 81, 96, 113}) == "00450318147071");
    CHECK(firstLine(8, {0, 1, 2, 3, 128, 129, 254, 255}) == "000102038081FEFF");
}

TEST_CASE("whole panels have the sizes and sums of the note") {
    const std::tuple<int, std::size_t, const char*> cases[] = {
        {5, 411480, "D4B763B9DB334058154928DCCC40143C46762BF07C9811A0CC2470FE3F8E65C7"},
        {6, 493776, "AB2B355050E435237D57AB9265D753E4F410756FC0026F93180E7A6F0116C6E6"},
        {7, 576072, "F06EEE49A4C7B9EFEC3D713BEF8C162BB53DB16E4D263293138D5628B83451C5"},
        {8, 658368, "6D5791DEE707949F16B9F65D609F281FD192B7DFA4710C750F866DAF052FFB45"},
    };
    for (const auto& [bits, size, sum] : cases) {
        CAPTURE(bits);
        const std::size_t mask = (std::size_t{1} << bits) - 1;
        const Bytes panel = yellowOf(bits, [&](auto x, auto y) { return (3 * x + 5 * y) & mask; });
        CHECK(panel.size() == size);
        CHECK(sha256(panel) == sum);
    }
}

TEST_CASE("black panels and their compression") {
    const Bytes chequered = panelOf(1, [](auto x, auto y) { return ((x ^ y) & 8) != 0; });
    CHECK(chequered.size() == 82296);
    CHECK(sha256(chequered) == "36236E3B1C74769BA10818CDB68E2A68630326E3C39721EE80379F6E51C291B1");
    CHECK(compressMono(chequered).size() == 82800);
    CHECK(sha256(compressMono(chequered)) ==
          "5F1E6ADBA7AC7B1CA8F58DD7589973126C789D0BABCF43DF2152B47F35516754");

    const Bytes rectangle =
        panelOf(1, [](auto x, auto y) { return x >= 100 && x < 300 && y >= 200 && y < 400; });
    CHECK(sha256(rectangle) == "952C05CA5AFDB281BCCF0388A70EF357E1D5A3CDF0C8CD2C271ADDED9DABB09A");
    CHECK(compressMono(rectangle).size() == 8616);
    CHECK(sha256(compressMono(rectangle)) ==
          "CAA9F1FD4EEFC4A045295DEECDEBB33BE383D7C6FAC3298049F166B4F4E4FB39");
    CHECK(toHex(ByteView(rectangle).subspan(200 * 81, 14)) == "0000000000000000000000000FFF");

    CHECK(compressMono(Bytes(82296, 0x00)) == Bytes(1016, 0x00));
    CHECK(compressMono(Bytes(82296, 0xFF)) == Bytes(1016, 0xFF));
}

TEST_CASE("a face becomes five framed panels") {
    // Blue gives yellow, green magenta, red cyan; 255 is no ink.
    const auto colour = [](std::size_t x, std::size_t y) {
        const auto yellow = static_cast<unsigned char>((3 * x + 5 * y) & 0xFF);
        const auto magenta = static_cast<unsigned char>((x + y) & 0xFF);
        const auto cyan = static_cast<unsigned char>((7 * x) & 0xFF);
        return std::array<unsigned char, 3>{static_cast<unsigned char>(255 - cyan),
                                            static_cast<unsigned char>(255 - magenta),
                                            static_cast<unsigned char>(255 - yellow)};
    };
    const auto black = [](std::size_t x, std::size_t y) { return ((x ^ y) & 8) != 0; };
    for (const bool clockwise : {true, false}) {
        for (const int bits : {5, 6, 7, 8}) {
            CAPTURE(clockwise);
            CAPTURE(bits);
            PrintProfile profile;
            profile.bitsPerColour = bits;
            profile.rotation = clockwise ? 90 : 270;
            const EvolisFace face = makePanels(faceOf(colour, black, clockwise), profile);
            const int shift = 8 - bits;
            const auto expected = [&](Panel panel, auto dot) {
                return encodePanel(panel, bits, panelOf(bits, [&](auto x, auto y) {
                                       return (dot(x, y) & 0xFF) >> shift;
                                   }));
            };
            const auto same = [&](Panel panel, const Bytes& bytes) {
                return std::equal(bytes.begin(), bytes.end(), face.panel(panel).begin(),
                                  face.panel(panel).end());
            };
            CHECK(same(Panel::yellow,
                       expected(Panel::yellow, [](auto x, auto y) { return 3 * x + 5 * y; })));
            CHECK(same(Panel::magenta,
                       expected(Panel::magenta, [](auto x, auto y) { return x + y; })));
            CHECK(same(Panel::cyan, expected(Panel::cyan, [](auto x, auto) { return 7 * x; })));
            // Chequered black is longer compressed: raw. A whole overlay is shorter.
            CHECK(same(Panel::black, encodePanel(Panel::black, 1, panelOf(1, black))));
            CHECK(same(Panel::overlay, encodeCompressedPanel(Panel::overlay, Bytes(1016, 0xFF))));
        }
    }
}

TEST_CASE("a raw front has the length of the note") {
    const auto white = [](auto, auto) { return std::array<unsigned char, 3>{255, 255, 255}; };
    const auto none = [](auto, auto) { return false; };
    const std::pair<int, std::size_t> cases[] = {
        {5, 1399080}, {6, 1645968}, {7, 1892859}, {8, 2139747}};
    for (const auto& [bits, length] : cases) {
        PrintProfile profile;
        profile.bitsPerColour = bits;
        profile.compressMono = false;
        const EvolisFace face = makePanels(faceOf(white, none), profile);
        std::size_t sum = 0;
        for (int panel = 0; panel < 5; ++panel) sum += face.panel(static_cast<Panel>(panel)).size();
        CAPTURE(bits);
        CHECK(sum == length);
    }
}
