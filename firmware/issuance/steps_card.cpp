// Steps of the blank and its chip: feed, check, write, read back.
#include <algorithm>

#include "firmware/custody/lane_doubt.hpp"
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {
namespace {

using custody::Condition;
using custody::Place;
using storage::Transaction;

constexpr Duration contactPatience = std::chrono::seconds{5};
constexpr Duration lineRetryPause = std::chrono::seconds{3};

void openCard(Making& making) {
    making.authority.emplace(making.parts.adapter, making.business);
    if (!making.order.permitId.empty()) making.authority->usePermit(making.order.permitId);
    making.card = std::make_unique<chip::SocialCard>(making.parts.chipReader, *making.authority,
                                                     making.parts.random, making.parts.chipProfile,
                                                     contactPatience);
}

Result<bool> blankIsAtStation(Making& making) {
    return TRY(custody::balanceOf(making.parts.database, Place::chipStation())) == 1;
}

// A card that no hopper gave: pushed into the mouth, or inside before the feed. Nothing was fed.
bool isStrangersCard(const Error& error) {
    return error.code == ErrorCode::mouthBlocked ||
           error.code == ErrorCode::cardInPrinterUnexplained;
}

// A blank at the station that an earlier order left there is still reserved for that person. The
// reservation goes with the mark, which is withdrawn; the application can be led on (decision 8).
Result<void> releaseEarlierReservation(Making& making) {
    const auto earlier =
        TRY(making.parts.orders.lastWithBlank(nameInBooks(making.order), making.order.orderId));
    if (!earlier || earlier->state != OrderState::resumable) return {};
    if (earlier->applicationNo == making.order.applicationNo) return {};
    province::Business business = making.business;
    business.bizId = earlier->orderId;
    const auto released = making.parts.province.unmark(
        business, {earlier->applicationNo, province::WithdrawReason::noBlank});
    // An application that went another way since has let go of the blank by itself.
    if (!released) return isLineTrouble(released.error()) ? fail(released.error()) : Result<void>();
    return bindState(earlier->applicationNo, province::ApplicationState::created, *released);
}

// Unused, and loaded in that lane (decision 13). What is booked elsewhere cannot come to the
// station in the books.
bool canBeFed(const custody::CardRecord& record, int lane) {
    if (record.condition != nameOf(Condition::blank)) return false;
    // An untouched blank of an earlier order is at the station under its own number already.
    const bool atStation = record.place == Place::chipStation() && record.lane == lane;
    return atStation || record.place == Place::hopper(lane);
}

bool numberIsRight(Making& making, std::string_view number) {
    const auto record = custody::findCard(making.parts.database, std::string(number));
    return record && *record && canBeFed(**record, making.order.lane);
}

// A blank the books miss has come back by itself. Read on, so that it proves to be this card.
bool isMissed(Making& making, std::string_view name) {
    const auto record = custody::findCard(making.parts.database, std::string(name));
    return record && *record && (*record)->place == Place::missing() &&
           (*record)->condition == nameOf(Condition::blank);
}

// A blank that gets its number later is new to the books until it is looked at.
Result<void> requireFeedable(Making& making) {
    const std::string& name = nameInBooks(making.order);
    const auto record = TRY(custody::findCard(making.parts.database, name));
    if (!record || canBeFed(*record, making.order.lane)) return {};
    return fail(ErrorCode::chipWrongNumber,
                name + " is " + record->condition + ", booked at " + record->place.name(),
                CardFate::atChipStation);
}

// Decision 41. The blank that comes next: the one at the station, else the lane's first by number,
// as a box is loaded. Where the machine feeds another one the chip's own number is compared again.
Result<void> requireAssigned(Making& making) {
    if (making.parts.chipProfile.assignsNumber()) return {};
    const std::string number = TRY(making.parts.adapter.numberAssigned(making.order.applicationNo));
    if (number.empty()) return {};
    storage::Database& database = making.parts.database;
    const bool atStation = TRY(blankIsAtStation(making));
    const Place place = atStation ? Place::chipStation() : Place::hopper(making.order.lane);
    const auto cards = TRY(custody::cardsAt(database, place));
    const auto next = std::ranges::min_element(cards, {}, &custody::CardRecord::cardNumber);
    if (next != cards.end() && next->cardNumber == number) return {};
    return fail(ErrorCode::provinceNeedsStaff,
                "the number that was assigned is not the one of the blank that comes next",
                CardFate::notFed);
}

// From here the books know which card is at the station.
Result<void> nameTheBlank(Transaction& transaction, Making& making) {
    const std::string& name = nameInBooks(making.order);
    const auto record = TRY(custody::findCard(making.parts.database, name));
    if (record && record->place == Place::chipStation()) return {};
    if (!record) {
        return custody::registerUnnumbered(transaction, name, making.order.lane, making.now());
    }
    return custody::identify(transaction, name, making.order.lane, making.now());
}

}  // namespace

Result<std::string> feedBaseline(Making& making) {
    const ports::PrintCounters counters = TRY(making.parts.printer.counters());
    if (!counters.cardsInserted) return std::string();
    return "inserted=" + std::to_string(*counters.cardsInserted);
}

Result<void> feed(Making& making) {
    TRY(requireAssigned(making));
    if (TRY(blankIsAtStation(making))) return making.parts.printer.moveToChip();
    if (TRY(custody::balanceOf(making.parts.database, Place::hopper(making.order.lane))) == 0) {
        return fail(ErrorCode::hopperEmpty, "the books have no blank in this lane",
                    CardFate::notFed);
    }
    return making.parts.printer.feedToChip(making.order.lane);
}

Result<void> fed(Transaction& transaction, Making& making) {
    if (TRY(blankIsAtStation(making))) return {};
    return custody::moveUnidentified(transaction, Place::hopper(making.order.lane),
                                     Place::chipStation(), occasionOf(making, "fed"));
}

Result<void> feedFailed(Transaction& transaction, Making& making, const Error& error) {
    if (making.cardGone) {
        const bool fromStation = TRY(blankIsAtStation(making));
        if (fromStation)
            return moveOrdersCard(transaction, making, Place::missing(),
                                  std::string(custody::goneReason));
        return custody::moveUnidentified(transaction, Place::hopper(making.order.lane),
                                         Place::missing(),
                                         occasionOf(making, std::string(custody::goneReason)));
    }
    if (making.laneInDoubt) {
        return custody::stopInDoubt(transaction, making.order.lane,
                                    occasionOf(making, "fed or not"));
    }
    if (isStrangersCard(error)) return {};
    // Nothing moved, or the card still counts where it was: recovery asks the sensors.
    if (!error.fate || *error.fate == CardFate::notFed || *error.fate == CardFate::unknown)
        return {};
    return fed(transaction, making);
}

Disposition judgeFeed(const Making&, const Error& error) {
    if (isStrangersCard(error)) return Disposition::endResumable;
    if (isDeviceLost(error) || (error.fate && *error.fate == CardFate::unknown))
        return Disposition::interrupted;
    const bool stillInHopper = !error.fate || *error.fate == CardFate::notFed;
    return stillInHopper ? Disposition::endResumable : Disposition::refuseBlank;
}

Result<Seen> observeFeed(Making& making, const custody::JournalEntry& intent) {
    TRY(waitUntilIdle(making));
    const ports::PrinterStatus status = TRY(making.parts.printer.status());
    if (status.media == ports::MediaPosition::unknown) {
        return fail(ErrorCode::printerSilent, "the printer cannot say where the card is");
    }
    if (status.media != ports::MediaPosition::none) return Seen::happened;
    const ports::PrintCounters counters = TRY(making.parts.printer.counters());
    const auto before = custody::detailNumber(intent.detail, "inserted");
    // A counter that went back was forgotten, and one at 0 may have been before: they tell nothing.
    const bool counted = before && *before > 0 && counters.cardsInserted &&
                         std::int64_t{*counters.cardsInserted} >= *before;
    const bool drawnIn = counted && std::int64_t{*counters.cardsInserted} > *before;
    // A card that was inside and is gone again: only hands can have taken it.
    making.cardGone = drawnIn || TRY(blankIsAtStation(making));
    making.laneInDoubt = !counted && !making.cardGone;
    return making.cardGone || making.laneInDoubt ? Seen::inDoubt : Seen::didNotHappen;
}

Result<void> checkBlank(Making& making) {
    openCard(making);
    chip::BlankExpectation expected;
    expected.numberIsRight = [&making](std::string_view number) {
        return numberIsRight(making, number) || isMissed(making, number);
    };
    const auto& prefixes = making.parts.region.bankCardPrefixes;
    if (const auto prefix = prefixes.find(making.business.bankCode); prefix != prefixes.end()) {
        expected.bankPrefixes = {prefix->second};
    }
    making.blank = TRY(making.card->inspectBlank(expected));
    making.order.cardNumber = making.blank->cardNumber;
    making.order.cardIdCode = making.blank->cardIdCode;
    TRY(requireFeedable(making));
    TRY(releaseEarlierReservation(making));
    province::BlankReservation reservation;
    reservation.applicationNo = making.order.applicationNo;
    reservation.blankId = blankIdOf(making.order, making.parts.chipProfile);
    reservation.cardNumber = making.order.cardNumber;
    reservation.cardIdCode = making.order.cardIdCode;
    reservation.atr = making.blank->atr;
    reservation.lane = making.order.lane;
    const province::BlankAnswer answer = TRY(
        making.parts.province.reserveBlank(making.business, reservation, making.blanksTried + 1));
    return bindBlank(reservation, *making.blank, making.parts.chipProfile, answer);
}

Result<void> checked(Transaction& transaction, Making& making) {
    TRY(making.parts.orders.update(transaction, making.order));
    return nameTheBlank(transaction, making);
}

Disposition judgeBlank(const Making&, const Error& error) {
    if (isDeviceLost(error)) return Disposition::interrupted;
    if (error.code == ErrorCode::cardAuthenticationRefused) return Disposition::refuseBlank;
    // What the province has against the application, not against the blank, another blank mends
    // not.
    const bool fromProvince = areaOf(error.code) == ErrorArea::province;
    const bool aboutTheBlank = !fromProvince || error.code == ErrorCode::blankRefused;
    return aboutTheBlank ? Disposition::refuseBlank : Disposition::endResumable;
}

Result<void> touched(Transaction& transaction, Making& making) {
    return custody::setCondition(transaction, nameInBooks(making.order), Condition::written,
                                 making.order.orderId, making.now());
}

Result<void> writeChip(Making& making) {
    return making.card
        ->personalise(
            *making.order.chip, *making.blank, [](int, int) {}, std::stop_token())
        .map([](const chip::WriteReport&) {});
}

Disposition judgeWriting(const Making&, const Error& error) {
    return isDeviceLost(error) ? Disposition::interrupted : Disposition::spoil;
}

Result<Seen> observeWriting(Making& making, const custody::JournalEntry&) {
    TRY(making.parts.printer.moveToChip());
    openCard(making);
    // The line may be away: then its error goes up, and recovery waits (decision 5).
    const chip::ChipContents contents = TRY(making.card->compare(*making.order.chip));
    return contents == chip::ChipContents::completeAndEqual ? Seen::happened : Seen::inDoubt;
}

Result<void> readBack(Making& making) {
    if (!making.card) {
        TRY(making.parts.printer.moveToChip());
        openCard(making);
    }
    const Instant until = making.parts.clock.now() + making.parts.region.enableWait;
    auto read = making.card->readBack(*making.order.chip);
    while (!read && isLineTrouble(read.error()) && making.personPresent &&
           making.parts.clock.now() < until && !making.watcher.stop().stop_requested()) {
        making.parts.clock.sleepFor(lineRetryPause);
        read = making.card->readBack(*making.order.chip);
    }
    if (!read) return fail(std::move(read).error());
    province::ReadBack said;
    said.cardNumber = read->items.cardNumber;
    said.socialNumber = read->items.socialNumber;
    said.cardIdCode = read->items.cardIdCode;
    said.atr = read->atr;
    said.version = read->items.version;
    said.issueDate = read->items.issueDate;
    said.expiryDate = read->items.expiryDate;
    if (making.order.readBack) said.bankCardNumberTail = making.order.readBack->bankCardNumberTail;
    making.order.readBack = std::move(said);
    // The contacts must be dead before the card moves.
    making.card.reset();
    return {};
}

Result<void> verified(Transaction& transaction, Making& making) {
    return making.parts.orders.update(transaction, making.order);
}

Disposition judgeReadBack(const Making&, const Error& error) {
    if (isDeviceLost(error)) return Disposition::interrupted;
    return isLineTrouble(error) ? Disposition::wait : Disposition::spoil;
}

}  // namespace liqu::issuance::steps
