#include "tests/power_cut/campaign.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <poll.h>
#include <sstream>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "tests/power_cut/explorer.hpp"

namespace liqu::proof {
namespace {

struct Options {
    bool quick = false;
    bool all = false;
    std::string caseName;
    std::string onlyPath;
    std::size_t from = 1;
    int workers = 2;
    int oneMomentIn = 0;
    int oneSecondCutIn = -1;
    int oneAftermathIn = -1;
    int mostShown = 40;
};

struct Task {
    Path path;
    Effort effort;
};

// How thoroughly: the path of a first card without a fault at every moment, the others at a part of
// theirs.
std::vector<Task> tasksFor(const Options& options) {
    std::vector<Task> tasks;
    for (Path& path : allPaths()) {
        const std::string name = path.name();
        if (!options.onlyPath.empty() && name != options.onlyPath) continue;
        const bool plain = path.faults.empty();
        const bool first = path.kind == VisitKind::firstCard;
        Effort effort;
        if (options.quick) {
            if (!plain && !first) continue;
            effort = plain ? Effort{first ? 24 : 96, 16, true, 16} : Effort{384, 16, false, 16};
        } else {
            effort = plain   ? Effort{first ? 1 : 4, 4, true, 4}
                     : first ? Effort{24, 4, false, 4}
                             : Effort{192, 4, false, 4};
        }
        if (options.oneMomentIn > 0) effort.oneMomentIn = options.oneMomentIn;
        if (options.oneSecondCutIn >= 0) effort.oneSecondCutIn = options.oneSecondCutIn;
        if (options.oneAftermathIn >= 0) effort.oneAftermathIn = options.oneAftermathIn;
        tasks.push_back({std::move(path), effort});
    }
    tasks.erase(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min(options.from - 1, tasks.size())));
    return tasks;
}

void writeLine(int file, std::string line) {
    std::replace(line.begin(), line.end(), '\n', ' ');
    line += '\n';
    LIQU_ASSERT(::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
}

// Takes one path after the other until none is left.
[[noreturn]] void work(const std::vector<Task>& tasks, std::atomic<std::size_t>& next, int out) {
    while (true) {
        const std::size_t mine = next++;
        if (mine >= tasks.size()) ::_exit(0);
        Explorer explorer(tasks[mine].path, tasks[mine].effort, [out](const CaseResult& result) {
            writeLine(out, "U\t" + result.name + "\t" + result.judgement.why);
        });
        const PathTotals totals = explorer.explore();
        for (const auto& [why, count] : totals.staffFor) {
            writeLine(out, fmt::format("W\t{}\t{}", count, why));
        }
        // A path that was never cut proves nothing; one on which nothing is asked of disk, devices
        // and line has no moment for it.
        const bool unproven = totals.runs == 0 && totals.moments > 0;
        if (unproven) {
            writeLine(out, "U\t" + tasks[mine].path.name() + "\tno case of this path was tried");
        }
        writeLine(out,
                  fmt::format("P\t{} {} {} {} {} {}", totals.points, totals.cases, totals.runs,
                              totals.alone, totals.staff, totals.unaccounted + (unproven ? 1 : 0)));
    }
}

class Report {
    static constexpr int mostOfAKind = 2;

  public:
    Report(std::size_t paths, int mostShown) : paths_(paths), mostShown_(mostShown) {}

    void take(const std::string& line) {
        if (line.starts_with("U\t")) {
            showCase(line.substr(2));
        } else if (line.starts_with("W\t")) {
            const std::size_t tab = line.find('\t', 2);
            all_.staffFor[line.substr(tab + 1)] += std::stoll(line.substr(2));
        } else if (line.starts_with("P\t")) {
            std::istringstream words(line.substr(2));
            PathTotals one;
            words >> one.points >> one.cases >> one.runs >> one.alone >> one.staff >>
                one.unaccounted;
            add(one);
            progress();
        }
    }

    void crashed() { ++all_.unaccounted; }

    int conclude() {
        std::printf(
            "\npaths: %zu\ncut points: %lld\ncases: %lld (%lld recoveries run; the others "
            "leave the same disk and world as one of these)\n",
            done_, static_cast<long long>(all_.points), static_cast<long long>(all_.cases),
            static_cast<long long>(all_.runs));
        std::printf("recovered alone: %lld\nneeding staff: %lld\n",
                    static_cast<long long>(all_.alone), static_cast<long long>(all_.staff));
        for (const auto& [why, count] : all_.staffFor) {
            std::printf("  %lld: %s\n", static_cast<long long>(count), why.c_str());
        }
        std::printf("unaccounted: %lld\n", static_cast<long long>(all_.unaccounted));
        std::printf("time: %lld s\n", static_cast<long long>(seconds()));
        std::printf("cases=%lld alone=%lld staff=%lld unaccounted=%lld\n",
                    static_cast<long long>(all_.cases), static_cast<long long>(all_.alone),
                    static_cast<long long>(all_.staff), static_cast<long long>(all_.unaccounted));
        return all_.unaccounted == 0 && done_ == paths_ ? 0 : 1;
    }

  private:
    // The same of one path over and over would hide what the others found.
    void showCase(const std::string& told) {
        const std::string kind =
            told.substr(0, told.find('/')) + told.substr(std::min(told.find('\t'), told.size()));
        if (++shownOfKind_[kind] > mostOfAKind || ++shown_ > mostShown_) return;
        std::printf("\nunaccounted: %s\n", told.c_str());
    }
    void add(const PathTotals& one) {
        ++done_;
        all_.points += one.points;
        all_.cases += one.cases;
        all_.runs += one.runs;
        all_.alone += one.alone;
        all_.staff += one.staff;
        all_.unaccounted += one.unaccounted;
    }
    std::int64_t seconds() const {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() -
                                                                begin_)
            .count();
    }
    void progress() const {
        const bool terminal = ::isatty(STDOUT_FILENO) != 0;
        if (!terminal && done_ % 20 != 0) return;
        std::printf("%spath %zu of %zu, %lld cases, %lld unaccounted, %lld s%s",
                    terminal ? "\r" : "", done_, paths_, static_cast<long long>(all_.cases),
                    static_cast<long long>(all_.unaccounted), static_cast<long long>(seconds()),
                    terminal ? "  " : "\n");
        std::fflush(stdout);
    }

    std::size_t paths_;
    int mostShown_;
    int shown_ = 0;
    std::map<std::string, int> shownOfKind_;
    std::size_t done_ = 0;
    PathTotals all_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// Reads what the workers say until all of them have ended.
void listen(const std::vector<int>& files, Report& report) {
    std::vector<pollfd> waiting;
    for (const int file : files) waiting.push_back({file, POLLIN, 0});
    std::vector<std::string> pending(files.size());
    std::size_t open = files.size();
    while (open > 0) {
        ::poll(waiting.data(), waiting.size(), -1);
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].fd < 0 || waiting[i].revents == 0) continue;
            std::array<char, 4096> part{};
            const ssize_t got = ::read(waiting[i].fd, part.data(), part.size());
            if (got <= 0) {
                waiting[i].fd = -1;
                --open;
                continue;
            }
            pending[i].append(part.data(), static_cast<std::size_t>(got));
            for (std::size_t end = 0; (end = pending[i].find('\n')) != std::string::npos;) {
                report.take(pending[i].substr(0, end));
                pending[i].erase(0, end + 1);
            }
        }
    }
}

int runAll(const Options& options) {
    const std::vector<Task> tasks = tasksFor(options);
    void* shared = ::mmap(nullptr, sizeof(std::atomic<std::size_t>), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    LIQU_ASSERT(shared != MAP_FAILED);
    auto& next = *new (shared) std::atomic<std::size_t>(0);
    Report report(tasks.size(), options.mostShown);
    std::vector<int> files;
    std::vector<pid_t> workers;
    for (int i = 0; i < options.workers; ++i) {
        std::array<int, 2> pipe{};
        LIQU_ASSERT(::pipe(pipe.data()) == 0);
        std::fflush(nullptr);
        const pid_t worker = ::fork();
        LIQU_ASSERT(worker >= 0);
        if (worker == 0) work(tasks, next, pipe[1]);
        ::close(pipe[1]);
        files.push_back(pipe[0]);
        workers.push_back(worker);
    }
    listen(files, report);
    for (const pid_t worker : workers) {
        int status = 0;
        ::waitpid(worker, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) report.crashed();
    }
    return report.conclude();
}

void offer(CLI::App& app, Options& options) {
    app.add_flag("--quick", options.quick, "a part of everything, in some minutes");
    app.add_flag("--all", options.all, "everything, in an hour or two");
    app.add_option("--case", options.caseName, "one case, by its name, and what the kiosk did")
        ->check([](const std::string& name) {
            // "…+12": the second cut after the twelfth moment of the recovery.
            const std::size_t plus = name.find('+', std::min(name.rfind('/'), name.size()));
            const std::string count = plus == std::string::npos ? "0" : name.substr(plus + 1);
            const bool number = !count.empty() && count.size() < 8 &&
                                count.find_first_not_of("0123456789") == std::string::npos;
            return number ? std::string() : "no such case: " + name;
        });
    app.add_option("--from", options.from, "begin with the so-manieth path: a run goes on")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--path", options.onlyPath, "one path, every moment")
        ->check([](const std::string& name) {
            for (const Path& path : allPaths()) {
                if (path.name() == name) return std::string();
            }
            return "no such path: " + name;
        });
    app.add_option("--workers", options.workers, "processes at a time")
        ->default_val(2)
        ->check(CLI::Range(1, 256));
    app.add_option("--one-moment-in", options.oneMomentIn, "cut at one moment in so many")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--one-second-cut-in", options.oneSecondCutIn,
                   "cut one recovery in so many again; 0: none")
        ->check(CLI::Range(0, 1'000'000));
    app.add_option("--one-aftermath-in", options.oneAftermathIn,
                   "after one cut in so many more is wrong than the power, for each such thing; 0: "
                   "none")
        ->check(CLI::Range(0, 1'000'000));
    app.add_option("--show", options.mostShown,
                   "so many unaccounted cases are named, of the same kind two")
        ->check(CLI::Range(0, 1'000'000));
}

int runCase(const Options& options) {
    for (const Path& path : allPaths()) {
        if (!options.caseName.starts_with(path.name() + "/")) continue;
        Explorer explorer(path, {1, 0, true}, [](const CaseResult& result) {
            std::printf("%s\n  UNACCOUNTED %s\n", result.name.c_str(),
                        result.judgement.why.c_str());
        });
        explorer.only(options.caseName);
        explorer.explore();
        break;
    }
    std::fprintf(stderr, "power-cut: no such case: %s\n", options.caseName.c_str());
    return 2;
}

}  // namespace

int runCampaign(int argc, char** argv) {
    Options options;
    CLI::App app{"Proves that no card is ever unaccounted for, whatever stops the kiosk"};
    offer(app, options);
    CLI11_PARSE(app, argc, argv);
    if (!options.caseName.empty()) return runCase(options);
    if (!options.quick && !options.all && options.onlyPath.empty()) {
        std::fputs(app.help().c_str(), stderr);
        return 2;
    }
    return runAll(options);
}

}  // namespace liqu::proof
