// What became of a slip, for whatever goes wrong at any place of it: `printed` is only said of one
// that was cut off whole.
#include "drivers/receipt_printer/escpos_printer.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/support/paper_model.hpp"

using namespace liqu;
using namespace liqu::drivers;
using ports::MediaStatus;
using ports::SlipOutcome;
using ports::SlipPrint;
using namespace std::chrono_literals;

namespace {

constexpr int rowBytes = 72;
constexpr int height = 300;
// Three bands with their heads; before them 1B 40 1C 2E and four questions.
constexpr std::size_t slipBytes = 3 * 8 + std::size_t{height} * rowBytes;

// Every row is another one, and none is white.
ports::SlipPicture slipOf(std::uint8_t seed) {
    Bytes dots;
    for (int row = 0; row < height; ++row) {
        for (int byte = 0; byte < rowBytes; ++byte) {
            dots.push_back(static_cast<std::uint8_t>(0x80 | (row * 7 + byte * 3 + seed)));
        }
    }
    return {576, height, PersonalBytes(dots)};
}

std::vector<Bytes> rowsOf(const ports::SlipPicture& picture) {
    const auto& dots = picture.dots.reveal();
    std::vector<Bytes> rows;
    for (int row = 0; row < picture.height; ++row) {
        const auto begin = dots.begin() + row * rowBytes;
        rows.emplace_back(begin, begin + rowBytes);
    }
    return rows;
}

ReceiptProfile profileNamed(const std::string& name) {
    const auto path = std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/printers" /
                      ("receipt-" + name + ".toml");
    auto profile = readReceiptProfile(path);
    REQUIRE(profile);
    return *profile;
}

struct Bench {
    explicit Bench(const std::string& name = "snbc-t080")
        : printer(makeEscposPrinter(std::make_unique<test::ModelWire>(model), clock,
                                    profileNamed(name))) {}

    SlipOutcome print(std::uint8_t seed = 1) { return printer->print(slipOf(seed)); }
    bool cutOffWhole(std::uint8_t seed = 1) const {
        const auto rows = rowsOf(slipOf(seed));
        return std::ranges::find(model.slips, rows) != model.slips.end();
    }

    world::VirtualClock clock;
    test::PaperModel model{clock};
    std::unique_ptr<ports::ReceiptPrinter> printer;
};

ErrorCode codeOf(const SlipOutcome& outcome) {
    REQUIRE(outcome.trouble);
    return outcome.trouble->code;
}

}  // namespace

TEST_CASE("a slip comes out as it was drawn, is cut off, and nothing is printed as text") {
    Bench bench;
    for (const std::uint8_t seed : std::initializer_list<std::uint8_t>{1, 2, 3}) {
        const SlipOutcome outcome = bench.print(seed);
        CHECK(outcome.print == SlipPrint::printed);
        CHECK_FALSE(outcome.trouble);
        CHECK(bench.cutOffWhole(seed));
    }
    CHECK(bench.model.cuts == 3);
    CHECK(bench.model.text.empty());
    CHECK(bench.model.opened == 1);
    CHECK(bench.printer->media() == MediaStatus::notSupported);
    CHECK_FALSE(bench.printer->retract().value());
}

TEST_CASE("what is wrong before is told before, and nothing is begun") {
    Bench bench;
    const auto refused = [&](ErrorCode code) {
        const SlipOutcome outcome = bench.print();
        CHECK(outcome.print == SlipPrint::notPrinted);
        CHECK(codeOf(outcome) == code);
        CHECK(bench.model.rows.empty());
    };
    bench.model.coverOpen = true;
    refused(ErrorCode::receiptCoverOpen);
    bench.model.coverOpen = false;
    bench.model.rowsLeft = 0;
    refused(ErrorCode::receiptPaperOut);
    CHECK(bench.printer->status()->paper == ports::PaperStatus::out);
    bench.model.rowsLeft = 10'000;
    bench.model.broken = true;
    refused(ErrorCode::receiptPrinterBroken);
    bench.model.broken = false;
    bench.model.silent = true;
    refused(ErrorCode::receiptPrinterSilent);
    bench.model.silent = false;
    bench.model.nearEnd = true;
    CHECK(bench.printer->status()->paper == ports::PaperStatus::low);
    CHECK_FALSE(bench.printer->status()->trouble);
    CHECK(bench.print().print == SlipPrint::printed);
    bench.model.unplug();
    refused(ErrorCode::receiptPrinterNotFound);
}

TEST_CASE("a hot head is waited for, a longer one is told") {
    Bench bench;
    bench.model.hotUntil = bench.clock.now() + 20s;
    CHECK(bench.print().print == SlipPrint::printed);
    bench.model.hotUntil = bench.clock.now() + 10min;
    CHECK(codeOf(bench.print()) == ErrorCode::receiptPrinterHot);
}

TEST_CASE("a stuck cutter is told to go on once, and its slip is in doubt") {
    Bench bench;
    bench.model.cutterJams = 1;
    const SlipOutcome jammed = bench.print(1);
    CHECK(jammed.print == SlipPrint::unknown);
    CHECK(codeOf(jammed) == ErrorCode::receiptCutterFault);
    CHECK(bench.print(2).print == SlipPrint::printed);
    CHECK(bench.cutOffWhole(2));
    bench.model.cutterStuck = true;
    CHECK(codeOf(bench.print(3)) == ErrorCode::receiptCutterFault);
    CHECK(codeOf(bench.print(4)) == ErrorCode::receiptCutterFault);
}

TEST_CASE("wherever the paper ends, no slip is called printed that was not cut off") {
    for (int row = 0; row <= height + 2; row += 7) {
        CAPTURE(row);
        Bench bench;
        bench.model.rowsLeft = row;
        const SlipOutcome outcome = bench.print(1);
        if (outcome.print == SlipPrint::printed) CHECK(bench.cutOffWhole(1));
        if (row <= height) CHECK(outcome.print != SlipPrint::printed);
        // With a new roll the next one is whole, and nothing of the first is printed as text.
        bench.model.rowsLeft = 10'000;
        CHECK(bench.print(2).print == SlipPrint::printed);
        CHECK(bench.cutOffWhole(2));
        CHECK(bench.model.text.empty());
    }
}

TEST_CASE("wherever the cable is pulled, the next slip is whole and no byte becomes text") {
    for (std::size_t byte = 1; byte < slipBytes + 60; byte += 397) {
        CAPTURE(byte);
        Bench bench;
        bench.model.pulledAt = byte;
        const SlipOutcome outcome = bench.print(1);
        CHECK(outcome.print != SlipPrint::printed);
        CHECK(outcome.trouble);
        bench.model.pulledAt.reset();
        bench.model.plugged = true;
        CHECK(bench.print(2).print == SlipPrint::printed);
        CHECK(bench.cutOffWhole(2));
        CHECK(bench.model.text.empty());
    }
}

TEST_CASE("a picture that another program left open is finished in white") {
    Bench bench;
    REQUIRE(bench.model.open());
    REQUIRE(bench.model.write(Bytes{0x1D, 0x76, 0x30, 0x00, 0x48, 0x00, 0x80, 0x00, 0xFF}));
    CHECK(bench.print().print == SlipPrint::printed);
    CHECK(bench.cutOffWhole());
}

TEST_CASE("a byte that never arrives is not a printed slip") {
    for (std::size_t byte = 40; byte < slipBytes; byte += 997) {
        CAPTURE(byte);
        Bench bench;
        bench.model.losesByte = byte;
        const SlipOutcome outcome = bench.print(1);
        if (outcome.print == SlipPrint::printed) CHECK(bench.cutOffWhole(1));
        CHECK(outcome.print == SlipPrint::unknown);
    }
}

TEST_CASE("a printer that takes no more bytes has stopped; the port may say why") {
    Bench bench;
    bench.model.takesBytes = 5000;
    SlipOutcome outcome = bench.print();
    CHECK(outcome.print == SlipPrint::unknown);
    CHECK(codeOf(outcome) == ErrorCode::receiptPrinterStopped);
    Bench other;
    other.model.takesBytes = 5000;
    other.model.port = 0x38;
    CHECK(codeOf(other.print()) == ErrorCode::receiptPaperOut);
}

TEST_CASE("a late answer is not taken for the next one") {
    Bench bench;
    CHECK(bench.print(1).print == SlipPrint::printed);
    // A stray byte that says "paper is out", and a group that nobody asked for.
    bench.model.say(Bytes{0x7E});
    bench.model.say(Bytes{0x10, 0x00, 0x0C, 0x00});
    CHECK(bench.print(2).print == SlipPrint::printed);
}

TEST_CASE("without a proof of the cut a slip is never called printed") {
    Bench bench("generic-80");
    const SlipOutcome outcome = bench.print();
    CHECK(outcome.print == SlipPrint::unknown);
    CHECK_FALSE(outcome.trouble);
    CHECK(bench.cutOffWhole());
    Bench silent("epson-tm");
    silent.model.bytesPerRow = 64;
    silent.model.answersModel = false;
    ports::SlipPicture narrow{8, 1, PersonalBytes(Bytes{0xFF})};
    const SlipOutcome doubtful = silent.printer->print(narrow);
    CHECK(doubtful.print == SlipPrint::notPrinted);
    CHECK(codeOf(doubtful) == ErrorCode::receiptPrinterSilent);
}

TEST_CASE("a presenter's slip is printed when it lies in the mouth, and taken when it is gone") {
    Bench bench("pyramid");
    bench.model.fixedBits = false;
    CHECK(bench.print(1).print == SlipPrint::printed);
    CHECK(bench.cutOffWhole(1));
    CHECK(bench.model.cuts == 1);
    CHECK(bench.printer->media() == MediaStatus::present);
    bench.model.takenAt = bench.clock.now() + 3s;
    bench.clock.sleepFor(4s);
    CHECK(bench.printer->media() == MediaStatus::notPresent);
    // Once seen, it stays so.
    CHECK(bench.printer->media() == MediaStatus::notPresent);
}

TEST_CASE("a slip that nobody takes goes back inside, and never comes out with the next one") {
    Bench bench("pyramid");
    bench.model.fixedBits = false;
    CHECK(bench.print(1).print == SlipPrint::printed);
    CHECK(bench.printer->retract().value());
    CHECK(bench.printer->media() == MediaStatus::retracted);
    CHECK(bench.model.retracted == 1);
    CHECK(bench.print(2).print == SlipPrint::printed);
    CHECK(bench.print(3).print == SlipPrint::printed);
    CHECK(bench.model.retracted == 2);
}

TEST_CASE("a slip that goes when its printer takes it back by itself is not called taken") {
    Bench bench("custom-vkp");
    CHECK(bench.print(1).print == SlipPrint::printed);
    CHECK(bench.printer->media() == MediaStatus::present);
    bench.model.takenAt = bench.clock.now() + 61s;
    bench.clock.sleepFor(62s);
    CHECK(bench.printer->media() == MediaStatus::retracted);
    Bench taken("custom-vkp");
    CHECK(taken.print(1).print == SlipPrint::printed);
    taken.model.takenAt = taken.clock.now() + 5s;
    taken.clock.sleepFor(6s);
    CHECK(taken.printer->media() == MediaStatus::notPresent);
}

TEST_CASE("what happened while the line was away nobody knows") {
    Bench bench("custom-vkp");
    CHECK(bench.print(1).print == SlipPrint::printed);
    bench.model.unplug();
    CHECK(bench.printer->media() == MediaStatus::unknown);
    bench.model.plugged = true;
    bench.model.takenAt = bench.clock.now();
    CHECK(bench.printer->media() == MediaStatus::unknown);
}
