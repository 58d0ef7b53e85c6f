// The book of slips (凭条): each has a number of this machine and day, given in the commit of what
// it tells, whether it is printed or not. What stands on it is sealed, so that it can be printed
// again, and purged when its time is over. Paper never decides what is true: nothing else of the
// books looks here. Kiosk thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/ports/slip.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

// What became of the paper, as far as the printer can say it.
enum class SlipState : std::uint8_t {
    due,         // not printed yet, or nobody lived to note it
    notPrinted,  // there was no paper, or no printer
    unsure,      // begun, and not proven whole
    printed,
    taken,      // a sensor saw it go
    retracted,  // nobody took it: inside the printer, to be shredded
};
constexpr auto wordsOf(SlipState) {
    return words<SlipState>({{SlipState::due, "due"},
                             {SlipState::notPrinted, "notPrinted"},
                             {SlipState::unsure, "unsure"},
                             {SlipState::printed, "printed"},
                             {SlipState::taken, "taken"},
                             {SlipState::retracted, "retracted"}});
}

struct SlipRecord {
    std::string number;  // "T-000017-20240601-S0042"
    ports::SlipForm form = ports::SlipForm::outcome;
    std::string orderId;
    WallTime at{};
    SlipState state = SlipState::due;
    std::int64_t copies = 0;   // printed again
    ports::SlipFields fields;  // empty when its time is over, and in a list
};

class SlipBook {
  public:
    // kept: how long what stands on a slip can be printed again.
    SlipBook(const security::Sealer& sealer, std::string terminal, std::chrono::days kept)
        : sealer_(sealer), terminal_(std::move(terminal)), kept_(kept) {}

    // Gives it its number; the number itself is one of its fields then.
    Result<std::string> issue(storage::Transaction& transaction, ports::SlipForm form,
                              const std::string& orderId, ports::SlipFields fields,
                              WallTime at) const;
    // The newest of an order.
    Result<std::optional<SlipRecord>> ofOrder(storage::Database& database,
                                              const std::string& orderId) const;
    // Those of an order that are due, the oldest first.
    Result<std::vector<SlipRecord>> dueOf(storage::Database& database,
                                          const std::string& orderId) const;
    Result<std::optional<SlipRecord>> find(storage::Database& database,
                                           const std::string& number) const;
    // The newest first, without what stands on them.
    Result<std::vector<SlipRecord>> newest(storage::Database& database, int most) const;
    // What became of its first printing.
    Result<void> note(storage::Database& database, const std::string& number,
                      SlipState state) const;
    Result<void> noteCopy(storage::Database& database, const std::string& number) const;

  private:
    struct Key {
        std::string day;
        std::int64_t number = 0;
    };
    std::optional<Key> keyOf(const std::string& number) const;
    std::string numberOf(const Key& key) const;
    Result<SlipRecord> read(const storage::Row& row) const;
    Result<void> change(storage::Database& database, const std::string& number,
                        std::string_view sql, storage::Values values) const;

    const security::Sealer& sealer_;
    std::string terminal_;
    std::chrono::days kept_;
};

}  // namespace liqu::issuance
