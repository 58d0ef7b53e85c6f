#include "tests/scenario/staff/machine_walks.hpp"

namespace liqu::scenario {
namespace {

// The step that is to be done now, of a guided page; empty elsewhere.
std::string stepNow(const screen::StaffPageScreen& page) {
    for (const screen::StaffTable& table : page.tables) {
        for (const screen::StaffRow& row : table.rows) {
            if (row.cells.size() == 3 && row.cells[2].key == "staff.guided.now") {
                return row.cells[1].key;
            }
        }
    }
    return {};
}

void doWithHands(Outside& outside, const std::string& step) {
    world::PrinterEngine& printer = *outside.printer;
    if (step == "staff.trial.lay") outside.layWhatStaffHave();
    if (step == "staff.trial.take" || step == "staff.trial.in-hand") outside.takeWhatStaffLaid();
    if (step == "staff.guided.open") printer.setCover(true);
    if (step == "staff.guided.close") printer.setCover(false);
    if (step == "staff.cleaning.ribbon-out") printer.setRibbon("", 0);
    if (step == "staff.cleaning.card-in") printer.insertCleaningCard();
    if (step == "staff.cleaning.ribbon-in") printer.setRibbon("ymcko", 200);
    if (step == "staff.ribbon.swap") printer.setRibbon("ymcko", 200);
    if (step == "staff.jam.take-out") printer.takeOutJammed();
}

}  // namespace

void toMachine(StaffHands& hands, const std::string& number) {
    hands.comeToTheCorner();
    hands.signIn(number);
    hands.touch("staff-today", "machine");
}

void beginJam(StaffHands& hands) {
    toMachine(hands, "1001");
    hands.touch("staff-machine", "jam");
    hands.touch("staff-jam", "begin");
    hands.secondSignsIn("1002");
}

void worksAsGuided(StaffedKiosk& branch) {
    worksAsGuidedBut(branch, {});
}

void leavesJammedCard(StaffedKiosk& branch) {
    worksAsGuidedBut(branch, "staff.jam.take-out");
}

void worksAsGuidedBut(StaffedKiosk& branch, const std::string& undone) {
    branch.hands.instead =
        [&branch, undone, before = branch.hands.instead, did = std::string(),
         since = Instant{}](const screen::Screen& screen) mutable -> std::optional<screen::Action> {
        if (auto action = before(screen)) return action;
        const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content);
        const std::string step = page == nullptr ? std::string() : stepNow(*page);
        if (step.empty()) return std::nullopt;
        const Instant now = branch.kiosk->outside().clock.now();
        if (std::exchange(did, step) != step) since = now;
        const bool again = now - since > std::chrono::seconds{3};
        if (step != undone) doWithHands(branch.kiosk->outside(), step);
        for (const screen::StaffWay& way : page->ways) {
            if (way.choice != "did") continue;
            // Against the sensor only where it stays with what it says.
            if (way.words.key == "staff.guided.did-all-the-same" && !again) continue;
            screen::Action action;
            action.kind = screen::ActionKind::choose;
            action.choice = way.choice;
            return action;
        }
        return std::nullopt;
    };
}

void theMachine(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    worksAsGuided(branch);
    toMachine(hands, "1003");
    hands.touch("staff-machine", "parts");
    hands.goBack("staff-parts");
    hands.touch("staff-machine", "tests");
    hands.touch("staff-tests", "all");
    hands.goBack("staff-tests");
    hands.touch("staff-machine", "cleaning");
    hands.touch("staff-machine", "ribbon");
    hands.touch("staff-machine", "certificate");
    hands.touch("staff-certificate", "copy");
    hands.goBack("staff-certificate");
    hands.touch("staff-machine", "jam");
    hands.goBack("staff-jam");
    hands.signOut("staff-machine");
    hands.play();
}

void beginTrial(StaffHands& hands) {
    toMachine(hands, "1001");
    hands.touch("staff-machine", "trial");
    hands.touch("staff-trial", "begin");
}

void takesAtOnce(StaffedKiosk& branch) {
    branch.hands.onScreen = [&branch](const std::string& screen) {
        if (screen != "staff-trial-out") return;
        Outside& outside = branch.kiosk->outside();
        outside.hands.at(outside.clock.now() + std::chrono::seconds{3},
                         [&outside] { outside.takeWhatStaffLaid(); });
    };
}

void aTrial(StaffedKiosk& branch) {
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.signOut("staff-machine");
    branch.hands.play();
}

void aTrialThatFails(StaffedKiosk& branch) {
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-trial-failed", "understood");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
}

std::string takeABlank(StaffedKiosk& branch) {
    Outside& outside = branch.kiosk->outside();
    const std::string number = outside.printer->places().hoppers.front().front().id;
    outside.inStaffHand = outside.printer->takeInHand(number, outside.clock.now());
    return number;
}

void aTrialWithABlank(StaffedKiosk& branch) {
    takeABlank(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-trial-wrong", "book");
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
}

void clearAJam(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    beginJam(hands);
    worksAsGuided(branch);
    hands.typeAsked("staff-jam-card", [&branch](const std::string&) {
        return branch.kiosk->outside().printer->places().removed.at(0).id;
    });
    hands.touch("staff-done", "understood");
    hands.signOut("staff-machine");
    hands.play();
}

}  // namespace liqu::scenario
