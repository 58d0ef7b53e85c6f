// The driver and the simulated slip printer on one virtual clock: what the driver says of a slip is
// what came out, whatever goes wrong and wherever.
#include <algorithm>
#include <doctest/doctest.h>

#include "drivers/receipt_printer/escpos_printer.hpp"
#include "tests/world/receipt_printer/receipt_engine.hpp"
#include "tests/world/usb/inprocess_bus.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::world {
namespace {

using namespace std::chrono_literals;
using ports::MediaStatus;
using ports::SlipOutcome;
using ports::SlipPrint;

constexpr int height = 420;

drivers::ReceiptProfile profileNamed(const std::string& name) {
    const auto path = std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/printers" /
                      ("receipt-" + name + ".toml");
    auto profile = drivers::readReceiptProfile(path);
    REQUIRE_MESSAGE(profile, describe(profile.error()));
    return *profile;
}

// Lines of text more or less: white and black runs, no two rows alike.
ports::SlipPicture slipOf(int width, int seed) {
    ports::SlipPicture picture{width, height, {}};
    std::vector<unsigned char> dots;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width / 8; ++x) {
            const int at = (x * 5 + y * 3 + seed) % 11;
            dots.push_back(static_cast<unsigned char>(at < 3 ? 0x81 + (x + y) % 64 : 0));
        }
        dots[static_cast<std::size_t>(y * width / 8 + y % (width / 8))] = 0xFF;
    }
    picture.dots = PersonalBytes(std::move(dots));
    return picture;
}

DotPicture seen(const ports::SlipPicture& picture) {
    DotPicture dots{picture.width, {}};
    const auto& bytes = picture.dots.reveal();
    for (int y = 0; y < picture.height; ++y) {
        const auto begin = bytes.begin() + std::ptrdiff_t{y} * picture.bytesPerRow();
        dots.rows.emplace_back(begin, begin + picture.bytesPerRow());
    }
    return dots.trimmed();
}

struct Bench {
    explicit Bench(const std::string& name, ReceiptSettings settings = {})
        : profile(profileNamed(name)),
          engine(with(std::move(settings), name), &faults),
          bus(clock) {
        bus.attach("1-1", engine);
        addTo(clock, engine);
        const ReceiptProfile& device = receiptProfile(name);
        printer = drivers::makeEscposPrinter(
            drivers::makeUsbReceiptWire(bus, {{device.vendorId, device.productId}}, ""), clock,
            profile);
    }
    static ReceiptSettings with(ReceiptSettings settings, const std::string& name) {
        settings.profile = receiptProfile(name);
        return settings;
    }

    SlipOutcome print(int seed = 1) { return printer->print(slipOf(printer->width(), seed)); }
    bool cameOut(int seed = 1) const {
        const DotPicture wanted = seen(slipOf(printer->width(), seed));
        const auto machine = engine.machine();
        return std::ranges::any_of(machine.slips(), [&](const Slip& slip) {
            const bool cutOff = slip.end == SlipEnd::cut || slip.end == SlipEnd::cutPartly;
            return cutOff && slip.picture.trimmed() == wanted;
        });
    }
    std::string textOnPaper() const {
        std::string text;
        const auto machine = engine.machine();
        for (const Slip& slip : machine.slips()) text += slip.text;
        return text;
    }
    std::vector<std::string> violations() const {
        std::vector<std::string> all;
        const auto machine = engine.machine();
        for (const ReceiptViolation& one : machine.violations()) all.push_back(one.what);
        return all;
    }
    // A person of the branch puts everything right again.
    void mend() {
        faults.mend("");
        engine.hands([](ReceiptPrinterMachine& machine, Instant now) {
            machine.loadRoll(50'000, now);
            machine.setCover(false, now);
            machine.clearJam(now);
            machine.switchOff(now);
            machine.switchOn(now);
        });
        engine.plugIn();
        clock.sleepFor(30s);
    }

    VirtualClock clock;
    ReceiptFaults faults;
    drivers::ReceiptProfile profile;
    ReceiptPrinterEngine engine;
    InProcessBus bus;
    std::unique_ptr<ports::ReceiptPrinter> printer;
};

const std::vector<std::string> proving = {"epson-tm", "snbc-t080", "custom-vkp", "pyramid"};

}  // namespace

TEST_CASE("every family prints what was drawn, and breaks none of its printer's rules") {
    for (const auto* name : {"epson-tm", "snbc-t080", "custom-vkp", "pyramid", "citizen-ppu",
                             "generic-58", "generic-80"}) {
        CAPTURE(std::string(name));
        ReceiptSettings settings;
        settings.takesSlipAfter = 2s;
        Bench bench(name, settings);
        const bool proves = std::ranges::find(proving, name) != proving.end();
        for (const int seed : {1, 2, 3}) {
            const SlipOutcome outcome = bench.print(seed);
            if (outcome.trouble) FAIL_CHECK(describe(*outcome.trouble));
            CHECK(outcome.print == (proves ? SlipPrint::printed : SlipPrint::unknown));
            bench.clock.sleepFor(10s);
            CHECK(bench.cameOut(seed));
        }
        CHECK(bench.engine.machine().slips().size() == 3);
        CHECK(bench.violations() == std::vector<std::string>{});
        CHECK(bench.textOnPaper().empty());
    }
}

TEST_CASE("whatever goes wrong and wherever, printed is only said of what came out whole") {
    const std::vector<std::string> moments = {
        "",           "@row-1",      "@row-130", "@row-400",    "@byte-30",
        "@byte-5000", "@byte-25000", "@cut-1",   "@question-3", "@question-9"};
    for (const std::string& name : {std::string("snbc-t080"), std::string("pyramid"),
                                    std::string("custom-vkp"), std::string("citizen-ppu")}) {
        for (const ReceiptFault fault : allReceiptFaults()) {
            // Whoever pulls the paper out of a printer without a presenter is seen by nobody.
            if (fault == ReceiptFault::paperTorn) continue;
            for (const std::string& moment : moments) {
                const std::string verb = std::string(verbOf(fault)) + moment;
                CAPTURE(name);
                CAPTURE(verb);
                Bench bench(name);
                REQUIRE(bench.faults.arm(verb));
                const SlipOutcome outcome = bench.print(1);
                // A status that lies hides whatever is wrong; alone it hides nothing.
                if (outcome.print == SlipPrint::printed) CHECK(bench.cameOut(1));
                if (outcome.print == SlipPrint::notPrinted) CHECK_FALSE(bench.cameOut(1));
                const bool proves = std::ranges::find(proving, name) != proving.end();
                if (outcome.print != SlipPrint::printed && proves) CHECK(outcome.trouble);
            }
        }
    }
}

TEST_CASE("after every fault that was mended the next slip is whole and nothing becomes text") {
    for (const ReceiptFault fault : allReceiptFaults()) {
        for (const char* moment : {"", "@row-130", "@byte-5000", "@cut-1", "@question-9"}) {
            const std::string verb = std::string(verbOf(fault)) + moment;
            CAPTURE(verb);
            Bench bench("snbc-t080");
            REQUIRE(bench.faults.arm(verb));
            static_cast<void>(bench.print(1));
            bench.mend();
            const SlipOutcome outcome = bench.print(2);
            if (outcome.trouble) FAIL_CHECK(describe(*outcome.trouble));
            CHECK(outcome.print == SlipPrint::printed);
            CHECK(bench.cameOut(2));
        }
    }
}

TEST_CASE("a slip that is taken is seen to be taken, one that is not goes back") {
    for (const char* name : {"pyramid", "custom-vkp"}) {
        CAPTURE(std::string(name));
        Bench bench(name);
        CHECK(bench.print(1).print == SlipPrint::printed);
        CHECK(bench.printer->media() == MediaStatus::present);
        bench.engine.hands([](ReceiptPrinterMachine& m, Instant now) { CHECK(m.takeSlip(now)); });
        CHECK(bench.printer->media() == MediaStatus::notPresent);

        Bench left(name);
        CHECK(left.print(1).print == SlipPrint::printed);
        if (left.printer->retract().value()) {
            CHECK(left.printer->media() == MediaStatus::retracted);
        } else {
            left.clock.sleepFor(70s);
            CHECK(left.printer->media() == MediaStatus::retracted);
        }
        CHECK(left.engine.machine().countOf(SlipPlace::retracted) == 1);
    }
}

TEST_CASE("a second slip never comes out over one that nobody has taken") {
    for (const char* name : {"pyramid", "custom-vkp"}) {
        CAPTURE(std::string(name));
        Bench bench(name);
        CHECK(bench.print(1).print == SlipPrint::printed);
        CHECK(bench.print(2).print == SlipPrint::printed);
        CHECK(bench.engine.machine().countOf(SlipPlace::retracted) == 1);
        CHECK(bench.cameOut(2));
        CHECK(bench.printer->media() == MediaStatus::present);
        CHECK(bench.violations() == std::vector<std::string>{});
    }
}

TEST_CASE("of paper that ends with a slip or behind it, what lies in the mouth is said") {
    for (const char* name : {"pyramid", "custom-vkp"}) {
        for (int at = 0; at < 60; ++at) {
            // In the last rows, and at each question afterwards.
            const std::string verb =
                "receipt.paper-end@" + (at < 20 ? "row-" + std::to_string(300 + at * 20)
                                                : "question-" + std::to_string(at - 19));
            CAPTURE(std::string(name));
            CAPTURE(verb);
            Bench bench(name);
            REQUIRE(bench.faults.arm(verb));
            const SlipOutcome first = bench.print(1);
            const bool lies = bench.engine.machine().countOf(SlipPlace::atMouth) == 1;
            // Without paper the one answers no question for its mouth.
            const bool answers = std::string(name) == "custom-vkp";
            const MediaStatus said = bench.printer->media();
            if (lies)
                CHECK((said == MediaStatus::present || (!answers && said == MediaStatus::unknown)));
            CHECK((first.print == SlipPrint::printed || first.trouble));
            if (first.print == SlipPrint::printed) CHECK(bench.cameOut(1));
            if (bench.engine.machine().paperLeftMm() > 0) continue;
            bench.engine.hands([](ReceiptPrinterMachine& m, Instant now) { m.takeSlip(now); });
            const SlipOutcome second = bench.print(2);
            CHECK(second.print != SlipPrint::printed);
            CHECK_FALSE(bench.cameOut(2));
        }
    }
}

TEST_CASE("paper, cover and a thin roll are told before a slip is begun") {
    Bench bench("snbc-t080");
    bench.engine.hands([](ReceiptPrinterMachine& m, Instant now) { m.setCover(true, now); });
    CHECK(bench.printer->status()->coverOpen);
    SlipOutcome outcome = bench.print();
    CHECK(outcome.print == SlipPrint::notPrinted);
    CHECK(outcome.trouble->code == ErrorCode::receiptCoverOpen);
    bench.engine.hands([](ReceiptPrinterMachine& m, Instant now) {
        m.setCover(false, now);
        m.loadRoll(1000, now);
    });
    CHECK(bench.printer->status()->paper == ports::PaperStatus::low);
    CHECK(bench.print().print == SlipPrint::printed);
    bench.engine.hands([](ReceiptPrinterMachine& m, Instant now) { m.loadRoll(0, now); });
    outcome = bench.print();
    CHECK(outcome.print == SlipPrint::notPrinted);
    CHECK(outcome.trouble->code == ErrorCode::receiptPaperOut);
}

}  // namespace liqu::world
