#include "tests/window/day/branch_day.hpp"

#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/storage/database.hpp"
#include "tests/world/robot/citizen.hpp"

namespace liqu::world {
namespace {

namespace files = std::filesystem;
using std::chrono::seconds;

constexpr const char* pin = "274913";
constexpr const char* firstClerk = "1001";
constexpr const char* secondClerk = "1002";
constexpr const char* supervisor = "1003";
constexpr Duration longestVisit = seconds(120);

void say(const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

}  // namespace

BranchDay::~BranchDay() {
    if (process_ && !process_->exitCode()) process_->end(seconds(20));
}

Result<void> BranchDay::live() {
    TRY(prepare());
    TRY(makeAccounts());
    TRY(startKiosk());
    ClerkPlan plan;
    plan.screenMap = kiosk_.screenMap();
    plan.pictures = options_.out / "screens";
    plan.speed = options_.speed;
    Clerk clerk(*display_, plan, [this] { return kioskLives(); });
    TRY(playDay(clerk));
    if (const int code = process_->end(seconds(30)); code != 0) {
        return fail(ErrorCode::visitTimedOut, "the kiosk ended with code " + std::to_string(code));
    }
    return checkWhatIsThere();
}

Result<void> BranchDay::prepare() {
    files::create_directories(options_.out / "screens");
    files::create_directories(options_.out / "stick");
    const int width = options_.landscape ? 1920 : 1080;
    const int height = options_.landscape ? 1080 : 1920;
    display_ = TRY(test::PrivateDisplay::start(width, height));
    say("Starting the world");
    world_ = TRY(OutsideWorld::start(options_, faults_));
    KioskSettings settings;
    settings.configDir = options_.sourceTree / "kiosk-config";
    settings.provinceUrl = world_->provinceUrl();
    settings.chipReader = OutsideWorld::chipReaderSlot;
    settings.width = width;
    settings.height = height;
    settings.pki = world_->pki();
    kiosk_ = TRY(writeKioskFolder(options_.out / "kiosk", settings));
    TRY(makeBooks(kiosk_, options_.kioskProgram));
    std::ofstream config(kiosk_.config(), std::ios::app);
    config << "\n[staff]\nstick = \"" << (options_.out / "stick").string()
           << "\"\nstickIsFolder = true\n";
    return {};
}

Result<void> BranchDay::shell(const std::string& command) {
    auto process = TRY(ChildProcess::start({"/bin/sh", "-c", command}, kiosk_.output()));
    if (process.waitForEnd(seconds(30)) == 0) return {};
    return fail(ErrorCode::configBadValue, command + " failed; see " + kiosk_.output().string());
}

// By root; who is not root is mapped to it for this one command.
Result<void> BranchDay::makeAccounts() {
    say("Three people get accounts");
    const std::string root = ::geteuid() == 0 ? "" : "unshare --map-root-user ";
    const std::pair<const char*, const char*> people[] = {{firstClerk, "stock-clerk"},
                                                          {secondClerk, "stock-clerk,technician"},
                                                          {supervisor, "supervisor"}};
    for (const auto& [number, roles] : people) {
        TRY(shell(
            fmt::format("printf '{0}\\n{0}\\n' | {1}'{2}' staff add {3} --name 样品 --roles {4} "
                        "--config '{5}' --data '{6}'",
                        "405060", root, options_.kioskProgram.string(), number, roles,
                        kiosk_.config().string(), kiosk_.data().string())));
    }
    return {};
}

Result<void> BranchDay::startKiosk() {
    say("Starting the kiosk");
    process_ = std::make_unique<ChildProcess>(TRY(ChildProcess::start(
        {options_.kioskProgram.string(), "kiosk", "--config", kiosk_.config().string(), "--data",
         kiosk_.data().string(), "--screen-map", kiosk_.screenMap().string(), "--windowed"},
        kiosk_.output())));
    return {};
}

bool BranchDay::kioskLives() {
    return !process_->exitCode();
}

Result<void> BranchDay::playDay(Clerk& clerk) {
    // Everybody sets an own PIN first.
    for (const char* number : {secondClerk, supervisor, firstClerk}) {
        TRY(clerk.comeAndSignIn(number, "405060"));
        TRY(clerk.fill("staff-new-pin", {{"pin", pin}, {"again", pin}}));
        if (number != firstClerk) TRY(clerk.touch("staff-today", "home"));
    }
    TRY(clerk.touch("staff-today", "menu"));
    TRY(stockUp(clerk));
    TRY(clerk.touch("staff-menu", "stock"));
    TRY(clerk.touch("staff-stock", "home"));
    TRY(lookAround(clerk));
    TRY(serveCitizen());
    TRY(count(clerk));
    return close(clerk);
}

Result<void> BranchDay::stockUp(Clerk& clerk) {
    BlankBox delivered{.label = "BX1", .seal = "S77", .bank = bankCode};
    for (const BlankCard& blank : world_->blanks()) delivered.numbers.push_back(blank.cardNumber);
    BranchStaff staff(clerk, {firstClerk, secondClerk, supervisor, pin});
    say("A box is received and opened");
    TRY(staff.receiveAndOpen(delivered));
    say("The lane is loaded");
    // In this world the cards lie in it from the start.
    return staff.load(delivered, [] {});
}

// Who keeps the machine goes through the pages that tell how it is.
Result<void> BranchDay::lookAround(Clerk& clerk) {
    TRY(clerk.comeAndSignIn(secondClerk, pin));
    TRY(clerk.touch("staff-today", "menu"));
    for (const char* counter : {"queue", "reports", "bins", "faces"}) {
        TRY(clerk.touch("staff-menu", counter));
        TRY(clerk.touch(std::string("staff-") + counter, "back"));
    }
    return clerk.touch("staff-menu", "home");
}

Result<void> BranchDay::serveCitizen() {
    say("A citizen comes");
    CitizenPlan plan;
    plan.document = options_.visit->document();
    plan.speed = options_.speed;
    plan.seed = options_.seed;
    plan.screenMap = kiosk_.screenMap();
    plan.pictures = options_.out / "screens" / "visit";
    files::create_directories(plan.pictures);
    Citizen citizen({*display_, world_->idReader(), world_->printer(), faults_,
                     [](Instant, Instant) {}, [this] { return kioskLives(); }},
                    plan);
    const CitizenReport report = citizen.visit(longestVisit);
    if (report.visitEnded && report.takenCard) return {};
    return fail(ErrorCode::visitTimedOut, "no card was taken: " + report.trouble);
}

Result<void> BranchDay::count(Clerk& clerk) {
    say("Two people count");
    std::map<std::string, std::string> counts = {{"path", "0"},       {"hold-bin", "0"},
                                                 {"reject-bin", "0"}, {"old-card-bin", "0"},
                                                 {"cabinet", "0"},    {"vault", "0"}};
    counts["hopper-1"] = std::to_string(world_->blanks().size() - 1);
    return BranchStaff(clerk, {firstClerk, secondClerk, supervisor, pin}).countDay(counts);
}

Result<void> BranchDay::close(Clerk& clerk) {
    say("The day is closed");
    TRY(BranchStaff(clerk, {firstClerk, secondClerk, supervisor, pin}).closeDay());
    TRY(clerk.touch("staff-report", "copy"));
    TRY(clerk.touch("staff-report", "home"));
    TRY(clerk.waitFor("welcome"));
    return {};
}

Result<void> BranchDay::checkFigure(const std::string& sql, std::int64_t wanted) {
    auto database = TRY(storage::Database::open({kiosk_.database().string(), "", true}));
    const std::int64_t found = TRY(database->number(sql));
    if (found == wanted) return {};
    return fail(ErrorCode::storageDamaged,
                sql + " gives " + std::to_string(found) + ", not " + std::to_string(wanted));
}

Result<void> BranchDay::checkWhatIsThere() {
    const auto cards = static_cast<std::int64_t>(world_->blanks().size());
    TRY(checkFigure("SELECT balance FROM places WHERE place = 'hopper-1'", cards - 1));
    TRY(checkFigure("SELECT balance FROM places WHERE place = 'holder'", 1));
    TRY(checkFigure("SELECT balance FROM places WHERE place = 'missing'", 0));
    TRY(checkFigure("SELECT count(*) FROM days WHERE state = 'closed' AND closed_at > 0", 1));
    // Begun, counted and finished, each by the same two.
    const std::string loads =
        "SELECT count(*) FROM staff_audit WHERE act = 'load-lane' AND actor = '1001' AND second = "
        "'1002'";
    TRY(checkFigure(loads, 3));
    TRY(checkFigure(loads + " AND object LIKE 'begin hopper-1 %'", 1));
    TRY(checkFigure(loads + fmt::format(" AND object LIKE 'count {} hopper-1 %'", cards), 1));
    TRY(checkFigure(loads + " AND object LIKE 'hopper-1 %'", 1));
    int copies = 0;
    for (const auto& entry : files::directory_iterator(options_.out / "stick")) {
        const Bytes copy = TRY(readWholeFile(entry.path()));
        const Bytes own = TRY(readWholeFile(kiosk_.data() / "reports" / entry.path().filename()));
        if (copy != own) return fail(ErrorCode::storageDamaged, "the copy differs");
        ++copies;
    }
    if (copies != 2) return fail(ErrorCode::storageDamaged, "the stick does not hold two files");
    return {};
}

}  // namespace liqu::world
