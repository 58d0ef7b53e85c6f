// Every named fault of the printer does what its name says, and is counted as fired.
#include "tests/unit/world/card_printer_bench.hpp"

using namespace liqu;
using namespace liqu::world;

TEST_CASE("faults of the mechanics: jams") {
    PrinterBench bench;
    bench.prepare();
    SUBCASE("jam on the way in") {
        bench.faults.arm(Fault::printerJam, "feed");
        CHECK(bench.ask("Sis") == "CARD JAM");
        CHECK(bench.placeOf("A0000001") == "jammed");
        CHECK(bench.ask("Rlr;p") == "ERR CARD");
        CHECK(bench.device->controlIn(0xA1, 1, 0, 0, 1, 1s).value() == Bytes{0x10});
        CHECK(bench.ask("Scs") == "OK");
        CHECK(bench.ask("Sis") == "CARD JAM");
        CHECK(bench.engine.takeOutJammed());
        CHECK(bench.ask("Scs") == "OK");
        CHECK(bench.ask("Sis") == "OK");
        CHECK(bench.placeOf("A0000002") == "chip");
    }
    SUBCASE("jam at the chip") {
        bench.faults.arm(Fault::printerJam, "chip");
        CHECK(bench.ask("Sis") == "CARD JAM");
        CHECK(bench.atChip.empty());
    }
    SUBCASE("jam on the way out") {
        bench.faults.arm(Fault::printerJam, "exit");
        bench.ask("Sis");
        bench.ask("Pneab;A;1");
        CHECK(bench.ask("Se") == "CARD JAM");
        CHECK(bench.placeOf("A0000001") == "jammed");
    }
    SUBCASE("jam on the way to the bin") {
        bench.faults.arm(Fault::printerJam, "discard");
        bench.ask("Sis");
        bench.ask("Pneab;A;1");
        CHECK(bench.ask("Ser") == "CARD JAM");
    }
}

TEST_CASE("faults of the mechanics: hopper, cover and bin") {
    PrinterBench bench;
    bench.prepare();
    SUBCASE("misfeed") {
        bench.faults.arm(Fault::printerMisfeed);
        CHECK(bench.ask("Sis") == "ERROR HOPPER");
        CHECK(bench.placeOf("A0000001") == "hopper 1");
        CHECK(bench.mechanicalTime() == 9s);
    }
    SUBCASE("one try fails, the next succeeds") {
        bench.faults.arm(Fault::printerMisfeed, "1");
        CHECK(bench.ask("Sis") == "OK");
    }
    SUBCASE("empty hopper") {
        bench.faults.arm(Fault::printerHopperEmpty);
        CHECK(bench.ask("Rse;f") == "0,00 Volts");
        CHECK(bench.ask("Sk;f") == "3");
        CHECK(bench.ask("Sis") == "FEEDER EMPTY");
    }
    SUBCASE("cover open") {
        bench.faults.arm(Fault::printerCoverOpen);
        CHECK(bench.ask("Rse;o") == "0,00 Volts");
        CHECK(bench.ask("Sis") == "COVER OPEN");
    }
    SUBCASE("bin full") {
        bench.faults.arm(Fault::printerBinFull);
        bench.ask("Sis");
        bench.ask("Pneab;A;1");
        CHECK(bench.ask("Rlr;h") == "CARD");
        CHECK(bench.ask("Ser") == "HOPPER FULL");
        CHECK(bench.placeOf("A0000001") == "chip");
    }
    CHECK(bench.faults.allFired());
}

TEST_CASE("faults while printing") {
    PrinterBench bench;
    bench.prepare();
    bench.ask("Sis");
    SUBCASE("the ribbon ends in the middle of yellow") {
        bench.faults.arm(Fault::printerRibbonEnd, "yellow");
        bench.sendFirstPanel();
        CHECK(bench.ask("Se") == "ERROR RIBBON");
        CHECK(bench.ask("Rcr") == "ERROR RIBBON");
        CHECK(bench.ask("Rrt;count") == "0");
        CHECK(bench.ask("Rco;p") == "0");
        CHECK_FALSE(bench.engine.places().inside->panels.at('y').whole);
    }
    SUBCASE("the ribbon ends in the middle of black") {
        bench.faults.arm(Fault::printerRibbonEnd, "black");
        bench.sendFace();
        CHECK(bench.ask("Se") == "ERROR RIBBON");
        CHECK(bench.ask("Rco;p") == "3");
    }
    SUBCASE("jam under the head") {
        bench.faults.arm(Fault::printerJam, "print");
        bench.sendFirstPanel();
        CHECK(bench.ask("Se") == "CARD JAM");
        CHECK(bench.placeOf("A0000001") == "jammed");
        bench.sendPanel("Db;m;128", colourPanel(7));
        CHECK(bench.receive() == "CARD JAM");
    }
    SUBCASE("the cover is opened") {
        bench.faults.arm(Fault::printerCoverOpen, "print");
        bench.sendFirstPanel();
        CHECK(bench.ask("Se") == "COVER OPEN");
        bench.engine.setCover(false);
        CHECK(bench.ask("Scs") == "OK");
        CHECK(bench.ask("Pneab;A;1") == "OK");
        CHECK(bench.ask("Ser") == "OK");
    }
    CHECK(bench.faults.allFired());
}

TEST_CASE("faults of the wire") {
    PrinterBench bench;
    bench.prepare();
    SUBCASE("silence") {
        bench.faults.arm(Fault::printerMute);
        CHECK(bench.ask("Rok") == "(nothing)");
    }
    SUBCASE("a reply comes after the host gave up") {
        bench.faults.arm(Fault::printerLateReply, "query");
        bench.send("Rtp");
        CHECK(bench.receive(5s) == "(nothing)");
        bench.send("Rok");
        CHECK(bench.receive() == "KC200B");
        CHECK(bench.receive() == "OK");
    }
    SUBCASE("a stray OK instead of a number") {
        bench.faults.arm(Fault::printerStrayOk);
        CHECK(bench.ask("Rrt;count") == "OK");
        CHECK(bench.ask("Rrt;count") == "200");
    }
    SUBCASE("a garbled reply") {
        bench.faults.arm(Fault::printerGarbledReply);
        CHECK(bench.ask("Rok") == "\x15\xC3\x28\xFE");
        CHECK(bench.ask("Rok") == "OK");
    }
    SUBCASE("a halted pipe") {
        bench.faults.arm(Fault::printerStall);
        const Bytes command = bytesOf("\x1BRok\r");
        CHECK(bench.device->write(0x01, command, 1s).error().error == drivers::UsbError::stalled);
        CHECK(bench.device->write(0x01, command, 1s).error().error == drivers::UsbError::stalled);
        REQUIRE(bench.device->clearHalt(0x01));
        CHECK(bench.ask("Rok") == "OK");
    }
    SUBCASE("the cable is pulled, the motion goes on") {
        bench.faults.arm(Fault::printerUnplugged, "chip");
        bench.send("Sis");
        CHECK(bench.device->read(0x82, 64, 30s).error().error == drivers::UsbError::unplugged);
        bench.clock.sleepFor(10s);
        CHECK(bench.placeOf("A0000001") == "chip");
        bench.engine.plugIn();
        CHECK(bench.ask("Rlr;p") == "OK");  // the reply of Sis had been kept
        CHECK(bench.receive() == "SMART CARD");
    }
    SUBCASE("no printer at all") {
        bench.faults.arm(Fault::printerAbsent);
        CHECK(bench.bus.list()->empty());
    }
    CHECK(bench.faults.allFired());
}

TEST_CASE("a printer that manages its errors itself stops listening") {
    PrinterBench bench;
    bench.prepare();
    CHECK(bench.ask("Pem;0") == "OK");
    bench.faults.arm(Fault::printerJam, "feed");
    CHECK(bench.ask("Sis") == "CARD JAM");
    CHECK(bench.device->write(0x01, bytesOf("\x1BRok\r"), 2s).error().error ==
          drivers::UsbError::timedOut);
    bench.engine.takeOutJammed();
    bench.engine.setCover(false);
    CHECK(bench.ask("Rok") == "OK");
}
