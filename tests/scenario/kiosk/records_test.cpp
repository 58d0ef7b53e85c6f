// What a visit checked and what its person answered is in the books, whatever the end.
// Rules: A-05, D-04, G-03.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/visit_record.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using screen::ActionKind;

issuance::KeptRecord today(SimulatedKiosk& kiosk) {
    const std::string day = formatDate(chinaDate(kiosk.outside().clock.wallTime()));
    return issuance::recordOfDay(kiosk.database(), day, 1000).value();
}

Names checksIn(const issuance::KeptRecord& record) {
    Names lines;
    for (const auto& [check, of] : record.checks) {
        lines.push_back(std::string(nameOf(check.what)) +
                        (check.result == 0 ? "" : " " + std::to_string(check.result)));
    }
    return lines;
}

Names answersIn(const issuance::KeptRecord& record) {
    Names lines;
    for (const auto& [consent, of] : record.consents)
        lines.push_back(consent.clause + " " + std::string(nameOf(consent.answer)));
    return lines;
}

const Names allYes = {"consent.data yes", "consent.account yes", "consent.electronic-card yes"};

TEST_CASE("a card's order has each check, with its time and where the province has it") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    kiosk.settle();
    const auto record = today(kiosk);
    CHECK(checksIn(record) == Names{"document", "person", "eligibility", "photo"});
    CHECK(answersIn(record) == allYes);
    const std::string order =
        kiosk.database().query("SELECT order_id FROM orders").value().at(0).text(0);
    for (const auto& [check, of] : record.checks) {
        CAPTURE(nameOf(check.what));
        CHECK(of.orderId == order);
        CHECK(of.policy == shippedSettings().region.edition());
        CHECK(of.holderDigest.size() == 64);
        const bool here = check.what == issuance::Checked::document;
        CHECK(check.reference.empty() == here);
        CHECK(check.serverTime.empty() == here);
    }
    CHECK(
        std::ranges::is_sorted(record.checks, {}, [](const auto& line) { return line.check.at; }));
    for (const auto& [consent, of] : record.consents) {
        CHECK(consent.language == "zh-CN");
        CHECK(consent.wordsDigest == "zh");
        CHECK(consent.shownAt < consent.answeredAt);
    }
    const auto& application = kiosk.outside().province().applications.begin()->second;
    CHECK(application.consents ==
          Names{"consent.data", "consent.account", "consent.electronic-card"});
}

TEST_CASE("a refusal leaves the check it came from") {
    SimulatedKiosk kiosk(shippedSettings({"province.person-pending"}));
    kiosk.serve();
    const auto record = today(kiosk);
    CHECK(checksIn(record) ==
          Names{"document", "person",
                "eligibility " + std::to_string(numberOf(ErrorCode::applicationPending))});
    CHECK(record.checks.back().of.orderId.empty());
    CHECK(record.consents.empty());
}

TEST_CASE("each clause has its own yes: a no to what must be ends it, and is kept") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent"] = {ActionKind::decline};
    kiosk.serve();
    CHECK(answersIn(today(kiosk)) == Names{"consent.data no"});
    CHECK(ordersOf(kiosk) == "-");
    CHECK(kiosk.outside().province().applications.empty());
}

TEST_CASE("a no to the electronic card changes nothing else, and is not sent as a yes") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent-choice"] = {ActionKind::decline};
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(answersIn(today(kiosk)) ==
          Names{"consent.data yes", "consent.account yes", "consent.electronic-card no"});
    const auto& application = kiosk.outside().province().applications.begin()->second;
    CHECK(application.consents == Names{"consent.data", "consent.account"});
}

TEST_CASE("back is the clause before; the last word on each is what is sent") {
    SimulatedKiosk kiosk;
    auto& citizen = kiosk.citizen();
    citizen.touchesFirst["consent-choice"] = {ActionKind::back};
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched == ActionKind::back) citizen.touchesFirst.clear();
    };
    kiosk.serve();
    kiosk.settle();
    Names answers = allYes;
    answers.insert(answers.begin() + 1, "consent.account yes");
    CHECK(answersIn(today(kiosk)) == answers);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("the language a clause was read in is kept with the words of that language") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent"] = {ActionKind::adjust};
    kiosk.serve();
    const auto record = today(kiosk);
    REQUIRE(!record.consents.empty());
    CHECK(record.consents.front().consent.language == "en");
    CHECK(record.consents.front().consent.wordsDigest == "en");
}

TEST_CASE("the yes to a change is kept with its order") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    kiosk.settle();
    kiosk.serve(world::documents::resident(), "loss-temporary");
    const auto record = today(kiosk);
    CHECK(answersIn(record).back() == "loss-agree yes");
    CHECK_FALSE(record.consents.back().of.orderId.empty());
    CHECK(checksIn(record).back() == "card");
}

TEST_CASE("of a person who says that it is not them nothing is kept") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["is-this-you"] = {ActionKind::decline};
    kiosk.serve();
    CHECK(today(kiosk).checks.empty());
}

}  // namespace
}  // namespace liqu::scenario
