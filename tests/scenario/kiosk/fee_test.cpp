// The fee of a replacement, collected at the machine: a region and a service laid over the shipped
// ones, because no region of the tree has one. Who paid is asked by the order's number and by
// nothing else; nobody pays twice, and nobody's money is lost.
// Rules: F-01, F-02, F-05, F-06.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/fee_service.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

struct FeeKiosk {
    FeeService service;
    SimulatedKiosk kiosk;

    explicit FeeKiosk(std::vector<std::string> faults = {}, bool collects = true)
        : kiosk([&] {
              KioskSettings settings = shippedSettings(std::move(faults));
              settings.region.fee = {.channel = policy::FeeChannel::qr,
                                     .collector = {"样例财政", "the treasury"}};
              if (collects) settings.payments = &service;
              return settings;
          }()) {
        service.clock = &kiosk.outside().clock;
        service.onPaid = [this](const FeeService::Order& order) {
            const bool right = order.paid == order.amount;
            kiosk.truth().breaks(right ? &truth::Truth::feeArrived : &truth::Truth::feeDiffers);
        };
        kiosk.outside().province().feesAtTerminals = true;
    }

    void visit(const world::Document& document = feeOwer()) {
        kiosk.citizen().seen.clear();
        kiosk.citizen().names.clear();
        kiosk.serve(document, "replacement");
    }
    bool saw(std::string_view page) {
        return std::ranges::find(kiosk.citizen().names, page) != kiosk.citizen().names.end();
    }
    ErrorCode told() {
        const auto problems = problemsTold(kiosk.citizen());
        return problems.empty() ? ErrorCode::changeCarriedOut : problems.front().reason;
    }
    // One registration, one payment, one card, and everybody agrees.
    void madeForOneFee() {
        kiosk.settle();
        CHECK(cardsInBooks(kiosk).find("holder 1") != std::string::npos);
        CHECK(registrations() == 1);
        CHECK(service.timesPaid() == 1);
        CHECK(service.openNow() == 0);
        CHECK(disagreements(kiosk) == Names{});
    }
    std::int64_t registrations() {
        std::int64_t all = 0;
        for (const auto& [number, application] : kiosk.outside().province().applications)
            all += static_cast<std::int64_t>(application.fees.size());
        return all;
    }
    std::string fees() {
        const auto rows =
            kiosk.database().query("SELECT state FROM fee_orders ORDER BY attempt").value();
        std::string states;
        for (const storage::Row& row : rows) states += (states.empty() ? "" : " ") + row.text(0);
        return states;
    }
};

TEST_CASE("a fee is paid by the code on the screen, registered, and the card is made") {
    FeeKiosk at;
    at.visit();
    CHECK(at.saw("fee-agree"));
    CHECK(at.saw("fee-code"));
    CHECK(at.saw("fee-arrived"));
    at.madeForOneFee();
    CHECK(at.fees() == "paid");
    const auto& application = at.kiosk.outside().province().applications.begin()->second;
    CHECK(application.feePaid);
    CHECK(application.fees.front().amountFen == 2000);
    CHECK(application.fees.front().bizId.ends_with("-F"));
    CHECK(application.fees.front().orderNo == at.service.orders().begin()->first);
}

TEST_CASE("where nothing collects it, a fee sends to the counter before anything is begun") {
    FeeKiosk at({}, false);
    at.visit();
    CHECK(at.told() == ErrorCode::feeDue);
    CHECK(applicationsAtProvince(at.kiosk) == "-");
    CHECK(at.fees() == "");
}

TEST_CASE("what is free is said with its article, and nothing is asked for") {
    FeeKiosk at;
    world::Person& person = at.kiosk.outside().province().persons[feeOwer().number];
    person.feeCents = 0;
    at.visit();
    CHECK(at.saw("fee-free-agree"));
    CHECK_FALSE(at.saw("fee-code"));
    at.kiosk.settle();
    CHECK(cardsInBooks(at.kiosk) == "holder 1");
    CHECK(at.service.orders().empty());
    CHECK(at.kiosk.database()
              .number("SELECT count(*) FROM journal WHERE step = 'quoteFee' AND detail LIKE "
                      "'%exempt=QUALITY%'")
              .value() == 1);
}

TEST_CASE("who pays nothing now keeps the application, and pays another time") {
    FeeKiosk at;
    at.kiosk.citizen().touchesFirst["fee-agree"] = {screen::ActionKind::decline};
    at.visit();
    CHECK(at.told() == ErrorCode::feeNotPaid);
    CHECK(at.service.orders().empty());
    CHECK(applicationsAtProvince(at.kiosk) == "CREATED");
    at.kiosk.citizen().touchesFirst.clear();
    at.visit();
    at.madeForOneFee();
}

TEST_CASE("nobody pays in time: the order is closed, and the next visit opens another") {
    FeeKiosk at;
    at.service.paysAfter.reset();
    at.visit();
    CHECK(at.told() == ErrorCode::feeNotPaid);
    CHECK(at.fees() == "closed");
    at.service.paysAfter = 20s;
    at.visit();
    at.madeForOneFee();
    CHECK(at.service.orders().size() == 2);
    CHECK(at.fees() == "closed paid");
}

TEST_CASE("paid after the close: the money is the application's, and no second is asked for") {
    FeeKiosk at;
    at.service.paysAfter.reset();
    at.visit();
    CHECK(at.fees() == "closed");
    at.service.paysAfter = 1s;
    at.service.paysAfterClose = true;
    at.visit();
    CHECK_FALSE(at.saw("fee-agree"));
    CHECK_FALSE(at.saw("fee-code"));
    at.madeForOneFee();
    CHECK(at.fees() == "paid");
    CHECK(at.service.orders().size() == 1);
}

TEST_CASE("the answer to the opening is lost: the same number brings the same order") {
    FeeKiosk at;
    at.service.openAnswersLost = 1;
    at.visit();
    at.madeForOneFee();
    CHECK(at.service.orders().size() == 1);
    CHECK(at.service.orders().begin()->second.timesOpened == 2);
}

TEST_CASE(
    "no answer to the opening at all: nothing was shown, and it is closed beside the others") {
    FeeKiosk at;
    at.service.openAnswersLost = 2;
    at.service.paysAfter.reset();
    at.kiosk.truth().breaks(&truth::Truth::lineFaults);
    at.visit();
    CHECK(at.told() == ErrorCode::paymentUnclear);
    CHECK_FALSE(at.saw("fee-code"));
    at.kiosk.settle();
    CHECK(ordersOf(at.kiosk) == "resumable");
    CHECK(at.fees() == "closed");
    at.kiosk.truth().mended();
    at.service.paysAfter = 20s;
    at.visit();
    at.madeForOneFee();
}

TEST_CASE("paid, and the province gone before it is registered: the next visit goes on unasked") {
    FeeKiosk at({"province.unreachable@ISSUE.MARK"});
    at.visit();
    CHECK(at.fees() == "paid");
    CHECK(cardsInBooks(at.kiosk) == "-");
    at.kiosk.outside().faults.mend("province.");
    at.kiosk.outside().front->mendLine();
    at.kiosk.outside().clock.sleepFor(30min);
    at.kiosk.settle();
    CHECK(at.registrations() == 1);
    at.visit();
    CHECK_FALSE(at.saw("fee-agree"));
    at.madeForOneFee();
}

TEST_CASE("paid, and the blank is spoiled: the next visit makes the card for the same money") {
    FeeKiosk at({"chip.6581@name"});
    at.visit();
    at.kiosk.settle();
    CHECK(cardsInBooks(at.kiosk) == "reject-bin 1");
    at.visit();
    const auto have = existingTold(at.kiosk.citizen());
    REQUIRE_FALSE(have.empty());
    CHECK(have.front().kind == session::ExistingKind::feePaid);
    CHECK_FALSE(at.saw("fee-agree"));
    at.madeForOneFee();
}

TEST_CASE("another amount came: nothing is made of it, and people decide") {
    FeeKiosk at;
    at.service.paysInstead = Money::ofFen(1600);
    at.visit();
    CHECK(at.told() == ErrorCode::paymentAmountDiffers);
    CHECK(at.fees() == "held");
    at.visit();
    CHECK(at.told() == ErrorCode::paymentAmountDiffers);
    CHECK_FALSE(at.saw("fee-code"));
    at.kiosk.settle();
    CHECK(cardsInBooks(at.kiosk) == "-");
    CHECK(at.registrations() == 0);
}

TEST_CASE("answers about another order are used for nothing, and the question is asked again") {
    FeeKiosk at;
    at.service.answersAboutAnother = 5;
    at.visit();
    at.madeForOneFee();
}

TEST_CASE("the service falls silent: nobody is told that nothing was paid, and others are served") {
    FeeKiosk at;
    at.kiosk.truth().breaks(&truth::Truth::lineFaults);
    at.kiosk.citizen().onScreen = [&](std::string_view page) {
        if (page == "fee-code") at.service.silent = true;
    };
    at.visit();
    CHECK(at.told() == ErrorCode::paymentUnclear);
    CHECK(at.fees() == "closing");
    CHECK(standing(at.kiosk) == "welcome");
    at.kiosk.citizen().onScreen = [](std::string_view) {};

    // Its holder comes back before it speaks again: no second order beside the open one.
    at.visit();
    CHECK(at.told() == ErrorCode::paymentUnclear);
    CHECK(at.service.orders().size() == 1);

    at.service.silent = false;
    at.kiosk.settle();
    CHECK(at.fees() == "paid");
    at.visit();
    CHECK_FALSE(at.saw("fee-agree"));
    at.madeForOneFee();
}

TEST_CASE("the service is not there: the application is kept, and no order stands open") {
    FeeKiosk at;
    at.service.away = true;
    at.kiosk.truth().breaks(&truth::Truth::lineFaults);
    at.visit();
    CHECK(at.told() == ErrorCode::paymentUnreachable);
    CHECK(at.fees() == "closed");
    at.service.away = false;
    at.visit();
    // The number of the one that never came about is asked for once more, and is nobody's.
    at.madeForOneFee();
}

TEST_CASE("the power goes at any moment: one fee, paid once, registered once, and one card") {
    int cuts = 0;
    for (int look = 1; look < 400; look += 2) {
        CAPTURE(look);
        FeeKiosk at;
        at.kiosk.cutPowerAtLook(at.kiosk.looks() + look);
        if (!at.kiosk.serveUntilPowerCut(feeOwer(), "replacement")) break;
        ++cuts;
        at.kiosk.restart();
        at.kiosk.settle();
        CHECK(at.service.timesPaid() <= 1);
        const bool waits = cardsInBooks(at.kiosk).find("hold-bin 1") != std::string::npos;
        const bool has = cardsInBooks(at.kiosk).find("holder 1") != std::string::npos;
        if (!waits && !has) at.visit();
        at.kiosk.settle();
        CHECK(at.service.timesPaid() == 1);
        CHECK(at.registrations() == 1);
        CHECK(at.service.openNow() == 0);
        const std::string cards = cardsInBooks(at.kiosk);
        CHECK((cards.find("holder 1") != std::string::npos ||
               cards.find("hold-bin 1") != std::string::npos));
        CHECK(disagreements(at.kiosk) == Names{});
    }
    CHECK(cuts > 20);
}

}  // namespace
}  // namespace liqu::scenario
