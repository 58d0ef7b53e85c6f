// What one making of a card carries from step to step, and the parts of the machine it uses.
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
#include "firmware/issuance/order.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/card_printer.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/province/province.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

// Borrowed for the life of the kiosk thread.
struct Parts {
    storage::Database& database;
    OrderBook& orders;
    ports::CardPrinter& printer;
    ports::ChipReader& chipReader;
    ports::CardFaceRenderer& renderer;
    province::Province& province;
    province::Courier& courier;
    province::Outbox& outbox;
    Clock& clock;
    Random& random;
    const policy::RegionPolicy& region;
    const chip::ChipProfile& chipProfile;
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
};

struct Making {
    Parts& parts;
    Watcher& watcher;
    Order order;
    province::Business business;
    province::ApplicationRequest application;
    Holder holder;  // empty in a recovery: nothing is asked of the province for a person then

    Making(Parts& theParts, Watcher& theWatcher) : parts(theParts), watcher(theWatcher) {}

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
    province::FaceState faceState = province::FaceState::none;

    WallTime now() const { return parts.clock.wallTime(); }
};

}  // namespace liqu::issuance
