#include "firmware/issuance/usual_times.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::issuance;
using namespace std::chrono_literals;
using custody::Phase;

namespace {

struct CardsMade {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    int orders = 0;

    // One card whose feeding took so long.
    void fed(std::chrono::milliseconds took, Phase end = Phase::fact) {
        const std::string order = "o" + std::to_string(++orders);
        auto transaction = storage::Transaction::begin(*database);
        CHECK(transaction->run(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES(?, 0, 'firstCard', '', 'open')",
            {order}));
        const WallTime begun{1h};
        CHECK(custody::record(*transaction, {0, order, "feed", 1, Phase::intent, begun, ""}));
        CHECK(custody::record(*transaction, {0, order, "feed", 1, end, begun + took, ""}));
        CHECK(transaction->commit());
    }
    Duration feeding() const {
        return timeOf(cardPlan.row(rowNames::feed), *usualTimes(*database));
    }
};

}  // namespace

TEST_CASE("a machine that knows too few cards goes by the plan") {
    CardsMade made;
    for (int i = 0; i < 4; ++i) made.fed(2s);
    CHECK(made.feeding() == 5s);
    made.fed(2s);
    CHECK(made.feeding() == 2s);
}

TEST_CASE("usual is the median: failures, stops and clocks that were set do not count") {
    CardsMade made;
    for (const auto took : {1s, 2s, 3s, 4s, 590s}) made.fed(took);
    CHECK(made.feeding() == 3s);
    for (int i = 0; i < 9; ++i) {
        made.fed(-5s);
        made.fed(2h);
        made.fed(30s, Phase::failure);
    }
    CHECK(made.feeding() == 3s);
}

TEST_CASE("only the newest cards count") {
    CardsMade made;
    for (int i = 0; i < 400; ++i) made.fed(9s);
    for (int i = 0; i < 201; ++i) made.fed(1s);
    CHECK(made.feeding() == 1s);
}
