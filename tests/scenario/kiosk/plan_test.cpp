// A plan of the test's own, with a row that holds no card: whoever waits for it keeps nobody else
// from being served.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using issuance::Disposition;
using issuance::Making;
using issuance::Plan;
using issuance::PlanRow;
using issuance::Seen;

// What the province would answer to "is it paid?".
enum class Payment : std::uint8_t { unknown, paid, closed };
Payment payment = Payment::paid;

Result<void> awaitsPayment(Making&) {
    if (payment == Payment::paid) return {};
    return fail(ErrorCode::provinceUnreachable, "nobody knows whether it is paid");
}
Disposition staysOpen(const Making&, const Error&) {
    return Disposition::wait;
}
Result<Seen> looksWhetherPaid(Making&, const custody::JournalEntry&) {
    if (payment == Payment::unknown) return fail(ErrorCode::provinceUnreachable, "away");
    return payment == Payment::paid ? Seen::happened : Seen::didNotHappen;
}

// The shipped plan, and before a blank is fed the money.
const Plan* planWithMoney(std::string_view service) {
    static const std::vector<PlanRow> rows = [] {
        const auto shipped = issuance::cardPlan.rows();
        std::vector<PlanRow> all(shipped.begin(), shipped.end());
        all.insert(std::ranges::find(all, "feed", &PlanRow::name), {.name = "awaitPayment",
                                                                    .holds = issuance::Holds::money,
                                                                    .act = awaitsPayment,
                                                                    .judge = staysOpen,
                                                                    .observe = looksWhetherPaid});
        return all;
    }();
    static const Plan plan(rows);
    const Plan* shippedPlan = services::planOf(service);
    return shippedPlan == &issuance::cardPlan ? &plan : shippedPlan;
}

struct MoneyFirst final : Seams {
    issuance::FindPlan planOf() override { return planWithMoney; }
};

struct PayingKiosk {
    MoneyFirst seams;
    SimulatedKiosk kiosk{[this] {
        KioskSettings settings = shippedSettings();
        settings.seams = &seams;
        return settings;
    }()};

    PayingKiosk() {
        payment = Payment::unknown;
        kiosk.truth().breaks(&truth::Truth::lineFaults);
        kiosk.serve();
        kiosk.truth().mended();
    }
};

TEST_CASE("an order that waits for money lets the next person be served") {
    PayingKiosk paying;
    SimulatedKiosk& kiosk = paying.kiosk;
    CHECK(ordersOf(kiosk) == "open");
    const auto told = problemsTold(kiosk.citizen());
    REQUIRE(!told.empty());
    CHECK(told.front().card == session::CardWhere::none);
    CHECK(standing(kiosk) == "welcome");

    payment = Payment::paid;
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(disagreements(kiosk) == std::vector<std::string>{});
}

TEST_CASE("what waits for money is settled beside the others, also after a restart") {
    for (const Payment answer : {Payment::paid, Payment::closed}) {
        CAPTURE(static_cast<int>(answer));
        PayingKiosk paying;
        SimulatedKiosk& kiosk = paying.kiosk;
        kiosk.restart();
        CHECK(standing(kiosk) == "welcome");
        CHECK(ordersOf(kiosk) == "open");
        payment = answer;
        kiosk.citizen().names.clear();
        kiosk.settle();
        CHECK(ordersOf(kiosk) == "resumable");
        // Nobody was shown it.
        CHECK(std::ranges::count(kiosk.citizen().names, "recovering") == 0);
        payment = Payment::paid;
        kiosk.serve();
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "holder 1");
        CHECK(disagreements(kiosk) == std::vector<std::string>{});
    }
}

TEST_CASE("a row this version does not know keeps the machine, and nothing is lost") {
    PayingKiosk paying;
    SimulatedKiosk& kiosk = paying.kiosk;
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(transaction.run("UPDATE journal SET step = 'dance' WHERE step = 'awaitPayment'"));
    REQUIRE(transaction.commit());
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    CHECK(standing(kiosk) == "storageDamaged");
    CHECK(ordersOf(kiosk) == "open");
}

}  // namespace
}  // namespace liqu::scenario
