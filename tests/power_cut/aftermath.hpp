// What else may be so when a kiosk comes back after a cut: not only the power was gone. Each is
// carried out on the world while the kiosk is dark, and put right by people with the firmware's own
// acts; what the kiosk does in between is judged here, everything else by the Judge.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/power_cut/memory_disk.hpp"
#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::proof {

class CutWatch;

enum class Aftermath : std::uint8_t {
    none,
    clockBack,          // the clock stands days before the books, or before the program was built
    countersForgotten,  // the printer counts from nought again, as after a board was changed
    sealKeyLost,        // the file of the key is not there
    diskRolledBack,     // the disk is an earlier one, and the province was told more since
    provinceRestored,   // the province forgot what it was told since a moment before
};
std::string_view nameOf(Aftermath aftermath);
// Without `none`.
std::span<const Aftermath> allAftermaths();

// One for each kiosk: what it remembers of earlier moments, what struck, and what is still wrong.
class AftermathStage {
  public:
    AftermathStage(scenario::SimulatedKiosk& kiosk, CutWatch& watch)
        : kiosk_(kiosk), watch_(watch) {}

    // The path, or the visit, begins: what was before is nothing to fall back to.
    void begin(const MemoryDisk& disk);
    // A moment that disk or province may fall back to: nothing is between begin and commit.
    void remember(const MemoryDisk& disk);
    // Whether there is a moment to fall back to, and the kind of cut can bring it about.
    bool canStrike(Aftermath aftermath, bool powerWasLost) const;

    // The kiosk is dark. Gives the disk it finds; `choice` picks among what is possible.
    MemoryDisk strike(Aftermath aftermath, MemoryDisk found, std::uint64_t choice);
    // On this disk, before the kiosk runs: it must not start without its key.
    void startsWithoutKey();
    // One struck, and nobody has come yet.
    bool stands() const { return struck_ != Aftermath::none; }
    // What people see, and do about it; the kiosk runs. Once for each that struck.
    void putRight();

    // The province has it as an incident when books or messages come that do not fit what it has.
    void forgetRefusals() const;

    // What the kiosk did wrong before people came.
    const std::vector<std::string>& found() const { return found_; }
    // What people came for, told once; empty where nothing struck that needs them.
    std::string takeStaffFor() { return std::exchange(staffFor_, {}); }
    // From then on the books may lack what happened, and the province what was delivered.
    bool booksFellBack() const { return booksFellBack_; }
    // At any time of this machine's: an order that it has forgotten stays with the province.
    bool booksEverFellBack() const { return booksEverFellBack_; }
    bool provinceEverFellBack() const { return provinceEverFellBack_; }
    bool provinceFellBack() const { return provinceFellBack_; }
    bool countersEverForgotten() const { return countersEverForgotten_; }

  private:
    struct Earlier {
        MemoryDisk disk;
        world::Books province;
        std::string epoch{};
        std::int64_t newestFact = 0;
        std::set<std::string> orders{};
    };
    // What must not change while the kiosk has no word to go on.
    struct Standing {
        std::size_t blanks = 0;
        std::size_t applications = 0;
        std::size_t printed = 0;
        friend bool operator==(const Standing&, const Standing&) = default;
    };

    std::vector<const Earlier*> olderThanTheProvince() const;
    Standing standing() const;
    void setClockRight();
    void acceptClock();
    void renewBooks();
    void say(std::string what) { found_.push_back(std::move(what)); }

    scenario::SimulatedKiosk& kiosk_;
    CutWatch& watch_;
    std::vector<Earlier> earlier_;
    Aftermath struck_ = Aftermath::none;
    bool clockIsAhead_ = false;
    bool clockWasWrong_ = false;
    bool booksFellBack_ = false;
    bool booksEverFellBack_ = false;
    bool provinceEverFellBack_ = false;
    bool provinceFellBack_ = false;
    bool countersEverForgotten_ = false;
    std::vector<std::string> found_;
    std::string staffFor_;
};

}  // namespace liqu::proof
