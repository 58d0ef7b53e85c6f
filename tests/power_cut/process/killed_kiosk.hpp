// One life of a machine: a world on the wire, the shipped program with its files in it, people who
// come one after the other, and kills. After each, the program is started again on the same data;
// once it has nothing left to do by itself, its books, the printer's places and the province are
// compared by this other process.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/power_cut/process/kill_aim.hpp"
#include "tests/window/ui/private_display.hpp"
#include "tests/world/main/child_process.hpp"
#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/main/outside_world.hpp"

namespace liqu::proof {

struct KillTotals {
    std::map<std::string, int> killsIn;  // by step; "" between two steps
    int cases = 0;                       // kills
    int alone = 0;
    int staff = 0;
    int unaccounted = 0;
    std::map<std::string, int> staffFor;
};

class KilledKiosk {
  public:
    KilledKiosk(world::RunOptions options, KillTotals& totals);
    ~KilledKiosk();

    Result<void> start();
    // True while there are blanks and room for what becomes of them.
    bool canGoOn();
    // One person; the program is killed in the step that was hit least so far.
    Result<void> visit();

  private:
    Result<void> startKiosk();
    std::string wantedStep();
    world::Document personFor(const std::string& step);
    void sendCitizen(const world::Document& document);
    void countKill(const std::string& wanted);
    Result<void> recover();
    bool settled();
    void handsAtTheMouth();
    void judge();
    std::vector<std::string> disagreements();
    bool oneIn(std::uint64_t count) { return random_.below(count) == 0; }

    world::RunOptions options_;
    KillTotals& totals_;
    SeededRandom random_;
    KillAim aim_;
    SystemClock clock_;
    world::FaultPlan faults_;
    std::unique_ptr<test::PrivateDisplay> display_;
    std::unique_ptr<world::OutsideWorld> world_;
    world::KioskFolder kiosk_;
    std::unique_ptr<world::ChildProcess> process_;
    int people_ = 0;
    int killsOfCase_ = 0;
    std::int64_t staffLooks_ = 0;
};

}  // namespace liqu::proof
