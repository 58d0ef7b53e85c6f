// 撤回申请: unpaid and without data, of an application made here; a code that can still be paid is
// closed before; what becomes of the old card is the province's word.
// Rules: R-07.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/fee_service.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using policy::ServiceMode;
using screen::ActionKind;
using Names = std::vector<std::string>;

struct WithdrawDesk {
    FeeService service;
    SimulatedKiosk kiosk;

    explicit WithdrawDesk(std::vector<std::string> faults = {},
                          ServiceMode mode = ServiceMode::self)
        : kiosk([&] {
              KioskSettings settings = shippedSettings(std::move(faults));
              settings.region.fee = {.channel = policy::FeeChannel::qr,
                                     .collector = {"样例财政", "the treasury"}};
              settings.payments = &service;
              policy::ServiceRule rule;
              rule.mode = mode;
              rule.basis = "Guangdong Art.27(4)";
              rule.terms = {{"firstCard", 1}};
              settings.region.services["withdraw"] = rule;
              return settings;
          }()) {
        service.clock = &kiosk.outside().clock;
        service.onPaid = [this](const FeeService::Order&) {
            kiosk.truth().breaks(&truth::Truth::feeArrived);
        };
        kiosk.outside().province().feesAtTerminals = true;
    }
    // A replacement that was applied for here and not paid.
    void apply() {
        service.paysAfter.reset();
        kiosk.serve(feeOwer(), "replacement");
        kiosk.settle();
        REQUIRE(application().state == "CREATED");
        REQUIRE(oldCard().state == "REPLACING");
        kiosk.citizen().seen.clear();
        kiosk.citizen().names.clear();
    }
    void serve() {
        kiosk.serve(feeOwer(), "withdraw");
        kiosk.settle();
    }
    world::Application& application() {
        auto& all = kiosk.outside().province().applications;
        REQUIRE(all.size() == 1);
        return all.begin()->second;
    }
    world::Card& oldCard() { return kiosk.outside().province().cards.at("K00000022"); }
    int sent(const char* message) { return kiosk.outside().province().messages[message]; }
    bool saw(const char* page) { return sawScreen(kiosk.citizen(), page); }
    std::string asked(const char* page) {
        const auto shown = screensNamed(kiosk.citizen(), page);
        return shown.empty() ? "-" : personPage(shown.back().content, page)->question.key;
    }
    std::string order() {
        const auto rows = kiosk.database()
                              .query(
                                  "SELECT state FROM orders WHERE service = 'withdraw' "
                                  "ORDER BY order_id")
                              .value();
        return rows.empty() ? "-" : rows.back().text(0);
    }
    std::string fees() {
        const auto rows =
            kiosk.database().query("SELECT state FROM fee_orders ORDER BY attempt").value();
        return rows.empty() ? "-" : rows.back().text(0);
    }
};

TEST_CASE("an unpaid replacement is withdrawn, and the old card is what the province says") {
    WithdrawDesk desk;
    desk.apply();
    desk.serve();
    CHECK(desk.application().state == "CANCELLED");
    CHECK(desk.oldCard().state == "FORMAL_LOST");
    CHECK(desk.saw("withdraw-agree"));
    CHECK(desk.saw("withdraw-done"));
    const auto told = noticesTold(desk.kiosk.citizen(), "withdraw-done");
    REQUIRE(told);
    CHECK(std::ranges::find(*told, "card-state.formal-lost") != told->end());
    CHECK(desk.order() == "withdrawn");
    CHECK(desk.sent("ISSUE.UNMARK") == 0);
    CHECK(desk.service.openNow() == 0);
    CHECK(disagreements(desk.kiosk) == Names{});
    // There is none any more.
    desk.serve();
    CHECK(desk.asked("withdraw-not") == "withdraw-not.none");
    CHECK(desk.sent("APPLY.CANCEL") == 1);
}

TEST_CASE("a marked first card: the mark goes first, then the application") {
    WithdrawDesk desk({"printer.misfeed"});
    desk.kiosk.serve(world::documents::resident(), "first-card");
    desk.kiosk.settle();
    REQUIRE(desk.application().state == "MARKED");
    desk.kiosk.serve(world::documents::resident(), "withdraw");
    desk.kiosk.settle();
    CHECK(desk.application().state == "CANCELLED");
    CHECK(desk.sent("ISSUE.UNMARK") == 1);
    CHECK(desk.order() == "withdrawn");
    CHECK(desk.saw("withdraw-done"));
}

TEST_CASE("touched twice it is withdrawn once; who does not agree withdraws nothing") {
    WithdrawDesk twice;
    twice.apply();
    twice.kiosk.citizen().touchesFirst["withdraw-agree"] = {ActionKind::confirm,
                                                            ActionKind::confirm};
    twice.serve();
    CHECK(twice.sent("APPLY.CANCEL") == 1);
    CHECK(twice.order() == "withdrawn");
    WithdrawDesk no;
    no.apply();
    no.kiosk.citizen().touchesFirst["withdraw-agree"] = {ActionKind::decline};
    no.serve();
    CHECK(no.sent("APPLY.CANCEL") == 0);
    CHECK(no.application().state == "CREATED");
    CHECK(no.order() == "-");
}

TEST_CASE("what is paid, in making or of another place is not withdrawn, each in its own words") {
    struct Row {
        void (*becomes)(world::Application&);
        const char* told;
    };
    for (const Row& row :
         {Row{[](world::Application& it) { it.feePaid = true; }, "withdraw-not.paid"},
          Row{[](world::Application& it) { it.state = "DATA_READY"; }, "withdraw-not.batch"},
          Row{[](world::Application& it) { it.state = "REPORTED_OK"; }, "withdraw-not.batch"},
          Row{[](world::Application& it) { it.state = "NEEDS_STAFF"; }, "withdraw-not.counter"}}) {
        CAPTURE(row.told);
        WithdrawDesk desk;
        desk.apply();
        row.becomes(desk.application());
        desk.serve();
        CHECK(desk.asked("withdraw-not") == row.told);
        CHECK_FALSE(desk.saw("withdraw-agree"));
        CHECK(desk.sent("APPLY.CANCEL") == 0);
    }
    WithdrawDesk elsewhere;
    elsewhere.apply();
    world::Application other = elsewhere.application();
    elsewhere.kiosk.outside().province().applications.clear();
    other.number = "A-20240531-000007";
    other.terminalId = "T-000099";
    elsewhere.kiosk.outside().province().applications[other.number] = other;
    elsewhere.serve();
    CHECK(elsewhere.asked("withdraw-not") == "withdraw-not.elsewhere");
    CHECK(elsewhere.sent("APPLY.CANCEL") == 0);
}

TEST_CASE("data that are made between the question and the act: the province refuses, told so") {
    WithdrawDesk desk;
    desk.apply();
    desk.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "withdraw-agree") return;
        desk.application().permitsGiven = 1;
        desk.application().state = "DATA_READY";
    };
    desk.serve();
    CHECK(desk.asked("withdraw-not") == "withdraw-not.batch");
    CHECK(desk.application().state == "DATA_READY");
    CHECK(desk.order() == "resumable");
}

TEST_CASE("paid from a photographed code before the act: nothing is withdrawn, and it is the fee") {
    WithdrawDesk desk;
    desk.apply();
    desk.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "withdraw-agree") return;
        desk.service.paysAfter = 1s;
        desk.service.paysAfterClose = true;
    };
    desk.serve();
    CHECK(desk.asked("withdraw-not") == "withdraw-not.paid");
    CHECK(desk.sent("APPLY.CANCEL") == 0);
    CHECK(desk.fees() == "paid");
    CHECK(desk.application().feePaid);
    CHECK(desk.order() == "resumable");
}

TEST_CASE("while nobody can tell whether it was paid nothing is withdrawn") {
    WithdrawDesk desk;
    desk.apply();
    desk.service.away = true;
    desk.serve();
    CHECK(desk.asked("withdraw-not") == "withdraw-not.fee-in-doubt");
    CHECK(desk.sent("APPLY.CANCEL") == 0);
    desk.service.away = false;
    desk.serve();
    CHECK(desk.order() == "withdrawn");
}

TEST_CASE("money that comes after the withdrawal goes back") {
    WithdrawDesk desk;
    desk.apply();
    desk.serve();
    REQUIRE(desk.order() == "withdrawn");
    desk.service.paysAfter = 1s;
    desk.service.paysAfterClose = true;
    // It stands in that day's account, which is compared on the next.
    REQUIRE(desk.service.query(desk.service.orders().begin()->first));
    desk.kiosk.outside().clock.sleepFor(36h);
    for (int turn = 0; turn < 3; ++turn) desk.kiosk.turn();
    desk.kiosk.settle();
    CHECK(desk.fees().starts_with("refund"));
    CHECK(desk.sent("FEE.REGISTER") == 0);
    CHECK(desk.sent("FEE.REFUND") == 1);
}

TEST_CASE("an attendant stands by where the rules say so") {
    for (const bool confirmed : {true, false}) {
        WithdrawDesk desk({}, ServiceMode::attended);
        addAttendant(desk.kiosk, staff::Role::attendant, Pin::own);
        desk.kiosk.citizen().attendant =
            confirmed ? attendantTypes() : screen::Action{ActionKind::decline};
        desk.apply();
        desk.serve();
        CHECK(desk.sent("APPLY.CANCEL") == (confirmed ? 1 : 0));
        CHECK((desk.application().state == "CANCELLED") == confirmed);
    }
}

TEST_CASE("an answer that is late, lost or false: withdrawn, not withdrawn, or not known") {
    struct Row {
        const char* fault;
        const char* page;
    };
    for (const Row& row :
         {Row{"province.answer-lost@APPLY.CANCEL", "withdraw-done"},
          Row{"province.slow@APPLY.CANCEL", "withdraw-done"},
          Row{"province.unreachable@APPLY.CANCEL", "withdraw-failed"},
          Row{"province.refuses@APPLY.CANCEL", "withdraw-failed"},
          Row{"province.unreachable@PROGRESS.QUERY", "withdraw-failed"},
          Row{"province.wrong-signature@APPLY.CANCEL", "withdraw-unconfirmed"},
          Row{"province.lies@APPLY.CANCEL/applicationNo", "withdraw-unconfirmed"}}) {
        CAPTURE(row.fault);
        WithdrawDesk desk({row.fault});
        desk.apply();
        desk.serve();
        CHECK(desk.saw(row.page));
        desk.kiosk.outside().faults.mend("province");
        desk.kiosk.outside().front->mendLine();
        desk.kiosk.settle();
        const bool cancelled = desk.application().state == "CANCELLED";
        CHECK((desk.order() == "withdrawn") == cancelled);
        CHECK((!desk.saw("withdraw-done") || cancelled));
    }
}

TEST_CASE("a power cut at any moment: the books say what the province did, and it goes on") {
    int looks = 0;
    int cuts = 0;
    int between = 0;
    const auto prepare = [](WithdrawDesk& desk) {
        desk.kiosk.serve(world::documents::resident(), "first-card");
        desk.kiosk.settle();
        REQUIRE(desk.application().state == "MARKED");
    };
    int before = 0;
    {
        WithdrawDesk desk({"printer.misfeed"});
        prepare(desk);
        before = desk.kiosk.looks();
        desk.kiosk.serve(world::documents::resident(), "withdraw");
        looks = desk.kiosk.looks();
    }
    for (int look = before + 1; look < looks; look += 2) {
        CAPTURE(look);
        WithdrawDesk desk({"printer.misfeed"});
        prepare(desk);
        desk.kiosk.cutPowerAtLook(look);
        if (!desk.kiosk.serveUntilPowerCut(world::documents::resident(), "withdraw")) continue;
        ++cuts;
        desk.kiosk.restart();
        desk.kiosk.settle();
        const std::string state = desk.application().state;
        CHECK((desk.order() == "withdrawn") == (state == "CANCELLED"));
        CHECK(desk.order() != "open");
        CHECK(desk.sent("APPLY.CANCEL") <= 1);
        if (state == "CANCELLED") continue;
        between += state == "CREATED" ? 1 : 0;
        desk.kiosk.serve(world::documents::resident(), "withdraw");
        desk.kiosk.settle();
        CHECK(desk.application().state == "CANCELLED");
        CHECK(desk.order() == "withdrawn");
    }
    CHECK(cuts > 10);
    CHECK(between > 0);
}

}  // namespace
}  // namespace liqu::scenario
