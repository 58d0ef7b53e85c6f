// The station and its in-process front, on virtual time.
#include <doctest/doctest.h>

#include "tests/unit/world/chip_host.hpp"
#include "tests/world/chip/station_chip_reader.hpp"
#include "tests/world/virtual_clock.hpp"

using namespace liqu;
using namespace liqu::world;
using namespace liqu::world::test;
using namespace std::chrono_literals;

namespace {

// A printer that moves one card at planned instants.
struct Mover {
    std::optional<Instant> insertAt, removeAt;
};

struct Bench {
    explicit Bench(const char* fault = nullptr) {
        if (fault != nullptr) REQUIRE(plan.arm(fault));
        clock.add({[this](Instant now) { move(now); }, [this] { return next(); }});
    }
    void move(Instant now) {
        if (mover.insertAt && now >= *mover.insertAt) {
            mover.insertAt.reset();
            station.insert(card);
        }
        if (mover.removeAt && now >= *mover.removeAt) {
            mover.removeAt.reset();
            station.remove();
        }
    }
    std::optional<Instant> next() const { return mover.insertAt ? mover.insertAt : mover.removeAt; }
    ErrorCode nameOf(const Result<Bytes>& result) const {
        REQUIRE_FALSE(result.has_value());
        return result.error().code;
    }

    FaultPlan plan;
    Hsm hsm = Hsm::forTheSimulation();
    std::shared_ptr<CardEngine> card = makeCard(seedBlank(), hsm, &plan);
    std::vector<std::string> lines;
    ChipStation station{[this](std::string_view line) { lines.emplace_back(line); }};
    VirtualClock clock;
    Mover mover;
    StationChipReader reader{station, clock};
    Bytes select = fromHex(selectSocial).value();
};

}  // namespace

TEST_CASE("station: the reader waits for the card and for its contacts") {
    Bench bench;
    bench.mover.insertAt = bench.clock.now() + 2s;
    const auto answer = bench.reader.powerOn(5s);
    REQUIRE(answer);
    CHECK(toHex(*answer) == "3B6D00000081544C96866042010000000A");
    CHECK(bench.clock.now() >= Instant{} + 2s + 360ms);
    CHECK(toHex(bench.reader.transmit(bench.select).value()) == "611E");
    REQUIRE(bench.reader.coldReset());
    CHECK(toHex(bench.reader.transmit(fromHex("00B2010512").value()).value()) == "6986");
    bench.reader.powerOff();
    CHECK(bench.lines.front() == "0000000A reset 3B6D00000081544C96866042010000000A");
    CHECK(bench.lines[2] == "0000000A < 611E");
    CHECK(bench.lines.back() == "0000000A off");
}

TEST_CASE("station: nothing there, or a mute card") {
    SUBCASE("nothing") {
        Bench bench;
        CHECK(bench.nameOf(bench.reader.powerOn(3s)) == ErrorCode::chipMute);
        CHECK(bench.clock.now() == Instant{} + 3s);
    }
    SUBCASE("mute") {
        Bench bench("chip.mute");
        bench.station.insert(bench.card);
        CHECK(bench.nameOf(bench.reader.powerOn(3s)) == ErrorCode::chipMute);
        CHECK(bench.plan.allFired());
    }
}

TEST_CASE("station: the card is moved during a command") {
    Bench bench;
    bench.station.insert(bench.card);
    REQUIRE(bench.reader.powerOn(1s));
    bench.mover.removeAt = bench.clock.now() + 5ms;
    CHECK(bench.nameOf(bench.reader.transmit(bench.select)) == ErrorCode::chipRemoved);
    // Another card in its place is not the one that was connected.
    bench.station.insert(bench.card);
    CHECK(bench.nameOf(bench.reader.transmit(bench.select)) == ErrorCode::chipRemoved);
    CHECK(bench.nameOf(bench.reader.coldReset()) == ErrorCode::chipRemoved);
    CHECK(bench.reader.powerOn(1s).has_value());
}

TEST_CASE("station: after a lost power every command says so until a cold reset") {
    Bench bench("chip.reset@1");
    bench.station.insert(bench.card);
    REQUIRE(bench.reader.powerOn(1s));
    const Bytes update = fromHex("00DC020403020133").value();
    CHECK(bench.nameOf(bench.reader.transmit(update)) == ErrorCode::chipWasReset);
    CHECK(bench.nameOf(bench.reader.transmit(bench.select)) == ErrorCode::chipWasReset);
    REQUIRE(bench.reader.coldReset());
    CHECK(bench.reader.transmit(bench.select).has_value());
}

TEST_CASE("station: slow and hung") {
    SUBCASE("slow answers in the end") {
        Bench bench("chip.slow");
        bench.station.insert(bench.card);
        REQUIRE(bench.reader.powerOn(1s));
        const Instant before = bench.clock.now();
        CHECK(bench.reader.transmit(bench.select).has_value());
        CHECK(bench.clock.now() >= before + 5s);
    }
    SUBCASE("mute in the middle is a hung reader") {
        Bench bench("chip.mute@card-class");
        bench.station.insert(bench.card);
        REQUIRE(bench.reader.powerOn(1s));
        CHECK(bench.nameOf(bench.reader.transmit(fromHex("00DC020403020133").value())) ==
              ErrorCode::chipReaderHung);
    }
}
