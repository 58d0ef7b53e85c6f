// A simulated kiosk whose disk, devices and line can be cut: the firmware of the scenarios on a
// MemoryDisk, with a CutWatch in between and a MouthGuard outside.
#pragma once

#include <memory>

#include "tests/power_cut/cut_watch.hpp"
#include "tests/power_cut/judge.hpp"
#include "tests/power_cut/power_cut_vfs.hpp"

namespace liqu::proof {

enum class CutKind : std::uint8_t {
    power,  // printer and chip lose it too
    kill,   // only the process dies; printer and world run on
};

class ProofKiosk {
  public:
    explicit ProofKiosk(std::vector<std::string> faults, Sabotage sabotage = Sabotage::none);

    PowerCutVfs vfs{"proof"};
    CutWatch watch;
    scenario::SimulatedKiosk kiosk;
    MouthGuard guard;

    // The act of staff a path is about, gone on with after a stop; none on the others.
    std::function<void()> staffGoOn;
    Judgement judge();

    // Stops here, whatever runs, and starts anew on this disk. Who ran is never gone back to.
    void cut(CutKind kind, MemoryDisk disk);
    // The same where the firmware was left by an exception: its remains are taken away.
    void restart(CutKind kind, MemoryDisk disk);

  private:
    void goDark(CutKind kind);
    bool wasCutShort();

    // When only the process died: the card whose face the printer had whole and went on with.
    std::optional<std::string> faceUnderWay_;
};

}  // namespace liqu::proof
