// The same failure, visitor after visitor: after as many cards as the region says nothing is fed,
// until the cause is gone or staff say so (decision 42). And what passes by itself is waited for.
#include "firmware/issuance/streak.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

const world::Document visitors[] = {world::documents::resident(), world::documents::permit(),
                                    world::documents::foreigner2017(),
                                    world::documents::foreigner2023()};

std::int64_t unused(SimulatedKiosk& kiosk) {
    return custody::balanceOf(kiosk.database(), custody::Place::hopper(1)).value();
}

// One message of the province is not answered, all others are.
class DeafDesk final : public ports::ProvinceLink {
  public:
    ports::ProvinceLink* real = nullptr;
    std::string deafTo;

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        if (path == "/v1/" + deafTo) {
            return fail(ErrorCode::provinceUnreachable, "HTTP 503 of that service");
        }
        return real->exchange(path, envelope, patience);
    }
};
struct DeafSeams : Seams {
    DeafDesk desk;
    ports::ProvinceLink& line(ports::ProvinceLink& real) override {
        desk.real = &real;
        return desk;
    }
};

// A chip reader whose power-on fails so often with this code.
class BusyReader final : public ports::ChipReader {
  public:
    ports::ChipReader* real = nullptr;
    int times = 0;
    ErrorCode code = ErrorCode::chipMute;

    Result<void> selfTest() override { return real->selfTest(); }
    Result<Bytes> powerOn(Duration patience) override {
        if (times <= 0) return real->powerOn(patience);
        --times;
        return fail(Error{code, "as the test says", CardFate::atChipStation});
    }
    Result<Bytes> coldReset() override { return real->coldReset(); }
    Result<Bytes> transmit(ByteView command) override { return real->transmit(command); }
    void powerOff() override { real->powerOff(); }
};
struct BusySeams : Seams {
    BusyReader reader;
    ports::ChipReader& chipReader(ports::ChipReader& real) override {
        reader.real = &real;
        return reader;
    }
};

void staffSaySo(SimulatedKiosk& kiosk) {
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(issuance::endStreak(transaction));
    REQUIRE(transaction.commit());
}

}  // namespace

TEST_CASE("a desk for reports that does not answer costs one card, and comes back by itself") {
    for (const char* deafTo : {"ISSUE.REPORT", "ISSUE.ENABLE"}) {
        CAPTURE(std::string(deafTo));
        DeafSeams seams;
        seams.desk.deafTo = deafTo;
        KioskSettings settings = shippedSettings();
        settings.seams = &seams;
        SimulatedKiosk kiosk(std::move(settings));
        kiosk.truth().breaks(&truth::Truth::lineFaults);
        const std::int64_t before = unused(kiosk);
        for (const world::Document& visitor : visitors) kiosk.serve(visitor);
        CHECK(cardsInBooks(kiosk) == "hold-bin 1");
        CHECK(unused(kiosk) == before - 1);
        CHECK(standing(kiosk) == "makingStopped");
        // It stands in the books: a restart does not forget it.
        kiosk.restart();
        CHECK(standing(kiosk) == "makingStopped");
        kiosk.serve(visitors[1]);
        CHECK(unused(kiosk) == before - 1);
        seams.desk.deafTo.clear();
        kiosk.outside().clock.sleepFor(std::chrono::minutes(11));
        kiosk.settle();
        kiosk.truth().mended();
        kiosk.serve(visitors[1]);
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "hold-bin 1, holder 1");
        CHECK(disagreements(kiosk) == Names{});
    }
}

TEST_CASE("a chip station that reads nothing costs two blanks, not a hopper") {
    for (const ErrorCode code : {ErrorCode::chipMute, ErrorCode::chipReplyTorn,
                                 ErrorCode::chipForeign, ErrorCode::chipWasReset}) {
        CAPTURE(numberOf(code));
        BusySeams seams;
        seams.reader.times = 1'000'000;
        seams.reader.code = code;
        KioskSettings settings = shippedSettings();
        settings.seams = &seams;
        SimulatedKiosk kiosk(std::move(settings));
        kiosk.truth().breaks(&truth::Truth::chipFaults);
        const std::int64_t before = unused(kiosk);
        for (const world::Document& visitor : visitors) kiosk.serve(visitor);
        CHECK(unused(kiosk) == before - 2);
        CHECK(cardsInBooks(kiosk) == "reject-bin 2");
        kiosk.restart();
        CHECK(standing(kiosk) == "makingStopped");
        staffSaySo(kiosk);
        CHECK(standing(kiosk) == "welcome");
        // Not mended: the next visitor's two tries stop it again.
        kiosk.serve(visitors[2]);
        kiosk.serve(visitors[3]);
        CHECK(unused(kiosk) == before - 4);
        CHECK(standing(kiosk) == "makingStopped");
        staffSaySo(kiosk);
        seams.reader.times = 0;
        kiosk.truth().mended();
        kiosk.serve(visitors[3]);
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "holder 1, reject-bin 4");
        CHECK(disagreements(kiosk) == Names{});
    }
}

TEST_CASE("an authentication that the province refuses costs two blanks, and stops the making") {
    for (const char* message : {"CARDAUTH.INT", "CARDAUTH.EXT"}) {
        CAPTURE(std::string(message));
        SimulatedKiosk kiosk(shippedSettings({std::string("province.refuses@") + message}));
        const std::int64_t before = unused(kiosk);
        for (const world::Document& visitor : visitors) kiosk.serve(visitor);
        CHECK(unused(kiosk) == before - 2);
        CHECK(cardsInBooks(kiosk) == "reject-bin 2");
        CHECK(standing(kiosk) == "makingStopped");
        CHECK(std::ranges::any_of(kiosk.logLines(), [](const std::string& line) {
            return line.find("makingStopped") != std::string::npos &&
                   line.find("cardAuthenticationRefused") != std::string::npos;
        }));
        kiosk.restart();
        CHECK(standing(kiosk) == "makingStopped");
        kiosk.serve(visitors[3]);
        CHECK(unused(kiosk) == before - 2);
        CHECK(disagreements(kiosk) == Names{});
    }
}

TEST_CASE("spoiled cards count over the visitors, whoever they are") {
    SimulatedKiosk kiosk(shippedSettings({"chip.6581@name", "chip.6581@sex", "chip.6581@name"}));
    const std::int64_t before = unused(kiosk);
    for (const world::Document& visitor : visitors) kiosk.serve(visitor);
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "reject-bin 2");
    CHECK(unused(kiosk) == before - 2);
    CHECK(standing(kiosk) == "makingStopped");
}

TEST_CASE("a reader that answers to everything but reading is out of service after two visits") {
    for (const char* fault : {"reader.mute@read", "reader.mute@select"}) {
        CAPTURE(std::string(fault));
        SimulatedKiosk kiosk(shippedSettings({fault}));
        kiosk.serve(visitors[0]);
        CHECK(standing(kiosk) == "welcome");
        kiosk.serve(visitors[1]);
        kiosk.outside().idReader->lift();
        CHECK(standing(kiosk) == "idReaderSilent");
        kiosk.restart();
        CHECK(standing(kiosk) == "idReaderSilent");
        // Somebody takes it out and plugs it in again.
        kiosk.outside().faults.mend("reader");
        kiosk.outside().idReader->unplug();
        CHECK(standing(kiosk) == "idReaderUnplugged");
        kiosk.outside().idReader->plugIn();
        CHECK(standing(kiosk) == "welcome");
        kiosk.serve(visitors[2]);
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "holder 1");
    }
}

TEST_CASE("people who leave their card, or the power, stop nothing") {
    SimulatedKiosk kiosk(
        shippedSettings({"holder.walks-away@take-card", "holder.walks-away@take-card",
                         "holder.walks-away@take-card"}));
    for (int i = 0; i < 3; ++i) kiosk.serve(visitors[i]);
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "hold-bin 3");
    CHECK(standing(kiosk) == "welcome");
}

TEST_CASE(
    "a reader that is busy for a moment, a card that is mute once: every visitor gets a card") {
    for (const ErrorCode code :
         {ErrorCode::chipReaderHeld, ErrorCode::chipServiceDown, ErrorCode::chipReaderNotFound,
          ErrorCode::chipReplyTorn, ErrorCode::chipMute, ErrorCode::chipRemoved,
          ErrorCode::chipWasReset}) {
        for (const int times : {0, 1, 2}) {
            CAPTURE(numberOf(code));
            CAPTURE(times);
            BusySeams seams;
            seams.reader.times = times;
            seams.reader.code = code;
            KioskSettings settings = shippedSettings();
            settings.seams = &seams;
            SimulatedKiosk kiosk(std::move(settings));
            kiosk.serve();
            kiosk.settle();
            CHECK(seams.reader.times == 0);
            CHECK(cardsInBooks(kiosk) == "holder 1");
            CHECK(ordersOf(kiosk) == "handedOver");
            CHECK(disagreements(kiosk) == Names{});
        }
    }
}

TEST_CASE("a refused blank whose number was read is in the books under it") {
    const auto conditionOf = [](const char* fault) {
        SimulatedKiosk kiosk(shippedSettings({fault}));
        kiosk.serve();
        kiosk.settle();
        CHECK(disagreements(kiosk) == Names{});
        const auto there = custody::cardsAt(kiosk.database(), custody::Place::rejectBin()).value();
        REQUIRE(custody::balanceOf(kiosk.database(), custody::Place::rejectBin()).value() == 1);
        return there.empty() ? std::string("unnamed") : there.front().condition;
    };
    CHECK(conditionOf("chip.already-written") == "refused");
    CHECK(conditionOf("chip.key-counter-1") == "refused");
    CHECK(conditionOf("printer.wrong-bank") == "refused");
    // These say no number of ours.
    CHECK(conditionOf("chip.mute@1") == "unnamed");
    CHECK(conditionOf("chip.foreign") == "unnamed");
    CHECK(conditionOf("chip.wrong-number") == "unnamed");
}

}  // namespace liqu::scenario
