// 社保密码 at this machine: the card in the slot, whose it is and how it stands, the entries on the
// pad, and one order for each deliberate try. What became of it is told from the card's own word.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "firmware/issuance/pin_act.hpp"
#include "firmware/services/service.hpp"
#include "firmware/session/citizens_card.hpp"
#include "firmware/session/screen_pin_pad.hpp"

namespace liqu::session {

struct PinWish {
    const services::Service& service;
    province::Business business;
    // As document and province say; null where card and PIN alone are asked for (Guangdong
    // Art.19(1)).
    const issuance::Holder* holder = nullptr;
    // Under which a person, or a card that does not say whose it is, is known to the books.
    std::function<std::string(const PersonalText&)> digestOf;
    province::ApplicationRequest application;
};

struct PinVisitEnd {
    ErrorCode why = ErrorCode::pinNotEntered;
    std::string orderId{};
};

class PinDesk {
  public:
    // The machine has a slot, a pad and rules for PINs.
    PinDesk(SessionParts& parts, Conversation& conversation, issuance::Issuer& issuer,
            PinWish wish);

    // Everything was told, but where the person left. An error is one of the storage.
    Result<PinVisitEnd> serve();

  private:
    // How long a card may take to come back to its contacts, and how often it is looked for.
    static constexpr Duration cardPatience = std::chrono::seconds{2};
    static constexpr int mostLooks = 3;

    // What was typed, in the pad's own memory.
    struct Entries {
        std::unique_ptr<ports::EnteredPin> old;
        std::unique_ptr<ports::EnteredPin> fresh;
    };
    using Over = std::optional<PinVisitEnd>;

    Result<PinVisitEnd> serveCard();
    Over notHere(CardCame came);
    Over checkCard();
    Over checkState(const PersonalText& owner);
    Over withoutProvince(const Error& error);
    Result<PinVisitEnd> change();
    // pin_maintenance.cpp
    Result<PinVisitEnd> maintain();
    Result<PinVisitEnd> maintained(const issuance::Ending& ending, const issuance::PinAct& act);
    Result<issuance::Ending> lookAgain(issuance::OrderRequest& request, issuance::Ending ending);
    Result<PinVisitEnd> replaceTransportPin(const std::string& transportPin);
    bool maintains() const;
    Over mayTry(const chip::PinState& state);
    Over enter(const chip::PinState& state, bool wasWrong, Entries& entries);
    Over enterFresh(Entries& entries);
    Result<issuance::Ending> carryOut(issuance::OrderRequest& request);
    // none: it is not the new one, and the card can be tried again.
    Result<Over> findOut(issuance::OrderRequest& request, const issuance::Ending& ending);
    issuance::OrderRequest request(const services::Service& service, issuance::PinAct& act);
    ports::PinPrompt prompt(ports::PinPurpose purpose) const;
    PinVisitEnd tell(const PersonPage& page, ErrorCode why, std::string orderId = {});
    PinVisitEnd failed(const Error& error, std::string orderId = {});
    PinVisitEnd left() const;

    SessionParts& parts_;
    Conversation& conversation_;
    issuance::Issuer& issuer_;
    PinWish wish_;
    CitizensCard card_;
    ScreenPinPad pad_;
    std::string bank_;  // of the card, where the province said it
};

}  // namespace liqu::session
