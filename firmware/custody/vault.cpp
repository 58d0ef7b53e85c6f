#include "firmware/custody/vault.hpp"

#include "firmware/custody/box.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;

Result<std::int64_t> listedInVault(Transaction& transaction) {
    return transaction.number("SELECT count(*) FROM cards WHERE place = 'vault'");
}

// Boxes kept by count, the oldest first; two are enough to know that people must choose.
Result<std::vector<std::string>> boxesByCount(Transaction& transaction, const std::string& where) {
    std::vector<std::string> boxes;
    for (const storage::Row& row :
         TRY(transaction.query("SELECT box FROM boxes WHERE first_number = '' AND " + where +
                               " ORDER BY received_at, box LIMIT 2"))) {
        boxes.push_back(row.text(0));
    }
    return boxes;
}

Result<std::string> countIn(Transaction& transaction, const std::string& name, std::int64_t by) {
    const Box box = TRY(findBox(transaction.database(), name));
    if (box.label.hasNumbers()) {
        return fail(ErrorCode::moveNotPossible,
                    "the cards of box " + name + " have numbers; say which one it is");
    }
    if (box.inVault + by > box.label.count) {
        return fail(ErrorCode::boxCountDiffers, "box " + name + " has all its cards");
    }
    TRY(countInBox(transaction, name, by));
    return name;
}

}  // namespace

Result<std::int64_t> listedButGone(Transaction& transaction) {
    const std::int64_t byCount = TRY(transaction.number(
        "SELECT coalesce(sum(in_vault), 0) FROM boxes WHERE in_vault > 0 AND first_number = ''"));
    return TRY(listedInVault(transaction)) + byCount -
           TRY(balanceOf(transaction.database(), Place::vault()));
}

Result<std::string> leaveVault(Transaction& transaction, const Nameless& cards) {
    if (!cards.box.empty()) return countIn(transaction, cards.box, -cards.cards);
    const auto boxes = TRY(boxesByCount(transaction, "in_vault > 0"));
    if (boxes.empty()) return std::string();
    const bool hasNumber = !cards.allNumbersSeen && TRY(listedInVault(transaction)) > 0;
    if (boxes.size() == 1 && !hasNumber) return countIn(transaction, boxes[0], -cards.cards);
    return fail(ErrorCode::countIncomplete,
                "a card of the vault is missing: say its number, or its box where the cards of the "
                "box have none (liqu stock missing)");
}

Result<std::string> reachVault(Transaction& transaction, const Nameless& cards) {
    if (!cards.box.empty()) return countIn(transaction, cards.box, cards.cards);
    if (TRY(listedButGone(transaction)) >= cards.cards) return std::string();
    const auto boxes =
        TRY(boxesByCount(transaction, "in_vault < count AND state IN ('sealed','opened')"));
    if (boxes.size() == 1) return countIn(transaction, boxes[0], cards.cards);
    return fail(ErrorCode::countIncomplete,
                "a card more is in the vault: book it as found by its number or its box (liqu "
                "stock found), or put it into the reject bin and count again");
}

}  // namespace liqu::custody
