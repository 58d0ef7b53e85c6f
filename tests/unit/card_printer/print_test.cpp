#include <algorithm>
#include <doctest/doctest.h>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "tests/unit/card_printer/fake_printer.hpp"

using namespace liqu;
using namespace liqu::drivers;
using liqu::test::FakePrinter;
using Place = FakePrinter::Place;
using ports::PrintProgress;
using namespace std::chrono_literals;

namespace {

ports::CardFace someFace() {
    constexpr std::size_t pixels = std::size_t{1016} * 648;
    std::vector<unsigned char> rgb(pixels * 3, 255), black(pixels, 0);
    for (std::size_t i = 0; i < 5000; ++i) rgb[i * 300] = static_cast<unsigned char>(i);
    for (std::size_t i = 0; i < 5000; ++i) black[std::size_t{600} * 1016 + i * 7] = 1;
    return {PersonalBytes(rgb), PersonalBytes(black), std::vector<std::uint8_t>(pixels, 1)};
}

struct Bench {
    explicit Bench(PrinterProfile profile = {})
        : printer(makeEvolisPrinter(machine, clock, profile)) {
        machine.place = Place::chip;
    }
    Result<void> print() {
        const auto face = printer->prepare(someFace());
        return printer->print(**face, [this](PrintProgress step) { progress.push_back(step); });
    }
    world::VirtualClock clock;
    FakePrinter machine{clock};
    std::unique_ptr<ports::CardPrinter> printer;
    std::vector<PrintProgress> progress;
};

void checkFails(const Result<void>& result, ErrorCode code, CardFate fate) {
    REQUIRE_FALSE(result);
    CHECK_MESSAGE(result.error().code == code, describe(result.error()));
    REQUIRE(result.error().fate);
    CHECK_MESSAGE(*result.error().fate == fate, describe(result.error()));
}

}  // namespace

TEST_CASE("the job goes out in the guide's order and the card stays inside") {
    Bench bench;
    REQUIRE(bench.print());
    std::vector<std::string> job;
    bool begun = false;
    for (const auto& entry : bench.machine.log) {
        begun = begun || entry == "Pr;ymcko";
        if (begun && entry.front() != 'R') job.push_back(entry);
    }
    const std::vector<std::string> expected{"Pr;ymcko",  "Pc;y;=;10", "Pc;m;=;10", "Pc;c;=;10",
                                            "Pc;k;=;10", "Pc;o;=;10", "Ss",        "Sr",
                                            "Db;y;128;", "Db;m;128;", "Db;c;128;"};
    REQUIRE(job.size() == 14);
    CHECK(std::vector(job.begin(), job.begin() + 11) == expected);
    CHECK(job[11].find("Dbc;k;2;") == 0);
    CHECK(job[12] == "Dbc;o;2;1016;");
    CHECK(job[13] == "Se");
    CHECK(bench.machine.said("Pneab;E"));
    CHECK(bench.machine.place == Place::print);
    CHECK(bench.machine.payloads["Db;y;128;"].size() == 576072);
    CHECK(bench.machine.payloads["Dbc;o;2;1016;"] == Bytes(1016, 0xFF));
    CHECK(bench.progress ==
          std::vector<PrintProgress>{{0, 5}, {1, 5}, {2, 5}, {3, 5}, {4, 5}, {5, 5}});
}

TEST_CASE("nothing is asked between the panels") {
    Bench bench;
    REQUIRE(bench.print());
    const auto& log = bench.machine.log;
    const auto first = std::find(log.begin(), log.end(), "Db;y;128;");
    for (auto entry = first; *entry != "Se"; ++entry) CHECK(entry->rfind("Db", 0) == 0);
}

TEST_CASE("panels without an answer of their own") {
    PrinterProfile profile;
    profile.reply.panelsAnswered = false;
    Bench bench(profile);
    bench.machine.panelsAnswered = false;
    CHECK(bench.print());
}

TEST_CASE("never without a card inside: the printer would take one from the feeder") {
    Bench bench;
    bench.machine.place = Place::hopper;
    checkFails(bench.print(), ErrorCode::cardGoneFromPrinter, CardFate::unknown);
    bench.machine.place = Place::mouth;
    checkFails(bench.print(), ErrorCode::cardNotWhereExpected, CardFate::presented);
    CHECK_FALSE(bench.machine.said("Ss"));
}

TEST_CASE("an ended ribbon is told before the job") {
    Bench bench;
    bench.machine.ribbonEnded = true;
    checkFails(bench.print(), ErrorCode::ribbonEnded, CardFate::atChipStation);
    CHECK_FALSE(bench.machine.said("Pr"));
}

TEST_CASE("errors in the middle of a job") {
    const auto fails = [](const char* command, const char* text, ErrorCode code, auto prepare) {
        Bench bench;
        bench.machine.answers[command] = {text};
        // The first query of the ribbon's mark is the one before the job.
        bench.machine.answers["Rcr"] = {"OK"};
        prepare(bench.machine);
        CAPTURE(command);
        const bool begun = std::string(command) != "Pr;ymcko";
        checkFails(bench.print(), code, begun ? CardFate::atPrintStation : CardFate::atChipStation);
    };
    const auto nothing = [](FakePrinter&) {};
    const auto ended = [](FakePrinter& m) { m.ribbonEnded = true; };
    fails("Pr;ymcko", "ERROR RIBBON", ErrorCode::ribbonWrong, nothing);
    fails("Db;m;128;", "ERROR RIBBON", ErrorCode::ribbonEnded, ended);
    fails("Db;c;128;", "CARD JAM", ErrorCode::cardJammed, nothing);
    fails("Se", "COVER OPEN", ErrorCode::printerCoverOpen, nothing);
    fails("Se", "ERROR HEAD", ErrorCode::printHeadFault, nothing);
    fails("Se", "ERR RIB DETECTION", ErrorCode::ribbonMissing, nothing);
}

TEST_CASE("the counters decide when the last answer is lost") {
    Bench whole;
    whole.machine.answers["Se"] = {"+"};
    CHECK(whole.print());
    Bench part;
    part.machine.answers["Se"] = {"+"};
    part.machine.panelsPerFace = 3;
    checkFails(part.print(), ErrorCode::printInDoubt, CardFate::atPrintStation);
    Bench short_;
    short_.machine.panelsPerFace = 4;
    checkFails(short_.print(), ErrorCode::printInDoubt, CardFate::atPrintStation);

    PrinterProfile profile;
    profile.print.countPanels = false;
    Bench uncounted(profile);
    uncounted.machine.answers["Se"] = {"+"};
    checkFails(uncounted.print(), ErrorCode::printInDoubt, CardFate::atPrintStation);
}

TEST_CASE("a printer that takes no more bytes is not waited for beyond its patience") {
    Bench jam;
    jam.machine.blocksAt = "Db;m";
    jam.machine.port = 0x10;
    const auto jammed = jam.print();
    REQUIRE_FALSE(jammed);
    Bench busy;
    busy.machine.blocksAt = "Db;m";
    const Instant before = busy.clock.now();
    REQUIRE_FALSE(busy.print());
    CHECK(busy.clock.now() - before >= 60s);
    CHECK(busy.clock.now() - before < 300s);
}

TEST_CASE("unplugged while printing") {
    for (const char* command : {"Pr", "Ss", "Db;y", "Db;c", "Se"}) {
        Bench bench;
        bench.machine.unplugAt = command;
        CAPTURE(command);
        const bool begun = std::string(command) != "Pr";
        checkFails(bench.print(), ErrorCode::printerUnplugged,
                   begun ? CardFate::unknown : CardFate::atChipStation);
    }
}
