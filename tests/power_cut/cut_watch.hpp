// Stands between the firmware and everything outside it, and tells of each moment at which the
// kiosk may stop: every storage call, device command and reply, and network call. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/power_cut/power_cut_vfs.hpp"
#include "tests/power_cut/sabotaged_plan.hpp"
#include "tests/scenario/kiosk/outside.hpp"
#include "tests/scenario/kiosk/seams.hpp"

namespace liqu::proof {

struct Moment {
    int point = 0;            // counts the calls of a path, from 1
    std::string_view what;    // "write", "printer-command", "chip-reply", "network" …
    std::string_view answer;  // what the device did: "not-done", "half-way", "done", "unheard"
    bool isStorage = false;
};

class CutWatch final : public scenario::Seams {
  public:
    explicit CutWatch(PowerCutVfs& vfs, Sabotage sabotage = Sabotage::none);

    // Called at each moment; a cut does not come back from it.
    std::function<void(const Moment&)> onMoment;

    // The world is there: from now on also the moments in the middle of a motion are told.
    void watchMotions(scenario::Outside& outside);
    int points() const { return points_; }
    void restartCount() { points_ = 0; }
    // The same as long as only storage was called: what can be seen of the world has not changed.
    int epoch() const { return epoch_; }
    void somethingHappened() { ++epoch_; }

    // For those who stand in between.
    Sabotage sabotage() const { return sabotage_; }
    int beginPoint() { return ++points_; }
    void tell(int point, std::string_view what, std::string_view answer);
    void listenToPrinter(bool listens) { listensToPrinter_ = listens; }

    std::unique_ptr<storage::Database> openDatabase() override;
    issuance::FindPlan planOf() override { return sabotagedPlanOf; }
    std::optional<security::SealKey> sealKey() override { return replacedKey_; }
    screen::Display& display(screen::Display& real) override;
    // As the program does it before anything else runs, from the folder of the key.
    Result<security::SealKey> openSealKey(storage::Database& database,
                                          const std::filesystem::path& folder);
    drivers::UsbBus& bus(drivers::UsbBus& real) override;
    ports::ChipReader& chipReader(ports::ChipReader& real) override;
    ports::ProvinceLink& line(ports::ProvinceLink& real) override;
    ports::CardPrinter& printer(ports::CardPrinter& real) override;
    ports::CardFaceRenderer* renderer() override { return renderer_.get(); }
    std::optional<bool> showsFaceOf(const world::PlasticCard& card, const world::Person& person,
                                    WallTime now) override;

  private:
    PowerCutVfs& vfs_;
    Sabotage sabotage_;
    int points_ = 0;
    int epoch_ = 0;
    bool listensToPrinter_ = false;
    std::optional<security::SealKey> replacedKey_;  // a planted bug made it
    std::unique_ptr<screen::Display> lyingDisplay_;
    std::unique_ptr<ports::CardFaceRenderer> renderer_;
    std::unique_ptr<drivers::UsbBus> bus_;
    Overheard overheard_;
    std::unique_ptr<ports::ChipReader> chipReader_;
    std::unique_ptr<ports::ChipReader> sabotagedReader_;
    std::unique_ptr<ports::ProvinceLink> line_;
    std::unique_ptr<ports::ProvinceLink> sabotagedLine_;
    // One for each start of the kiosk: a killed one's is never used again.
    std::vector<std::unique_ptr<ports::CardPrinter>> printers_;
};

}  // namespace liqu::proof
