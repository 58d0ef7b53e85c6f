#include "tests/power_cut/process/killed_kiosk.hpp"

#include <fmt/format.h>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/plan.hpp"
#include "tests/power_cut/newcomer.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/world/evidence/kiosk_books.hpp"
#include "tests/world/robot/citizen.hpp"

namespace liqu::proof {
namespace {

using namespace std::chrono_literals;

constexpr Duration longestVisit = 90s;
// Motions that run on, the line, and what waits for them.
constexpr Duration settlePatience = 120s;
constexpr Duration callPatience = 30s;
constexpr int blanksLeft = 3;
// A small window: drawing is not what is proven here.
constexpr int width = 640;
constexpr int height = 1000;

std::int64_t countIn(storage::Database& database, std::string_view sql) {
    return database.number(sql).value_or(-1);
}

}  // namespace

KilledKiosk::KilledKiosk(world::RunOptions options, KillTotals& totals)
    : options_(std::move(options)),
      totals_(totals),
      random_(options_.seed),
      aim_(options_.seed * 31 + 7) {}

KilledKiosk::~KilledKiosk() {
    aim_.stop();
}

Result<void> KilledKiosk::start() {
    display_ = TRY(test::PrivateDisplay::start(width, height));
    world_ = TRY(world::OutsideWorld::start(options_, faults_));
    world::KioskSettings settings;
    settings.configDir = options_.sourceTree / "kiosk-config";
    settings.provinceUrl = world_->provinceUrl();
    settings.chipReader = world::OutsideWorld::chipReaderSlot;
    settings.width = width;
    settings.height = height;
    settings.patience = options_.patience;
    settings.pki = world_->pki();
    kiosk_ = TRY(world::writeKioskFolder(options_.out / "kiosk", settings));
    TRY(world::makeBooks(kiosk_, options_.kioskProgram));
    const auto& blanks = world_->blanks();
    auto load = TRY(world::ChildProcess::start(
        {options_.kioskProgram.string(), "stock", "load", "--config", kiosk_.config().string(),
         "--data", kiosk_.data().string(), "--lane", "1", "--first", blanks.front().cardNumber,
         "--last", blanks.back().cardNumber, "--operator", "S-0101", "--second-operator", "S-0102"},
        kiosk_.output()));
    if (load.waitForEnd(callPatience) != 0) {
        return fail(ErrorCode::configBadValue, "loading failed; see " + kiosk_.output().string());
    }
    return startKiosk();
}

Result<void> KilledKiosk::startKiosk() {
    process_ = std::make_unique<world::ChildProcess>(TRY(world::ChildProcess::start(
        {options_.kioskProgram.string(), "kiosk", "--config", kiosk_.config().string(), "--data",
         kiosk_.data().string(), "--screen-map", kiosk_.screenMap().string(), "--windowed"},
        kiosk_.output())));
    return {};
}

bool KilledKiosk::canGoOn() {
    const world::CardPlaces places = world_->printer().places();
    return places.hoppers.front().size() > blanksLeft && places.bin.size() + blanksLeft < 30;
}

std::string KilledKiosk::wantedStep() {
    std::string wanted;
    int fewest = 1 << 30;
    const auto steps = issuance::cardPlan.rows();
    const std::size_t first = random_.below(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string name(steps[(first + i) % steps.size()].name);
        if (totals_.killsIn[name] >= fewest) continue;
        fewest = totals_.killsIn[name];
        wanted = name;
    }
    return wanted;
}

// Somebody whose visit comes to that step.
world::Document KilledKiosk::personFor(const std::string& step) {
    const std::string region =
        world_->province().copyOfBooks().persons.begin()->second.regionOfRecord;
    const Newcomer one = newcomer(static_cast<std::uint64_t>(people_++), region);
    world_->province().addPerson(one.person);
    faults_.disarm();
    if (step == "hold") LIQU_ASSERT(faults_.arm("holder.walks-away@take-card").has_value());
    if (step == "reject") {
        LIQU_ASSERT(faults_.arm(oneIn(2) ? "chip.foreign" : "chip.6581@name").has_value());
    }
    return one.document;
}

void KilledKiosk::sendCitizen(const world::Document& document) {
    world::CitizenPlan plan;
    plan.document = document;
    plan.speed = options_.speed;
    plan.seed = options_.seed + static_cast<std::uint64_t>(people_);
    plan.screenMap = kiosk_.screenMap();
    world::Citizen citizen(
        {*display_, world_->idReader(), world_->printer(), faults_, [](Instant, Instant) {},
         [this] { return !process_->exitCode(); }, [](const std::string&) {}},
        plan);
    citizen.visit(longestVisit);
    world_->idReader().lift();
}

void KilledKiosk::countKill(const std::string& wanted) {
    process_->waitForEnd(callPatience);
    world_->kioskDied();
    const std::string step = stepUnderWay(kiosk_.database());
    if (!wanted.empty() && step != wanted) aim_.missed(wanted);
    ++totals_.killsIn[step];
    ++totals_.cases;
    ++killsOfCase_;
}

// Whoever stands there may take what lies in the mouth, also where the kiosk is dead.
void KilledKiosk::handsAtTheMouth() {
    if (oneIn(2)) world_->printer().take(clock_.now());
}

Result<void> KilledKiosk::visit() {
    killsOfCase_ = 0;
    const std::string wanted = wantedStep();
    const world::Document document = personFor(wanted);
    const bool blindly = oneIn(6);
    if (blindly) {
        aim_.aimBlindly(std::chrono::milliseconds(random_.below(9000)), process_->pid());
    } else {
        aim_.aimAt(wanted, kiosk_.database(), process_->pid());
    }
    sendCitizen(document);
    // A kiosk that nobody takes a card from goes on after the person has left.
    for (int i = 0; i < 100 && wanted == "hold" && !process_->exitCode(); ++i) {
        clock_.sleepFor(100ms);
    }
    if (aim_.stop()) {
        countKill(blindly ? "" : wanted);
        handsAtTheMouth();
        TRY(recover());
    } else if (const auto code = process_->exitCode()) {
        return fail(ErrorCode::kioskStopping, fmt::format("the kiosk ended with {}", *code));
    }
    judge();
    return {};
}

Result<void> KilledKiosk::recover() {
    clock_.sleepFor(std::chrono::milliseconds(random_.below(1200)));
    TRY(startKiosk());
    // Now and then its recovery is killed, too.
    if (!oneIn(4)) return {};
    const Duration soon = std::chrono::milliseconds(random_.below(2500));
    aim_.aimBlindly(soon, process_->pid());
    clock_.sleepFor(soon + 50ms);
    if (!aim_.stop()) return {};
    countKill("");
    return startKiosk();
}

bool KilledKiosk::settled() {
    const auto left = world::openWorkOf(kiosk_.database());
    const auto screen = world::readScreenMap(kiosk_.screenMap());
    return left && left->openOrders == 0 && left->queuedFacts == 0 && screen &&
           screen->name == "welcome" && world_->printer().idle();
}

void KilledKiosk::judge() {
    const Instant until = clock_.now() + settlePatience;
    while (!settled() && clock_.now() < until) clock_.sleepFor(50ms);
    std::vector<std::string> found;
    if (!settled()) {
        const auto screen = world::readScreenMap(kiosk_.screenMap());
        found.push_back("not settled, the screen is " + (screen ? screen->name : "none"));
    }
    const auto database = storage::Database::open({kiosk_.database().string(), "", true});
    LIQU_ASSERT(database.has_value());
    const std::int64_t looks =
        countIn(**database, "SELECT count(*) FROM orders WHERE state = 'staffLook'");
    for (std::string& line : disagreements()) found.push_back(std::move(line));
    const std::string name = fmt::format("{}/{}", options_.seed, people_);
    const int cases = killsOfCase_;
    if (!found.empty()) {
        totals_.unaccounted += std::max(cases, 1);
        for (const std::string& line : found) fmt::print("unaccounted: {}: {}\n", name, line);
        return;
    }
    const bool newLook = looks > staffLooks_;
    staffLooks_ = looks;
    (newLook ? totals_.staff : totals_.alone) += cases;
    if (newLook) totals_.staffFor["a face in doubt (print)"] += cases;
}

std::vector<std::string> KilledKiosk::disagreements() {
    const auto database = storage::Database::open({kiosk_.database().string(), "", true});
    const world::Books books = world_->province().copyOfBooks();
    std::vector<std::string> found = scenario::disagreements(
        {**database, world_->printer().places(), books, 0, world_->province().auditBooks(),
         [this](const std::string& card) -> world::CardEngine& { return world_->chipOf(card); }});
    const auto twice = (*database)->query(
        "SELECT application_no FROM cards JOIN orders USING(order_id) WHERE condition = 'finished' "
        "GROUP BY application_no HAVING count(*) > 1");
    if (!twice || !twice->empty()) found.push_back("two finished cards for one application");
    return found;
}

}  // namespace liqu::proof
