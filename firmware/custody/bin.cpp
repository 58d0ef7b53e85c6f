#include "firmware/custody/bin.hpp"

#include <algorithm>

#include "firmware/custody/box.hpp"
#include "firmware/custody/posting.hpp"
#include "firmware/custody/vault.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;

bool isInside(const Place& place) {
    return place == Place::transport() || place == Place::chipStation() || place == Place::mouth();
}

Result<Bin> binAt(storage::Database& database, const Place& place, int days, const BinRules& rules,
                  WallTime at) {
    Bin bin;
    bin.place = place;
    const auto rows =
        TRY(database.query("SELECT balance, capacity FROM places WHERE place = ?", {place.name()}));
    if (!rows.empty()) {
        bin.cards = rows[0].integer(0);
        bin.capacity = optionalNumber(rows[0], 1);
    }
    bin.full = bin.capacity && bin.cards >= *bin.capacity;
    const WallTime oldest = at - std::chrono::days{days};
    for (const storage::Row& row : TRY(database.query(
             "SELECT card_number, bank, vendor, lane, condition, order_id, coalesce((SELECT at "
             "FROM "
             "moves WHERE card_number = cards.card_number ORDER BY move DESC LIMIT 1), changed_at) "
             "AS since, (SELECT min(at) FROM moves WHERE card_number = cards.card_number AND "
             "to_place = "
             "'hold-bin'), (SELECT max(at) FROM moves WHERE card_number = cards.card_number AND "
             "to_place = 'bank' AND from_place IN ('hold-bin', 'cabinet')) "
             "FROM cards WHERE place = ? ORDER BY since, card_number",
             {place.name()}))) {
        BinCard card;
        card.card = {row.text(0),
                     row.text(1),
                     row.text(2),
                     static_cast<int>(optionalNumber(row, 3).value_or(0)),
                     place,
                     row.text(4),
                     row.textOrEmpty(5)};
        card.since = timeOf(row.integer(6));
        card.heldSince = row.isNull(7) ? card.since : timeOf(row.integer(7));
        if (!row.isNull(8)) card.recoveredAt = timeOf(row.integer(8));
        const bool unclaimed = card.recoveredAt
                                   ? isUnclaimed(*card.recoveredAt, rules.againMonths, at)
                                   : isUnclaimed(card.heldSince, rules.unclaimedMonths, at);
        card.overdue = place == Place::cabinet() ? unclaimed : card.since < oldest;
        bin.overdue += card.overdue;
        bin.numbered.push_back(std::move(card));
    }
    bin.withoutNumber = bin.cards - static_cast<std::int64_t>(bin.numbered.size());
    return bin;
}

Result<void> requireReason(const Mandate& mandate) {
    if (!mandate.reason.empty()) return {};
    return fail(ErrorCode::moveNotPossible, "say why: a reason is needed");
}

Result<CardRecord> requireFinished(Transaction& transaction, const std::string& number) {
    auto card = TRY(findCard(transaction.database(), number));
    if (!card) return fail(ErrorCode::cardNotInStock, number + " was never here");
    if (card->condition == nameOf(Condition::finished)) return std::move(*card);
    return fail(ErrorCode::moveNotPossible, number + " is " + card->condition + ", not finished");
}

Result<std::int64_t> withoutNumber(Transaction& transaction, const Place& place) {
    return TRY(balanceOf(transaction.database(), place)) -
           TRY(transaction.number("SELECT count(*) FROM cards WHERE place = ?", {place.name()}));
}

// A lane, or the vault, that lists more numbers than it has cards.
Result<bool> listsTooMany(Transaction& transaction, const Place& place) {
    if (place == Place::vault()) return TRY(listedButGone(transaction)) > 0;
    return laneOf(place.name()) > 0 && TRY(withoutNumber(transaction, place)) < 0;
}

// A card may move without its number only where one lies whose number is not known. Lanes and the
// vault list numbers, not positions: any of their cards may be the one.
Result<void> requireNameless(Transaction& transaction, const Place& place) {
    const bool lists = place == Place::vault() || place.name().starts_with("hopper-");
    if (lists || TRY(withoutNumber(transaction, place)) > 0) return {};
    return fail(ErrorCode::moveNotPossible,
                "every card at " + place.name() + " is known by its number; say which one");
}

// One card without its number; the box where people said which.
Result<void> moveNameless(Transaction& transaction, const std::string& box, const Place& from,
                          const Place& to, const Occasion& occasion) {
    TRY(requireNameless(transaction, from));
    Movement movement{from, to};
    movement.box = box;
    if (from == Place::vault()) movement.box = TRY(leaveVault(transaction, {1, box}));
    if (to == Place::vault()) movement.box = TRY(reachVault(transaction, {1, box}));
    return post(transaction, movement, occasion);
}

// What people typed names a box and no card.
Result<bool> isBox(Transaction& transaction, const std::string& name) {
    if (name.empty() || TRY(findCard(transaction.database(), name))) return false;
    return findBox(transaction.database(), name).has_value();
}

}  // namespace

Date monthsAfter(Date from, int months) {
    const Date later = from + std::chrono::months{months};
    return later.ok() ? later : Date{later.year() / later.month() / std::chrono::last};
}

bool isUnclaimed(WallTime heldSince, int months, WallTime at) {
    const Date last = monthsAfter(chinaDate(heldSince), months);
    return std::chrono::sys_days{chinaDate(at)} > std::chrono::sys_days{last};
}

Result<std::vector<Bin>> bins(storage::Database& database, const BinRules& rules, WallTime at) {
    std::vector<Bin> all;
    all.push_back(TRY(binAt(database, Place::holdBin(), rules.holdDays, rules, at)));
    all.push_back(TRY(binAt(database, Place::rejectBin(), rules.rejectDays, rules, at)));
    all.push_back(TRY(binAt(database, Place::oldCardBin(), rules.oldCardDays, rules, at)));
    all.push_back(TRY(binAt(database, Place::cabinet(), 0, rules, at)));
    return all;
}

Result<void> deliverFromHold(Transaction& transaction, const StaffDelivery& delivery,
                             const std::string& orderId, const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    if (!delivery.identityChecked || delivery.signatureEvidence.empty()) {
        return fail(ErrorCode::handoverNotProven,
                    "the identity must be checked and the holder must sign");
    }
    Occasion occasion{"handed over by staff, signed " + delivery.signatureEvidence, orderId,
                      mandate.at, mandate.people};
    const auto card = TRY(findCard(transaction.database(), delivery.cardNumber));
    const bool inCabinet = card && card->place == Place::cabinet();
    return moveCard(transaction, delivery.cardNumber,
                    inCabinet ? Place::cabinet() : Place::holdBin(), Place::holder(), occasion);
}

Result<void> moveToCabinet(Transaction& transaction, const std::vector<std::string>& numbers,
                           const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    if (numbers.empty()) return fail(ErrorCode::moveNotPossible, "no card is named");
    for (const std::string& number : numbers) {
        TRY(requireFinished(transaction, number));
        TRY(moveCard(transaction, number, Place::holdBin(), Place::cabinet(),
                     occasionOf(mandate, "unfetched")));
    }
    return {};
}

Result<void> returnHeld(Transaction& transaction, const std::vector<std::string>& numbers,
                        const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    TRY(requireReason(mandate));
    if (numbers.empty()) return fail(ErrorCode::moveNotPossible, "no card is named");
    for (const std::string& number : numbers) {
        const CardRecord card = TRY(requireFinished(transaction, number));
        if (card.place != Place::holdBin() && card.place != Place::cabinet()) {
            return fail(ErrorCode::moveNotPossible,
                        number + " is at " + card.place.name() + " and waits for nobody");
        }
        TRY(moveCard(transaction, number, card.place, Place::bank(),
                     occasionOf(mandate, "returned")));
    }
    return {};
}

Result<CardRecord> takeBackWrong(Transaction& transaction, const std::string& number,
                                 const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    CardRecord card = TRY(requireFinished(transaction, number));
    const bool comes = card.place == Place::holdBin() || card.place == Place::cabinet() ||
                       card.place == Place::holder();
    if (!comes) {
        return fail(ErrorCode::moveNotPossible,
                    number + " lies at " + card.place.name() + "; nobody can bring it");
    }
    TRY(moveCard(transaction, number, card.place, Place::rejectBin(),
                 occasionOf(mandate, "taken back")));
    TRY(setCondition(transaction, number, Condition::wrong, card.orderId, mandate.at));
    return card;
}

Result<void> requireOldCard(storage::Database& database, const std::string& number) {
    const auto known = TRY(findCard(database, number));
    // A finished card that the bank has was given to its holder there.
    const bool isOut =
        !known || ((known->place == Place::holder() || known->place == Place::missing() ||
                    known->place == Place::bank()) &&
                   known->condition == nameOf(Condition::finished));
    if (isOut) return {};
    return fail(ErrorCode::moveNotPossible, number + " is " + known->condition + ", at " +
                                                known->place.name() + "; nobody can bring it");
}

Result<void> takeInOldCard(Transaction& transaction, const std::string& number,
                           const std::string& bank, const Occasion& occasion) {
    TRY(requireOldCard(transaction.database(), number));
    const auto known = TRY(findCard(transaction.database(), number));
    if (!known) {
        TRY(transaction.run(
            "INSERT INTO cards(card_number, bank, vendor, place, condition, changed_at) "
            "VALUES(?,?,'',?,'recovered',?)",
            {number, bank, Place::bank().name(), stampOf(occasion.at)}));
    }
    TRY(moveCard(transaction, number, known ? known->place : Place::bank(), Place::oldCardBin(),
                 occasion));
    // One that was made here stays its own order's.
    return setCondition(transaction, number, Condition::recovered,
                        known ? known->orderId : occasion.orderId, occasion.at);
}

Result<void> receiveAgain(Transaction& transaction, const std::vector<std::string>& numbers,
                          const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    if (numbers.empty()) return fail(ErrorCode::moveNotPossible, "no card is named");
    for (const std::string& number : numbers) {
        TRY(requireFinished(transaction, number));
        TRY(moveCard(transaction, number, Place::bank(), Place::cabinet(),
                     occasionOf(mandate, "received again")));
    }
    return {};
}

Result<Emptied> emptyBin(Transaction& transaction, const Place& bin, std::int64_t counted,
                         const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    if (bin != Place::rejectBin() && bin != Place::oldCardBin()) {
        return fail(ErrorCode::moveNotPossible,
                    bin.name() + " is not emptied as a whole: its cards wait for their holders");
    }
    const std::int64_t balance = TRY(balanceOf(transaction.database(), bin));
    if (balance == 0) return fail(ErrorCode::placeBelowZero, bin.name() + " is empty");
    if (counted != balance) {
        return fail(ErrorCode::binCountDiffers,
                    std::to_string(counted) + " cards are not what the books say of " + bin.name() +
                        "; put them back and count the day");
    }
    Emptied emptied;
    for (const CardRecord& card : TRY(cardsAt(transaction.database(), bin))) {
        emptied.numbers.push_back(card.cardNumber);
    }
    const Occasion occasion = occasionOf(mandate, "returned");
    TRY(postNumbers(transaction, bin, Place::bank(), emptied.numbers, "", occasion));
    emptied.withoutNumber = balance - static_cast<std::int64_t>(emptied.numbers.size());
    if (emptied.withoutNumber > 0) {
        TRY(post(transaction, {bin, Place::bank(), emptied.withoutNumber}, occasion));
    }
    return emptied;
}

Result<std::vector<std::string>> returnedFromBins(storage::Database& database, int most) {
    std::vector<std::string> numbers;
    // What came back in its box is blank and is destroyed with the box.
    const auto rows =
        TRY(database.query("SELECT card_number FROM cards WHERE place = 'bank' AND condition NOT "
                           "IN ('blank','finished') "
                           "ORDER BY changed_at, card_number LIMIT ?",
                           {std::int64_t{most}}));
    numbers.reserve(rows.size());
    for (const storage::Row& row : rows) numbers.push_back(row.text(0));
    return numbers;
}

Result<void> destroyReturned(Transaction& transaction, const std::vector<std::string>& numbers,
                             const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    if (numbers.empty()) return fail(ErrorCode::moveNotPossible, "no card is named");
    std::vector<std::string> sorted = numbers;
    std::ranges::sort(sorted);
    for (const std::string& number : sorted) {
        const auto card = TRY(findCard(transaction.database(), number));
        if (!card || card->condition != nameOf(Condition::finished)) continue;
        return fail(ErrorCode::moveNotPossible,
                    number + " is finished: the bank keeps it for its holder");
    }
    return postNumbers(transaction, Place::bank(), Place::destroyed(), sorted, "",
                       occasionOf(mandate, "destroyed"));
}

Result<void> nameCard(Transaction& transaction, const std::string& cardNumber, const Place& at,
                      const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    const auto card = TRY(findCard(transaction.database(), cardNumber));
    if (!card) return fail(ErrorCode::cardNotInStock, cardNumber + " was never here");
    if (!TRY(listsTooMany(transaction, card->place))) {
        return fail(ErrorCode::moveNotPossible,
                    cardNumber + " is at " + card->place.name() + ", where no card is missing");
    }
    const bool takesNames = at == Place::rejectBin() || at == Place::holdBin() ||
                            at == Place::cabinet() || at == Place::missing() ||
                            at == Place::chipStation();
    if (at != Place::bank() && (!takesNames || TRY(withoutNumber(transaction, at)) <= 0)) {
        return fail(ErrorCode::moveNotPossible, at.name() + " has no card without a number");
    }
    TRY(countCardInBox(transaction, cardNumber, card->place, at));
    TRY(setPlace(transaction, cardNumber, card->place, at, mandate.at));
    return noteEvent(transaction, cardNumber, "named", occasionOf(mandate, "named"));
}

Result<void> bookMissing(Transaction& transaction, const std::string& cardNumber, const Place& from,
                         const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    TRY(requireReason(mandate));
    if (from == Place::bank() || from == Place::holder() || from == Place::destroyed() ||
        from == Place::missing()) {
        return fail(ErrorCode::moveNotPossible,
                    "what is at " + from.name() + " is not counted here");
    }
    const Occasion occasion = occasionOf(mandate, "missing");
    if (cardNumber.empty() || TRY(isBox(transaction, cardNumber))) {
        return moveNameless(transaction, cardNumber, from, Place::missing(), occasion);
    }
    if (TRY(listsTooMany(transaction, from)) &&
        TRY(withoutNumber(transaction, Place::missing())) > 0) {
        return nameCard(transaction, cardNumber, Place::missing(), mandate);
    }
    TRY(countCardInBox(transaction, cardNumber, from, Place::missing()));
    return moveCard(transaction, cardNumber, from, Place::missing(), occasion);
}

Result<void> bookFound(Transaction& transaction, const std::string& cardNumber, const Place& at,
                       const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    TRY(requireReason(mandate));
    if (isInside(at) || at == Place::bank() || at == Place::holder() || at == Place::destroyed() ||
        at == Place::missing()) {
        return fail(ErrorCode::moveNotPossible,
                    "a found card goes into a lane, a bin or the vault");
    }
    const Occasion occasion = occasionOf(mandate, "found");
    if (cardNumber.empty() || TRY(isBox(transaction, cardNumber))) {
        return moveNameless(transaction, cardNumber, Place::missing(), at, occasion);
    }
    const auto card = TRY(findCard(transaction.database(), cardNumber));
    if (at == Place::oldCardBin() && (!card || card->place == Place::holder())) {
        return takeInOldCard(transaction, cardNumber, "", occasion);
    }
    if (!card) return fail(ErrorCode::cardNotInStock, cardNumber + " was never here");
    if (at != Place::holdBin() && at != Place::rejectBin() && at != Place::oldCardBin() &&
        at != Place::cabinet() && card->condition != nameOf(Condition::blank)) {
        return fail(ErrorCode::cardAlreadyUsed,
                    cardNumber + " is " + card->condition + "; a touched card goes into a bin");
    }
    // Missed by count only: its number is still in the list of the place it was missed from.
    if (TRY(listsTooMany(transaction, card->place)) &&
        TRY(withoutNumber(transaction, Place::missing())) > 0) {
        TRY(countCardInBox(transaction, cardNumber, card->place, at));
        TRY(moveUnidentified(transaction, Place::missing(), at, occasion));
        TRY(setPlace(transaction, cardNumber, card->place, at, mandate.at));
        return noteEvent(transaction, cardNumber, "named", occasion);
    }
    TRY(countCardInBox(transaction, cardNumber, Place::missing(), at));
    return moveCard(transaction, cardNumber, Place::missing(), at, occasion);
}

}  // namespace liqu::custody
