// 社保密码 at this machine: the card in the slot, whose it is and how it stands, the entries on the
// pad, and one order for each deliberate try. What became of it is told from the card's own word.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "firmware/issuance/pin_act.hpp"
#include "firmware/services/enable_pages.hpp"
#include "firmware/services/pin_pages.hpp"
#include "firmware/session/citizens_card.hpp"
#include "firmware/session/screen_pin_pad.hpp"
#include "firmware/session/slip_desk.hpp"

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
    // What was checked and agreed to before, for the order of a change at the province.
    std::function<issuance::VisitRecord()> takeRecord{};
    SlipDesk& slips;  // the visit's
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
    // The new PIN is in the card.
    struct PinDone {
        services::PinWas was = services::PinWas::changed;
        std::string orderId{};
    };

    Result<PinVisitEnd> serveCard();
    Over notHere(CardCame came);
    Over checkCard();
    Over checkByNumber(const issuance::Holder& holder);
    Over checkState(const PersonalText& owner);
    void findIn(const province::CardList& list);
    Over mayServe(const province::CardList& list);
    // other_province.cpp
    bool isOfOtherProvince() const;
    Over checkOtherProvince();
    Over mayServeUnlisted();
    Over withoutProvince(const Error& error);
    Result<PinVisitEnd> change();
    // none: it is done.
    Result<Over> changePin(const services::Service& service, PinDone& done);
    Over notChanged(const issuance::Ending& ending);
    // pin_maintenance.cpp
    Result<PinVisitEnd> maintain();
    Result<PinVisitEnd> maintained(const issuance::Ending& ending, const issuance::PinAct& act);
    Result<issuance::Ending> lookAgain(issuance::OrderRequest& request, issuance::Ending ending);
    Result<PinVisitEnd> replaceTransportPin(const std::string& transportPin);
    bool maintains() const;
    // enabling.cpp
    Result<PinVisitEnd> enable();
    Over mayEnable(const province::CardList& list);
    Result<Over> setFirstPin();
    bool enables() const;
    Over mayTry(const chip::PinState& state);
    Over enter(const chip::PinState& state, bool wasWrong, Entries& entries);
    Over enterFresh(Entries& entries);
    Result<issuance::Ending> carryOut(issuance::OrderRequest& request);
    // none: the ending says which; of one that is resumable the card can be tried again.
    Result<Over> findOut(issuance::OrderRequest& request, issuance::Ending& ending);
    issuance::OrderRequest request(const services::Service& service, issuance::PinAct& act);
    ports::PinPrompt prompt(ports::PinPurpose purpose) const;
    PinVisitEnd tell(PersonPage page, ErrorCode why, std::string orderId = {});
    PinVisitEnd failed(const Error& error, std::string orderId = {});
    PinVisitEnd left() const;
    // Under which the person, or the card, is known to the books.
    std::string booksName() const;

    SessionParts& parts_;
    Conversation& conversation_;
    issuance::Issuer& issuer_;
    PinWish wish_;
    CitizensCard card_;
    ScreenPinPad pad_;
    SlipDesk& slips_;
    std::vector<std::string> before_;             // orders of this visit that led to the last one
    std::optional<province::HolderCard> listed_;  // the card, where the province said it
    services::FirstPin firstPin_ = services::FirstPin::asItWas;
};

}  // namespace liqu::session
