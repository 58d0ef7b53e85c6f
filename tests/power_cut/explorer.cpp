#include "tests/power_cut/explorer.hpp"

#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "tests/power_cut/disk_content.hpp"

namespace liqu::proof {
namespace {

constexpr unsigned longestRun = 60;  // seconds of this machine

std::uint64_t scattered(std::string_view text) {
    std::uint64_t state = 1469598103934665603ull;
    for (const char letter : text)
        state = (state ^ static_cast<unsigned char>(letter)) * 1099511628211ull;
    return state ^ state >> 31;
}

void writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool strikes(StorageFault fault, StorageCall call) {
    switch (fault) {
        case StorageFault::none:
            return false;
        case StorageFault::readError:
            return call == StorageCall::read;
        case StorageFault::writeError:
        case StorageFault::fullDisk:
            return call == StorageCall::write || call == StorageCall::truncate;
        case StorageFault::failedSync:
            return call == StorageCall::sync;
    }
    return false;
}

// Empty where the kiosk shows that it is out of service because of its storage, or could not yet
// notice; else what it shows.
std::string storageScreen(scenario::SimulatedKiosk& kiosk) {
    kiosk.turn();
    kiosk.turn();
    const auto& seen = kiosk.citizen().seen;
    if (seen.empty()) return "no screen";
    const auto* out = std::get_if<screen::OutOfServiceScreen>(&seen.back().content);
    const bool says = out != nullptr && areaOf(out->reason) == ErrorArea::storage;
    // Nothing of the medium was used since: reading from memory is no error.
    const bool wrote = !storage::Transaction::begin(kiosk.database()).has_value();
    if (says || !wrote) return {};
    return "the disk fails, and the screen is " + std::string(screen::nameOf(seen.back().content));
}

std::string readAll(int file) {
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t got = 0; (got = ::read(file, part.data(), part.size())) > 0;) {
        text.append(part.data(), static_cast<std::size_t>(got));
    }
    return text;
}

// Portraits and panels are kept once they are made, and every case is a process of its own: they
// are made before the first of them.
void makeFaces() {
    static bool made = false;
    if (std::exchange(made, true)) return;
    const Path path = allPaths().front();
    const auto kiosk = kioskFor(path);
    walk(path, *kiosk);
    static_cast<void>(kiosk->judge());
}

}  // namespace

void Explorer::say(int file, const Run& run) {
    writeAll(file, fmt::format("{} {} {}", static_cast<int>(run.judgement.verdict), run.moments,
                               run.judgement.why));
}

Explorer::Explorer(Path path, Effort effort, Tell tellUnaccounted)
    : path_(std::move(path)), effort_(effort), tell_(std::move(tellUnaccounted)) {}

PathTotals Explorer::explore() {
    makeFaces();
    kiosk_ = kioskFor(path_);
    kiosk_->stage.begin(kiosk_->vfs.disk());
    kiosk_->watch.onMoment = [this](const Moment& moment) { at(moment); };
    walk(path_, *kiosk_);
    if (failing_) endAfterFault();
    kiosk_->watch.onMoment = nullptr;
    totals_.points = kiosk_->watch.points();
    totals_.moments = told_;
    // The visit without any cut is judged as well.
    const Judgement whole = kiosk_->judge();
    if (onlyCase_.ends_with("/whole")) tellReplay({whole, 0});
    count(path_.name() + "/whole", whole);
    return totals_;
}

bool Explorer::wants(const Moment& moment) const {
    if (stopsAtFirst_ && totals_.unaccounted > 0) return false;
    if (!onlyCase_.empty()) {
        return onlyCase_.starts_with(fmt::format("{}/{:04}:", path_.name(), moment.point));
    }
    const std::string name = fmt::format("{}/{:04}", path_.name(), moment.point);
    // The first ones always: a path may have no more of them.
    return effort_.oneMomentIn <= 1 || told_ <= 3 ||
           scattered(name) % static_cast<std::uint64_t>(effort_.oneMomentIn) == 0;
}

void Explorer::at(const Moment& moment) {
    if (recovering_) return recoveringAt(moment);
    ++told_;
    if (moment.what == "network" && moment.answer == "not-done") {
        kiosk_->stage.remember(kiosk_->vfs.disk());
    }
    if (failing_ || !wants(moment)) return;
    if (effort_.storageFaults && moment.isStorage) failStorageAt(moment);
    if (failing_) return;
    const MemoryDisk& disk = kiosk_->vfs.disk();
    const std::string where = fmt::format("{}/{:04}:{}/", path_.name(), moment.point, moment.what);
    const auto cutInto = [&](const std::string& outcome, CutKind kind, MemoryDisk found) {
        return Cut{where + outcome + "/" + std::string(moment.answer), {kind}, std::move(found)};
    };
    std::vector<Cut> cuts;
    for (const Outcome& outcome : outcomesOf(disk.unsynced())) {
        cuts.push_back(cutInto(outcome.name, CutKind::power, disk.afterCut(outcome.fates)));
    }
    cuts.push_back(cutInto("kill", CutKind::kill, disk.afterKill()));
    considerAftermaths(where, cuts);
    if (effort_.onlyAfter != Aftermath::none) return;
    for (Cut& cut : cuts) consider(std::move(cut));
}

// Each after one of the ways to be cut here: what else is so matters more than which writes stayed.
void Explorer::considerAftermaths(const std::string& where, const std::vector<Cut>& cuts) {
    for (const Aftermath aftermath : allAftermaths()) {
        if (effort_.onlyAfter != Aftermath::none && aftermath != effort_.onlyAfter) continue;
        const std::string name(nameOf(aftermath));
        const std::uint64_t chance = scattered(where + name);
        const auto rarely = static_cast<std::uint64_t>(effort_.oneAftermathIn);
        const bool wanted = onlyCase_.empty() ? rarely > 0 && chance % rarely == 0
                                              : onlyCase_.ends_with("/" + name);
        if (!wanted) continue;
        Cut cut = cuts[chance / 97 % cuts.size()];
        if (!kiosk_->stage.canStrike(aftermath, cut.comeback.kind == CutKind::power)) continue;
        cut.name += "/" + name;
        cut.comeback.aftermath = aftermath;
        cut.comeback.choice = chance / 101;
        if (const auto second = replayed(cut.name)) replay(cut, *second);
        if (onlyCase_.empty()) count(cut.name, runApart(cut, 0).judgement);
    }
}

// Where it is this case that is asked for: the moment of its second cut, or nought.
std::optional<int> Explorer::replayed(const std::string& name) const {
    const std::size_t plus = onlyCase_.find('+', std::min(onlyCase_.rfind('/'), onlyCase_.size()));
    if (name != onlyCase_.substr(0, plus)) return std::nullopt;
    return plus == std::string::npos ? 0 : std::stoi(onlyCase_.substr(plus + 1));
}

void Explorer::consider(Cut cut) {
    if (const auto second = replayed(cut.name)) replay(cut, *second);
    if (!onlyCase_.empty()) return;
    if (epochOfKnown_ != kiosk_->watch.epoch()) known_.clear();
    epochOfKnown_ = kiosk_->watch.epoch();
    const std::string content = contentOf(cut.disk);
    if (content.starts_with("damaged")) {
        return count(cut.name, {Verdict::unaccounted, content});
    }
    const std::string key = (cut.comeback.kind == CutKind::kill ? "kill " : "power ") + content;
    const auto found = known_.find(key);
    if (found != known_.end()) return count(cut.name, found->second);
    const Run run = runApart(cut, 0);
    known_[key] = run.judgement;
    count(cut.name, run.judgement);
    const auto rarely = static_cast<std::uint64_t>(effort_.oneSecondCutIn);
    if (rarely > 0 && run.moments > 0 && scattered(cut.name) % rarely == 0) {
        cutAgain(cut, run.moments);
    }
}

// One of the moments of the recovery, another one for each first cut.
void Explorer::cutAgain(const Cut& cut, int moments) {
    const int second =
        1 + static_cast<int>(scattered(cut.name + "+") % static_cast<std::uint64_t>(moments));
    const Run run = runApart(cut, second);
    count(cut.name + "+" + std::to_string(second), run.judgement);
}

void Explorer::count(const std::string& name, const Judgement& judgement) {
    ++totals_.cases;
    switch (judgement.verdict) {
        case Verdict::alone:
            ++totals_.alone;
            return;
        case Verdict::staff:
            ++totals_.staff;
            ++totals_.staffFor[judgement.why];
            return;
        case Verdict::unaccounted:
            ++totals_.unaccounted;
            tell_({name, judgement});
            return;
    }
}

// On a thread, so with a heap of its own: what the parent freed lies on pages of both, and to look
// through it for room would copy one after the other.
Explorer::Run Explorer::runApart(const Cut& cut, int secondCut) {
    return *forked([&] {
        std::thread([&] {
            say(sayTo_, runHere(cut, secondCut));
            ::_exit(0);
        }).join();
    });
}

// Nothing in the child, where the act may come back; what the child said in the parent.
std::optional<Explorer::Run> Explorer::forked(const std::function<void()>& act) {
    ++totals_.runs;
    std::array<int, 2> pipe{};
    LIQU_ASSERT(::pipe(pipe.data()) == 0);
    std::fflush(nullptr);
    const pid_t child = ::fork();
    LIQU_ASSERT(child >= 0);
    if (child == 0) {
        ::close(pipe[0]);
        // What a failed assertion says goes the same way as the judgement.
        ::dup2(pipe[1], STDERR_FILENO);
        ::alarm(longestRun);
        sayTo_ = pipe[1];
        act();
        return std::nullopt;
    }
    ::close(pipe[1]);
    const std::string said = readAll(pipe[0]);
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return runSaid(said, status);
}

Explorer::Run Explorer::runSaid(const std::string& said, int status) {
    Run run;
    int verdict = 0;
    int length = 0;
    const bool ended = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ended && std::sscanf(said.c_str(), "%d %d %n", &verdict, &run.moments, &length) == 2) {
        run.judgement = {static_cast<Verdict>(verdict),
                         said.substr(static_cast<std::size_t>(length))};
        return run;
    }
    const bool slow = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
    run.judgement = {Verdict::unaccounted,
                     slow ? "never comes to an end" : "the firmware crashed: " + said};
    return run;
}

Explorer::Run Explorer::runHere(const Cut& cut, int secondCut) {
    recovering_ = true;
    secondCut_ = secondCut;
    kiosk_->cut(cut.comeback, cut.disk);
    Run run;
    run.judgement = kiosk_->judge();
    run.moments = momentsOfRecovery_;
    return run;
}

// Again: what runs here is left as it stands, the judge of the first cut included.
void Explorer::recoveringAt(const Moment& moment) {
    if (++momentsOfRecovery_ != secondCut_) return;
    const MemoryDisk& disk = kiosk_->vfs.disk();
    const auto outcomes = outcomesOf(disk.unsynced());
    const auto pick =
        static_cast<std::size_t>(moment.point * 7 + secondCut_) % (outcomes.size() + 1);
    const bool kill = pick == outcomes.size();
    kiosk_->cut({kill ? CutKind::kill : CutKind::power},
                kill ? disk.afterKill() : disk.afterCut(outcomes[pick].fates));
    Run run;
    run.judgement = kiosk_->judge();
    if (sayTo_ >= 0) {
        say(sayTo_, run);
    } else {
        tellReplay(run);
    }
    ::_exit(0);
}

// From this call on the disk fails in one way or another, and the kiosk runs on as it can.
void Explorer::failStorageAt(const Moment& moment) {
    const bool syncs = moment.what == nameOf(StorageCall::sync);
    for (const StorageFault fault : {StorageFault::readError, StorageFault::writeError,
                                     StorageFault::fullDisk, StorageFault::failedSync}) {
        if ((fault == StorageFault::failedSync) != syncs) continue;
        const std::string name = fmt::format("{}/{:04}:{}/{}/{}", path_.name(), moment.point,
                                             moment.what, nameOf(fault), moment.answer);
        if (!onlyCase_.empty()) {
            if (onlyCase_ != name) continue;
            return runOnAfterFault(fault);
        }
        const std::optional<Run> run = forked([&] { runOnAfterFault(fault); });
        if (!run) return;
        count(name, run->judgement);
    }
}

void Explorer::runOnAfterFault(StorageFault fault) {
    failing_ = fault;
    kiosk_->kiosk.truth().breaks(&truth::Truth::diskFaults);
    kiosk_->vfs.faultAt = [fault](StorageCall call, const std::string&) {
        return strikes(fault, call) ? fault : StorageFault::none;
    };
}

// The kiosk must have said that it is out of service, and why; with a good disk it accounts for
// every card again.
void Explorer::endAfterFault() {
    recovering_ = true;
    Run run;
    const std::string screen = storageScreen(kiosk_->kiosk);
    kiosk_->vfs.faultAt = nullptr;
    kiosk_->kiosk.truth().mended();
    const MemoryDisk& disk = kiosk_->vfs.disk();
    // What a failed sync was to write may be on the disk, or not.
    const std::vector<Fate> lost(disk.unsynced().size(), Fate::dropped);
    kiosk_->cut({CutKind::kill},
                failing_ == StorageFault::failedSync ? disk.afterCut(lost) : disk.afterKill());
    run.judgement = kiosk_->judge();
    if (!screen.empty()) {
        run.judgement.why += (run.judgement.why.empty() ? "" : "; ") + screen;
        run.judgement.verdict = Verdict::unaccounted;
    }
    if (sayTo_ < 0) tellReplay(run);
    say(sayTo_, run);
    ::_exit(0);
}

// In this process, and aloud.
void Explorer::replay(const Cut& cut, int secondCut) {
    linesBefore_ = kiosk_->kiosk.logLines().size();
    std::printf("%s\n  the kiosk until here:\n", onlyCase_.c_str());
    for (const std::string& line : kiosk_->kiosk.logLines()) std::printf("    %s\n", line.c_str());
    std::fflush(stdout);
    tellReplay(runHere(cut, secondCut));
}

void Explorer::tellReplay(const Run& run) {
    std::printf("  after the restart:\n");
    for (std::size_t i = linesBefore_; i < kiosk_->kiosk.logLines().size(); ++i) {
        std::printf("    %s\n", kiosk_->kiosk.logLines()[i].c_str());
    }
    std::printf("  screens:");
    for (const std::string& name : kiosk_->kiosk.citizen().names) std::printf(" %s", name.c_str());
    std::printf("\n");
    static constexpr std::array<const char*, 3> words = {"alone", "staff", "UNACCOUNTED"};
    std::printf("  %s %s\n", words[static_cast<std::size_t>(run.judgement.verdict)],
                run.judgement.why.c_str());
    std::fflush(stdout);
    ::_exit(run.judgement.verdict == Verdict::unaccounted ? 1 : 0);
}

}  // namespace liqu::proof
