// What the province is told about an act on blanks, in the act's own transaction; between
// stock_desk.cpp and bin_exits.cpp.
#pragma once

#include "firmware/desk/stock_desk.hpp"

namespace liqu::desk {

province::StockAct factOf(const custody::Act& act, std::string from, std::string to,
                          std::int64_t cards);

// The card as staff named it: by its number, or by its box.
Result<void> sayWhichCard(storage::Database& database, province::StockAct& fact,
                          const std::string& name);

// The numbers an unloading is about to move, read before the books change; none of a loading, whose
// range says them.
Result<std::vector<std::string>> numbersInLane(storage::Database& database,
                                               const custody::Exchange& exchange);

class StockFacts {
  public:
    StockFacts(const DeskParts& parts, storage::Transaction& transaction, const custody::Act& act)
        : parts_(parts), transaction_(transaction), act_(act) {}

    // bank: empty where the cards may be of several; the machine's first bank stands for it.
    Result<void> queue(province::MessageType type, const std::string& bank,
                       const province::StockAct& fact);
    Result<void> queueBox(province::MessageType type, const std::string& box, const std::string& to,
                          std::int64_t cards, const std::vector<std::string>& numbers);
    Result<void> queueExchange(const custody::Exchange& ended,
                               const std::vector<std::string>& numbers);
    // A count for each place, an adjustment for each pair of places
    // the close moved cards between, the snapshot of the whole.
    Result<void> queueDay(const ports::DayReport& report, const staff::AuditEnd& audit);

  private:
    // What goes back into the vault, and what is of no box and goes to the bank.
    Result<void> queueUnload(const custody::Exchange& ended,
                             const std::vector<std::string>& numbers);
    // Each act is a business of its own: its facts do not wait for another's.
    Result<province::Business> business(const std::string& bank);

    const DeskParts& parts_;
    storage::Transaction& transaction_;
    const custody::Act& act_;
};

}  // namespace liqu::desk
