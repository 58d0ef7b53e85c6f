#include <doctest/doctest.h>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "tests/unit/card_printer/fake_printer.hpp"

using namespace liqu;
using namespace liqu::drivers;
using liqu::test::FakePrinter;
using Place = FakePrinter::Place;
using ports::PresentOutcome;
using namespace std::chrono_literals;

namespace {

// Which way the printer handles Se; the driver must cope with each.
struct Manner {
    bool driverAsksDuringMotion;
    bool printerAnswersDuringMotion;
    bool seAnswersAtOnce;
};
constexpr Manner manners[] = {{false, false, false}, {false, true, false}, {true, true, false},
                              {true, false, false},  {false, false, true}, {true, true, true}};

struct Bench {
    explicit Bench(Manner manner = {}) {
        PrinterProfile profile;
        profile.reply.queriesDuringMotion = manner.driverAsksDuringMotion;
        machine.queriesDuringMotion = manner.printerAnswersDuringMotion;
        machine.seAnswersAtOnce = manner.seAnswersAtOnce;
        machine.place = Place::print;
        printer = makeEvolisPrinter(machine, clock, profile);
    }
    Result<PresentOutcome> present(Duration patience) {
        const Instant end = clock.now() + patience;
        return printer->present(
            [this] {
                ++atMouth;
                atMouthAt = clock.now();
            },
            [this, end] { return end + extra; }, stop.get_token());
    }
    world::VirtualClock clock;
    FakePrinter machine{clock};
    std::unique_ptr<ports::CardPrinter> printer;
    std::stop_source stop;
    Duration extra{0};
    int atMouth = 0;
    Instant atMouthAt{};
};

}  // namespace

TEST_CASE("taken is what the mouth's sensor says") {
    for (const Manner& manner : manners) {
        for (const Duration after : {Duration{500ms}, Duration{3s}, Duration{20s}, Duration{55s}}) {
            CAPTURE(manner.driverAsksDuringMotion);
            CAPTURE(manner.printerAnswersDuringMotion);
            CAPTURE(manner.seAnswersAtOnce);
            CAPTURE(after.count());
            Bench bench(manner);
            bench.machine.takenAfter = after;
            const auto outcome = bench.present(60s);
            REQUIRE_MESSAGE(outcome, describe(outcome.error()));
            CHECK(*outcome == PresentOutcome::taken);
            CHECK(bench.atMouth == 1);
            CHECK(bench.machine.place == Place::taken);
            CHECK(bench.machine.count("Se") == 1);
        }
    }
}

TEST_CASE("not taken, then taken back") {
    for (const Manner& manner : manners) {
        Bench bench(manner);
        bench.machine.takenAfter.reset();
        const auto outcome = bench.present(30s);
        REQUIRE_MESSAGE(outcome, describe(outcome.error()));
        CHECK(*outcome == PresentOutcome::notTaken);
        CHECK(bench.atMouth == 1);
        CHECK(bench.clock.now().time_since_epoch() < 40s);
        REQUIRE(bench.printer->takeBack());
        CHECK(bench.machine.place == Place::print);
    }
}

TEST_CASE("a person may ask for more time") {
    Bench bench;
    bench.machine.takenAfter = 40s;
    bench.extra = 30s;
    CHECK(bench.present(20s).value_or(PresentOutcome::notTaken) == PresentOutcome::taken);
}

TEST_CASE("the card is announced soon after it is at the mouth") {
    for (const Manner& manner : manners) {
        Bench bench(manner);
        bench.machine.takenAfter = 30s;
        REQUIRE(bench.present(60s));
        CHECK(bench.atMouthAt.time_since_epoch() < 5s);
    }
}

TEST_CASE("stop leaves the card at the mouth") {
    for (const Manner& manner : manners) {
        Bench bench(manner);
        bench.machine.takenAfter.reset();
        bench.clock.add({[&](Instant now) {
                             if (now.time_since_epoch() >= 10s) bench.stop.request_stop();
                         },
                         [] { return std::optional<Instant>{}; }});
        const auto outcome = bench.present(60s);
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().code == ErrorCode::kioskStopping);
        CHECK(outcome.error().fate == CardFate::presented);
        CHECK(bench.clock.now().time_since_epoch() < 20s);
    }
}

TEST_CASE("a card already at the mouth is not moved again") {
    Bench bench;
    bench.machine.place = Place::mouth;
    const auto outcome = bench.present(5s);
    REQUIRE(outcome);
    CHECK(*outcome == PresentOutcome::notTaken);
    CHECK_FALSE(bench.machine.said("Se"));
}

TEST_CASE("errors on the way out") {
    const auto fails = [](const char* text, ErrorCode code, CardFate fate) {
        Bench bench;
        bench.machine.answers["Se"] = {text};
        const auto outcome = bench.present(60s);
        CAPTURE(text);
        REQUIRE_FALSE(outcome);
        CHECK_MESSAGE(outcome.error().code == code, describe(outcome.error()));
        CHECK(outcome.error().fate == fate);
    };
    fails("CARD JAM", ErrorCode::cardJammed, CardFate::atPrintStation);
    fails("COVER OPEN", ErrorCode::printerCoverOpen, CardFate::atPrintStation);
    fails("OK", ErrorCode::cardNotWhereExpected, CardFate::atPrintStation);
    Bench none;
    none.machine.place = Place::hopper;
    CHECK(none.present(60s).error().code == ErrorCode::cardGoneFromPrinter);
}

TEST_CASE("an error that only means \"nobody took it\" is not one") {
    Bench bench;
    bench.machine.answers["Se"] = {"+ERROR TIME OUT"};
    bench.machine.takenAfter = 20s;
    CHECK(bench.present(60s).value_or(PresentOutcome::notTaken) == PresentOutcome::taken);
}

TEST_CASE("a lost answer does not lose the card") {
    Bench bench;
    bench.machine.answers["Se"] = {"+"};
    bench.machine.takenAfter = 45s;
    CHECK(bench.present(60s).value_or(PresentOutcome::notTaken) == PresentOutcome::taken);
    CHECK(bench.atMouth == 1);
}

TEST_CASE("unplugged at each command of the hand-over") {
    for (const char* command : {"Pneab;A;1", "Pbc;D", "Se"}) {
        Bench bench;
        bench.machine.unplugAt = command;
        const auto outcome = bench.present(60s);
        CAPTURE(command);
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().code == ErrorCode::printerUnplugged);
        const bool moved = std::string(command) == "Se";
        CHECK(outcome.error().fate == (moved ? CardFate::unknown : CardFate::atPrintStation));
    }
}
