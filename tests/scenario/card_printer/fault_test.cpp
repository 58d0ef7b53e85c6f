#include "tests/scenario/card_printer/bench.hpp"

using namespace liqu;
using namespace liqu::test;
using namespace std::chrono_literals;

namespace {

enum class Motion { feed, print, present, discard };

struct Row {
    const char* fault;
    Motion motion;
    ErrorCode code;
    std::optional<CardFate> fate;  // none: exactly what is true in the world
};

std::optional<Error> runUntilError(Bench& bench, Motion last) {
    const auto error = [](const auto& result) -> std::optional<Error> {
        return result ? std::nullopt : std::optional(result.error());
    };
    if (const auto fed = error(bench.printer->feedToChip(1)); fed || last == Motion::feed)
        return fed;
    if (last == Motion::discard) return error(bench.printer->discard(ports::Bin::reject));
    if (const auto printed = error(bench.print()); printed || last == Motion::print) return printed;
    return error(bench.present(20s));
}

// What the world says about the first card, in the words of the driver.
CardFate trueFate(const Bench& bench) {
    const auto places = bench.engine.places();
    if (!places.holder.empty()) return CardFate::taken;
    if (places.mouth) return CardFate::presented;
    if (!places.bin.empty()) return CardFate::discarded;
    if (!places.inside) return CardFate::notFed;
    if (places.moving || places.jammed) return CardFate::inTransport;
    return places.station == world::Station::chip ? CardFate::atChipStation
                                                  : CardFate::atPrintStation;
}

}  // namespace

TEST_CASE("every fault has its error, and the fate is never a wrong one") {
    using E = ErrorCode;
    const Row rows[] = {
        {"printer.hopper-empty@sensor", Motion::feed, E::hopperEmpty, CardFate::notFed},
        {"printer.hopper-empty@feed", Motion::feed, E::hopperEmpty, CardFate::notFed},
        {"printer.cover-open@sensor", Motion::feed, E::printerCoverOpen, CardFate::notFed},
        {"printer.jam@feed", Motion::feed, E::cardJammed, {}},
        {"printer.jam@chip", Motion::feed, E::cardJammed, {}},
        {"printer.jam@print", Motion::print, E::cardJammed, {}},
        {"printer.jam@exit", Motion::present, E::cardJammed, {}},
        {"printer.jam@discard", Motion::discard, E::cardJammed, {}},
        {"printer.ribbon-end@yellow", Motion::print, E::ribbonEnded, {}},
        {"printer.ribbon-end@cyan", Motion::print, E::ribbonEnded, {}},
        {"printer.ribbon-end@overlay", Motion::print, E::ribbonEnded, {}},
        {"printer.cover-open@print", Motion::print, E::printerCoverOpen, {}},
        {"printer.bin-full", Motion::discard, E::rejectBinFull, CardFate::atChipStation},
        {"printer.unplug@feed", Motion::feed, E::printerUnplugged, CardFate::unknown},
        {"printer.unplug@chip", Motion::feed, E::printerUnplugged, CardFate::unknown},
        {"printer.unplug@print", Motion::print, E::printerUnplugged, CardFate::unknown},
        {"printer.unplug@exit", Motion::present, E::printerUnplugged, CardFate::unknown},
        {"printer.unplug@discard", Motion::discard, E::printerUnplugged, CardFate::unknown},
    };
    for (const Row& row : rows) {
        CAPTURE(row.fault);
        Bench bench({}, row.fault);
        const auto error = runUntilError(bench, row.motion);
        REQUIRE(error);
        CHECK_MESSAGE(error->code == row.code, describe(*error));
        CHECK(bench.faults.allFired());
        REQUIRE(error->fate);
        CHECK_MESSAGE(*error->fate == row.fate.value_or(trueFate(bench)), describe(*error));
    }
}

TEST_CASE("what the wire does wrong is no error where the card is right") {
    for (const char* fault :
         {"printer.late-reply@query", "printer.late-reply@motion", "printer.stray-ok",
          "printer.garbled-reply@query", "printer.garbled-reply@motion", "printer.stall@in",
          "printer.stall@out"}) {
        CAPTURE(fault);
        Bench bench({}, fault);
        bench.takesAfter = 3s;
        const auto status = bench.printer->status();
        if (status) CHECK(status->media == ports::MediaPosition::none);
        auto fed = bench.printer->feedToChip(1);
        if (!fed && fed.error().fate == CardFate::notFed) fed = bench.printer->feedToChip(1);
        REQUIRE_MESSAGE(fed, describe(fed.error()));
        const auto printed = bench.print();
        REQUIRE_MESSAGE(printed, describe(printed.error()));
        const auto outcome = bench.present(60s);
        REQUIRE_MESSAGE(outcome, describe(outcome.error()));
        CHECK(*outcome == ports::PresentOutcome::taken);
        CHECK(bench.faults.allFired());
    }
}

TEST_CASE("no printer, and four ways of not getting it") {
    Bench bench;
    const auto code = [&](world::UsbObstacle obstacle) {
        bench.bus.setObstacle("1-1", obstacle);
        return numberOf(bench.printer->identify().error().code);
    };
    CHECK(code(world::UsbObstacle::noPermission) == 20102);
    CHECK(code(world::UsbObstacle::heldByDriver) == 20103);
    CHECK(code(world::UsbObstacle::heldByProcess) == 20104);
    bench.bus.setObstacle("1-1", world::UsbObstacle::none);
    bench.engine.unplug();
    CHECK(numberOf(bench.printer->identify().error().code) == 20101);
    bench.engine.plugIn();
    CHECK(bench.printer->identify());
}

TEST_CASE("after a jam somebody clears it, and the printer works again") {
    Bench bench({}, "printer.jam@print");
    REQUIRE(runUntilError(bench, Motion::print));
    CHECK(bench.engine.takeOutJammed());
    const auto reset = bench.printer->reset();
    REQUIRE_MESSAGE(reset, describe(reset.error()));
    const auto fed = bench.printer->feedToChip(1);
    REQUIRE_MESSAGE(fed, describe(fed.error()));
    CHECK(bench.print());
}

TEST_CASE("what stopped a feed and was put right does not stop the next one") {
    for (const char* fault : {"printer.cover-open@feed", "printer.hopper-empty@feed"}) {
        CAPTURE(fault);
        Bench bench({}, fault);
        REQUIRE(runUntilError(bench, Motion::feed));
        bench.faults.mend("");
        bench.engine.setCover(false);
        const auto fed = bench.printer->feedToChip(1);
        CHECK_MESSAGE(fed, describe(fed.error()));
        CHECK(bench.print());
    }
}

TEST_CASE("unplugged while printing and plugged in again: the card is found") {
    Bench bench({}, "printer.unplug@print");
    REQUIRE(runUntilError(bench, Motion::print));
    bench.clock.sleepFor(5s);
    bench.engine.plugIn();
    bool idle = false;
    for (int second = 0; second < 400 && !idle; ++second) {
        const auto answer = bench.printer->idle();
        REQUIRE_MESSAGE(answer, describe(answer.error()));
        idle = *answer;
        if (!idle) bench.clock.sleepFor(1s);
    }
    REQUIRE(idle);
    const auto reset = bench.printer->reset();
    REQUIRE_MESSAGE(reset, describe(reset.error()));
    const auto gone = bench.printer->discard(ports::Bin::reject);
    REQUIRE_MESSAGE(gone, describe(gone.error()));
    CHECK(bench.engine.places().bin.size() == 1);
}
