// What carrying out one order carries from step to step, and the parts of the machine it uses.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"
#include "firmware/chip/social_card.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/place.hpp"
#include "firmware/issuance/binding.hpp"
#include "firmware/issuance/old_card.hpp"
#include "firmware/issuance/order.hpp"
#include "firmware/issuance/pin_act.hpp"
#include "firmware/payment/fee_order.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/card_printer.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "firmware/ports/payment_channel.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/province/province.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

class SlipBook;

// Borrowed for the life of the kiosk thread.
struct IssuanceParts {
    storage::Database& database;
    OrderBook& orders;
    ports::CardPrinter& printer;
    ports::ChipReader& chipReader;
    ports::CardFaceRenderer& renderer;
    province::Province& province;
    province::Adapter& adapter;
    province::Outbox& outbox;
    Clock& clock;
    Random& random;
    const policy::RegionPolicy& region;
    const chip::ChipProfile& chipProfile;
    // The numbers of slips; null: this machine gives none.
    const SlipBook* slips = nullptr;
    // What collects fees here; null: they are paid at the counter.
    ports::PaymentChannel* payments = nullptr;
};

// The code that is to be scanned, and for what.
struct FeeToPay {
    Money amount;
    std::string orderNo;
    std::string qrText;
    Instant until{};  // then nobody waits any more
};

// What the person sees and decides while the card is made. Called on the kiosk thread.
class Watcher {
  public:
    virtual ~Watcher() = default;
    virtual void stepBegins(std::string_view step) = 0;
    virtual void printing(ports::PrintProgress panel) = 0;
    // The card can be taken; from here the answers of takeUntil count.
    virtual void cardAtMouth() = 0;
    virtual Instant takeUntil() = 0;
    // Let the outbox, the person and the world go on for a moment while something is waited for.
    virtual void waitALittle() = 0;
    virtual std::stop_token stop() = 0;

    // What is owed and why; true: it is paid here and now. Where nobody is, nobody pays.
    virtual bool agreesToPay(const province::FeeQuote&) { return false; }
    // Nothing is owed, and why.
    virtual void feeIsFree(const province::FeeQuote&) {}
    // Shows the code until then; false: nobody waits for it any more, because they left, said no,
    // or the time is over.
    virtual bool waitsForPayment(const FeeToPay&, Instant) { return false; }
    // Whether somebody paid in the last moment is being asked.
    virtual void paymentIsChecked() {}
    virtual void paymentArrived(Money) {}
    // The new card is enabled: who took the old one in; empty: nobody did.
    virtual std::string takesOldCard(const OldCard&) { return {}; }
};

struct Making {
    IssuanceParts& parts;
    Watcher& watcher;
    Order order;
    province::Business business;
    province::ApplicationRequest application;
    Holder holder;  // empty in a recovery: nothing is asked of the province for a person then

    Making(IssuanceParts& theParts, Watcher& theWatcher) : parts(theParts), watcher(theWatcher) {}

    // A change: the person's own card it is done to, and what the province said to it.
    std::optional<province::HolderCard> subject;
    std::optional<province::LossAnswer> loss;
    std::optional<province::CardEnabled> enabled;
    std::optional<province::DataChanged> dataChanged;
    // A change of the PIN: only while the person and their card are there; null in a recovery.
    PinAct* pin = nullptr;

    // What is exchanged for the new card; and who has taken it in just now.
    std::optional<OldCard> oldCard;
    std::string oldCardTaker;

    // The fee that is being collected for the application, and the code it can be paid by.
    std::optional<payment::FeeOrder> fee;
    std::string feeQr;
    std::string feeQuoted;  // for the journal: how much, by which article or exemption

    int attempt = 1;  // above 1: the same act again, whatever came of it
    bool alreadyMarked = false;
    // False in a recovery: nothing is presented to whoever stands there (decision 4).
    bool personPresent = true;

    std::optional<province::OrderCardAuthority> authority;
    std::unique_ptr<chip::SocialCard> card;
    std::optional<chip::BlankIdentity> blank;
    std::unique_ptr<ports::PreparedFace> preparedFace;
    int blanksTried = 0;
    bool permitInDoubt = false;  // asked for, and the answer never came
    bool bankLinkMissing = false;
    bool presentedTaken = false;
    bool cardGone = false;  // from inside, and no motion of ours took it out
    // The printer is empty and counts no cards: whether one left the hopper, people must count.
    bool laneInDoubt = false;
    province::FaceState faceState = province::FaceState::none;

    WallTime now() const { return parts.clock.wallTime(); }
};

}  // namespace liqu::issuance
