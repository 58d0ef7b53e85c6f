// The technician's home: what the sensors say, live and with its age; tests; cleaning and a new
// ribbon; a jam cleared by two, also over a power cut; the report that the machine is ready.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/jam_clearing.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/staff/machine_walks.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;

std::int64_t lines(StaffedKiosk& branch, const std::string& like) {
    return branch.number("SELECT count(*) FROM staff_audit WHERE act || ' ' || object LIKE '" +
                         like + "'");
}

const screen::StaffPageScreen* pageOf(const screen::Screen& screen, const std::string& name) {
    const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content);
    return page != nullptr && page->name == name ? page : nullptr;
}

// What stood beside this sensor or part, in the order in which it was shown.
std::vector<std::string> said(const StaffHands& hands, const std::string& of, std::size_t column) {
    std::vector<std::string> keys;
    for (const screen::Screen& screen : hands.screens) {
        const auto* machine = pageOf(screen, "staff-machine");
        const auto* page = machine != nullptr ? machine : pageOf(screen, "staff-parts");
        if (page == nullptr) continue;
        for (const screen::StaffTable& table : page->tables) {
            for (const screen::StaffRow& row : table.rows) {
                if (row.cells.at(0).key != of) continue;
                const std::string& key = row.cells.at(column).key;
                if (keys.empty() || keys.back() != key) keys.push_back(key);
            }
        }
    }
    return keys;
}

using Keys = std::vector<std::string>;

void checkQuiet(StaffedKiosk& branch) {
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    CHECK(branch.kiosk->truth().lies().empty());
    CHECK(disagreements(*branch.kiosk).empty());
}

}  // namespace

TEST_CASE(
    "the machine's page follows the cover while it stands, and reads not faster than a second") {
    StaffedKiosk branch;
    world::PrinterEngine& printer = *branch.kiosk->outside().printer;
    int shown = 0;
    Instant first{};
    toMachine(branch.hands, "1001");
    branch.hands.instead = [&](const screen::Screen& screen) -> std::optional<screen::Action> {
        screen::Action action;
        action.kind = screen::ActionKind::home;
        if (pageOf(screen, "staff-parts") != nullptr && ++shown > 18) return action;
        if (pageOf(screen, "staff-machine") == nullptr) return std::nullopt;
        const Instant now = branch.kiosk->outside().clock.now();
        if (++shown == 1) first = now;
        if (shown == 3) printer.setCover(true);
        if (shown == 6) printer.setCover(false);
        if (shown < 9) return std::nullopt;
        CHECK(now - first >= 8s);
        action.kind = screen::ActionKind::choose;
        action.choice = "parts";
        return action;
    };
    branch.hands.play();
    checkQuiet(branch);
    CHECK(said(branch.hands, "staff.path.cover", 1) ==
          Keys{"staff.path.open-no", "staff.path.open-yes", "staff.path.open-no"});
    CHECK(said(branch.hands, "staff.path.gate", 1) == Keys{"staff.path.no-sensor"});
    CHECK(said(branch.hands, "staff.part.province", 2) == Keys{"staff.part.not-read"});
    const Keys ages = said(branch.hands, "staff.part.disk", 2);
    CHECK(std::ranges::find(ages, "staff.part.age-seconds") != ages.end());
}

TEST_CASE("each part is tested with a line of its own, and no card's books are touched") {
    StaffedKiosk branch({"printer.cover-open@sensor"});
    const std::int64_t moves = branch.number("SELECT count(*) FROM moves");
    toMachine(branch.hands, "1001");
    branch.hands.touch("staff-machine", "tests");
    branch.hands.touch("staff-tests", "all");
    branch.hands.touch("staff-tests", "test-chip-reader");
    branch.hands.signOut("staff-tests");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    CHECK(lines(branch, "test-parts failed: printer 2020_%") == 1);
    CHECK(lines(branch, "test-parts passed") == 1);
    CHECK(branch.number("SELECT count(*) FROM moves") == moves);
}

TEST_CASE("cleaning is led step by step, and the printer counts it") {
    StaffedKiosk branch;
    toMachine(branch.hands, "1001");
    branch.hands.touch("staff-machine", "cleaning");
    worksAsGuided(branch);
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    checkQuiet(branch);
    CHECK(lines(branch, "maintain-printer cleaning") == 1);
    const std::string state = branch.kiosk->outside().printer->stateJson();
    CHECK(state.find("\"cleanings\": 1") != std::string::npos);
}

TEST_CASE("a printer that cannot clean says so, and nothing is recorded as done") {
    StaffedKiosk branch;
    toMachine(branch.hands, "1001");
    branch.hands.touch("staff-machine", "cleaning");
    worksAsGuided(branch);
    branch.hands.instead = [&branch, guided = branch.hands.instead](const screen::Screen& screen) {
        auto action = guided(screen);
        // The cleaning card was forgotten.
        branch.kiosk->outside().printer->takeCleaningCard();
        return action;
    };
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    checkQuiet(branch);
    CHECK(lines(branch, "maintain-printer cleaning") == 0);
    CHECK(lines(branch, "maintain-printer cleaning%refused%") == 1);
}

TEST_CASE("a new ribbon is in when the printer reads it") {
    StaffedKiosk branch;
    branch.kiosk->outside().printer->setRibbon("ymcko", 0);
    toMachine(branch.hands, "1001");
    branch.hands.touch("staff-machine", "ribbon");
    worksAsGuided(branch);
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    checkQuiet(branch);
    CHECK(lines(branch, "maintain-printer ribbon 200") == 1);
    CHECK(said(branch.hands, "staff.path.ribbon", 1) ==
          Keys{"staff.path.ribbon-ended", "staff.path.ribbon-left"});
}

TEST_CASE("a jammed card is taken out by two, typed, and booked by its number") {
    StaffedKiosk branch({"printer.jam@print"});
    clearAJam(branch);
    checkQuiet(branch);
    const std::string number = branch.kiosk->outside().printer->places().removed.at(0).id;
    CHECK(custody::findCard(branch.database(), number).value()->place ==
          custody::Place::rejectBin());
    CHECK(lines(branch, "clear-jam card " + number) == 1);
    CHECK(lines(branch, "clear-jam end " + number) == 1);
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE act = 'clear-jam' AND second <> "
                        "'1002'") == 0);
    CHECK_FALSE(desk::openJamClearing(branch.database()).value());
    branch.kiosk->settle();
    CHECK(cardsInBooks(*branch.kiosk) == "reject-bin 1");
    // Its holder-to-be comes again, and has a card.
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    CHECK(cardsInBooks(*branch.kiosk) == "holder 1, reject-bin 1");
}

TEST_CASE("a printer that tells of the card until it is reset lets a jam be cleared") {
    StaffedKiosk branch({"printer.jam@print"});
    branch.kiosk->outside().printer->rememberCards();
    clearAJam(branch);
    checkQuiet(branch);
    branch.kiosk->settle();
    CHECK(cardsInBooks(*branch.kiosk) == "reject-bin 1");
}

TEST_CASE("a card that is in the path still is told of, whatever was said") {
    StaffedKiosk branch({"printer.jam@print"});
    StaffHands& hands = branch.hands;
    hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    beginJam(hands);
    leavesJammedCard(branch);
    hands.touch("staff-jam-card", "no-card");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-machine");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(branch.kiosk->outside().printer->places().jammed);
    CHECK(desk::openJamClearing(branch.database()).value());
    CHECK(lines(branch, "clear-jam path test refused %") == 1);
    CHECK(lines(branch, "clear-jam end %") == 0);
    CHECK(branch.kiosk->truth().lies().empty());
}

TEST_CASE("another number than the books have inside is not taken") {
    StaffedKiosk branch({"printer.jam@print"});
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    const std::string before = cardsInBooks(*branch.kiosk);
    beginJam(branch.hands);
    worksAsGuided(branch);
    branch.hands.type("staff-jam-card",
                      {{"number", branch.kiosk->outside().blanks.at(5).cardNumber}});
    branch.hands.touch("staff-problem", "understood");
    branch.hands.signOut("staff-jam-card");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(desk::openJamClearing(branch.database()).value()->cardNumber.empty());
    CHECK(cardsInBooks(*branch.kiosk) == before);
}

TEST_CASE("a jam whose clearing the power cut short is found again and led to its end") {
    int found = 0;
    for (const int looks : {1, 2, 4, 7, 11}) {
        CAPTURE(looks);
        StaffedKiosk branch({"printer.jam@print"});
        const auto typeTheNumber = [&branch] {
            branch.hands.typeAsked("staff-jam-card", [&branch](const std::string&) {
                return branch.kiosk->outside().printer->places().removed.at(0).id;
            });
        };
        branch.hands.letCitizen(world::documents::resident());
        branch.kiosk->settle();
        beginJam(branch.hands);
        worksAsGuided(branch);
        branch.hands.onScreen = [&](const std::string& screen) {
            if (screen != "staff-jam-card") return;
            branch.kiosk->cutPowerAtLook(branch.kiosk->looks() + looks);
        };
        typeTheNumber();
        CHECK_THROWS_AS(branch.hands.play(), PowerCut);
        branch.hands.onScreen = [](const std::string&) {};
        branch.kiosk->restart();
        branch.kiosk->settle();
        const auto open = desk::openJamClearing(branch.database()).value();
        if (open) {
            ++found;
            beginJam(branch.hands);
            if (open->cardNumber.empty()) typeTheNumber();
            branch.hands.touch("staff-done", "understood");
            branch.hands.signOut("staff-machine");
            branch.hands.play();
        }
        checkQuiet(branch);
        CHECK(cardsInBooks(*branch.kiosk) == "reject-bin 1");
        CHECK_FALSE(desk::openJamClearing(branch.database()).value());
    }
    CHECK(found >= 3);
}

TEST_CASE("the report says what was found, with its digest, and goes onto the stick") {
    StaffedKiosk branch;
    toMachine(branch.hands, "1003");
    branch.hands.touch("staff-machine", "certificate");
    branch.hands.touch("staff-certificate", "copy");
    branch.hands.signOut("staff-certificate");
    branch.hands.play();
    checkQuiet(branch);
    std::string table;
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(branch.stick)) {
        ++files;
        if (entry.path().extension() == ".csv") {
            table = textOf(readWholeFile(entry.path()).value());
        }
    }
    CHECK(files == 2);
    for (const char* part : {"卡打印机,通过", "省平台线路,通过", "与省平台对时,相差不超过五分钟",
                             "密钥保管,在文件里", "业务规定版本", "上盖,关着"}) {
        CAPTURE(std::string(part));
        std::string plain = table;
        std::erase(plain, '"');
        CHECK(plain.find(part) != std::string::npos);
    }
    CHECK(lines(branch, "certify-ready %.pdf") == 1);
}

}  // namespace liqu::scenario
