// No dead control at the counters of staff: whatever a page draws to be touched, touched, shows
// another page, other words, or a sentence why not.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <regex>
#include <set>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/ledger.hpp"
#include "tests/scenario/staff/control_explorer.hpp"
#include "tests/scenario/staff/counter_walks.hpp"
#include "tests/scenario/staff/machine_walks.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

namespace liqu::scenario {
namespace {

struct Walk {
    const char* title;
    std::vector<std::string> faults;
    void (*goes)(StaffedKiosk&);
};

// Again and again, until a whole walk finds nothing that was not touched.
void explore(const Walk& walk, Tried& tried, std::set<std::string>& reached) {
    CAPTURE(std::string(walk.title));
    for (bool goesOn = true; goesOn;) {
        StaffedKiosk branch(walk.faults);
        ControlExplorer explorer(tried);
        branch.hands.instead = [&explorer](const auto& screen) { return explorer.at(screen); };
        try {
            walk.goes(branch);
        } catch (const LostTheWay&) {
            CHECK(explorer.touchedAnything());
        }
        goesOn = explorer.touchedAnything();
        if (!goesOn) CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
        reached.insert(branch.hands.names.begin(), branch.hands.names.end());
    }
}

void write(StaffedKiosk& branch, const std::string& sql) {
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(transaction.run(sql));
    REQUIRE(transaction.commit());
}

void comeAs(StaffHands& hands, const std::string& number) {
    hands.comeToTheCorner();
    hands.signIn(number);
}

void addOpenBoxes(StaffedKiosk& branch) {
    for (int i = 2; i <= 6; ++i) {
        const std::string body = "D000" + std::to_string(i);
        const custody::BoxLabel box{
            "BX" + std::to_string(i), "B01", "V01", "3.00", "420100", numbered(body + "001"),
            numbered(body + "010"),   10,    "S1"};
        desk::StockDesk desk(branch.kiosk->stock());
        REQUIRE(desk.receiveBox(box, {"1001", "1002"}));
        REQUIRE(desk.openBox(box.box, "S1", {"1001", "1002"}));
    }
}

void boxesAndALane(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    addOpenBoxes(branch);
    receiveAndOpen(hands);
    beginLoading(hands);
    hands.goBack("staff-load-steps");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-exchange-open", "lead-on");
    hands.secondSignsIn("1002");
    hands.touch("staff-load-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "20"}});
    hands.typeAsked("staff-lane-check", cardsFrom(1));
    hands.touch("staff-lane-bank", "B01");
    hands.signOut("staff-lanes");
    hands.play();
}

void aLaneIsEmptied(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    comeAs(hands, "1001");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "unload");
    hands.secondSignsIn("1002");
    hands.touch("staff-unload-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "8"}});
    hands.signOut("staff-lanes");
    hands.play();
}

void anEqualDay(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    // The province was not told everything, so the day cannot be compared yet.
    write(branch,
          "INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, happened_at, "
          "state) VALUES(9001, 'T-9', 'ISSUE.ENABLE', 'K-8', 0, 'parked'), "
          "(9002, 'T-9', 'ISSUE.REPORT', 'K-9', 0, 'queued')");
    freeze(hands);
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.touch("staff-report", "copy");
    hands.goBack("staff-report");
    hands.touch("staff-menu", "reports");
    hands.signOut("staff-reports");
    hands.play();
}

void aDayThatDiffers(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    Counts oneShort = rightCounts();
    oneShort["hopper-1"] = "7";
    freeze(hands);
    bothType(hands, oneShort, oneShort);
    countAgain(hands, "staff-day-recount", [&] { hands.type("staff-count", {{"hopper-1", "7"}}); });
    supervisorCloses(hands, "staff-day-differs");
    hands.goBack("staff-report");
    hands.touch("staff-menu", "cases");
    hands.touch("staff-cases", "case-1");
    hands.touch("staff-case", "release");
    hands.touch("staff-reason", "double-feed");
    hands.secondSignsIn("1002");
    hands.signOut("staff-cases");
    hands.play();
}

void aCardTooManyInside(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    Counts counts = rightCounts();
    counts["path"] = "1";
    freeze(hands);
    bothType(hands, counts, counts);
    countAgain(hands, "staff-day-recount", [&] { hands.type("staff-count", {{"path", "1"}}); });
    hands.touch("staff-day-differs", "recount");
    hands.secondSignsIn("1002");
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", {{"path", "0"}});
    hands.touch("staff-count-numbers", "other");
    hands.type("staff-count-other", {{"number", numbered("E0000001")}});
    hands.touch("staff-count-numbers", "nameless");
    hands.type("staff-count-nameless", {{"count", "1"}});
    hands.touch("staff-count-numbers", "done");
    hands.signOut("staff-day-typing");
    hands.play();
}

void theRejectBin(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    comeAs(hands, "1001");
    hands.touch("staff-menu", "bins");
    hands.touch("staff-bins", "reject-bin");
    hands.type("staff-bin-count", {{"count", "1"}});
    hands.secondSignsIn("1002");
    hands.touch("staff-done", "understood");
    hands.touch("staff-bins", "destroy-returned");
    hands.touch("staff-destroy-returned", "destroy");
    hands.secondSignsIn("1003");
    hands.signOut("staff-bins");
    hands.play();
}

std::string leaveCard(StaffedKiosk& branch) {
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    return custody::cardsAt(branch.database(), custody::Place::holdBin()).value().at(0).cardNumber;
}

void aHeldCard(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveCard(branch);
    comeAs(hands, "1001");
    hands.touch("staff-menu", "held");
    // Nobody comes, and then somebody does.
    hands.touch("staff-held", "card-" + number);
    hands.touch("staff-held-card", "deliver");
    hands.goBack("staff-identity");
    hands.play();
    branch.kiosk->outside().idReader->layDown(world::documents::resident());
    comeAs(hands, "1001");
    hands.touch("staff-menu", "held");
    hands.touch("staff-held", "card-" + number);
    hands.touch("staff-held-card", "deliver");
    hands.goBack("staff-deliver");
    hands.signOut("staff-held-card");
    hands.play();
}

void aCardNobodyFetches(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveCard(branch);
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * 8});
    comeAs(hands, "1001");
    hands.touch("staff-menu", "held");
    hands.touch("staff-held", "to-cabinet");
    hands.touch("staff-to-cabinet", "taken-out");
    hands.type("staff-to-cabinet-count", {{"count", "1"}});
    hands.secondSignsIn("1002");
    hands.touch("staff-held", "to-bank");
    hands.touch("staff-to-bank-cause", "reminded");
    hands.touch("staff-to-bank-card", "card-" + number);
    hands.touch("staff-to-bank", "taken-out");
    hands.goBack("staff-to-bank-paper");
    hands.signOut("staff-held");
    hands.play();
}

void aFaceInDoubt(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveCard(branch);
    write(branch, "UPDATE orders SET state = 'staffLook'");
    comeAs(hands, "1003");
    hands.touch("staff-menu", "faces");
    hands.touch("staff-faces", "card-" + number);
    hands.goBack("staff-face");
    hands.signOut("staff-faces");
    hands.play();
}

void messagesSetAside(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    for (const char* values : {"(9001, 'T-7', 'ISSUE.REPORT', 'K-7', 0, 'queued')",
                               "(9002, 'T-8', 'ISSUE.REPORT', 'K-8', 0, 'queued')",
                               "(9003, 'T-9', 'ISSUE.REPORT', 'K-9', 0, 'queued')"}) {
        write(branch, std::string("INSERT INTO outbox(terminal_seq, order_id, message_type, "
                                  "idempotency_key, happened_at, state) VALUES") +
                          values);
    }
    const std::int64_t fact = branch.number("SELECT min(fact) FROM outbox WHERE state = 'parked'");
    comeAs(hands, "1003");
    hands.touch("staff-menu", "queue");
    hands.touch("staff-queue", "fact-" + std::to_string(fact));
    hands.touch("staff-fact", "close");
    hands.touch("staff-reason", "entered-at-province");
    hands.goBack("staff-evidence");
    hands.signOut("staff-queue");
    hands.play();
}

void aStopOfMaking(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    comeAs(hands, "1003");
    hands.touch("staff-menu", "making");
    hands.goBack("staff-making");
    hands.signOut("staff-menu");
    hands.play();
}

void cardsLostAndFound(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string lost = branch.kiosk->outside().blanks.at(3).cardNumber;
    comeAs(hands, "1003");
    hands.touch("staff-menu", "corrections");
    hands.touch("staff-corrections", "missing");
    hands.type("staff-corrections-number", {{"number", lost}});
    hands.goBack("staff-reason");
    hands.touch("staff-corrections", "missing");
    hands.touch("staff-corrections-number", "no-number");
    hands.goBack("staff-corrections-place");
    hands.touch("staff-corrections", "found");
    hands.type("staff-corrections-number", {{"number", lost}});
    hands.touch("staff-corrections-place", "hopper-1");
    hands.goBack("staff-reason");
    hands.touch("staff-corrections", "name");
    hands.type("staff-corrections-number", {{"number", lost}});
    hands.goBack("staff-corrections-place");
    hands.signOut("staff-corrections");
    hands.play();
}

void addNewcomer(StaffedKiosk& branch) {
    SeededRandom random(11);
    staff::Accounts accounts(branch.database(), random);
    staff::Account account;
    account.number = "1005";
    account.name = "样品";
    account.roles = {staff::Role::attendant};
    REQUIRE(accounts.add(account, SecretText("405060"), "root",
                         branch.kiosk->outside().clock.wallTime()));
    write(branch, "UPDATE staff SET wrong_pins = 99, locked = 1 WHERE number = '1005'");
}

void peopleAndTheirRecord(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    addNewcomer(branch);
    comeAs(hands, "1003");
    hands.touch("staff-menu", "people");
    hands.touch("staff-people", "person-1005");
    hands.goBack("staff-person");
    hands.touch("staff-people", "person-1002");
    hands.touch("staff-person", "reset-pin");
    hands.secondSignsIn("1004");
    hands.goBack("staff-new-pin");
    hands.goBack("staff-people");
    hands.touch("staff-menu", "audit");
    hands.touch("staff-audit", "older");
    hands.goBack("staff-audit");
    hands.touch("staff-menu", "own-pin");
    hands.goBack("staff-new-pin");
    hands.touch("staff-menu", "stock");
    hands.signOut("staff-stock");
    hands.play();
}

void whatHappened(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    addOpenBoxes(branch);
    const std::string today = formatDate(chinaDate(branch.kiosk->outside().clock.wallTime()));
    comeAs(hands, "1004");
    hands.touch("staff-menu", "history");
    for (const auto& [kind, wanted] :
         {std::pair<std::string, std::string>{"by-number",
                                              branch.kiosk->outside().blanks.front().cardNumber},
          {"by-box", "BX2"},
          {"by-day", today}}) {
        hands.touch("staff-history", kind);
        hands.type("staff-history-question", {{"wanted", wanted}});
        if (kind == "by-day") hands.touch("staff-history-lines", "older");
        hands.goBack("staff-history-lines");
    }
    hands.signOut("staff-history");
    hands.play();
}

// Every name the counters give a page; one that ends in "-" is the beginning of several.
std::set<std::string> pagesInSources() {
    std::set<std::string> pages = {"staff-sign-in", "staff-menu"};
    const std::regex name("\"(staff-[a-z-]+)\"");
    for (const auto& file :
         std::filesystem::directory_iterator(LIQU_SOURCE_DIR "/firmware/session")) {
        const std::string base = file.path().filename().string();
        if (!base.starts_with("staff_") || file.path().extension() != ".cpp") continue;
        // Only where there is a printer of slips; slips_test.cpp walks them.
        if (base == "staff_slips.cpp") continue;
        const std::string text = textOf(readWholeFile(file.path()).value());
        for (std::sregex_iterator hit(text.begin(), text.end(), name), end; hit != end; ++hit) {
            pages.insert((*hit)[1].str());
        }
    }
    return pages;
}

}  // namespace

TEST_CASE("whatever a page of staff draws to be touched acts, on every page") {
    const Walk walks[] = {
        {"boxes and a lane", {}, boxesAndALane},
        {"a lane is emptied", {}, aLaneIsEmptied},
        {"an equal day", {}, anEqualDay},
        {"a day that differs", {}, aDayThatDiffers},
        {"a card too many inside", {}, aCardTooManyInside},
        {"the reject bin", {"chip.6581@name"}, theRejectBin},
        {"a held card", {"holder.walks-away@take-card"}, aHeldCard},
        {"a card nobody fetches", {"holder.walks-away@take-card"}, aCardNobodyFetches},
        {"notices", {"holder.walks-away@take-card"}, notices},
        {"a collector", {"holder.walks-away@take-card"}, aCollector},
        {"a household book", {"holder.walks-away@take-card"}, aHouseholdBook},
        {"a wrong card", {"holder.walks-away@take-card"}, aWrongCard},
        {"a second delivery", {"holder.walks-away@take-card"}, aSecondDelivery},
        {"the ledger", {"holder.walks-away@take-card"}, theLedger},
        {"a face in doubt", {"holder.walks-away@take-card"}, aFaceInDoubt},
        {"messages set aside", {"province.refuses@ISSUE.REPORT"}, messagesSetAside},
        {"a stop of making", {"chip.mute@1", "chip.mute@2"}, aStopOfMaking},
        {"cards lost and found", {}, cardsLostAndFound},
        {"people and their record", {}, peopleAndTheirRecord},
        {"what happened", {}, whatHappened},
        {"the machine", {}, theMachine},
        {"a jam", {"printer.jam@print"}, clearAJam},
        {"a trial", {}, aTrial},
        {"a trial that fails", {"chip.mute"}, aTrialThatFails},
        {"a trial with a blank", {}, aTrialWithABlank},
    };
    Tried tried;
    std::set<std::string> reached;
    for (const Walk& walk : walks) explore(walk, tried, reached);
    const std::set<std::string> pages = pagesInSources();
    CHECK(pages.size() > 50);
    for (const std::string& page : pages) {
        const bool seen = std::ranges::any_of(reached, [&page](const std::string& one) {
            return page.ends_with('-') ? one.starts_with(page) : one == page;
        });
        CHECK_MESSAGE(seen, page);
    }
    std::set<std::string> paged;
    for (const auto& [question, control] : tried) {
        if (control.choice == "more") paged.insert(question);
    }
    CHECK(paged.size() >= 4);
}

}  // namespace liqu::scenario
