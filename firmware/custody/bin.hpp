// The bins and the registered ways out of them. Hold bin: finished cards wait for their holder, who
// gets them from staff (Guangdong Art.12, 14); unfetched ones go into the outlet's cabinet and wait
// there, and from there back to the bank (Guangdong Art.32(1)2; decision 40). Reject bin: spoiled
// and refused cards go back to the bank and are destroyed by two (Guangdong Art.32, 36). Hold and
// reject may be one physical bin, two accounts told apart by card number (decision 2). A card that
// cannot be found is at the place `missing`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/custody/ledger.hpp"
#include "firmware/custody/people.hpp"

namespace liqu::custody {

// After how many days a card in a bin is overdue.
struct BinRules {
    int holdDays = 7;
    int rejectDays = 30;
    int oldCardDays = 30;
    int unclaimedMonths = 6;  // a finished card waits so long for its holder, wherever it lies
    int againMonths = 6;      // … and so long from its recovery on, where it is delivered again
};

// The day of the same number so many calendar months later, or the last one of that month.
Date monthsAfter(Date from, int months);
// The calendar months are over: on the day after the last of them, in China.
bool isUnclaimed(WallTime heldSince, int months, WallTime at);

struct BinCard {
    CardRecord card;
    WallTime since{};      // came to this place
    WallTime heldSince{};  // came into the hold bin first; as since where it never did
    // It was with the bank in between and is delivered a second time (Guangdong Art.33(1)).
    std::optional<WallTime> recoveredAt{};
    bool overdue = false;
};

struct Bin {
    Place place = Place::holdBin();
    std::optional<std::int64_t> capacity;
    std::int64_t cards = 0;
    std::int64_t withoutNumber = 0;  // counted, but their number was never read
    std::vector<BinCard> numbered;   // oldest first
    int overdue = 0;
    bool full = false;
};

// Hold, reject and old-card bin, and the cabinet, in this order.
Result<std::vector<Bin>> bins(storage::Database& database, const BinRules& rules, WallTime at);

// Hold bin or cabinet → holder. The identity was checked and the holder has signed: evidence is the
// number of the paper, or the digest of the signature; never a name. The order and the report
// belong to desk/bin_exits.hpp, which calls this.
struct StaffDelivery {
    std::string cardNumber;
    bool identityChecked = false;
    std::string signatureEvidence;
};
Result<void> deliverFromHold(storage::Transaction& transaction, const StaffDelivery& delivery,
                             const std::string& orderId, const Mandate& mandate);

// Finished cards, by number. Hold bin → cabinet; hold bin or cabinet → bank, which keeps them.
// moveNotPossible where one does not lie there or is not finished. When a card may go, and what
// becomes of its order, is decided by desk/bin_exits.hpp.
Result<void> moveToCabinet(storage::Transaction& transaction,
                           const std::vector<std::string>& numbers, const Mandate& mandate);
Result<void> returnHeld(storage::Transaction& transaction, const std::vector<std::string>& numbers,
                        const Mandate& mandate);
// Hold bin, cabinet or holder → reject bin: its data are wrong (Shangluo Art.13).
Result<CardRecord> takeBackWrong(storage::Transaction& transaction, const std::string& number,
                                 const Mandate& mandate);
// Can a person bring this card? moveNotPossible where the books have it in the machine, in stock or
// in a bin, or took it in before.
Result<void> requireOldCard(storage::Database& database, const std::string& number);
// Holder → old-card bin: its holder got another one for it (换发的旧卡, Guangdong Art.32(1)). One
// that was made elsewhere comes from outside.
Result<void> takeInOldCard(storage::Transaction& transaction, const std::string& number,
                           const std::string& bank, const Occasion& occasion);
// Bank → cabinet, for a second delivery: only what went to the bank finished.
Result<void> receiveAgain(storage::Transaction& transaction,
                          const std::vector<std::string>& numbers, const Mandate& mandate);

struct Emptied {
    std::vector<std::string> numbers;
    std::int64_t withoutNumber = 0;
    std::int64_t cards() const { return static_cast<std::int64_t>(numbers.size()) + withoutNumber; }
};
// Reject or old-card bin → bank; everything in it. binCountDiffers where counted is not what the
// books say: a difference is a matter of the daily count.
Result<Emptied> emptyBin(storage::Transaction& transaction, const Place& bin, std::int64_t counted,
                         const Mandate& mandate);
// Cards that left a bin for the bank and are not destroyed yet, oldest first; at most `most`.
// Finished ones are not among them: the bank keeps them for their holders.
Result<std::vector<std::string>> returnedFromBins(storage::Database& database, int most);
// Bank → destroyed: cards that were returned, by number, in front of two.
Result<void> destroyReturned(storage::Transaction& transaction,
                             const std::vector<std::string>& numbers, const Mandate& mandate);

// The card without a number at that place is this one, which its lane or the vault still lists: it
// was fed and left unread, or was missed by count only. at: a bin, the chip station, missing, or
// the bank where it was returned without its number. Moves nothing.
Result<void> nameCard(storage::Transaction& transaction, const std::string& cardNumber,
                      const Place& at, const Mandate& mandate);

// A card that is not where the books say: by its number, by its box where the cards of the box have
// none, or (empty) without. One that was missed by count before gets its name. countIncomplete
// where it may be of several boxes of the vault.
Result<void> bookMissing(storage::Transaction& transaction, const std::string& cardNumber,
                         const Place& from, const Mandate& mandate);
// It was found again, there; named in the same way. Into the vault comes only what is of a box.
// Among the old cards also one is found that these books have at its holder or never had: they fell
// back behind the moment it was taken in.
Result<void> bookFound(storage::Transaction& transaction, const std::string& cardNumber,
                       const Place& at, const Mandate& mandate);

}  // namespace liqu::custody
