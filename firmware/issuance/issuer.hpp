// Makes cards, one at a time, and settles after a stop what was begun before. Kiosk thread only.
#pragma once

#include <optional>

#include "firmware/card/identity_document.hpp"
#include "firmware/issuance/making.hpp"
#include "firmware/issuance/runner.hpp"

namespace liqu::issuance {

struct OrderRequest {
    Service service = Service::firstCard;
    std::string holderDigest;
    province::ApplicationRequest application;
    // An application of an earlier visit that is led on; empty for a new one.
    std::string applicationNo;
    bool alreadyMarked = false;
    int lane = 1;
    std::string bankCode;
    std::string operatorId;  // the attendant who confirmed, empty without one
};

class Issuer {
  public:
    Issuer(Parts parts, std::string terminal) : parts_(parts), terminal_(std::move(terminal)) {}

    // Ruling 19: everything that can be known before a blank is fed.
    Result<void> checkName(const std::string& name);
    Result<Ending> make(const OrderRequest& request, Watcher& watcher);

    // Is anything left to settle?
    Result<bool> hasOpenOrders();
    // Settles every open order as far as it can be. nullopt: nothing was open.
    Result<std::optional<Ending>> recover(Watcher& watcher);
    // A card inside that no order explains: an untouched blank of the books may stay at the chip
    // station, anything else needs staff (cardInPrinterUnexplained).
    Result<void> checkCardInside();

  private:
    Result<Ending> recoverOne(Order order, Watcher& watcher);
    Parts parts_;
    std::string terminal_;
};

}  // namespace liqu::issuance
