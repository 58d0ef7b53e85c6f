// What the simulated receipt printer prints of what it is sent, and what it refuses.
#include <filesystem>

#include "tests/unit/world/receipt_bench.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

std::string printed(ReceiptBench& bench) {
    bench.wait(10s);
    DotPicture picture = bench.machine.underHead().trimmed();
    // The left two bytes are enough to see.
    std::string text;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < 24; ++x) text += picture.dark(x, y) ? '#' : '.';
        text += '\n';
    }
    return text;
}

}  // namespace

TEST_CASE("bands: bytes in, dots out") {
    ReceiptBench bench("generic-80");
    SUBCASE("one dot") {
        CHECK(bench.sendHex("1D763000 0100 0100 80"));
        CHECK(printed(bench) == "#.......................\n");
    }
    SUBCASE("two rows of two bytes") {
        CHECK(bench.sendHex("1D763000 0200 0200 F0F0 0F0F"));
        CHECK(printed(bench) == "####....####............\n....####....####........\n");
    }
    SUBCASE("double width and height") {
        CHECK(bench.sendHex("1D763003 0100 0300 818181"));
        std::string six;
        for (int i = 0; i < 6; ++i) six += "##............##........\n";
        CHECK(printed(bench) == six);
    }
    SUBCASE("bands join, a line feed leaves a stripe") {
        CHECK(bench.sendHex("1D763000 0100 0100 80 1D763000 0100 0100 40"));
        CHECK(printed(bench) == "#.......................\n.#......................\n");
        CHECK(bench.sendHex("0A 1D763000 0100 0100 20"));
        bench.wait(1s);
        CHECK(bench.machine.underHead().trimmed().height() == 2 + 30 + 1);
    }
    SUBCASE("ESC * as the last resort") {
        CHECK(bench.sendHex("1B3318 1B2A21 0200 800000 010000 0A"));
        const std::string text = printed(bench);
        CHECK(text.substr(0, 25) == "#.......................\n");
        CHECK(text.substr(7 * 25, 25) == ".#......................\n");
    }
    CHECK(bench.wrongs().empty());
}

TEST_CASE("a band that is short by one byte eats what follows it") {
    ReceiptBench bench("generic-80");
    CHECK(bench.sendHex("1D763000 0100 0200 FF 1B40"));
    CHECK(printed(bench) == "########................\n...##.##................\n");
    CHECK(bench.sendHex("0A"));
    bench.wait(1s);
    bench.machine.switchOff(bench.now);
    bench.machine.switchOn(bench.now);
    CHECK(bench.slip().text == "@\n");
    CHECK(bench.slip().end == SlipEnd::stub);
}

TEST_CASE("a real-time command inside a band acts and is noted") {
    ReceiptBench bench;
    CHECK(bench.ask("1D763000 0300 0100 100401") == "16");
    CHECK(printed(bench) == "...#.........#.........#\n");
    CHECK(bench.wrongs() == std::vector<std::string>{"a real-time command inside a band"});
}

TEST_CASE("a band while characters wait") {
    SUBCASE("is text for most") {
        ReceiptBench bench("generic-80");
        CHECK(bench.sendHex("41 1D763000 0100 0100 42 0A"));
        bench.wait(1s);
        CHECK(bench.sendHex("1B4A78 1B69"));
        bench.wait(2s);
        CHECK(bench.slip().text == "AB\n");
        CHECK(bench.wrongs() == std::vector<std::string>{"a band while characters wait"});
    }
    SUBCASE("is printed behind them by others") {
        ReceiptBench bench("epson-tm");
        CHECK(bench.sendHex("41 1D763000 0100 0100 80 1B4A78 1D5600"));
        bench.wait(2s);
        CHECK(bench.slip().text == "A\n");
        CHECK(bench.slip().picture.trimmed().height() == 31);
        CHECK(bench.wrongs().size() == 1);
    }
}

TEST_CASE("what the head and the memory cannot hold") {
    SUBCASE("columns behind the edge are lost") {
        ReceiptBench bench("generic-58");
        Bytes band = fromHex("1D763000 3100 0100").value();
        band.insert(band.end(), 49, 0xFF);
        CHECK(bench.send(band));
        bench.wait(1s);
        CHECK(bench.machine.underHead().trimmed().width == 384);
        CHECK(bench.wrongs() == std::vector<std::string>{"a band wider than the head"});
    }
    SUBCASE("too many rows are garbage") {
        ReceiptBench bench("pyramid");
        const DotPicture picture = pattern(bench.machine.profile(), 2048);
        CHECK(bench.send(bandOf(picture, 0, 2048)));
        bench.wait(3s);
        CHECK(bench.sendHex("1D65 05"));
        bench.wait(3s);
        CHECK(bench.slip().garbled);
        CHECK_FALSE(bench.slip().picture.trimmed() == picture.trimmed());
        CHECK(bench.wrongs() == std::vector<std::string>{"a band higher than the memory"});
    }
    SUBCASE("a height that one board cannot bear") {
        ReceiptBench bench("generic-58");
        const DotPicture picture = pattern(bench.machine.profile(), 97);
        CHECK(bench.send(bandOf(picture, 0, 96)));
        bench.wait(1s);
        CHECK_FALSE(bench.machine.underHead().trimmed().rows[0] == picture.rows[0]);
        CHECK(bench.wrongs().empty());
    }
}

TEST_CASE("a slip of several bands is the picture, however its bytes are cut") {
    for (const ReceiptProfile& profile : receiptProfiles()) {
        CAPTURE(profile.id);
        ReceiptBench bench(profile.id);
        const DotPicture picture = pattern(profile, 301);
        Bytes bytes = fromHex("1B40").value();
        const Bytes bands = bandsOf(picture, 100);
        bytes.insert(bytes.end(), bands.begin(), bands.end());
        const Bytes end = fromHex("1B4A78 1D5600").value();
        bytes.insert(bytes.end(), end.begin(), end.end());
        std::size_t part = 1;
        for (ByteView rest = bytes; !rest.empty();) {
            part = part * 7 % 1013;
            const std::size_t length = std::min(part, rest.size());
            CHECK(bench.send(rest.first(length)));
            rest = rest.subspan(length);
        }
        bench.wait(5s);
        CHECK(bench.slip().picture.trimmed() == picture.trimmed());
        CHECK(bench.machine.cuts() == 1);
        CHECK(bench.wrongs().empty());
        CHECK(bench.machine.idle());
    }
}

TEST_CASE("what lies between head and cutter belongs to the next slip") {
    ReceiptBench bench;
    const DotPicture picture = pattern(bench.machine.profile(), 200);
    CHECK(bench.send(bandsOf(picture, 100)));
    CHECK(bench.sendHex("1D5600"));
    bench.wait(3s);
    CHECK(bench.slip().picture.trimmed().height() == 200 - 95);
    CHECK(bench.machine.underHead().trimmed().height() == 95);
}

TEST_CASE("cuts") {
    SUBCASE("with a feed before it") {
        ReceiptBench bench("epson-tm");
        CHECK(bench.sendHex("1D763000 0100 0100 80 1D564260"));
        bench.wait(2s);
        CHECK(bench.slip().end == SlipEnd::cutPartly);
        CHECK(bench.slip().picture.height() == 92 + 1 + 96 - 92);
        CHECK(bench.wrongs().empty());
    }
    SUBCASE("one that its model does not know is text") {
        ReceiptBench bench("snbc-t080");
        CHECK(bench.sendHex("1D564160"));
        bench.wait(1s);
        CHECK(bench.machine.cuts() == 0);
        CHECK(bench.wrongs() == std::vector<std::string>{"no command of this printer: 1D5641"});
    }
    SUBCASE("the second one is ignored where nothing was printed") {
        ReceiptBench bench("custom-vkp");
        CHECK(bench.sendHex("1D763000 0100 0100 80 1B4A78 1B69 1B69"));
        bench.wait(2s);
        CHECK(bench.machine.cuts() == 1);
    }
    SUBCASE("in the middle of a line") {
        ReceiptBench bench;
        CHECK(bench.sendHex("4142 1D5600"));
        bench.wait(2s);
        CHECK(bench.wrongs() == std::vector<std::string>{"a cut in the middle of a line"});
    }
    SUBCASE("a short slip is lengthened") {
        ReceiptBench bench("pyramid");
        CHECK(bench.sendHex("1D763000 0100 0100 80 1D5600"));
        bench.wait(2s);
        CHECK(bench.slip().picture.height() == 400);
    }
}

TEST_CASE("what is no command, and what is no ASCII, is a violation and paper") {
    ReceiptBench bench;
    CHECK(bench.sendHex("1B7441 1D28 0D C9E7 0A 1B4A78 1D5600"));
    bench.wait(2s);
    const auto wrongs = bench.wrongs();
    REQUIRE(wrongs.size() == 4);
    CHECK(wrongs[0] == "no command of this printer: 1B74");
    CHECK(wrongs[1] == "no command of this printer: 1D28");
    CHECK(wrongs[2] == "no command of this printer: 0D");
    CHECK(wrongs[3] == "text in a Chinese coding");
    CHECK(bench.machine.violations()[1].at == 3);
}

TEST_CASE("a slip can be kept as a picture") {
    ReceiptBench bench;
    CHECK(bench.sendHex("1D763000 0100 0100 80"));
    bench.wait(1s);
    const DotPicture picture = bench.machine.underHead().trimmed();
    CHECK(textOf(ByteView(picture.pbm()).first(9)) == "P4\n576 1\n");
    const auto path = std::filesystem::temp_directory_path() / "receipt-slip-test.png";
    CHECK(picture.savePng(path).has_value());
    CHECK(std::filesystem::file_size(path) > 60);
    std::filesystem::remove(path);
    CHECK_FALSE(DotPicture{8, {}}.savePng(path).has_value());
}

TEST_CASE("noise is paper and violations, never more") {
    std::uint32_t seed = 7;
    for (const ReceiptProfile& profile : receiptProfiles()) {
        CAPTURE(profile.id);
        ReceiptSettings settings = receiptOf(profile.id);
        settings.timings = settings.timings.scaled(1000);
        settings.takesSlipAfter = 1ms;
        ReceiptBench bench(settings);
        Bytes noise;
        for (int i = 0; i < 20'000; ++i) {
            seed = seed * 1664525 + 1013904223;
            // Beginnings of commands are more likely than in plain noise.
            constexpr std::uint8_t likely[] = {0x1B, 0x1D, 0x1C, 0x10, 0x0A, 0x76, 0x30, 0x56};
            const auto byte = static_cast<std::uint8_t>(seed >> 24);
            noise.push_back((seed >> 8 & 1) != 0 ? likely[byte % 8] : byte);
        }
        const int before = bench.machine.paperLeftMm();
        bench.send(noise);
        bench.wait(10s);
        CHECK(bench.machine.paperLeftMm() < before);
        CHECK_FALSE(bench.machine.violations().empty());
        // The switch brings it back to a good beginning.
        bench.machine.switchOff(bench.now);
        bench.machine.loadRoll(50'000, bench.now);
        bench.machine.setCover(false, bench.now);
        bench.machine.switchOn(bench.now);
        bench.wait(2s);
        const DotPicture picture = pattern(profile, 50);
        CHECK(bench.send(bandsOf(picture)));
        bench.wait(2s);
        CHECK(bench.machine.underHead().trimmed() == picture.trimmed());
    }
}
