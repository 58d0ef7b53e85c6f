#include <doctest/doctest.h>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "drivers/card_printer/evolis/printer_link.hpp"
#include "tests/support/two_of_a_kind.hpp"
#include "tests/unit/card_printer/fake_printer.hpp"

using namespace liqu;
using namespace liqu::drivers;
using liqu::test::FakePrinter;
using namespace std::chrono_literals;

namespace {

struct Bench {
    world::VirtualClock clock;
    FakePrinter machine{clock};
    PrinterProfile profile;
    PrinterLink link{machine, clock, profile};
};

}  // namespace

TEST_CASE("found by vendor and class; four ways of not getting it are four errors") {
    Bench bench;
    const auto code = [&] {
        const auto identity = makeEvolisPrinter(bench.machine, bench.clock, {})->identify();
        return identity ? std::uint32_t{0} : numberOf(identity.error().code);
    };
    CHECK(code() == 0);
    bench.machine.vendor = 0x0F4A;
    CHECK(code() == 20101);
    bench.machine.vendor = 0x0F49;
    bench.machine.interfaceClass = 3;
    CHECK(code() == 20101);
    bench.machine.interfaceClass = 7;
    bench.machine.openError = UsbError::noPermission;
    CHECK(code() == 20102);
    bench.machine.openError = UsbError::heldByDriver;
    CHECK(code() == 20103);
    bench.machine.openError = UsbError::heldByProcess;
    CHECK(code() == 20104);
}

TEST_CASE("never the first of two printers: the configuration says which") {
    Bench bench;
    test::TwoOfAKind bus(bench.machine);
    const auto both = makeEvolisPrinter(bus, bench.clock, {})->identify();
    REQUIRE_FALSE(both);
    CHECK(both.error().code == ErrorCode::printerAmbiguous);
    CHECK(both.error().cause.find("9-9") != std::string::npos);
    CHECK(bus.opened.empty());
    CHECK(makeEvolisPrinter(bus, bench.clock, {}, "9-9")->identify());
    CHECK(bus.opened == std::vector<std::string>{"9-9"});
    const auto none = makeEvolisPrinter(bus, bench.clock, {}, "9-8")->identify();
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::printerNotFound);
}

TEST_CASE("identified by asking") {
    Bench bench;
    auto printer = makeEvolisPrinter(bench.machine, bench.clock, {});
    const auto identity = printer->identify();
    REQUIRE(identity);
    CHECK(identity->model == "KC200");
    CHECK(identity->serial == "SN123456");
    CHECK(identity->firmware == "1234");
    bench.machine.answers["Rtp"] = {"ERROR CDE"};
    // The printer class's own words step in.
    CHECK(printer->identify()->model == "KC200");
}

TEST_CASE("replies come whole whatever ends them and however they are cut") {
    const std::tuple<ReplyTerminator, std::string> cases[] = {
        {ReplyTerminator::nul, std::string(1, '\0')},
        {ReplyTerminator::cr, "\r"},
        {ReplyTerminator::lf, "\r\n"},
        {ReplyTerminator::silence, ""},
        {ReplyTerminator::any, ""},
        {ReplyTerminator::any, "\r\n"},
        {ReplyTerminator::any, std::string(1, '\0')},
    };
    for (const auto& [terminator, bytes] : cases) {
        for (const std::size_t packet : {1, 3, 64}) {
            Bench bench;
            bench.profile.reply.terminator = terminator;
            bench.machine.terminator = bytes;
            bench.machine.packetSize = packet;
            REQUIRE(bench.link.open());
            CHECK(bench.link.exchange("Rse;f", 2s).value_or("-") == "5,00 Volts");
            CHECK(bench.link.exchange("Rlr;p", 2s).value_or("-") == "OK");
        }
    }
}

TEST_CASE("a late reply is never taken for the next command's") {
    Bench bench;
    REQUIRE(bench.link.open());
    REQUIRE(bench.link.exchange("Rok", 2s));
    for (const Duration delay : {Duration{2100ms}, Duration{3s}, Duration{5s}}) {
        bench.machine.late["Rse;f"] = delay;
        const auto lost = bench.link.exchange("Rse;f", 2s);
        REQUIRE_FALSE(lost);
        CHECK(lost.error().code == ErrorCode::printerSilent);
        // Without the fence this would be told "5,00 Volts".
        auto next = bench.link.exchange("Rlr;h", 2s);
        if (!next) next = bench.link.exchange("Rlr;h", 2s);
        CHECK(next.value_or("-") == "NO CARD");
    }
}

TEST_CASE("what lies in the pipe from before is thrown away") {
    Bench bench;
    {
        PrinterLink dead(bench.machine, bench.clock, bench.profile);
        REQUIRE(dead.open());
        REQUIRE(dead.send("Rse;f"));
        REQUIRE(dead.send("Rlr;h"));
        // ... and the process is killed before it reads the answers.
    }
    REQUIRE(bench.link.open());
    CHECK(bench.link.exchange("Rlr;p", 2s).value_or("-") == "OK");
}

TEST_CASE("a reply that breaks off is not a reply") {
    Bench bench;
    bench.profile.reply.terminator = ReplyTerminator::nul;
    REQUIRE(bench.link.open());
    REQUIRE(bench.link.exchange("Rok", 2s));
    bench.machine.terminator = "";
    const auto torn = bench.link.exchange("Rlr;h", 2s);
    REQUIRE_FALSE(torn);
    CHECK(torn.error().code == ErrorCode::printerGarbled);
}

TEST_CASE("a stalled pipe is cleared and the command goes on") {
    Bench bench;
    bench.machine.stallAt = "Rfv";
    REQUIRE(bench.link.open());
    CHECK(bench.link.exchange("Rfv", 2s).value_or("-") == "1234");
}

TEST_CASE("unplugged and plugged in again: opened anew by the next order") {
    Bench bench;
    auto printer = makeEvolisPrinter(bench.machine, bench.clock, {});
    REQUIRE(printer->status());
    bench.machine.plugged = false;
    const auto gone = printer->status();
    REQUIRE_FALSE(gone);
    CHECK(gone.error().code == ErrorCode::printerUnplugged);
    CHECK(printer->status().error().code == ErrorCode::printerNotFound);
    bench.machine.plugged = true;
    CHECK(printer->status());
    CHECK(bench.machine.opened == 2);
    // The settings are lost with the power.
    CHECK(bench.machine.count("Pem;2") == 2);
}
