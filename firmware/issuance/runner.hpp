// Runs the rows of an order's plan and leads each failure to its legal ending. The normal run
// starts at the first row, with a person present; a recovery starts where the journal stopped,
// without.
#pragma once

#include <functional>
#include <optional>

#include "firmware/issuance/plan.hpp"

namespace liqu::issuance {

enum class EndingKind : std::uint8_t {
    handedOver,
    carriedOut,   // the province has made the change
    held,         // in the hold bin; pickupCode
    staffLook,    // in the hold bin, staff must look at the face
    resumable,    // no card was consumed; come back or try again
    missing,      // finished, and gone from the printer by other hands
    failed,       // a card was consumed; the application stays
    waiting,      // written, unverified: the kiosk goes on by itself when the line is back
    interrupted,  // the machine cannot go on; recovery settles it
};

struct Ending {
    EndingKind kind = EndingKind::resumable;
    std::optional<Error> error{};
    std::string orderId{};
    std::string cardNumber{};
    std::string pickupCode{};
    bool bankLinkMissing = false;
    std::optional<province::LossAnswer> loss{};  // what the province said to that change
    std::optional<province::CardEnabled> enabled{};
};

class Runner {
  public:
    explicit Runner(Making& making)
        : making_(making), plan_(making.parts.orders.planOf(making.order)) {}

    // Both end in an Ending; a storage error is an Error: nothing more may be made.
    Result<Ending> run() { return runFrom(plan_.first()); }
    // After a stop: settles the open intent, or goes on behind the last entry.
    Result<Ending> resume(const std::vector<custody::JournalEntry>& entries,
                          const std::optional<custody::JournalEntry>& openIntent);
    // The person still waits for what an open intent came to: the province is asked, and where it
    // answers the row is done once more, under the key it had.
    Result<Ending> askAgain(const custody::JournalEntry& openIntent);
    // Written and never verified in time (decision 5).
    Result<Ending> giveUpUnverified(const Error& error);

  private:
    Result<Ending> runFrom(const PlanRow& first);
    using Together = std::function<Result<void>(storage::Transaction&)>;

    Result<std::optional<Error>> perform(const PlanRow& row);
    Result<Ending> follow(Disposition disposition, const PlanRow& row, const Error& error);
    Result<Ending> settle(const PlanRow& row, const custody::JournalEntry& intent);
    Result<Ending> goOnBehind(const PlanRow& last);
    Result<Ending> stoppedBetween();
    // Its intent was not yet written: what it holds may be out of its place all the same.
    Result<Ending> settleUnbegun(const PlanRow& row);
    bool isFeeOpen(const PlanRow& last) const;
    // The failure (none where only the person is missing), what it means for the books, and the
    // intent of the bin are one commit.
    Result<Ending> intoBin(const PlanRow& bin, const PlanRow* failed, const Error& error,
                           const Together& decision);
    Result<Ending> intoHoldBin(const PlanRow* failed, const Error& error);
    Result<Ending> behindBin(const PlanRow& bin, const std::optional<Error>& error);
    Result<Ending> endResumable(const PlanRow* failed, const Error& error);
    Result<void> spoilInBooks(storage::Transaction& transaction, const PlanRow& failed,
                              const Error& error);
    void takeOverShownNumber();
    Result<void> refuseInBooks(storage::Transaction& transaction, const Error& error);
    Result<void> note(storage::Transaction& transaction, const PlanRow& row, custody::Phase phase,
                      const std::string& detail);
    Result<void> commitFact(const PlanRow& row);
    Result<void> commitNote(const PlanRow& row, custody::Phase phase, const std::string& detail,
                            const Together& together);
    // The intent once more, with what recovery must remember of a printer it could not ask.
    Result<void> noteStuck(const PlanRow& row, const custody::JournalEntry& intent,
                           const Error& error);
    Ending ending(EndingKind kind, std::optional<Error> error) const;
    // The last fact closed the order.
    std::optional<Ending> endedBy(const PlanRow& row) const;

    Making& making_;
    const Plan& plan_;
    bool intentIsOpen_ = false;
};

}  // namespace liqu::issuance
