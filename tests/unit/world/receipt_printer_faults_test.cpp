// Whatever can go wrong with a receipt printer, at its moment, and what the printer says of it.
#include "tests/unit/world/receipt_bench.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

std::string states(ReceiptBench& bench) {
    return bench.ask("100401") + bench.ask("100402") + bench.ask("100403") + bench.ask("100404");
}

// A slip of so many rows, its cut included; false where it was not taken whole in time.
bool sendSlip(ReceiptBench& bench, int rows, Duration patience = 10s) {
    Bytes bytes = bandsOf(pattern(bench.machine.profile(), rows), 100);
    const Bytes end = fromHex("1B4A78 1D5600").value();
    bytes.insert(bytes.end(), end.begin(), end.end());
    return bench.send(bytes, patience);
}

}  // namespace

TEST_CASE("what it says when all is well, and of its paper") {
    ReceiptBench bench;
    CHECK(states(bench) == "16121212");
    bench.faults.arm(ReceiptFault::nearEnd);
    CHECK(states(bench) == "1612121E");
    bench.faults.arm(ReceiptFault::paperEnd);
    CHECK(states(bench) == "1E32127E");
    CHECK(bench.machine.portStatus() == 0x30);
    bench.machine.loadRoll(50'000, bench.now);
    CHECK(states(bench) == "16121212");
    CHECK(bench.machine.portStatus() == 0x18);
    CHECK(bench.faults.allFired());
}

TEST_CASE("a board without the near end's sensor, one without fixed bits") {
    ReceiptBench plain("generic-80");
    plain.faults.arm(ReceiptFault::paperEnd);
    CHECK(states(plain) == "1A321272");
    ReceiptBench bare("pyramid");
    bare.faults.arm(ReceiptFault::nearEnd);
    CHECK(bare.ask("100404") == "0C");
    bare.faults.arm(ReceiptFault::paperEnd);
    CHECK(bare.ask("100404") == "6C");
    ReceiptBench mute("generic-58");
    CHECK(states(mute).empty());
}

TEST_CASE("the paper ends in the middle of a band, and the rest waits") {
    ReceiptBench bench;
    bench.faults.arm(ReceiptFault::paperEnd, {ReceiptMoment::Of::row, 40});
    CHECK_FALSE(sendSlip(bench, 300, 5s));
    CHECK(bench.machine.underHead().trimmed().height() <= 40);
    CHECK(bench.machine.slips().empty());
    CHECK(bench.machine.offLine());
    // The buffer is full: only what acts on sight is heard.
    CHECK(bench.ask("100404") == "7E");
    CHECK_FALSE(bench.sendHex("1B40"));
}

TEST_CASE("after new paper the slip goes on, or is forgotten") {
    ReceiptSettings settings = receiptOf("snbc-t080");
    settings.bufferBytes = 100'000;
    SUBCASE("goes on") {}
    SUBCASE("is forgotten") {
        settings.afterReload = AfterReload::forgets;
    }
    ReceiptBench bench(settings);
    bench.faults.arm("receipt.paper-end@row-40");
    CHECK(sendSlip(bench, 300));
    bench.wait(5s);
    bench.machine.loadRoll(50'000, bench.now);
    bench.wait(5s);
    const bool goesOn = settings.afterReload == AfterReload::goesOn;
    CHECK(bench.machine.slips().size() == (goesOn ? 1 : 0));
    if (goesOn) {
        CHECK(bench.slip().picture.trimmed() == pattern(settings.profile, 300).trimmed());
    } else {
        CHECK(bench.machine.underHead().trimmed().height() == 40);
    }
}

TEST_CASE("the cover is opened while it prints") {
    ReceiptBench bench;
    bench.faults.arm("receipt.cover-open@row-10");
    CHECK_FALSE(sendSlip(bench, 300, 2s));
    CHECK(states(bench) == "1E565212");
    bench.machine.setCover(false, bench.now);
    bench.wait(2s);
    CHECK(states(bench) == "16121212");
}

TEST_CASE("the head gets hot and cools by itself") {
    ReceiptBench bench;
    bench.faults.arm("receipt.head-hot@row-10");
    bench.sendHex("1D763000 0100 1400 FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF");
    bench.wait(1s);
    CHECK(states(bench) == "1E525212");
    bench.wait(20s);
    CHECK(states(bench) == "16121212");
    CHECK(bench.machine.underHead().trimmed().height() == 20);
}

TEST_CASE("the cutter jams") {
    ReceiptBench bench;
    SUBCASE("and recovers with the line, or with nothing") {
        bench.faults.arm(ReceiptFault::cutterJam);
        CHECK(sendSlip(bench, 50));
        bench.wait(3s);
        CHECK(states(bench) == "1E521A12");
        CHECK(bench.machine.slips().empty());
        SUBCASE("the line") {
            bench.sendHex("100501");
            bench.wait(1s);
            CHECK(bench.machine.slips().size() == 1);
        }
        SUBCASE("nothing") {
            bench.sendHex("100502");
            bench.wait(1s);
            CHECK(bench.machine.slips().empty());
            CHECK(bench.machine.underHead().trimmed().height() > 40);
        }
        CHECK(states(bench) == "16121212");
    }
    SUBCASE("and stays so until hands have cleared it") {
        bench.faults.arm(ReceiptFault::cutterStuck);
        CHECK(sendSlip(bench, 50));
        bench.wait(3s);
        bench.sendHex("100502");
        bench.wait(1s);
        CHECK(bench.ask("100403") == "1A");
        bench.faults.mend("receipt.cutter");
        bench.machine.clearJam(bench.now);
        CHECK(bench.ask("100403") == "12");
    }
    CHECK(bench.faults.allFired());
    CHECK(bench.wrongs().empty());
}

TEST_CASE("electric: only the switch helps") {
    ReceiptBench bench;
    bench.faults.arm("receipt.unrecoverable@row-5");
    CHECK(sendSlip(bench, 10));
    bench.wait(1s);
    CHECK(states(bench) == "1E523212");
    bench.sendHex("100502");
    CHECK(bench.ask("100403") == "32");
    bench.machine.switchOff(bench.now);
    bench.machine.switchOn(bench.now);
    CHECK(states(bench) == "16121212");
    CHECK(bench.slip().end == SlipEnd::stub);
}

TEST_CASE("the power goes in the middle of a band") {
    ReceiptBench bench;
    bench.faults.arm("receipt.power-cut@byte-2000");
    CHECK_FALSE(sendSlip(bench, 100, 1s));
    CHECK_FALSE(bench.machine.on());
    bench.machine.switchOn(bench.now);
    bench.wait(1s);
    // Nothing of the band is left to eat what comes now.
    CHECK(sendSlip(bench, 60));
    bench.wait(2s);
    CHECK(bench.slip().picture.trimmed() == pattern(bench.machine.profile(), 60).trimmed());
    CHECK(bench.wrongs().empty());
}

TEST_CASE("one byte lost moves the rest of the picture and makes text of its end") {
    ReceiptBench bench;
    bench.faults.arm("receipt.dropped-byte@byte-500");
    CHECK(sendSlip(bench, 50));
    bench.wait(3s);
    // The last row has swallowed the ESC of the feed.
    CHECK(bench.slip().text == "Jx\n");
    CHECK(bench.wrongs() == std::vector<std::string>{"a cut in the middle of a line"});
}

TEST_CASE("answers that are wrong") {
    ReceiptBench bench;
    const auto armed = [&bench](const char* verb) { REQUIRE(bench.faults.arm(verb)); };
    SUBCASE("none") {
        armed("receipt.status-mute");
        CHECK(states(bench).empty());
    }
    SUBCASE("one is lost") {
        armed("receipt.status-lost@question-2");
        CHECK(states(bench) == "161212");
    }
    SUBCASE("late by one") {
        armed("receipt.status-late");
        CHECK(bench.ask("100401").empty());
        CHECK(bench.ask("100402") == "16");
        CHECK(bench.ask("100403") == "12");
    }
    SUBCASE("an old one lies there") {
        armed("receipt.status-stale@question-2");
        CHECK(states(bench) == "1612121212");
    }
    SUBCASE("twice") {
        armed("receipt.status-doubled");
        CHECK(bench.ask("100401") == "1616");
    }
    SUBCASE("without its pattern") {
        armed("receipt.status-bare");
        CHECK(bench.ask("100401") == "04");
    }
    SUBCASE("behind the sign of a full buffer") {
        armed("receipt.status-after-xoff");
        CHECK(bench.ask("100404") == "1312");
    }
    SUBCASE("noise") {
        armed("receipt.status-garbage");
        CHECK(bench.ask("100404") == "FF00A5");
        CHECK(bench.ask("100404") == "12");
    }
    SUBCASE("a lie") {
        armed("receipt.status-lies");
        bench.machine.setCover(true, bench.now);
        CHECK(states(bench) == "16121212");
    }
    SUBCASE("the port says the same for ever") {
        armed("receipt.port-stuck");
        bench.machine.setCover(true, bench.now);
        CHECK(bench.machine.portStatus() == 0x18);
    }
    CHECK(bench.faults.allFired());
}

TEST_CASE("automatic status") {
    ReceiptBench bench("generic-80");
    CHECK(bench.ask("1D610E") == "10000000");
    bench.machine.setCover(true, bench.now);
    CHECK(bench.answers() == "38000000");
    bench.machine.setCover(false, bench.now);
    CHECK(bench.answers() == "10000000");
    bench.faults.arm(ReceiptFault::paperEnd);
    CHECK(bench.answers() == "18000C00");
    bench.machine.loadRoll(1000, bench.now);
    CHECK(bench.answers() == "10000000");
    // This board forgets it with ESC @.
    CHECK(bench.ask("1B40").empty());
    bench.machine.setCover(true, bench.now);
    CHECK(bench.answers().empty());

    ReceiptSettings settings = receiptOf("snbc-t080");
    settings.automaticBySwitch = true;
    ReceiptBench unasked(settings);
    unasked.machine.greet(unasked.now);
    CHECK(unasked.answers() == "1400000F");
}

TEST_CASE("a presenter with GS e") {
    ReceiptBench bench("pyramid");
    const auto print = [&bench] {
        CHECK(bench.send(bandsOf(pattern(bench.machine.profile(), 100), 100)));
        CHECK(bench.sendHex("1B4A78"));
    };
    print();
    SUBCASE("presented and taken") {
        CHECK(bench.sendHex("1D6503 0A"));
        bench.wait(3s);
        CHECK(bench.ask("1D6506") == "08");
        CHECK(bench.ask("100414") == "100F20000000");
        CHECK(bench.machine.takeSlip(bench.now));
        CHECK(bench.ask("100414") == "100F00000000");
        CHECK(bench.slip().place == SlipPlace::taken);
        CHECK(bench.machine.pushSlipBack(bench.now));
        CHECK(bench.ask("1D6506") == "08");
    }
    SUBCASE("retracted after its time") {
        CHECK(bench.sendHex("1D6520 0A1E"));
        bench.wait(20s);
        CHECK(bench.ask("1D6506") == "08");
        bench.wait(15s);
        CHECK(bench.ask("1D6506") == "00");
        CHECK(bench.slip().place == SlipPlace::retracted);
        CHECK_FALSE(bench.machine.takeSlip(bench.now));
    }
    SUBCASE("retracted or pushed out on command") {
        CHECK(bench.sendHex("1D6503 0A 1D6502"));
        bench.wait(3s);
        CHECK(bench.machine.countOf(SlipPlace::retracted) == 1);
        print();
        CHECK(bench.sendHex("1D6505"));
        bench.wait(3s);
        CHECK(bench.machine.countOf(SlipPlace::droppedOut) == 1);
    }
    SUBCASE("it sticks") {
        bench.faults.arm(ReceiptFault::presenterJam);
        CHECK(bench.sendHex("1D6503 0A"));
        bench.wait(3s);
        CHECK(bench.ask("100414") == "100F00004000");
        CHECK(bench.slip().place == SlipPlace::jammed);
    }
    CHECK(bench.wrongs().empty());
}

TEST_CASE("what a presenter does not forgive") {
    ReceiptBench bench("pyramid");
    CHECK(bench.send(bandsOf(pattern(bench.machine.profile(), 100), 100)));
    SUBCASE("a cut before what cuts by itself") {
        CHECK(bench.sendHex("1B4A78 1D5600 1D6503 0A"));
        bench.wait(3s);
        CHECK(bench.wrongs() == std::vector<std::string>{"a cut before what cuts by itself"});
    }
    SUBCASE("printing while a slip lies in it") {
        CHECK(bench.sendHex("1B4A78 1D6503 0A 1B4A01"));
        bench.wait(3s);
        CHECK(bench.wrongs() ==
              std::vector<std::string>{"printing while a slip is in the presenter"});
    }
    SUBCASE("paper that hangs out") {
        CHECK(bench.sendHex("1D6514"));
        bench.wait(3s);
        CHECK(bench.wrongs() == std::vector<std::string>{"paper would hang out"});
    }
}

TEST_CASE("presenters with FS P and GS R") {
    ReceiptBench custom("custom-vkp");
    CHECK(custom.send(bandsOf(pattern(custom.machine.profile(), 100), 100)));
    CHECK(custom.sendHex("1B4A78 1B69 1C50 10 00 52 1E"));
    custom.wait(5s);
    CHECK(custom.ask("100414") == "100F20000000");
    custom.wait(30s);
    CHECK(custom.ask("100414") == "100F00000000");
    CHECK(custom.slip().place == SlipPlace::retracted);

    ReceiptBench citizen("citizen-ppu");
    CHECK(citizen.send(bandsOf(pattern(citizen.machine.profile(), 100), 100)));
    CHECK(citizen.sendHex("1B4A78 1D5600 1D5201 00"));
    citizen.wait(60s);
    CHECK(citizen.slip().place == SlipPlace::atMouth);
    CHECK(citizen.sendHex("1D5200"));
    citizen.wait(2s);
    CHECK(citizen.slip().place == SlipPlace::retracted);
}

TEST_CASE("a person takes slips, or pulls at them") {
    ReceiptSettings settings = receiptOf("snbc-t080");
    settings.takesSlipAfter = 4s;
    ReceiptBench bench(settings);
    CHECK(sendSlip(bench, 50));
    bench.wait(3s);
    CHECK(bench.slip().place == SlipPlace::atMouth);
    bench.wait(4s);
    CHECK(bench.slip().place == SlipPlace::taken);
    bench.faults.arm("receipt.paper-torn@row-100");
    CHECK(sendSlip(bench, 300));
    bench.wait(5s);
    CHECK(bench.machine.slips().size() == 3);
    CHECK(bench.machine.slips()[1].end == SlipEnd::torn);
}

TEST_CASE("a board without flow control loses what comes too fast") {
    ReceiptSettings settings = receiptOf("generic-80");
    settings.flow = ReceiptFlow::dropped;
    ReceiptBench bench(settings);
    CHECK(sendSlip(bench, 300, 0s));
    bench.wait(10s);
    const bool whole = !bench.machine.slips().empty() &&
                       bench.slip().picture.trimmed() == pattern(settings.profile, 300).trimmed();
    CHECK_FALSE(whole);
}

TEST_CASE("faults by their names") {
    ReceiptFaults faults;
    for (const ReceiptFault fault : allReceiptFaults()) CHECK(faults.arm(verbOf(fault)));
    CHECK_FALSE(faults.arm("receipt.none"));
    CHECK_FALSE(faults.arm("receipt.paper-end@row-"));
    CHECK_FALSE(faults.arm("receipt.paper-end@row-0"));
    CHECK_FALSE(faults.arm("receipt.paper-end@panel-3"));
    CHECK_FALSE(faults.allFired());
    faults.mend("receipt.paper");
    CHECK_FALSE(faults.strikes(ReceiptFault::paperEnd));
    CHECK(faults.strikes(ReceiptFault::nearEnd));
    CHECK_FALSE(faults.strikes(ReceiptFault::nearEnd));
    CHECK(faults.holds(ReceiptFault::deaf));
    CHECK(faults.holds(ReceiptFault::deaf));
}
