// Carries out orders, one at a time, and settles after a stop what was begun before. Kiosk thread
// only.
#pragma once

#include <optional>

#include "firmware/card/identity_document.hpp"
#include "firmware/issuance/making.hpp"
#include "firmware/issuance/runner.hpp"
#include "firmware/issuance/visit_record.hpp"

namespace liqu::issuance {

struct OrderRequest {
    std::string service;  // its id
    std::string holderDigest;
    Holder holder;
    province::ApplicationRequest application;
    // An application of an earlier visit that is led on; empty for a new one.
    std::string applicationNo;
    bool alreadyMarked = false;
    int lane = 1;
    std::string bankCode;
    std::string operatorId;  // the attendant who confirmed, empty without one
    // A change: the person's own card it is done to.
    std::optional<province::HolderCard> subject{};
    // 换卡: what is given for the new card.
    std::optional<OldCard> oldCard{};
    // What was checked and agreed to before; kept with the order from its first commit.
    VisitRecord record{};
    // A change of the PIN of a card that lies in the slot; outlives the order.
    PinAct* pin = nullptr;
};

class Issuer {
  public:
    Issuer(IssuanceParts parts, std::string terminal)
        : parts_(parts), terminal_(std::move(terminal)) {}

    // Everything of the person's data that face and chip could not take is known before a blank is
    // fed (decisions 19, 33): each character and the width of each line, the lengths of the
    // records, and that no card of theirs failed for it today.
    Result<void> checkHolder(const Holder& holder, const std::string& holderDigest);
    // The same once it is known from which lane the blank will come: its cards may have a face of
    // their own. And the portrait in it.
    Result<void> checkFace(const Holder& holder, const PersonalBytes& jpeg, int lane);
    Result<Ending> carryOut(const OrderRequest& request, Watcher& watcher);
    // For who waits: what became of the order that carryOut() of this request left waiting.
    Result<Ending> askAgain(const OrderRequest& request, const std::string& orderId,
                            Watcher& watcher);

    // What became of a row that nobody could tell of: looked at once more, and never done again.
    Result<Ending> settle(const OrderRequest& request, const std::string& orderId,
                          Watcher& watcher);

    // ISSUE.UNMARK for the owner of an application that was marked here or at another machine. The
    // application itself stays, and the books know it: from here on it can be led on here.
    Result<void> withdrawMark(const province::Application& application, std::string_view service,
                              const std::string& holderDigest, const std::string& operatorId);

    // What is left to settle. An order that holds no card of the machine lets others be served; it
    // is settled beside them.
    enum class Open : std::uint8_t { nothing, besideOthers, keepsMachine };
    Result<Open> whatIsOpen();
    // May the order have a card out of its place?
    Result<bool> keepsMachine(const Order& order);
    // Settles every open order as far as it can be. nullopt: nothing was open; else the last ending
    // of those that keep the machine, or of the others.
    Result<std::optional<Ending>> recover(Watcher& watcher);
    // Where something is open and may not be settled yet: a card at the mouth goes back inside,
    // where nobody takes it. Nothing is booked by it: whose card it is, the books may not know.
    Result<void> takeInFromMouth();
    // A card inside that no order explains: an untouched blank of the books may stay at the chip
    // station, anything else needs staff (cardInPrinterUnexplained). One
    // that should be there and is not: cardGoneFromPrinter.
    Result<void> checkCardInside();

  private:
    card::FaceItems itemsBefore(const Holder& holder) const;
    Result<Ending> recoverOne(Order order, Watcher& watcher);
    // Of the request, on the intent that is open in its order.
    Result<custody::JournalEntry> takeUp(Making& making, const OrderRequest& request,
                                         const std::string& orderId);
    IssuanceParts parts_;
    std::string terminal_;
};

}  // namespace liqu::issuance
