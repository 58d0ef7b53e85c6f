// One message that cannot be read holds up nobody else's card; what was delivered is kept for a
// while.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;

// Of how many delivered facts of visits the body is there still.
std::int64_t bodiesKept(SimulatedKiosk& kiosk) {
    return kiosk.database()
        .number(
            "SELECT count(*) FROM outbox WHERE state = 'delivered' AND body_sealed IS NOT NULL "
            "AND message_type <> 'AUDIT.CHECKPOINT'")
        .value();
}

void passTime(SimulatedKiosk& kiosk, Duration time) {
    kiosk.outside().clock.sleepFor(time);
    kiosk.turn();
    kiosk.turn();
}

}  // namespace

TEST_CASE("a row this program cannot read at the head of the queue: every visitor gets the card") {
    SimulatedKiosk kiosk;
    {
        auto hurt = storage::Transaction::begin(kiosk.database()).value();
        REQUIRE(
            hurt.run("INSERT INTO outbox(terminal_seq, order_id, message_type, "
                     "idempotency_key, happened_at, body_sealed, state) VALUES(1, "
                     "'T-000017-20240101-000001', 'STOCK.FUTURE', '00', 1700000000000, x'00', "
                     "'queued')"));
        REQUIRE(hurt.commit());
    }
    for (const world::Document& visitor :
         {world::documents::resident(), world::documents::permit(),
          world::documents::foreigner2017(), world::documents::foreigner2023()}) {
        kiosk.serve(visitor);
    }
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 4");
    CHECK(outboxOf(kiosk) == "delivered 12, parked 1");
    CHECK(province::depthOf(kiosk.database())->parked == 1);
    // Told once, by its name.
    const auto tells = [](const std::string& line) {
        return line.find("STOCK.FUTURE") != std::string::npos;
    };
    CHECK(std::ranges::count_if(kiosk.logLines(), tells) == 1);
}

TEST_CASE("the bodies of delivered facts are kept for as many days as the region says") {
    for (const std::chrono::days kept : {std::chrono::days{7}, std::chrono::days{30}}) {
        CAPTURE(kept.count());
        KioskSettings settings = shippedSettings();
        settings.region.keptBodies = kept;
        SimulatedKiosk kiosk(settings);
        kiosk.serve(world::documents::resident());
        kiosk.settle();
        CHECK(bodiesKept(kiosk) == 3);
        passTime(kiosk, kept - 24h);
        CHECK(bodiesKept(kiosk) == 3);
        kiosk.serve(world::documents::permit());
        kiosk.settle();
        CHECK(bodiesKept(kiosk) == 6);
        passTime(kiosk, 25h);
        CHECK(bodiesKept(kiosk) == 3);
        CHECK(kiosk.database().number(
                  "SELECT count(*) FROM outbox WHERE order_id = (SELECT max(order_id) FROM orders) "
                  "AND body_sealed IS NOT NULL") == 3);
        passTime(kiosk, kept);
        CHECK(bodiesKept(kiosk) == 0);
        CHECK(outboxOf(kiosk) == "delivered 6");
    }
}

}  // namespace liqu::scenario
