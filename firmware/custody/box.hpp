// Boxes of blanks, from the bank's van to the last card (Guangdong Art.36 登记出入; docs/rules.md,
// "Arithmetic of a day"). A box is of one bank, one card vendor, one card version and one region.
// Where the numbers are written on the cards already, each is in the books from the moment the box
// is received; where the province assigns them later, the box is kept by count (first and last are
// empty).
//
// Every function that changes something checks everything first: where it fails, nothing of it is
// in the transaction. All writes happen inside the caller's Transaction.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "firmware/base/words.hpp"
#include "firmware/card/social_card_number.hpp"
#include "firmware/custody/people.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

// What stands on the box, as it was typed or scanned.
struct BoxLabel {
    std::string box;      // the bank's number of the box
    std::string bank;     // AAE008
    std::string vendor;   // who made the cards
    std::string version;  // card version, "3.00"
    std::string region;   // AAB301 the cards were ordered for
    std::string first;    // first and last card number with their check characters, or none
    std::string last;
    std::int64_t count = 0;
    std::string seal;  // number of the seal that closes it

    bool hasNumbers() const { return !first.empty() || !last.empty(); }
};

enum class BoxState : std::uint8_t { sealed, opened, returned, destroyed };
constexpr auto wordsOf(BoxState) {
    return words<BoxState>({{BoxState::sealed, "sealed"},
                            {BoxState::opened, "opened"},
                            {BoxState::returned, "returned"},
                            {BoxState::destroyed, "destroyed"}});
}

struct Box {
    BoxLabel label;
    BoxState state = BoxState::sealed;
    std::int64_t inVault = 0;  // cards of it that lie in the vault
    WallTime receivedAt{};
};

// What boxes this machine may take.
struct BoxRules {
    std::string region;  // prefabricated cards are usable in their whole city (Guangdong Art.36)
    std::set<std::string> banks;  // banks of the region
    std::int64_t boxCapacity = 1000;
};

// Bank → vault. checkCharacterWrong, rangeReversed, rangeOverlaps, boxCountDiffers,
// boxOfOtherRegion, samePersonTwice, clockNotTrusted; each cause says what to do.
Result<void> receiveBox(storage::Transaction& transaction, const BoxLabel& label,
                        const BoxRules& rules, const Mandate& mandate);
// The seal is broken by two, after its number was compared: from here single cards may leave it.
Result<void> openBox(storage::Transaction& transaction, const std::string& box,
                     const std::string& seal, const Mandate& mandate);
// Vault → bank: whatever is left of it. Gives how many cards that were.
Result<std::int64_t> returnBox(storage::Transaction& transaction, const std::string& box,
                               const Mandate& mandate);
// Vault → destroyed, in front of two.
Result<std::int64_t> destroyBox(storage::Transaction& transaction, const std::string& box,
                                const Mandate& mandate);

// Fails with boxUnknown.
Result<Box> findBox(storage::Database& database, const std::string& box);
// The numbers of it that lie in the vault.
Result<std::vector<std::string>> numbersInVault(storage::Database& database,
                                                const std::string& box);
// Boxes with cards in the vault, oldest first.
Result<std::vector<Box>> boxesInVault(storage::Database& database);

}  // namespace liqu::custody
