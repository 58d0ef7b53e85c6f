// Random visits on virtual time: people who come and come back, several faults at once, cuts and
// kills, blanks loaded when the hopper is empty. The same seed gives the same run to the byte
// (decision 29). A machine serves some dozens of visits, then another one is set up, so that a
// visit costs the same at the end of a long run as at its beginning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/random.hpp"
#include "tests/power_cut/proof_kiosk.hpp"

namespace liqu::proof {

struct SimulationTotals {
    std::int64_t visits = 0;
    std::int64_t cuts = 0;
    std::int64_t aftermaths = 0;  // cuts after which more was wrong
    std::int64_t faults = 0;      // that fired
    std::int64_t staff = 0;       // visits after which somebody had to come
    std::int64_t lost = 0;
    std::int64_t doubled = 0;
    std::int64_t stuck = 0;
    Duration virtualTime{};  // at most a minute of it idle for each visit
    std::uint64_t digest = 0;
    std::vector<std::string> failures;  // the first few, in words
};

class SimulatedMachine {
  public:
    SimulatedMachine(std::uint64_t seed, SimulationTotals& totals, std::int64_t firstVisit);
    void serve(int visits);
    // Gives what happened in it, where stories are wanted.
    std::string visit();
    void tellStories() { tells_ = true; }
    // Books, journal, outbox, province and screens, at the end of its life.
    std::uint64_t digest();

  private:
    struct Cut {
        int atMoment = 0;
        CutKind kind = CutKind::power;
        std::optional<MemoryDisk> disk;  // what the cut left, once it came
    };

    void armFaults(bool isKnown);
    world::Document nextPerson(std::string& service);
    void planCut(int mostMoments);
    void at(const Moment& moment);
    MemoryDisk diskAfterCut();
    void restartAfterCut();
    Comeback comebackFrom(CutKind kind);
    // Runs it, and again after each cut.
    template <typename Work>
    void survivingCuts(Work work);
    void account(const Judgement& judgement);
    std::string story();
    void prepareForNext();
    bool oneIn(std::uint64_t count) { return random_.below(count) == 0; }

    SeededRandom random_;
    SimulationTotals& totals_;
    std::int64_t firstVisit_;
    ProofKiosk kiosk_;
    std::vector<world::Document> people_;
    std::optional<Cut> cut_;
    int moments_ = 0;
    std::size_t linesBefore_ = 0;
    bool tells_ = false;
};

// By so many processes; how many changes nothing of what comes out.
SimulationTotals simulate(std::uint64_t seed, std::int64_t visits, int workers,
                          const std::function<void(const SimulationTotals&)>& progress);

// One visit of such a run again: what was armed, the orders and the kiosk's own log.
std::string storyOf(std::uint64_t seed, std::int64_t visit);

}  // namespace liqu::proof
