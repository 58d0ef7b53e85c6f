#include "tests/world/main/counter_scene.hpp"

#include <fmt/format.h>

#include "tests/world/evidence/kiosk_books.hpp"
#include "tests/world/robot/branch_staff.hpp"

namespace liqu::world {
namespace {

namespace files = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration quietPatience = seconds(20);
constexpr const char* handedOut = "the card is not where it was given out from";

// Nothing is given out before the province was told of it, and no day closed.
Result<void> waitForQuiet(const CounterScene& scene) {
    SystemClock clock;
    const Instant until = clock.now() + quietPatience;
    while (scene.kioskLives() && clock.now() < until) {
        const auto left = openWorkOf(scene.kiosk.database());
        if (left && left->openOrders == 0 && left->queuedFacts == 0) return {};
        clock.sleepFor(milliseconds(100));
    }
    return fail(ErrorCode::visitTimedOut, "the kiosk still has something to do");
}

// From the bin into the holder's hand.
Result<CounterState> giveOut(const CounterScene& scene, BranchStaff& staff,
                             std::optional<std::string>& taken) {
    const auto held = TRY(heldOf(scene.kiosk.database()));
    if (!held) return fail(ErrorCode::visitTimedOut, "no card waits for its holder");
    const WaitingCard card{held->cardNumber, held->pickupCode};
    const Document holder = scene.options.visit->document();
    CounterState done{"giveToHolder", card.number, {}, {{"signed", BranchStaff::signedPaper}}};
    if (scene.options.visit->counter == CounterPlan::giveToAgent) {
        TRY(staff.giveToAgent(card, holder, documents::permit(), scene.world.idReader()));
        done.act = "giveToAgent";
        done.papers["copy"] = BranchStaff::copyPaper;
    } else {
        TRY(staff.giveToHolder(card, holder, scene.world.idReader()));
    }
    if (!scene.world.printer().giveFromBin(card.number))
        return fail(ErrorCode::visitTimedOut, handedOut);
    taken = card.number;
    return done;
}

// From the holder's hand into the bin.
Result<CounterState> takeBack(const CounterScene& scene, BranchStaff& staff, const Branch& branch,
                              std::optional<std::string>& taken) {
    if (!taken) return fail(ErrorCode::visitTimedOut, "nobody has a card to bring back");
    const std::string card = *taken;
    TRY(staff.takeBackWrong(card));
    if (!scene.world.printer().putIntoBin(card)) return fail(ErrorCode::visitTimedOut, handedOut);
    taken.reset();
    TRY(staff.confirmWrong(card));
    return CounterState{
        "takeBackWrong",
        card,
        {branch.supervisor},
        {{"signed", BranchStaff::wrongPaper}, {"confirmation", BranchStaff::confirmation}}};
}

Result<void> closeDay(const CounterScene& scene, BranchStaff& staff) {
    const CardPlaces places = scene.world.printer().places();
    std::map<std::string, std::string> counts = {
        {"path", "0"}, {"hold-bin", "0"}, {"old-card-bin", "0"}, {"cabinet", "0"}, {"vault", "0"}};
    counts["hopper-1"] = std::to_string(places.hoppers.at(0).size());
    counts["reject-bin"] = std::to_string(places.bin.size());
    TRY(staff.countDay(counts));
    return staff.closeDay();
}

Result<void> keepReport(const CounterScene& scene) {
    std::error_code error;
    for (const auto& entry : files::directory_iterator(scene.kiosk.data() / "reports", error)) {
        if (entry.path().extension() != ".csv") continue;
        files::copy_file(entry.path(), scene.options.out / "report.csv", error);
        if (!error) return {};
    }
    return fail(ErrorCode::fileNotReadable, "the day left no report");
}

}  // namespace

Result<void> addBranch(const KioskFolder& kiosk) {
    const Branch branch;
    for (const std::string& number : {branch.first, branch.second})
        TRY(addPerson(kiosk, number, staff::Role::stockClerk, branch.pin));
    return addPerson(kiosk, branch.supervisor, staff::Role::supervisor, branch.pin);
}

Result<void> restock(const CounterScene& scene, std::size_t after) {
    const auto blanks = scene.world.hopperLoad(after);
    BlankBox box{
        .label = fmt::format("BX{}", after), .seal = fmt::format("S{}", after), .bank = bankCode};
    for (const BlankCard& blank : blanks) box.numbers.push_back(blank.cardNumber);
    ClerkPlan plan;
    plan.screenMap = scene.kiosk.screenMap();
    plan.speed = scene.options.speed;
    Clerk clerk(scene.display, plan, scene.kioskLives);
    return BranchStaff(clerk, Branch()).restock(box, [&] {
        scene.world.fillHopper(blanks);
        scene.world.printer().setRibbon("ymcko", 200);
    });
}

Result<CounterState> playCounter(const CounterScene& scene, std::optional<std::string>& taken) {
    TRY(waitForQuiet(scene));
    ClerkPlan plan;
    plan.screenMap = scene.kiosk.screenMap();
    plan.pictures = scene.options.out / "screens" / "counter";
    plan.speed = scene.options.speed;
    std::error_code error;
    files::create_directories(plan.pictures, error);
    if (error) return fail(ErrorCode::fileNotWritable, plan.pictures.string());
    Clerk clerk(scene.display, plan, scene.kioskLives);
    const Branch branch;
    BranchStaff staff(clerk, branch);
    const bool comesBack = scene.options.visit->counter == CounterPlan::takeBackWrong;
    CounterState done =
        TRY(comesBack ? takeBack(scene, staff, branch, taken) : giveOut(scene, staff, taken));
    done.people.insert(done.people.begin(), {branch.first, branch.second});
    TRY(waitForQuiet(scene));
    TRY(closeDay(scene, staff));
    TRY(keepReport(scene));
    return done;
}

}  // namespace liqu::world
