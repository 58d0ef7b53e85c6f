// The simulated printer as a whole: a card's way through it, and everything it refuses
// (hardware-notes/card-printer.md, "A card's way", "Speeds and timings", "The simulated printer").
#include "tests/unit/world/card_printer_bench.hpp"

using namespace liqu;
using namespace liqu::world;

TEST_CASE("a card is fed, brought to the chip, printed, presented and taken") {
    PrinterBench bench;
    bench.prepare();
    CHECK(bench.ask("Rlr;p") == "OK");
    CHECK(bench.ask("Piem;2;0") == "OK");
    CHECK(bench.ask("Sis") == "OK");
    CHECK(bench.ask("Rlr;p") == "SMART CARD");
    CHECK(bench.atChip == "B0000001");
    bench.sendFace();
    CHECK(bench.atChip.empty());
    CHECK(bench.ask("Se") == "OK");
    CHECK(bench.ask("Rlr;p") == "CARD");
    CHECK(bench.ask("Rco;p") == "5");
    CHECK(bench.ask("Rrt;count") == "199");
    CHECK(bench.ask("Pneab;A;1") == "OK");
    bench.send("Se");
    bench.clock.sleepFor(2s);
    CHECK(bench.placeOf("B0000001") == "mouth");
    CHECK(bench.receive(1s) == "(nothing)");
    CHECK(bench.engine.take(bench.clock.now()) == "B0000001");
    CHECK(bench.receive(1s) == "OK");
    const CardPlaces places = bench.engine.places();
    const PlasticCard& card = places.holder.at(0);
    CHECK(card.hasWholeFace());
    CHECK(card.panels.at('y').sha256 ==
          "f06eee49a4c7b9efec3d713bef8c162bb53db16e4d263293138d5628b83451c5");
    const Bytes png = facePng(card);
    REQUIRE(png.size() > 8);
    CHECK(textOf(ByteView(png).subspan(1, 3)) == "PNG");
}

TEST_CASE("the desktop profile takes sixteen seconds a card, without a gap between panels") {
    PrinterSettings settings;
    settings.timings = PrinterTimings::desktop225();
    PrinterBench bench(settings);
    bench.prepare();
    CHECK(bench.ask("Pneab;D") == "OK");
    bench.sendFace();
    bench.send("Se");
    bench.clock.sleepFor(60s);
    CHECK(bench.mechanicalTime() == 16s);
    CHECK(bench.engine.gaps().size() == 4);
    for (const PanelGap& gap : bench.engine.gaps()) CHECK(gap.length == Duration::zero());
}

TEST_CASE("a panel that comes late leaves a gap") {
    PrinterBench bench;
    bench.prepare();
    bench.sendFirstPanel();
    bench.sendPanel("Db;m;128", colourPanel(7));
    bench.receive();
    bench.clock.sleepFor(10s);  // yellow: feed 3.0, print 3.6; then the head waits
    bench.sendPanel("Db;k;2", checkeredBitmap());
    bench.receive();
    const auto gaps = bench.engine.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].panel == "magenta");
    CHECK(gaps[0].length == 10s - 6600ms);
}

TEST_CASE("two panels fit, the third waits on the wire") {
    PrinterBench bench;
    bench.prepare();
    bench.sendFirstPanel();
    bench.sendPanel("Db;m;128", colourPanel(7));
    bench.receive();
    Bytes third = bytesOf(
        "\x1B"
        "Db;c;128;");
    const Bytes colour = colourPanel(7);
    third.insert(third.end(), colour.begin(), colour.end());
    third.push_back('\r');
    const auto refused = bench.device->write(0x01, third, 1s);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().error == drivers::UsbError::timedOut);
    CHECK(refused.error().transferred == 10);
    CHECK(bench.device->write(0x01, ByteView(third).subspan(10), 10s));
    CHECK(bench.receive() == "OK");
}

TEST_CASE("through a full-speed cable a face takes 2.9 seconds") {
    PrinterBench bench;
    ThrottledEngine slow(bench.engine, usbFullSpeedBytesPerSecond);
    addTo(bench.clock, slow);
    bench.bus.attach("1-3", slow);
    const auto devices = bench.bus.list().value();
    const auto device = bench.bus.open(devices.at(1), 0).value();
    const Instant before = bench.clock.now();
    REQUIRE(device->write(0x01, Bytes(650'000, 0x00), 10s));
    const Duration taken = bench.clock.now() - before;
    CHECK(taken > 950ms);
    CHECK(taken < 1050ms);
}

TEST_CASE("what metal would refuse is refused") {
    PrinterBench bench;
    CHECK(bench.ask("Xyz") == "ERROR CDE");
    CHECK(bench.ask("Pem;9") == "ERROR PARAMETRES");
    bench.prepare();
    CHECK(bench.ask("Se") == "NO CARD");
    CHECK(bench.ask("Sib") == "NO CARD");
    CHECK(bench.ask("Ser") == "NO CARD");
    CHECK(bench.ask("Seb") == "OPT NOT AVAILABLE");
    bench.sendPanel("Db;k;2", checkeredBitmap());
    CHECK(bench.receive() == "ERROR CDE");  // no job
    CHECK(bench.ask("Sis") == "OK");
    CHECK(bench.ask("Se") == "OPT NOT AVAILABLE");  // Pneab;E
    CHECK(bench.ask("Ser") == "OPT NOT AVAILABLE");
    CHECK(bench.ask("Pneab;A;1") == "OK");
    bench.ask("Pbc;D;2");
    CHECK(bench.ask("Se") == "OK");  // nobody takes it
    CHECK(bench.placeOf("A0000001") == "mouth");
    CHECK(bench.ask("Rse;b") == "4,94 Volts");
    CHECK(bench.ask("Si") == "ERR CARD");  // the mouth is not free
    CHECK(bench.ask("Sib") == "OK");
    CHECK(bench.ask("Ser") == "OK");
    CHECK(bench.placeOf("A0000001") == "bin");
    CHECK(bench.ask("Scp") == "ERROR RIBBON");
    bench.engine.setRibbon("", 0);
    CHECK(bench.ask("Ss") == "ERR RIB DETECTION");
    bench.engine.setRibbon("ko", 10);
    CHECK(bench.ask("Pr;ymcko") == "OK");
    CHECK(bench.ask("Ss") == "ERROR RIBBON");
}

TEST_CASE("without its modes a card is ejected and lost to the tray") {
    PrinterBench bench;
    CHECK(bench.ask("Sis") == "OK");
    CHECK(bench.ask("Se") == "OK");
    CHECK(bench.placeOf("A0000001") == "tray");
}

TEST_CASE("a card nobody takes follows the bezel action") {
    PrinterBench bench;
    bench.prepare();
    bench.faults.arm(Fault::printerCardNotTaken);
    std::string expected;
    SUBCASE("left in the mouth") {
        expected = "mouth";
    }
    SUBCASE("taken back in") {
        bench.ask("Pbc;A;N");
        expected = "rear";
    }
    SUBCASE("rejected") {
        bench.ask("Pbc;A;R");
        expected = "bin";
    }
    bench.ask("Sis");
    bench.ask("Pneab;A;1");
    bench.send("Se");
    bench.clock.sleepFor(5s);
    CHECK_FALSE(bench.engine.take(bench.clock.now()));
    CHECK(bench.receive() == "OK");
    CHECK(bench.placeOf("A0000001") == expected);
    CHECK(bench.faults.allFired());
}

TEST_CASE("queries during a motion") {
    PrinterSettings settings;
    SUBCASE("are answered when it is over") {
        PrinterBench bench(settings);
        bench.prepare();
        bench.send("Sis");
        bench.send("Rtp");
        CHECK(bench.receive() == "OK");
        CHECK(bench.receive() == "KC200B");
    }
    SUBCASE("are answered at once") {
        settings.answersDuringMotion = true;
        PrinterBench bench(settings);
        bench.prepare();
        bench.send("Sis");
        bench.send("Rtp");
        CHECK(bench.receive() == "KC200B");
        CHECK(bench.receive() == "OK");
    }
}

TEST_CASE("a host that dies in the middle of a face") {
    PrinterBench bench;
    bench.prepare();
    bench.ask("Sis");
    bench.sendFirstPanel();
    Bytes half = bytesOf(
        "\x1B"
        "Db;m;128;");
    half.insert(half.end(), 1000, 0x11);
    REQUIRE(bench.device->write(0x01, half, 1s));
    bench.clock.sleepFor(30s);
    // Yellow was printed; the half panel was dropped, and its sender told so.
    const auto panels = bench.engine.places().inside->panels;
    CHECK(panels.size() == 1);
    CHECK(panels.at('y').whole);
    CHECK(bench.receive() == "ERROR TIME OUT");
    CHECK(bench.ask("Rco;p") == "1");
    CHECK(bench.ask("Se") == "OK");
    CHECK(bench.placeOf("A0000001") == "print");
}

TEST_CASE("reset: modes are forgotten, the card stays, nobody listens for a while") {
    PrinterBench bench;
    bench.prepare();
    bench.ask("Sis");
    bench.send("Srs");
    bench.send("Rok");  // swallowed
    CHECK(bench.receive(4s) == "(nothing)");
    bench.clock.sleepFor(2s);
    CHECK(bench.ask("Rok") == "OK");
    CHECK(bench.ask("Rlr;p") == "SMART CARD");
    CHECK(bench.ask("Ser") == "OPT NOT AVAILABLE");  // Pcrm is gone
}

TEST_CASE("control requests of the printer class") {
    PrinterBench bench;
    const auto id = bench.device->controlIn(0xA1, 0, 0, 0, 255, 1s).value();
    CHECK(static_cast<std::size_t>(id[0] << 8 | id[1]) == id.size());
    CHECK(textOf(ByteView(id).subspan(2)).find("MDL:KC200B;") != std::string::npos);
    CHECK(bench.device->controlIn(0xA1, 1, 0, 0, 1, 1s).value() == Bytes{0x18});
    CHECK(bench.device->controlIn(0xA1, 9, 0, 0, 1, 1s).error().error ==
          drivers::UsbError::stalled);
    bench.send("Rok");
    REQUIRE(bench.device->controlOut(0x21, 2, 0, 0, {}, 1s));
    CHECK(bench.receive(1s) == "(nothing)");
}

TEST_CASE("the state of every card can be read at any time") {
    PrinterBench bench;
    bench.prepare();
    bench.send("Sis");
    bench.clock.sleepFor(4s);
    CHECK(bench.placeOf("A0000001") == "transport");
    CHECK(bench.placeOf("A0000002") == "hopper 1");
    CHECK(bench.engine.places().all().size() == 3);
    CHECK(bench.engine.stateJson().find("\"transport\"") != std::string::npos);
}
