

#pragma once

#include "firmware/desk/stock_desk.hpp"

namespace liqu::desk {

province::StockAct messageOf(const custody::Mandate& mandate, std::string from, std::string to,
                             std::int64_t cards);

Result<void> sayWhichCard(storage::Database& database, province::StockAct& message,
                          const std::string& name);

Result<std::vector<std::string>> numbersInLane(storage::Database& database,
                                               const custody::Exchange& exchange);

class StockFacts {
  public:
    StockFacts(const DeskParts& parts, storage::Transaction& transaction,
               const custody::Mandate& mandate)
        : parts_(parts), transaction_(transaction), mandate_(mandate) {}

    // bank: empty where the cards may be of several; the machine's first bank stands for it.
    Result<void> queue(province::MessageType type, const std::string& bank,
                       const province::StockAct& message);
    Result<void> queueBox(province::MessageType type, const std::string& box, const std::string& to,
                          std::int64_t cards, const std::vector<std::string>& numbers);
    Result<void> queueExchange(const custody::Exchange& ended,
                               const std::vector<std::string>& numbers);
    // Gives the business it goes under; its confirmation names it.
    Result<std::string> queueWrong(const std::string& bank, const province::WrongCard& card);
    Result<void> queueConfirmation(const std::string& bank,
                                   const province::WrongCardConfirmation& confirmation);
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
    const custody::Mandate& mandate_;
};

}  // namespace liqu::desk
