// How a move is written: the two balances, the running totals of the business day and the move's
// own row, in one transaction. Only custody includes this; everybody else uses the acts of
// ledger.hpp, box.hpp, exchange.hpp, bin.hpp and day.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/custody/ledger.hpp"

namespace liqu::custody {

// Milliseconds, as every time in the database.
std::int64_t stampOf(WallTime at);
WallTime timeOf(std::int64_t stamp);
std::optional<std::int64_t> optionalNumber(const storage::Row& row, std::size_t column);
storage::Value orNull(const std::string& text);
// "A, B": lists of numbers and badges in one column.
std::string joined(const std::vector<std::string>& parts);
std::vector<std::string> parted(const std::string& text);
int laneOf(const std::string& place);  // 0: no lane
// The lane whose card came to the chip station last; 0 where nothing was fed yet.
Result<int> laneFedLast(storage::Database& database);

struct Movement {
    Place from;
    Place to;
    std::int64_t quantity = 1;
    std::string cardNumber = {};  // of a single card, where known
    std::string first = {};       // of a range that moves together
    std::string last = {};
    std::string box = {};
};
Result<void> post(storage::Transaction& transaction, const Movement& movement,
                  const Occasion& occasion);
// The range moves in the cards' own rows as well.
Result<void> postNumbers(storage::Transaction& transaction, const Place& from, const Place& to,
                         const std::vector<std::string>& numbers, const std::string& box,
                         const Occasion& occasion);

// The card's own row: where it is, and in a lane which one. moveNotPossible where it is not at
// `from`.
Result<void> setPlace(storage::Transaction& transaction, const std::string& cardNumber,
                      const Place& from, const Place& to, WallTime at);
// The vault's count of a box changes. A box of which a card comes back after the rest was returned
// or destroyed is an opened one again: else nobody could ever take the card out of the vault.
Result<void> countInBox(storage::Transaction& transaction, const std::string& box, std::int64_t by);
// The same for the box of one numbered card, where it leaves the vault or comes into it.
Result<void> countCardInBox(storage::Transaction& transaction, const std::string& cardNumber,
                            const Place& from, const Place& to);

// Something that happened to a card or a box without a move.
Result<void> noteEvent(storage::Transaction& transaction, const std::string& subject,
                       const std::string& what, const Occasion& occasion);

// Of a day as it is named in the books, yyyymmdd.
Date dateNamed(const std::string& day);
// The business day of a fact at this time; opens it where none is open.
Result<std::string> businessDayOf(storage::Transaction& transaction, WallTime at);
// Two people, and a clock that was not set back over midnight: every act of staff starts with this.
Result<void> requireMandate(storage::Transaction& transaction, const Mandate& mandate);
// The same for whatever moves or names cards: not while they are counted. What belongs to the count
// itself, and the end of an exchange without which nothing can be counted, asks requireMandate
// only.
Result<void> requireStockMandate(storage::Transaction& transaction, const Mandate& mandate);

Occasion occasionOf(const Mandate& mandate, const std::string& what);

}  // namespace liqu::custody
