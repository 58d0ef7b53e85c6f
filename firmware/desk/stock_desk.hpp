// The stock as staff handle it: each act is one commit of the books (custody) and its report to the
// province (outbox), with the two people who did it (Guangdong Art.36; hardware-notes/province.md,
// "Messages"), in the shape of carry_out.hpp. Staff screens and the command line use this
// one class. Where an act fails, nothing of it was done.
//
// Used by the thread that owns the write connection.
#pragma once

#include "firmware/custody/bin.hpp"
#include "firmware/custody/box.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/lane_check.hpp"
#include "firmware/custody/stock_history.hpp"
#include "firmware/desk/carry_out.hpp"
#include "firmware/province/province.hpp"

namespace liqu::desk {

class StockDesk {
  public:
    explicit StockDesk(DeskParts parts) : parts_(std::move(parts)) {}

    const DeskParts& parts() const { return parts_; }

    // -- boxes: STOCK.RECEIVE, STOCK.RETURN, STOCK.DESTROY
    Result<void> receiveBox(const custody::BoxLabel& label, const TwoPeople& people);
    Result<void> openBox(const std::string& box, const std::string& seal, const TwoPeople& people);
    Result<std::int64_t> returnBox(const std::string& box, const std::string& reason,
                                   const TwoPeople& people);
    Result<std::int64_t> destroyBox(const std::string& box, const std::string& reason,
                                    const TwoPeople& people);

    // -- lanes: STOCK.LOAD, STOCK.UNLOAD at the end of the session
    Result<custody::Exchange> beginLoad(const custody::LoadPlan& plan, const TwoPeople& people);
    Result<custody::Exchange> beginUnload(int lane, const TwoPeople& people);
    Result<void> countExchange(custody::ExchangeId exchange, std::int64_t counted,
                               const TwoPeople& people);
    // The readings of lane_check.hpp; laneCheckFailed leaves the session open. Empty where the
    // caller read none (unloading, service by command line).
    Result<custody::Exchange> endExchange(custody::ExchangeId exchange,
                                          const std::vector<custody::LaneReading>& readings,
                                          const TwoPeople& people);
    Result<void> undoExchange(custody::ExchangeId exchange, const std::string& reason,
                              const TwoPeople& people);

    // -- bins and lost cards: STOCK.RETURN, STOCK.DESTROY, STOCK.ADJUST
    Result<custody::Emptied> emptyBin(const custody::Place& bin, std::int64_t counted,
                                      const std::string& reason, const TwoPeople& people);
    Result<void> destroyReturned(const std::vector<std::string>& numbers, const std::string& reason,
                                 const TwoPeople& people);
    Result<void> bookMissing(const std::string& cardNumber, const custody::Place& from,
                             const std::string& reason, const TwoPeople& people);
    Result<void> bookFound(const std::string& cardNumber, const custody::Place& at,
                           const std::string& reason, const TwoPeople& people);

    // The card without a number at that place is this one; nothing moves, nothing is reported.
    Result<void> nameCard(const std::string& cardNumber, const custody::Place& at,
                          const std::string& reason, const TwoPeople& people);

    // -- the day: STOCK.COUNT for each place, STOCK.ADJUST for each difference, STOCK.SNAPSHOT
    Result<void> freezeDay(const TwoPeople& people);
    // The clock is right and the books are ahead of it (books_clock.hpp).
    Result<void> acceptClock(const std::string& reason, const TwoPeople& people);
    Result<void> thawDay(const std::string& reason, const TwoPeople& people);
    Result<void> enterCount(const custody::CountEntry& entry);
    Result<void> beginRecount(const TwoPeople& people);
    // The close and its snapshot are one commit. Gives the closed day.
    Result<custody::Day> closeDay(const TwoPeople& people);
    Result<void> releaseCase(std::int64_t stockCase, const std::string& reason,
                             const TwoPeople& people);
    Result<ports::DayReport> report(const std::string& day);
    // Asks the province what it holds for the day (RECON.DAY) and keeps the differences.
    Result<std::vector<ports::DayDifference>> compare(province::Province& province,
                                                      const std::string& day);

    // Screens open with this.
    Result<custody::StockOverview> overview();

  private:
    custody::BoxRules boxRules() const;
    custody::ReportHead reportHead() const;
    DeskParts parts_;
};

}  // namespace liqu::desk
