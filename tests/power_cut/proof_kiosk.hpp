// A simulated kiosk whose disk, devices and line can be cut: the firmware of the scenarios on a
// MemoryDisk, with a CutWatch in between and a MouthGuard outside.
#pragma once

#include <memory>

#include "tests/power_cut/aftermath.hpp"
#include "tests/power_cut/cut_watch.hpp"
#include "tests/power_cut/judge.hpp"
#include "tests/power_cut/power_cut_vfs.hpp"
#include "tests/power_cut/watched_fees.hpp"

namespace liqu::proof {

enum class CutKind : std::uint8_t {
    power,  // printer and chip lose it too
    kill,   // only the process dies; printer and world run on
};

// How it was stopped, and what else is so when it comes back.
struct Comeback {
    CutKind kind = CutKind::power;
    Aftermath aftermath = Aftermath::none;
    std::uint64_t choice = 0;  // of the ways it can be so
};

class ProofKiosk {
  public:
    // What a kiosk of the proof has beside the shipped one; null: nothing.
    using Adapt = void (*)(scenario::KioskSettings&);
    explicit ProofKiosk(std::vector<std::string> faults, Sabotage sabotage = Sabotage::none,
                        Adapt adapt = nullptr);

    PowerCutVfs vfs{"proof"};
    CutWatch watch;
    WatchedFees fees{watch};  // of use only where the region has a fee
    scenario::SimulatedKiosk kiosk;
    MouthGuard guard;
    AftermathStage stage;

    // The act of staff a path is about, gone on with after a stop; none on the others.
    std::function<void()> staffGoOn;
    Judgement judge();
    // The cards alone, without a look through the whole of the disk.
    Judgement judgeCards();

    // Stops here, whatever runs, and starts anew on this disk. Who ran is never gone back to.
    void cut(const Comeback& comeback, MemoryDisk disk);
    // The same where the firmware was left by an exception: its remains are taken away.
    void restart(const Comeback& comeback, MemoryDisk disk,
                 const std::function<void()>& diskIsThere);

  private:
    void goDark(CutKind kind);
    bool wasCutShort();
    std::string plainTraces();
    std::string sideBooks();

    // When only the process died: the card whose face the printer had whole and went on with.
    std::optional<std::string> faceUnderWay_;
};

}  // namespace liqu::proof
