// The books without the machine: what the command line needs to write a move and its report.
#pragma once

#include <memory>

#include "drivers/card_printer/printer_driver.hpp"
#include "firmware/card/pin_rules.hpp"
#include "firmware/issuance/order.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/ports/signer.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/storage/run_mark.hpp"
#include "program/commands.hpp"
#include "ui/paper/face_layout.hpp"

namespace liqu::program {

struct ConfigFiles {
    policy::KioskConfig kiosk;
    policy::RegionPolicy region;
    card::PinRules weakPins{};  // where PINs are entered
};
// Reads every file the configuration names; the first fault is the error.
Result<ConfigFiles> readConfiguration(const std::filesystem::path& file);

// What the reading of a region needs of this program and machine.
policy::Here hereOf(const policy::KioskConfig& config);
// Only the simulated province may be served without anybody who vouches (decision 11).
Result<void> presenceFitsProvince(const policy::KioskConfig& config,
                                  const policy::RegionPolicy& region);
// configMissingKey: the region asks for a filing of the machine at its site, and none is named.
Result<void> siteFitsRegion(const policy::KioskConfig& config, const policy::RegionPolicy& region);
// configBadValue where the machine has more lanes than its printer, or the region lacks the bank.
Result<void> lanesFitPrinter(const policy::KioskConfig& config,
                             const ports::PrinterCapabilities& printer);
// configBadValue: a back, and the printer prints none.
Result<void> faceFitsPrinter(const std::filesystem::path& face, const ui::FaceLayout& layout,
                             const policy::KioskConfig& config,
                             const ports::PrinterCapabilities& printer);
Result<void> laneFitsRegion(const policy::LaneConfig& lane, const policy::RegionPolicy& region);

province::Terminal terminalOf(const ConfigFiles& files);

// Opens the books that are there, and the places of lanes that were added since.
Result<std::unique_ptr<storage::Database>> openDatabase(const std::filesystem::path& data,
                                                        const policy::KioskConfig& config);

class Books {
  public:
    static Result<std::unique_ptr<Books>> open(const CommonOptions& options);

    const ConfigFiles& files() const { return files_; }
    storage::Database& database() { return *database_; }
    issuance::OrderBook& orders() { return *orders_; }
    const province::Outbox& outbox() const { return *outbox_; }
    const security::Sealer& sealer() const { return *sealer_; }
    // Of the terminal; null where its keys are not there.
    ports::Signer* signer() const { return signer_.get(); }
    WallTime now() const { return clock_.wallTime(); }
    Clock& clock() { return clock_; }

  private:
    Books() = default;
    SystemClock clock_;
    SystemRandom random_;
    ConfigFiles files_;
    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<storage::RunMark> mark_;
    std::unique_ptr<security::Sealer> sealer_;
    std::unique_ptr<ports::Signer> signer_;
    std::unique_ptr<province::Outbox> outbox_;
    std::unique_ptr<issuance::OrderBook> orders_;
};

}  // namespace liqu::program
