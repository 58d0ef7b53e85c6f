// Walks a path once and, at every moment at which the kiosk can stop, splits off a process for each
// way it can be found again: fork() is the snapshot. A child cuts, starts anew, recovers and is
// judged; the parent goes on along the path.
//
// Outcomes of one moment that leave the same database and the same world are one run: each is
// opened by SQLite, and what it holds is compared.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "tests/power_cut/outcomes.hpp"
#include "tests/power_cut/paths.hpp"

namespace liqu::proof {

struct Effort {
    // Of the moments, one in so many is cut; of the runs, one in so many is cut a second time.
    int oneMomentIn = 1;
    int oneSecondCutIn = 0;                 // 0: none
    bool storageFaults = false;             // the calls of the disk fail, too
    int oneAftermathIn = 0;                 // of these moments, for each aftermath; 0: none
    Aftermath onlyAfter = Aftermath::none;  // any other: only cuts with this one are tried
};

struct CaseResult {
    std::string name;  // "first-card+printer.jam@print/0123:write/kdt/none"
    Judgement judgement;
};

struct PathTotals {
    std::int64_t points = 0;
    std::int64_t moments = 0;  // at which a cut was possible
    std::int64_t cases = 0;
    std::int64_t runs = 0;
    std::int64_t alone = 0;
    std::int64_t staff = 0;
    std::int64_t unaccounted = 0;
    std::map<std::string, std::int64_t> staffFor;
};

class Explorer {
  public:
    using Tell = std::function<void(const CaseResult&)>;
    Explorer(Path path, Effort effort, Tell tellUnaccounted);
    // Cuts only there; tells whatever comes of it, with the kiosk's own log.
    void only(std::string caseName) { onlyCase_ = std::move(caseName); }

    // One unaccounted case is enough: the rest of the path is walked without cuts.
    void stopAtFirst() { stopsAtFirst_ = true; }

    PathTotals explore();

  private:
    struct Cut {
        std::string name;
        Comeback comeback;
        MemoryDisk disk;
    };
    // What a child says in the end.
    struct Run {
        Judgement judgement;
        int moments = 0;  // of its recovery
    };

    bool wants(const Moment& moment) const;
    void at(const Moment& moment);
    void consider(Cut cut);
    void considerAftermaths(const std::string& where, const std::vector<Cut>& cuts);
    std::optional<int> replayed(const std::string& name) const;
    void cutAgain(const Cut& cut, int moments);
    Run runApart(const Cut& cut, int secondCut);
    std::optional<Run> forked(const std::function<void()>& act);
    static Run runSaid(const std::string& said, int status);
    Run runHere(const Cut& cut, int secondCut);
    void recoveringAt(const Moment& moment);
    void failStorageAt(const Moment& moment);
    void runOnAfterFault(StorageFault fault);
    [[noreturn]] void endAfterFault();
    static void say(int file, const Run& run);
    [[noreturn]] void tellReplay(const Run& run);
    void count(const std::string& name, const Judgement& judgement);
    [[noreturn]] void replay(const Cut& cut, int secondCut);

    Path path_;
    Effort effort_;
    Tell tell_;
    std::string onlyCase_;
    bool stopsAtFirst_ = false;
    std::unique_ptr<ProofKiosk> kiosk_;
    PathTotals totals_;
    std::map<std::string, Judgement> known_;  // by epoch, kind and content of the database
    int epochOfKnown_ = -1;
    // In a child whose disk has begun to fail.
    std::optional<StorageFault> failing_;
    // In a child: where it is, and when it is cut again.
    bool recovering_ = false;
    int momentsOfRecovery_ = 0;
    int secondCut_ = 0;
    int sayTo_ = -1;
    int told_ = 0;  // moments so far
    std::size_t linesBefore_ = 0;
};

}  // namespace liqu::proof
