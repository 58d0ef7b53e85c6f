// With an attendant: who vouches for the person at the beginning, and who stands by what is done.
// Rules, D-06, G-19, L-03.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using screen::ActionKind;
using Names = std::vector<std::string>;

constexpr const char* lossReport = "loss-temporary";

// The region asks for somebody who vouches.
KioskSettings vouched() {
    KioskSettings settings = shippedSettings();
    settings.region.presence = policy::Presence::staff;
    return settings;
}

// The region lets nobody do it alone.
KioskSettings attendedService(const char* service) {
    KioskSettings settings = shippedSettings();
    settings.region.services.at(service).mode = policy::ServiceMode::attended;
    return settings;
}

struct AttendedKiosk {
    explicit AttendedKiosk(KioskSettings settings, staff::Role role = staff::Role::attendant,
                           Pin pin = Pin::own)
        : kiosk(std::move(settings)) {
        addAttendant(kiosk, role, pin);
        kiosk.citizen().attendant = attendantTypes();
    }
    std::int64_t lines(const std::string& act) {
        return kiosk.database()
            .number("SELECT count(*) FROM staff_audit WHERE act = '" + act + "'")
            .value();
    }
    SimulatedKiosk kiosk;
};

std::string cardState(SimulatedKiosk& kiosk) {
    return kiosk.outside().province().cards.at("K00000049").state;
}

void refusesToVouch(AttendedKiosk& attended, const char* pin) {
    SimulatedKiosk& kiosk = attended.kiosk;
    kiosk.citizen().attendant = attendantTypes(pin);
    // The citizen answers a screen once; these are the two further tries.
    kiosk.citizen().touchesFirst["attendant"] = {ActionKind::attendantConfirm,
                                                 ActionKind::attendantConfirm};
    kiosk.serve();
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(nameOf(problems[0].reason) == "personNotInFront");
    CHECK(kiosk.outside().province().messages["PERSON.QUERY"] == 0);
}

TEST_CASE("an account vouches for the person, and each time is a line of the record") {
    AttendedKiosk attended(vouched());
    attended.kiosk.serve();
    attended.kiosk.settle();
    CHECK(cardsInBooks(attended.kiosk) == "holder 1");
    CHECK(disagreements(attended.kiosk) == Names{});
    CHECK(attended.lines("vouch-for-holder") == 1);
    CHECK(attended.kiosk.database().number("SELECT operator_id = '4711' FROM orders") == 1);
}

TEST_CASE("three wrong PINs end the visit before the province is asked, and the number waits") {
    AttendedKiosk attended(vouched());
    refusesToVouch(attended, "000000");
    CHECK(attended.lines("sign-in-refused") >= 1);
    CHECK(attended.lines("vouch-for-holder") == 0);
    const auto shown = screensNamed(attended.kiosk.citizen(), "attendant");
    CHECK(std::get<screen::AttendantScreen>(shown.back().content).waitSeconds > 0);
}

TEST_CASE("neither an auditor nor a PIN somebody else chose vouches; both are recorded") {
    const auto recorded = [](AttendedKiosk& attended, const std::string& ending) {
        return attended.kiosk.database()
            .number(
                "SELECT count(*) FROM staff_audit WHERE act = 'vouch-for-holder' AND object "
                "LIKE '%" +
                ending + "'")
            .value();
    };
    AttendedKiosk auditor(vouched(), staff::Role::auditor);
    refusesToVouch(auditor, attendantPin);
    CHECK(recorded(auditor, "refused 90204") > 0);
    AttendedKiosk newcomer(vouched(), staff::Role::attendant, Pin::ofAnother);
    refusesToVouch(newcomer, attendantPin);
    CHECK(recorded(newcomer, "refused 90210") > 0);
}

TEST_CASE("an attended service is confirmed inside the act, by name, and recorded") {
    AttendedKiosk attended(attendedService(lossReport));
    SimulatedKiosk& kiosk = attended.kiosk;
    kiosk.serve(cardHolder(), lossReport);
    CHECK(cardState(kiosk) == "TEMP_LOST");
    CHECK(kiosk.database().number("SELECT operator_id = '4711' FROM orders") == 1);
    CHECK(attended.lines("attend-service") == 1);
    const auto shown = std::ranges::find_if(kiosk.citizen().seen, [](const screen::Screen& screen) {
        return std::holds_alternative<screen::AttendantScreen>(screen.content);
    });
    REQUIRE(shown != kiosk.citizen().seen.end());
    CHECK(std::get<screen::AttendantScreen>(shown->content).act == "act.loss-temporary");
}

TEST_CASE("who stood by one act does not stand by the next, which nobody was asked about") {
    AttendedKiosk attended(attendedService("card-state"));
    SimulatedKiosk& kiosk = attended.kiosk;
    kiosk.citizen().touchesFirst["card-state"] = {ActionKind::back};
    kiosk.citizen().touchesFirst["choose-service"] = {ActionKind::choose};
    kiosk.citizen().chooses = "card-state";
    kiosk.citizen().onTouch = [&kiosk](ActionKind touched) {
        if (touched == ActionKind::back) kiosk.citizen().touchesFirst.clear();
    };
    kiosk.serve(cardHolder(), lossReport);
    CHECK(noticesTold(kiosk.citizen(), "card-state").has_value());
    CHECK(cardState(kiosk) == "TEMP_LOST");
    CHECK(kiosk.database().number("SELECT operator_id IS NULL FROM orders") == 1);
    CHECK(attended.lines("attend-service") == 1);
}

TEST_CASE("without an attendant an attended service is not done") {
    AttendedKiosk attended(attendedService(lossReport));
    SimulatedKiosk& kiosk = attended.kiosk;
    kiosk.citizen().attendant = attendantTypes("000000");
    kiosk.citizen().touchesFirst["attendant"] = {ActionKind::attendantConfirm,
                                                 ActionKind::attendantConfirm};
    kiosk.serve(cardHolder(), lossReport);
    CHECK(cardState(kiosk) == "NORMAL");
    CHECK(ordersOf(kiosk) == "-");
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(problems.back().outcome == session::Outcome::notDone);
}

}  // namespace
}  // namespace liqu::scenario
