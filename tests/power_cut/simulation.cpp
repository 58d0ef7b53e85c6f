#include "tests/power_cut/simulation.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <map>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "tests/power_cut/disk_content.hpp"
#include "tests/power_cut/newcomer.hpp"
#include "tests/power_cut/staff_acts.hpp"
#include "tests/scenario/kiosk/fault_table.hpp"

namespace liqu::proof {
namespace {

constexpr int visitsOfAMachine = 40;
constexpr std::size_t blanksWanted = 4;
constexpr int blanksLoaded = 8;
constexpr Duration idleCounted = std::chrono::seconds(60);
constexpr std::size_t failuresKept = 20;

// Thrown out of the firmware; nothing of it catches this.
struct Stopped {};

std::uint64_t mixed(std::uint64_t digest, std::string_view text) {
    for (const char letter : text) {
        digest = (digest ^ static_cast<unsigned char>(letter)) * 1099511628211ull;
    }
    return digest ^ digest >> 31;
}

const std::vector<std::string>& verbsOfFaults() {
    static const std::vector<std::string> verbs = [] {
        std::vector<std::string> all;
        for (const scenario::FaultRow& row : scenario::faultTable()) {
            std::istringstream words{std::string(row.fault)};
            for (std::string verb; words >> verb;) all.push_back(verb);
        }
        // This one is built into a pile of blanks.
        std::erase(all, "printer.wrong-bank");
        return all;
    }();
    return verbs;
}

}  // namespace

SimulatedMachine::SimulatedMachine(std::uint64_t seed, SimulationTotals& totals,
                                   std::int64_t firstVisit)
    : random_(seed), totals_(totals), firstVisit_(firstVisit), kiosk_({}) {
    kiosk_.watch.onMoment = [this](const Moment& moment) { at(moment); };
    // Between two storage calls nothing else is asked; a sleep is the next chance to stop.
    kiosk_.kiosk.outside().clock.add({[this](Instant) {
                                          const bool gone = cut_ && cut_->disk;
                                          if (gone && std::uncaught_exceptions() == 0)
                                              throw Stopped{};
                                      },
                                      []() -> std::optional<Instant> { return std::nullopt; }});
}

void SimulatedMachine::serve(int visits) {
    for (int i = 0; i < visits; ++i) visit();
}

void SimulatedMachine::planCut(int mostMoments) {
    moments_ = 0;
    cut_ = Cut{1 + static_cast<int>(random_.below(static_cast<std::uint64_t>(mostMoments))),
               oneIn(2) ? CutKind::kill : CutKind::power, std::nullopt};
}

void SimulatedMachine::at(const Moment& moment) {
    if (!cut_) return;
    if (!cut_->disk && ++moments_ >= cut_->atMoment) cut_->disk = diskAfterCut();
    // SQLite is no place to throw through: the next call of anything else is.
    if (cut_->disk && !moment.isStorage && std::uncaught_exceptions() == 0) throw Stopped{};
}

MemoryDisk SimulatedMachine::diskAfterCut() {
    const MemoryDisk& disk = kiosk_.vfs.disk();
    if (cut_->kind == CutKind::kill) return disk.afterKill();
    std::vector<Fate> fates;
    for (std::size_t i = 0; i < disk.unsynced().size(); ++i) {
        fates.push_back(static_cast<Fate>(random_.below(3)));
    }
    return disk.afterCut(fates);
}

void SimulatedMachine::restartAfterCut() {
    MemoryDisk disk = std::move(*cut_->disk);
    const CutKind kind = cut_->kind;
    cut_.reset();
    ++totals_.cuts;
    kiosk_.restart(comebackFrom(kind), std::move(disk), [this] {
        // Now and then the recovery is stopped, too.
        if (oneIn(6)) planCut(60);
    });
}

Comeback SimulatedMachine::comebackFrom(CutKind kind) {
    Comeback comeback{kind};
    if (kiosk_.stage.stands() || !oneIn(8)) return comeback;
    const auto all = allAftermaths();
    const Aftermath drawn = all[random_.below(all.size())];
    if (!kiosk_.stage.canStrike(drawn, kind == CutKind::power)) return comeback;
    comeback.aftermath = drawn;
    comeback.choice = random_.next();
    ++totals_.aftermaths;
    return comeback;
}

template <typename Work>
void SimulatedMachine::survivingCuts(Work work) {
    bool stopped = false;
    try {
        work();
    } catch (const Stopped&) {
        stopped = true;
    }
    while (stopped || (cut_ && cut_->disk)) {
        try {
            restartAfterCut();
            stopped = false;
        } catch (const Stopped&) {
            stopped = true;
        }
    }
}

world::Document SimulatedMachine::nextPerson(std::string& service) {
    service = "first-card";
    if (!people_.empty() && oneIn(4)) {
        // Who has a card by now may have lost it.
        if (oneIn(4)) service = "loss-temporary";
        return people_[random_.below(people_.size())];
    }
    auto& books = kiosk_.kiosk.outside().province();
    auto [document, person] =
        newcomer(people_.size(), books.persons.begin()->second.regionOfRecord);
    person.bankLinked = !oneIn(12);
    const bool replaces = oneIn(5);
    const bool reportsLoss = !replaces && oneIn(12);
    if (replaces || reportsLoss) {
        service = replaces ? "replacement" : "loss-temporary";
        world::Card lost;
        lost.number = "K1" + std::to_string(100000 + people_.size()) + "0";
        lost.bankCode = scenario::bankCode;
        lost.state = replaces ? "FORMAL_LOST" : "NORMAL";
        lost.issueDate = "20150301";
        lost.expiryDate = "20250301";
        lost.socialNumber = person.socialNumber;
        lost.regionCode = person.regionOfRecord;
        books.cards[lost.number] = lost;
    }
    books.persons[person.socialNumber] = person;
    people_.push_back(document);
    return document;
}

void SimulatedMachine::armFaults(bool isKnown) {
    static constexpr std::array<int, 12> howMany = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3};
    const auto& verbs = verbsOfFaults();
    for (int i = howMany[random_.below(howMany.size())]; i > 0; --i) {
        const std::string& verb = verbs[random_.below(verbs.size())];
        // Whose application is under way here cannot have begun another one elsewhere.
        if (isKnown && verb == "province.person-pending") continue;
        LIQU_ASSERT(kiosk_.kiosk.outside().faults.arm(verb).has_value());
    }
}

namespace {

std::string saysOf(const Judgement& judgement) {
    switch (judgement.verdict) {
        case Verdict::unaccounted:
            return "not accounted for: " + judgement.why;
        case Verdict::staff:
            return "accounted for, with staff: " + judgement.why;
        default:
            return "accounted for";
    }
}

}  // namespace

std::string SimulatedMachine::visit() {
    scenario::Outside& outside = kiosk_.kiosk.outside();
    const Instant begin = outside.clock.now();
    linesBefore_ = kiosk_.kiosk.logLines().size();
    std::string service;
    const std::size_t known = people_.size();
    const world::Document person = nextPerson(service);
    // No province forgets whom it never had to be told of.
    kiosk_.stage.begin(kiosk_.vfs.disk());
    armFaults(people_.size() == known);
    if (oneIn(4)) planCut(1100);
    survivingCuts([&] { kiosk_.kiosk.serve(person, service); });
    const Instant served = outside.clock.now();
    Judgement judgement;
    const std::int64_t cutsBefore = totals_.cuts;
    survivingCuts([&] { judgement = kiosk_.judgeCards(); });
    cut_.reset();
    // A judge who was cut short has not seen everything.
    const bool cutShort = totals_.cuts != cutsBefore;
    if (cutShort) judgement = kiosk_.judgeCards();
    account(judgement);
    totals_.virtualTime +=
        served - begin + std::min<Duration>(outside.clock.now() - served, idleCounted);
    std::string told = tells_ ? story() + "\n    " + saysOf(judgement) : std::string();
    prepareForNext();
    return told;
}

void SimulatedMachine::account(const Judgement& judgement) {
    ++totals_.visits;
    for (const world::ArmedFault& armed : kiosk_.kiosk.outside().faults.armed()) {
        totals_.faults += armed.fired > 0 ? 1 : 0;
    }
    if (judgement.verdict == Verdict::staff) ++totals_.staff;
    if (judgement.verdict != Verdict::unaccounted) return;
    const std::string& why = judgement.why;
    if (why.find("two ") != std::string::npos || why.find("twice") != std::string::npos) {
        ++totals_.doubled;
    } else if (why.find("not well") != std::string::npos ||
               why.find("needs staff") != std::string::npos) {
        ++totals_.stuck;
    } else {
        ++totals_.lost;
    }
    // What comes after it on the same machine is often the same once more.
    if (totals_.failures.empty()) {
        totals_.failures.push_back("visit " + std::to_string(firstVisit_ + totals_.visits) + ": " +
                                   why);
    }
}

// What was armed, and what the kiosk logged in this visit.
std::string SimulatedMachine::story() {
    std::string text;
    for (const world::ArmedFault& armed : kiosk_.kiosk.outside().faults.armed()) {
        text += "\n    fault " + std::string(world::verbOf(armed.fault)) + "@" + armed.place +
                (armed.fired > 0 ? ", fired" : "");
    }
    const auto orders = kiosk_.kiosk.database().query(
        "SELECT order_id, service, application_no, card_number, state FROM orders");
    if (orders) {
        for (const storage::Row& row : *orders) {
            text += "\n    order " + row.text(0) + " " + row.text(1) + " " + row.textOrEmpty(2) +
                    " " + row.textOrEmpty(3) + " " + row.text(4);
        }
    }
    const auto& lines = kiosk_.kiosk.logLines();
    for (std::size_t i = linesBefore_; i < lines.size(); ++i) {
        if (i == linesBefore_ || lines[i] != lines[i - 1]) text += "\n    " + lines[i];
    }
    return text;
}

// What a technician does between two visits.
void SimulatedMachine::prepareForNext() {
    scenario::Outside& outside = kiosk_.kiosk.outside();
    outside.faults.disarm();
    outside.front->mendLine();
    outside.printer->setRibbon("ymcko", 200);
    lookAtFaceInDoubt(kiosk_.kiosk);
    if (outside.printer->places().hoppers.front().size() < blanksWanted) {
        kiosk_.kiosk.restock(blanksLoaded);
    }
    auto& citizen = kiosk_.kiosk.citizen();
    std::string screens;
    for (const std::string& name : citizen.names) screens += name + " ";
    totals_.digest = mixed(totals_.digest, screens);
    citizen.names.clear();
    citizen.seen.clear();
}

std::uint64_t SimulatedMachine::digest() {
    std::uint64_t digest = mixed(0, contentOf(kiosk_.vfs.disk()));
    return mixed(digest, kiosk_.kiosk.outside().front->dumpBooks());
}

namespace {

struct Machine {
    std::uint64_t seed;
    std::int64_t firstVisit;
    int visits;
};

std::vector<Machine> machinesFor(std::uint64_t seed, std::int64_t visits) {
    std::vector<Machine> machines;
    SeededRandom seeds(seed);
    for (std::int64_t done = 0; done < visits; done += visitsOfAMachine) {
        const auto most = std::min<std::int64_t>(visitsOfAMachine, visits - done);
        machines.push_back({seeds.next(), done, static_cast<int>(most)});
    }
    return machines;
}

SimulationTotals runMachine(const Machine& one) {
    SimulationTotals totals;
    SimulatedMachine machine(one.seed, totals, one.firstVisit);
    machine.serve(one.visits);
    totals.digest = mixed(totals.digest, std::to_string(machine.digest()));
    return totals;
}

void add(SimulationTotals& all, SimulationTotals one) {
    all.visits += one.visits;
    all.cuts += one.cuts;
    all.aftermaths += one.aftermaths;
    all.faults += one.faults;
    all.staff += one.staff;
    all.lost += one.lost;
    all.doubled += one.doubled;
    all.stuck += one.stuck;
    all.virtualTime += one.virtualTime;
    all.digest = mixed(all.digest, std::to_string(one.digest));
    for (std::string& failure : one.failures) {
        if (all.failures.size() < failuresKept) all.failures.push_back(std::move(failure));
    }
}

// A line, short enough to be written at once.
std::string lineOf(std::size_t index, const SimulationTotals& one) {
    std::ostringstream text;
    text << index << ' ' << one.visits << ' ' << one.cuts << ' ' << one.aftermaths << ' '
         << one.faults << ' ' << one.staff << ' ' << one.lost << ' ' << one.doubled << ' '
         << one.stuck << ' ' << one.virtualTime.count() << ' ' << one.digest << ' ';
    if (!one.failures.empty()) text << one.failures.front().substr(0, 1000);
    return text.str() + "\n";
}

std::pair<std::size_t, SimulationTotals> readLine(const std::string& line) {
    std::istringstream words(line);
    std::size_t index = 0;
    SimulationTotals one;
    std::int64_t time = 0;
    words >> index >> one.visits >> one.cuts >> one.aftermaths >> one.faults >> one.staff >>
        one.lost >> one.doubled >> one.stuck >> time >> one.digest;
    one.virtualTime = Duration(time);
    std::string failure;
    std::getline(words >> std::ws, failure);
    if (!failure.empty()) one.failures.push_back(failure);
    return {index, one};
}

// Every so-manieth machine.
[[noreturn]] void work(const std::vector<Machine>& machines, std::size_t first, std::size_t step,
                       int out) {
    for (std::size_t i = first; i < machines.size(); i += step) {
        const std::string line = lineOf(i, runMachine(machines[i]));
        LIQU_ASSERT(::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
    }
    ::_exit(0);
}

}  // namespace

std::string storyOf(std::uint64_t seed, std::int64_t visit) {
    const std::vector<Machine> machines = machinesFor(seed, visit);
    SimulationTotals totals;
    SimulatedMachine machine(machines.back().seed, totals, machines.back().firstVisit);
    machine.tellStories();
    std::string text;
    for (int i = 0; i < machines.back().visits; ++i) text = machine.visit();
    return text;
}

SimulationTotals simulate(std::uint64_t seed, std::int64_t visits, int workers,
                          const std::function<void(const SimulationTotals&)>& progress) {
    const std::vector<Machine> machines = machinesFor(seed, visits);
    std::array<int, 2> pipe{};
    LIQU_ASSERT(::pipe(pipe.data()) == 0);
    for (int i = 0; i < workers; ++i) {
        const pid_t worker = ::fork();
        LIQU_ASSERT(worker >= 0);
        if (worker > 0) continue;
        work(machines, static_cast<std::size_t>(i), static_cast<std::size_t>(workers), pipe[1]);
    }
    ::close(pipe[1]);
    // Taken in the order of the machines, whoever is quicker.
    SimulationTotals totals;
    std::map<std::size_t, SimulationTotals> waiting;
    std::size_t next = 0;
    FILE* lines = ::fdopen(pipe[0], "r");
    std::array<char, 4096> line{};
    while (std::fgets(line.data(), line.size(), lines) != nullptr) {
        waiting.insert(readLine(line.data()));
        for (auto found = waiting.find(next); found != waiting.end(); found = waiting.find(next)) {
            add(totals, std::move(found->second));
            waiting.erase(found);
            ++next;
            progress(totals);
        }
    }
    std::fclose(lines);
    bool ended = true;
    for (int status = 0; ::wait(&status) > 0;) ended = ended && status == 0;
    if (!ended || next != machines.size()) {
        ++totals.lost;
        totals.failures.push_back("a machine crashed");
    }
    return totals;
}

}  // namespace liqu::proof
