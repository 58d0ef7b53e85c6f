#include <algorithm>
#include <doctest/doctest.h>
#include <utility>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "drivers/card_printer/evolis/printer_link.hpp"
#include "tests/unit/card_printer/fake_printer.hpp"

using namespace liqu;
using namespace liqu::drivers;
using liqu::test::FakePrinter;
using Place = FakePrinter::Place;
using namespace std::chrono_literals;

namespace {

struct Bench {
    explicit Bench(PrinterProfile profile = {})
        : printer(makeEvolisPrinter(machine, clock, std::move(profile))) {}
    world::VirtualClock clock;
    FakePrinter machine{clock};
    std::unique_ptr<ports::CardPrinter> printer;
};

void checkFails(const Result<void>& result, ErrorCode code, CardFate fate) {
    REQUIRE_FALSE(result);
    CHECK_MESSAGE(result.error().code == code, describe(result.error()));
    REQUIRE(result.error().fate);
    CHECK_MESSAGE(*result.error().fate == fate, describe(result.error()));
}

}  // namespace

TEST_CASE("power-on settings of the kiosk") {
    Bench bench;
    REQUIRE(bench.printer->status());
    std::vector<std::string> settings;
    for (const auto& entry : bench.machine.log) {
        if (entry.front() == 'P') settings.push_back(entry);
    }
    CHECK(settings == std::vector<std::string>{"Pem;2", "Psmgr;2", "Pcim;F", "Pcem;I", "Pneab;E",
                                               "Pcrm;D", "Pbc;A;D"});
}

TEST_CASE("status tells what the sensors say") {
    Bench bench;
    auto status = bench.printer->status();
    REQUIRE(status);
    CHECK(status->media == ports::MediaPosition::none);
    CHECK(status->coverOpen == ports::Sensed::no);
    CHECK(status->cardAtMouth == ports::Sensed::no);
    CHECK(status->cleaningDue == ports::Sensed::no);
    CHECK(status->stopped == ports::Sensed::no);
    CHECK(status->rejectBin == ports::UnitStatus::ok);
    CHECK(status->hoppers == std::vector{ports::UnitStatus::ok});
    CHECK(status->ribbon.remaining == 88);
    CHECK(status->ribbon.capacity == 100);
    CHECK_FALSE(status->ribbon.ended);
    CHECK(status->raw.find("Rlr;p=OK") != std::string::npos);

    bench.machine.coverOpen = bench.machine.feederEmpty = bench.machine.binFull = true;
    bench.machine.ribbonEnded = true;
    bench.machine.place = Place::mouth;
    bench.machine.answers["Rlr;r"] = {"ERR NEED CLEANING"};
    status = bench.printer->status();
    REQUIRE(status);
    CHECK(status->media == ports::MediaPosition::mouth);
    CHECK(status->coverOpen == ports::Sensed::yes);
    CHECK(status->cardAtMouth == ports::Sensed::yes);
    CHECK(status->cleaningDue == ports::Sensed::yes);
    CHECK(status->rejectBin == ports::UnitStatus::full);
    CHECK(status->hoppers == std::vector{ports::UnitStatus::empty});
    CHECK(status->ribbon.ended);
}

TEST_CASE("a sensor that is not there, and one that does not answer clearly, are two things") {
    Bench bench;
    bench.machine.answers["Rse;o"] = {"ERROR PARAMETRES"};
    bench.machine.answers["Rlr;r"] = {"ERROR PARAMETRES"};
    bench.machine.answers["Rse;b"] = {"2,00 Volts"};
    bench.machine.port = 0x10;
    auto status = bench.printer->status();
    REQUIRE(status);
    CHECK(status->coverOpen == ports::Sensed::notSupported);
    CHECK(status->cleaningDue == ports::Sensed::notSupported);
    CHECK(status->cardAtMouth == ports::Sensed::unknown);
    CHECK(status->stopped == ports::Sensed::yes);
    bench.machine.answers["Rse;o"] = {"what", "what"};
    bench.machine.answers["Rlr;r"] = {"what"};
    status = bench.printer->status();
    REQUIRE(status);
    CHECK(status->coverOpen == ports::Sensed::unknown);
    CHECK(status->cleaningDue == ports::Sensed::unknown);
}

TEST_CASE("a stray OK instead of a ribbon's number is asked again, three times at most") {
    Bench bench;
    bench.machine.answers["Rrt;count"] = {"OK", "OK", "OK"};
    const Instant before = bench.clock.now();
    CHECK(bench.printer->status()->ribbon.remaining == 88);
    CHECK(bench.clock.now() - before >= 300ms);
    bench.machine.answers["Rrt;count"] = {"OK", "OK", "OK", "OK"};
    const auto status = bench.printer->status();
    REQUIRE(status);
    CHECK_FALSE(status->ribbon.remaining);
    CHECK_FALSE(status->ribbon.ended);
}

TEST_CASE("counters") {
    Bench bench;
    const auto counters = bench.printer->counters();
    REQUIRE(counters);
    CHECK(counters->panelsPrinted == 100);
    CHECK(counters->ribbonRemaining == 88U);
    CHECK(counters->cardsInserted == 20);
}

TEST_CASE(
    "a counter of panels that is not trusted is absent, and still says when it stands still") {
    PrinterProfile profile;
    profile.print.countPanels = false;
    Bench bench(profile);
    CHECK(bench.printer->idle().value_or(true) == false);
    bench.clock.sleepFor(3s);
    bench.machine.panels += 1;
    CHECK(bench.printer->idle().value_or(true) == false);
    bench.clock.sleepFor(5s);
    CHECK(bench.printer->idle().value_or(true) == false);
    const auto counters = bench.printer->counters();
    REQUIRE(counters);
    CHECK_FALSE(counters->panelsPrinted);
    CHECK(counters->ribbonRemaining == 88U);
    CHECK(counters->cardsInserted == 20U);
}

TEST_CASE("a layout with a back, and either bin: one side and one box") {
    Bench bench;
    ports::CardFace face;
    face.back.emplace();
    const auto prepared = bench.printer->prepare(face);
    REQUIRE_FALSE(prepared);
    CHECK(prepared.error().code == ErrorCode::printerRefusedCommand);
    const auto status = bench.printer->status();
    REQUIRE(status);
    CHECK(status->retainBin == status->rejectBin);
}

TEST_CASE("feeds to the chip station") {
    Bench bench;
    REQUIRE(bench.printer->feedToChip(1));
    CHECK(bench.machine.place == Place::chip);
    CHECK(bench.machine.count("Sis") == 1);
    CHECK_FALSE(bench.machine.said("Piem"));
    checkFails(bench.printer->feedToChip(1), ErrorCode::cardInPrinterUnexplained,
               CardFate::atChipStation);
    checkFails(bench.printer->feedToChip(2), ErrorCode::printerRefusedCommand,
               CardFate::atChipStation);
    CHECK(bench.machine.count("Sis") == 1);
}

TEST_CASE("lanes are chosen as the profile says") {
    PrinterProfile profile;
    profile.feeder.lanes = 2;
    profile.feeder.selection = LaneSelection::piem;
    Bench piem(profile);
    piem.machine.answers["Sk;f"] = {"1", "1"};
    checkFails(piem.printer->feedToChip(1), ErrorCode::hopperEmpty, CardFate::notFed);
    REQUIRE(piem.printer->feedToChip(2));
    CHECK(piem.machine.said("Piem;2;0"));

    profile.feeder.lanes = 4;
    profile.feeder.selection = LaneSelection::vendor;
    profile.feeder.vendorCommand = "Pxy;{lane};s";
    Bench vendor(profile);
    REQUIRE(vendor.printer->feedToChip(3));
    CHECK(vendor.machine.said("Pxy;3;s"));
}

TEST_CASE("what makes feeding pointless is told before anything moves") {
    const auto refused = [](auto prepare, ErrorCode code, CardFate fate) {
        Bench bench;
        prepare(bench.machine);
        const Instant before = bench.clock.now();
        checkFails(bench.printer->feedToChip(1), code, fate);
        CHECK_FALSE(bench.machine.said("Sis"));
        CHECK(bench.clock.now() - before < 5s);
    };
    refused([](FakePrinter& m) { m.feederEmpty = true; }, ErrorCode::hopperEmpty, CardFate::notFed);
    refused([](FakePrinter& m) { m.coverOpen = true; }, ErrorCode::printerCoverOpen,
            CardFate::notFed);
    refused([](FakePrinter& m) { m.place = Place::mouth; }, ErrorCode::mouthBlocked,
            CardFate::presented);
    refused([](FakePrinter& m) { m.place = Place::print; }, ErrorCode::cardInPrinterUnexplained,
            CardFate::atPrintStation);
    refused([](FakePrinter& m) { m.answers["Rzp"] = {"9"}; }, ErrorCode::ribbonZoneWrong,
            CardFate::notFed);
}

TEST_CASE("each error of a feed names the card's fate by the sensors") {
    const auto fails = [](const char* text, ErrorCode code, CardFate fate) {
        Bench bench;
        bench.machine.answers["Sis"] = {text, text};
        CAPTURE(text);
        checkFails(bench.printer->feedToChip(1), code, fate);
    };
    fails("FEEDER EMPTY", ErrorCode::hopperEmpty, CardFate::notFed);
    fails("ERROR HOPPER", ErrorCode::cardNotFed, CardFate::notFed);
    fails("ERROR TIME OUT", ErrorCode::cardNotFed, CardFate::notFed);
    fails("COVER OPEN", ErrorCode::printerCoverOpen, CardFate::notFed);
    fails("ERROR CDE", ErrorCode::printerRefusedCommand, CardFate::notFed);
    fails("NEED CLEANING", ErrorCode::cleaningDue, CardFate::notFed);
    // No sensor sees a card stuck at the feeder's gate.
    fails("CARD JAM", ErrorCode::cardJammed, CardFate::unknown);
    // The card did arrive, only with bad news.
    fails("+CARD JAM", ErrorCode::cardJammed, CardFate::atChipStation);
    // Words nobody knows, and no card arrived.
    fails("BLURB", ErrorCode::printerGarbled, CardFate::notFed);
    fails("OK", ErrorCode::cardNotWhereExpected, CardFate::notFed);
}

TEST_CASE("a job that a killed program left open is ended by a restart, and the card is fed") {
    Bench bench;
    bench.machine.answers["Sis"] = {"ERROR CDE"};
    CHECK(bench.printer->feedToChip(1));
    const auto& log = bench.machine.log;
    const auto restarted = std::ranges::find(log, "Srs");
    CHECK(std::count(log.begin(), restarted, "Sis") == 1);
    CHECK(std::count(restarted, log.end(), "Pem;2") == 1);
    CHECK(std::count(restarted, log.end(), "Sis") == 1);

    // From the lane that was meant: a restart forgets it.
    PrinterProfile profile;
    profile.feeder.lanes = 2;
    profile.feeder.selection = LaneSelection::piem;
    Bench lanes(profile);
    lanes.machine.answers["Sis"] = {"ERROR CDE"};
    CHECK(lanes.printer->feedToChip(2));
    const auto& said = lanes.machine.log;
    CHECK(std::count(std::ranges::find(said, "Srs"), said.end(), "Piem;2;0") == 1);
}

TEST_CASE("a lost or garbled answer does not matter when the card is where it should be") {
    for (const char* text : {"+", "+@#!"}) {
        Bench bench;
        bench.machine.answers["Sis"] = {text};
        CHECK(bench.printer->feedToChip(1));
    }
    Bench bench;
    bench.machine.answers["Sis"] = {""};
    checkFails(bench.printer->feedToChip(1), ErrorCode::printerSilent, CardFate::notFed);
}

TEST_CASE("a bare OK counts as \"no card\" only when it is said twice") {
    Bench bench;
    bench.machine.place = Place::chip;
    bench.machine.answers["Rlr;p"] = {"OK"};
    CHECK(bench.printer->status()->media == ports::MediaPosition::chipStation);
}

TEST_CASE("to the chip station from inside and from the mouth, never from the hopper") {
    Bench bench;
    checkFails(bench.printer->moveToChip(), ErrorCode::cardGoneFromPrinter, CardFate::unknown);
    CHECK_FALSE(bench.machine.said("Sis"));
    bench.machine.place = Place::print;
    REQUIRE(bench.printer->moveToChip());
    CHECK(bench.machine.place == Place::chip);
    bench.machine.place = Place::mouth;
    REQUIRE(bench.printer->moveToChip());
    CHECK(bench.machine.count("Sib") == 1);
    CHECK(bench.machine.place == Place::chip);
}

TEST_CASE("take back") {
    Bench bench;
    bench.machine.place = Place::mouth;
    REQUIRE(bench.printer->takeBack());
    CHECK(bench.machine.place == Place::print);
    CHECK(bench.printer->takeBack());  // inside already
    bench.machine.place = Place::taken;
    checkFails(bench.printer->takeBack(), ErrorCode::cardGoneFromPrinter, CardFate::taken);
    bench.machine.place = Place::mouth;
    bench.machine.answers["Sib"] = {"CARD JAM"};
    checkFails(bench.printer->takeBack(), ErrorCode::cardJammed, CardFate::presented);
}

TEST_CASE("discard") {
    Bench bench;
    checkFails(bench.printer->discard(ports::Bin::reject), ErrorCode::cardGoneFromPrinter,
               CardFate::unknown);
    bench.machine.place = Place::chip;
    REQUIRE(bench.printer->discard(ports::Bin::reject));
    CHECK(bench.machine.place == Place::bin);
    CHECK(bench.machine.said("Pneab;A;1"));
    bench.machine.place = Place::mouth;
    REQUIRE(bench.printer->discard(ports::Bin::reject));
    CHECK(bench.machine.said("Sib"));

    bench.machine.place = Place::print;
    bench.machine.binFull = true;
    checkFails(bench.printer->discard(ports::Bin::reject), ErrorCode::rejectBinFull,
               CardFate::atPrintStation);
    bench.machine.binFull = false;
    bench.machine.answers["Ser"] = {"CARD JAM", "HOPPER FULL", "+"};
    checkFails(bench.printer->discard(ports::Bin::reject), ErrorCode::cardJammed,
               CardFate::atPrintStation);
    checkFails(bench.printer->discard(ports::Bin::reject), ErrorCode::rejectBinFull,
               CardFate::atPrintStation);
    CHECK(bench.printer->discard(ports::Bin::reject));  // the answer is lost, the card is gone
}

TEST_CASE("reset waits, listens, and sets the printer up again") {
    Bench bench;
    bench.machine.place = Place::chip;
    bench.machine.answers["Rok"] = {"", "+"};
    const Instant before = bench.clock.now();
    REQUIRE(bench.printer->reset());
    CHECK(bench.clock.now() - before >= 5s);
    CHECK(bench.machine.count("Rok") == 3);
    CHECK(bench.machine.said("Pem;2"));
    CHECK(bench.printer->status()->media == ports::MediaPosition::chipStation);

    bench.machine.answers["Rok"] = {"", "", ""};
    checkFails(bench.printer->reset(), ErrorCode::printerSilent, CardFate::atChipStation);
}

// With Pem;0 a jam shows as a printer that is busy until an operator comes.
TEST_CASE("after either reset the printer is told again that the host manages errors") {
    Bench bench;
    REQUIRE(bench.printer->status());
    CHECK(bench.machine.errorMode == "2");
    bench.machine.place = Place::print;
    SUBCASE("the command") {
        REQUIRE(bench.printer->reset());
        CHECK(bench.machine.count("Pem;2") == 2);
    }
    SUBCASE("the command, after which it is silent for long") {
        bench.machine.answers["Rok"] = {"", "", ""};
        REQUIRE_FALSE(bench.printer->reset());
        CHECK(bench.machine.errorMode == "0");
    }
    SUBCASE("the request of USB, for a printer that hears nothing") {
        bench.machine.answers["Rco;p"] = {""};
        bench.machine.answers["Rsn"].assign(200, "");
        bool idle = false;
        for (int second = 0; second < 600 && !idle; ++second) {
            if (bench.machine.softResets > 0) bench.machine.answers.clear();
            idle = bench.printer->idle().value_or(false);
            bench.clock.sleepFor(1s);
        }
        REQUIRE(idle);
        REQUIRE(bench.machine.softResets == 1);
        CHECK(bench.machine.errorMode == "0");
    }
    bench.machine.answers["Sis"] = {"CARD JAM"};
    checkFails(bench.printer->moveToChip(), ErrorCode::cardJammed, CardFate::atPrintStation);
    CHECK(bench.machine.errorMode == "2");
}

TEST_CASE("cleaning only with an empty printer") {
    Bench bench;
    REQUIRE(bench.printer->clean());
    bench.machine.place = Place::chip;
    checkFails(bench.printer->clean(), ErrorCode::cardInPrinterUnexplained,
               CardFate::atChipStation);
}

TEST_CASE("unplugged at each command: 20105, and the fate only where it is certain") {
    const auto gone = [](Place place, const char* command, auto order, CardFate fate) {
        Bench bench;
        REQUIRE(bench.printer->status());
        bench.machine.place = place;
        bench.machine.unplugAt = command;
        CAPTURE(command);
        checkFails(order(*bench.printer), ErrorCode::printerUnplugged, fate);
        bench.machine.plugged = true;
        bench.machine.unplugAt.clear();
        CHECK(bench.printer->status());
    };
    const auto feed = [](ports::CardPrinter& p) { return p.feedToChip(1); };
    const auto discard = [](ports::CardPrinter& p) { return p.discard(ports::Bin::reject); };
    const auto back = [](ports::CardPrinter& p) { return p.takeBack(); };
    gone(Place::hopper, "Rlr;p", feed, CardFate::notFed);
    gone(Place::hopper, "Rse;f", feed, CardFate::notFed);
    gone(Place::hopper, "Sis", feed, CardFate::unknown);
    gone(Place::chip, "Rlr;h", discard, CardFate::atChipStation);
    gone(Place::chip, "Pneab", discard, CardFate::atChipStation);
    gone(Place::chip, "Ser", discard, CardFate::unknown);
    gone(Place::mouth, "Sib", back, CardFate::unknown);
}

TEST_CASE("after a restart the printer is idle when it answers and its counter stands still") {
    Bench bench;
    CHECK(bench.printer->idle().value_or(true) == false);
    bench.clock.sleepFor(3s);
    bench.machine.panels += 1;
    CHECK(bench.printer->idle().value_or(true) == false);
    bench.clock.sleepFor(5s);
    CHECK(bench.printer->idle().value_or(true) == false);
    bench.clock.sleepFor(2s);
    CHECK(bench.printer->idle().value_or(false) == true);
    CHECK_FALSE(bench.machine.said("P"));
}

TEST_CASE("a printer still busy with a killed process's job is waited for") {
    Bench bench;
    bench.machine.answers["Rsn"] = {"", ""};
    CHECK(bench.printer->idle().value_or(true) == false);
    CHECK(bench.machine.softResets == 0);
    bool idle = false;
    for (int second = 0; second < 30 && !idle; ++second) {
        bench.clock.sleepFor(1s);
        idle = bench.printer->idle().value_or(false);
    }
    CHECK(idle);
    CHECK(bench.machine.softResets == 0);
}

TEST_CASE(
    "a download cut off by a killed process ends with a soft reset, after a whole print's time") {
    Bench bench;
    {
        PrinterProfile profile;
        PrinterLink dead(bench.machine, bench.clock, profile);
        REQUIRE(dead.open());
        // A panel's header: from now on the printer counts picture bytes.
        REQUIRE(dead.sendAlongside("Db;y;128;"));
    }
    bench.machine.keepsInput = true;
    const Instant before = bench.clock.now();
    bool idle = false;
    while (!idle && bench.clock.now() - before < 300s) {
        const auto answer = bench.printer->idle();
        REQUIRE(answer);
        idle = *answer;
        bench.clock.sleepFor(1s);
    }
    CHECK(idle);
    CHECK(bench.machine.softResets == 1);
    CHECK(bench.clock.now() - before >= 120s);
}

TEST_CASE("the classic dialect only tells a card from none") {
    PrinterProfile profile;
    profile.reply.positions = PositionDialect::classic;
    Bench bench(profile);
    bench.machine.classicPositions = true;
    REQUIRE(bench.printer->feedToChip(1));
    CHECK(bench.printer->status()->media == ports::MediaPosition::somewhereInside);
}
