// The books without the machine: what the command line needs to write a move and its report.
#pragma once

#include <memory>

#include "drivers/card_printer/printer_profile.hpp"
#include "firmware/issuance/order.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/storage/run_mark.hpp"
#include "program/commands.hpp"

namespace liqu::program {

struct ConfigFiles {
    policy::KioskConfig kiosk;
    policy::RegionPolicy region;
};
// Reads every file the configuration names; the first fault is the error.
Result<ConfigFiles> readConfiguration(const std::filesystem::path& file);

// configBadValue where the machine has more lanes than its printer, or the region lacks the bank.
// Only the simulated province may be served without anybody who vouches (decision 11).
Result<void> presenceFitsProvince(const policy::KioskConfig& config,
                                  const policy::RegionPolicy& region);
Result<void> lanesFitPrinter(const policy::KioskConfig& config,
                             const drivers::PrinterProfile& printer);
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
    std::unique_ptr<province::Outbox> outbox_;
    std::unique_ptr<issuance::OrderBook> orders_;
};

}  // namespace liqu::program
