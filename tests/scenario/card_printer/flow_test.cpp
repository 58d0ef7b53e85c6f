#include "tests/scenario/card_printer/bench.hpp"
#include "tests/world/card_printer/panel_codec.hpp"

using namespace liqu;
using namespace liqu::test;
using ports::MediaPosition;
using ports::PresentOutcome;
using namespace std::chrono_literals;

namespace {

constexpr Habits allHabits[] = {{false, false, true}, {false, true, true},   {true, true, true},
                                {true, false, true},  {false, false, false}, {true, true, false}};

}  // namespace

TEST_CASE("a card from the hopper into the hand") {
    for (const Habits& habits : allHabits) {
        CAPTURE(habits.driverAsks);
        CAPTURE(habits.printerAnswers);
        CAPTURE(habits.ejectBlocks);
        Bench bench(habits);
        bench.takesAfter = 4s;
        const auto identity = bench.printer->identify();
        REQUIRE(identity);
        CHECK(identity->model == "KC200B");
        const auto before = bench.printer->counters();
        REQUIRE(before);

        const auto fed = bench.printer->feedToChip(1);
        REQUIRE_MESSAGE(fed, describe(fed.error()));
        CHECK(bench.printer->status()->media == MediaPosition::chipStation);
        const auto printed = bench.print();
        REQUIRE_MESSAGE(printed, describe(printed.error()));
        // Four times the next panel was waited for; never longer than no time at all.
        const auto gaps = bench.engine.gaps();
        CHECK(gaps.size() == 4);
        for (const auto& gap : gaps) CHECK(gap.length == Duration{0});
        const auto after = bench.printer->counters();
        REQUIRE(after);
        CHECK(*after->panelsPrinted == *before->panelsPrinted + 5);
        REQUIRE(bench.printer->moveToChip());  // the chip stays readable after printing

        const auto outcome = bench.present(60s);
        REQUIRE_MESSAGE(outcome, describe(outcome.error()));
        CHECK(*outcome == PresentOutcome::taken);
        CHECK(bench.atMouth == 1);
        REQUIRE(bench.engine.places().holder.size() == 1);
        CHECK(bench.engine.places().holder[0].hasWholeFace());
        CHECK(bench.printer->status()->media == MediaPosition::none);
    }
}

TEST_CASE("the printed panels decode to the face that was sent") {
    Bench bench;
    REQUIRE(bench.printer->feedToChip(1));
    REQUIRE(bench.print());
    const auto card = bench.engine.places().inside;
    REQUIRE(card);
    REQUIRE(card->hasWholeFace());
    const ports::CardFace face = someFace();
    const auto dots = [&](char panel) {
        const auto& printed = card->panels.at(panel);
        CHECK(printed.times == 1);
        return world::unpackSamples(*printed.packed, printed.bits);
    };
    const Bytes yellow = dots('y'), magenta = dots('m'), cyan = dots('c'), black = dots('k');
    int wrong = 0;
    for (std::size_t line = 0; line < 1016; ++line) {
        for (std::size_t dot = 0; dot < 648; ++dot) {
            const std::size_t at = (647 - dot) * 1016 + line;
            const auto ink = [&](std::size_t i) {
                return (255 - face.rgb.reveal()[at * 3 + i]) >> 1;
            };
            const std::size_t to = line * 648 + dot;
            wrong += cyan[to] != ink(0) || magenta[to] != ink(1) || yellow[to] != ink(2) ||
                     black[to] != face.black.reveal()[at];
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("nobody takes the card: back inside, then into the bin") {
    for (const Habits& habits : allHabits) {
        Bench bench(habits);
        REQUIRE(bench.printer->feedToChip(1));
        REQUIRE(bench.print());
        const auto outcome = bench.present(40s);
        REQUIRE_MESSAGE(outcome, describe(outcome.error()));
        CHECK(*outcome == PresentOutcome::notTaken);
        CHECK(bench.placeOf("A1") == "mouth");
        const auto back = bench.printer->takeBack();
        REQUIRE_MESSAGE(back, describe(back.error()));
        CHECK(bench.engine.places().inside);
        const auto gone = bench.printer->discard(ports::Bin::reject);
        REQUIRE_MESSAGE(gone, describe(gone.error()));
        CHECK(bench.engine.places().bin.size() == 1);
        // And the next one goes on as if nothing had happened.
        REQUIRE(bench.printer->feedToChip(1));
    }
}

TEST_CASE("snatched, and taken at the last moment") {
    for (const Habits& habits : allHabits) {
        for (const Duration after : {Duration{100ms}, Duration{25s}, Duration{50s}}) {
            Bench bench(habits);
            bench.takesAfter = after;
            REQUIRE(bench.printer->feedToChip(1));
            const auto outcome = bench.present(60s);
            REQUIRE_MESSAGE(outcome, describe(outcome.error()));
            CHECK(*outcome == PresentOutcome::taken);
            CHECK(bench.atMouth == 1);
        }
    }
}

TEST_CASE("reset keeps the card, and recovery finds it") {
    Bench bench;
    REQUIRE(bench.printer->feedToChip(1));
    const auto reset = bench.printer->reset();
    REQUIRE_MESSAGE(reset, describe(reset.error()));
    CHECK(bench.engine.places().inside);
    const auto moved = bench.printer->moveToChip();
    REQUIRE_MESSAGE(moved, describe(moved.error()));
    CHECK(bench.placeOf("A1") == "chip");
    CHECK(bench.engine.places().hoppers[0].size() == 2);
}

TEST_CASE("a process killed while printing: idle only when the last panel is on the card") {
    for (const bool answers : {false, true}) {
        Bench bench({answers, answers, true});
        REQUIRE(bench.printer->feedToChip(1));
        const auto face = bench.printer->prepare(someFace());
        struct Killed {};
        // The process dies before it could send the job's end.
        try {
            static_cast<void>(bench.printer->print(**face, [](ports::PrintProgress step) {
                if (step.done == 4) throw Killed{};
            }));
        } catch (const Killed&) {
        }
        auto next = drivers::makeEvolisPrinter(bench.bus, bench.clock, {});
        bool idle = false;
        for (int second = 0; second < 400 && !idle; ++second) {
            const auto answer = next->idle();
            REQUIRE_MESSAGE(answer, describe(answer.error()));
            idle = *answer;
            if (!idle) bench.clock.sleepFor(1s);
        }
        REQUIRE(idle);
        // Without the end of the job the last panel is never printed.
        CHECK(bench.printer->counters()->panelsPrinted < 5U);
    }
}
