// A kiosk's outbox and sender in front of a province of one page, on a virtual clock.
#pragma once

#include <doctest/doctest.h>

#include "firmware/province/outbox.hpp"
#include "firmware/province/sender.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/province/scripted_link.hpp"

namespace liqu::test {

inline const Error outcomeUnknown{ErrorCode::provinceOutcomeUnknown, "cut"};
inline const Error notSent{ErrorCode::provinceUnreachable, "no route"};

struct Office {
    Scratch scratch;
    std::unique_ptr<storage::Database> kiosk = openDatabase(scratch);
    std::unique_ptr<storage::Database> own = openDatabase(scratch);
    Desk desk;
    security::SealKey key = security::SealKey::make(desk.random);
    security::Sealer sealer{security::SealProfile::sm4CtrHmacSm3, key, desk.random};
    province::Outbox outbox{sealer, terminal()};
    province::Sender sender{*own, sealer, desk.adapter};

    province::FactId put(const province::Fact& fact) {
        auto transaction = storage::Transaction::begin(*kiosk).value();
        const province::FactId id = outbox.enqueue(transaction, fact).value();
        REQUIRE(transaction.commit());
        return id;
    }
    province::FactId putReport(int business = 42) {
        return put(province::factOf(test::business(business), test::exampleReport(), 1).value());
    }
    province::FactId putEnable(int business = 42) {
        return put(province::factOf(test::business(business), test::exampleEnabling(), WallTime{})
                       .value());
    }
    province::FactId putHandover(int business = 42) {
        return put(province::factOf(test::business(business), test::exampleHandover(), 1).value());
    }
    province::FactStatus status(province::FactId fact) {
        return province::statusOf(*kiosk, fact).value();
    }
    void pass(Duration time) { desk.clock.sleepFor(time); }
    // Steps until nothing is due now.
    void sendAllDue() {
        while (sender.step().value().sent) {
        }
    }
    // The next that is tried, however long the pauses before it are.
    std::optional<province::FactId> nextSent() {
        constexpr int pausesAtMost = 10;
        for (int i = 0; i < pausesAtMost; ++i) {
            const province::SendStep step = sender.step().value();
            if (step.sent || !step.nextDue) return step.sent;
            CHECK(*step.nextDue > desk.clock.wallTime());
            pass(sender.timeUntil(*step.nextDue));
        }
        return std::nullopt;
    }
    std::vector<std::string> types() { return desk.link.types(); }
};

}  // namespace liqu::test
