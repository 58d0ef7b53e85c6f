// Panels and framing of the simulated printer against hardware-notes/card-printer.md, "Framing",
// "Panels", "Test vectors".
#include "tests/unit/world/card_printer_bench.hpp"
#include "tests/world/card_printer/command_stream.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

// All commands in a stream that arrives in pieces of one size.
std::vector<PrinterCommand> commandsIn(ByteView bytes, std::size_t piece) {
    CommandStream stream;
    std::vector<PrinterCommand> commands;
    while (!bytes.empty()) {
        const auto taken = stream.take(bytes.first(std::min(piece, bytes.size())));
        bytes = bytes.subspan(taken.bytes);
        if (taken.command) commands.push_back(*taken.command);
    }
    return commands;
}

// 1016 times the same compressed line.
Bytes everyLine(const Bytes& line) {
    Bytes all;
    for (std::size_t i = 0; i < panelHeight; ++i) all.insert(all.end(), line.begin(), line.end());
    return all;
}

}  // namespace

TEST_CASE("samples are packed most significant bit first") {
    const Bytes five{0, 5, 8, 13, 16, 21, 24, 29};
    const Bytes six{0, 9, 16, 25, 32, 41, 48, 57};
    const Bytes seven{0, 17, 32, 49, 64, 81, 96, 113};
    CHECK(unpackSamples(hex("0150D8571D"), 5) == five);
    CHECK(unpackSamples(hex("009419829C39"), 6) == six);
    CHECK(unpackSamples(hex("00450318147071"), 7) == seven);
    CHECK(packSamples(seven, 7) == hex("00450318147071"));
}

TEST_CASE("whole panels have the digests of the note") {
    const std::pair<int, std::string> expected[] = {
        {5, "d4b763b9db334058154928dccc40143c46762bf07c9811a0cc2470fe3f8e65c7"},
        {6, "ab2b355050e435237d57ab9265d753e4f410756fc0026f93180e7a6f0116c6e6"},
        {7, "f06eee49a4c7b9efec3d713bef8c162bb53db16e4d263293138d5628b83451c5"},
        {8, "6d5791dee707949f16b9f65d609f281fd192b7dfa4710c750f866daf052ffb45"}};
    for (const auto& [bits, digest] : expected) {
        const Bytes panel = colourPanel(bits);
        CHECK(panel.size() == panelLength(bits));
        CHECK(sha256Of(panel) == digest);
    }
    CHECK(panelLength(7) == 576'072);
    CHECK(sha256Of(checkeredBitmap()) ==
          "36236e3b1c74769ba10818cdb68e2a68630326e3c39721ee80379f6e51c291b1");
}

TEST_CASE("compressed bitmaps become whole panels again") {
    CHECK(decompressBitmap(everyLine({0x00})).value() == Bytes(panelLength(1), 0x00));
    CHECK(decompressBitmap(everyLine({0xFF})).value() == Bytes(panelLength(1), 0xFF));
    // Rectangle 100 <= x < 300, 200 <= y < 400.
    Bytes line(12, 0x00);
    line.push_back(0x0F);
    line.insert(line.end(), 24, 0xFF);
    line.push_back(0xF0);
    Bytes compressed(200, 0x00);
    for (int y = 200; y < 400; ++y) {
        compressed.push_back(static_cast<std::uint8_t>(line.size()));
        compressed.insert(compressed.end(), line.begin(), line.end());
    }
    compressed.insert(compressed.end(), 616, 0x00);
    CHECK(compressed.size() == 8616);
    CHECK(sha256Of(compressed) ==
          "caa9f1fd4eefc4a045295deecdebb33be383d7c6fac3298049f166b4f4e4fb39");
    CHECK(sha256Of(decompressBitmap(compressed).value()) ==
          "952c05ca5afdb281bccf0388a70ef357e1d5a3cdf0c8cd2c271added9dabb09a");
    compressed.pop_back();
    CHECK_FALSE(decompressBitmap(compressed));
    CHECK_FALSE(decompressBitmap(everyLine({0x60})));
}

TEST_CASE("compressed colour becomes whole panels again") {
    const Bytes fives(panelWidth * panelHeight, 5);
    CHECK(decompressColour(everyLine(hex("85FF85FF858A")), 7).value() == packSamples(fives, 7));
    CHECK(decompressColour(everyLine(hex("C5FF8589")), 6).value() == packSamples(fives, 6));
    CHECK(decompressColour(everyLine(hex("E588")), 5).value() == packSamples(fives, 5));
    Bytes dots(panelWidth, 0);
    dots[0] = 1;
    dots[1] = dots[2] = dots[3] = 2;
    const auto lines = decompressColour(everyLine(hex("01820380FF80FF8086")), 7);
    CHECK(lines.value() == packSamples(everyLine(dots), 7));
    CHECK(decompressColour(everyLine(hex("8000")), 7).value() == Bytes(panelLength(7), 0x00));
    CHECK_FALSE(decompressColour(everyLine(hex("85FF85FF858B")), 7));
}

TEST_CASE("commands are found in pieces of any size") {
    Bytes bytes = bytesOf("\x1BPem;2\rRok\r");  // the escape may be left out after a CR
    bytes.insert(bytes.end(), 32, 0x00);        // padding between commands
    Bytes panel(panelLength(1), 0x0D);          // a panel's bytes mean nothing
    panel[1] = 0x1B;
    const Bytes header = bytesOf(
        "\x1B"
        "Db;k;2;");
    bytes.insert(bytes.end(), header.begin(), header.end());
    bytes.insert(bytes.end(), panel.begin(), panel.end());
    const Bytes end = bytesOf("\r\x1BSe;1\r");
    bytes.insert(bytes.end(), end.begin(), end.end());
    for (const std::size_t piece :
         {std::size_t{1}, std::size_t{7}, std::size_t{64}, bytes.size()}) {
        const auto commands = commandsIn(bytes, piece);
        REQUIRE(commands.size() == 4);
        CHECK(commands[0].name == "Pem");
        CHECK(commands[0].parameters == std::vector<std::string>{"2"});
        CHECK(commands[1].name == "Rok");
        CHECK(commands[2].payload == panel);
        CHECK(commands[3].name == "Se");
    }
}

TEST_CASE("a panel of the wrong length is refused and the next command found again") {
    Bytes bytes = bytesOf(
        "\x1B"
        "Dbc;k;2;3;");
    const Bytes rest = bytesOf(std::string("\0\0\0\0\0", 5) + "\r\x1BRok\r");
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    const auto commands = commandsIn(bytes, 5);
    REQUIRE(commands.size() == 2);
    CHECK_FALSE(commands[0].understood);
    CHECK(commands[1].name == "Rok");
    const auto wrongLevels = commandsIn(bytesOf("\x1B"
                                                "Db;k;128;xx\r\x1BRok\r"),
                                        3);
    REQUIRE(wrongLevels.size() == 2);
    CHECK_FALSE(wrongLevels[0].understood);
}

TEST_CASE("the delimiters can be redefined and restored") {
    const auto commands = commandsIn(bytesOf("\x1BPsc;64;44;10\r@Pem,2\n@Psc\n\x1BRok\r"), 4);
    REQUIRE(commands.size() == 4);
    CHECK(commands[1].name == "Pem");
    CHECK(commands[1].parameter(0) == "2");
    CHECK(commands[3].name == "Rok");
}
