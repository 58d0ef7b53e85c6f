// Rules: E-03, G-02, I-06, I-07, I-09, I-12.
#include "tests/scenario/kiosk/fault_table.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <sstream>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/id_card_watch.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

struct Told {
    std::string screen;
    std::string reason;
};

// Some rows need two faults: the second makes the way out of the first one fail.
std::vector<std::string> verbsOf(const FaultRow& row) {
    std::vector<std::string> verbs;
    std::istringstream words{std::string(row.fault)};
    for (std::string verb; words >> verb;) verbs.push_back(verb);
    return verbs;
}

// The first screen that says something is wrong, or how far the visit came.
Told toldBy(const Citizen& citizen) {
    Told told;
    for (const screen::Screen& screen : citizen.seen) {
        const std::string name(screen::nameOf(screen.content));
        if (const auto problem = problemOn(screen.content)) {
            return {name, std::string(nameOf(problem->reason))};
        }
        if (const auto* out = std::get_if<screen::OutOfServiceScreen>(&screen.content)) {
            return {name, std::string(nameOf(out->reason))};
        }
        if (const auto* queries = std::get_if<screen::QueriesOnlyScreen>(&screen.content)) {
            return {name, std::string(nameOf(queries->reason))};
        }
        const auto* page = std::get_if<screen::PersonPage>(&screen.content);
        const bool ofLoss = name.starts_with("loss-") && !truth::asksToAgree(name);
        if (ofLoss) return {name, page->reason ? std::string(nameOf(*page->reason)) : ""};
        if (name == "already-have" || name == "next-steps") return {name, ""};
        if (name != "welcome") told.screen = name;
    }
    return told;
}

// Longer than any deadline of the kiosk's own (decision 5).
constexpr Duration longTime = std::chrono::minutes(35);

// What a technician does who comes afterwards: plugs in, closes, pulls the stuck card out.
void callTechnician(SimulatedKiosk& kiosk) {
    Outside& outside = kiosk.outside();
    outside.idReader->plugIn();
    outside.printer->plugIn();
    outside.printer->takeOutJammed();
    outside.printer->setCover(false);
    outside.clock.sleepFor(longTime);
    kiosk.settle();
}

// What is left of visits that ended without a card: a row of the book, and a line of the log.
struct Left {
    std::int64_t rows = 0;
    std::int64_t lines = 0;
    std::string reason;
};

Left leftBy(SimulatedKiosk& kiosk) {
    Left left;
    const auto rows = kiosk.database().query("SELECT reason FROM visit_ends").value();
    left.rows = std::ssize(rows);
    for (const ErrorCode code : allErrorCodes()) {
        if (rows.empty() || rows[0].integer(0) != numberOf(code)) continue;
        left.reason = nameOf(code);
        left.lines = std::ranges::count_if(kiosk.logLines(), [&](const std::string& line) {
            const bool isEnd = line.starts_with("visit without a card: ") ||
                               line.starts_with("warning: visit: ") ||
                               line.starts_with("warning: order ");
            return isEnd && line.find(left.reason) != std::string::npos;
        });
    }
    return left;
}

// Beside what the table says of the visit: it leaves its reason where it made no card.
void checkLeft(SimulatedKiosk& kiosk, const Told& told, bool began) {
    const Left left = leftBy(kiosk);
    const int ended = began && told.screen != "next-steps" ? 1 : 0;
    CHECK(left.rows == ended);
    CHECK(left.lines == ended);
    if (ended == 1 && !told.reason.empty()) CHECK(left.reason == told.reason);
}

TEST_CASE("every fault ends as the table says") {
    for (const FaultRow& row : faultTable()) {
        CAPTURE(std::string(row.fault));
        SimulatedKiosk kiosk(shippedSettings(verbsOf(row)));
        const IdCardWatch idCard(kiosk);
        bool began = false;
        kiosk.citizen().onTouch = [&began](screen::ActionKind kind) {
            began = began || kind == screen::ActionKind::start;
        };
        const bool aboutTheirCard = row.service == "loss-temporary";
        kiosk.serve(aboutTheirCard ? cardHolder() : world::documents::resident(),
                    std::string(row.service));
        kiosk.settle();
        callTechnician(kiosk);
        const Told told = toldBy(kiosk.citizen());
        CHECK(told.screen == row.screen);
        CHECK(told.reason == row.reason);
        CHECK(cardsInBooks(kiosk) == row.cards);
        CHECK(applicationsAtProvince(kiosk) == row.application);
        CHECK(outboxOf(kiosk) == row.outbox);
        checkLeft(kiosk, told, began);
        CHECK_FALSE(idCard.freeTooEarly());
        CHECK(idCard.askedBack() >= idCard.lay());
        CHECK(kiosk.outside().faults.allFired());
        for (const std::string& what : disagreements(kiosk)) CHECK_MESSAGE(what.empty(), what);
    }
}

TEST_CASE("no fault is missing from the table") {
    std::set<std::string> inTable;
    for (const FaultRow& row : faultTable()) {
        for (const std::string& verb : verbsOf(row)) inTable.insert(verb.substr(0, verb.find('@')));
    }
    for (const world::Fault fault : world::allFaults()) {
        CAPTURE(world::verbOf(fault));
        CHECK(inTable.contains(std::string(world::verbOf(fault))));
    }
}

}  // namespace
}  // namespace liqu::scenario
