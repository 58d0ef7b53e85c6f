// A jam that is being cleared by two: the act is open in the books from its begin to its end, so
// that one a power cut ended is found and led on. A card that came out of the path is booked by its
// number, with the moves there are for a card that is missed and found (Guangdong Art.36); until
// then it is where the books have it, or missing, and never silently gone.
//
// Used by the thread that owns the write connection.
#pragma once

#include <optional>
#include <string>

#include "firmware/custody/ledger.hpp"
#include "firmware/desk/carry_out.hpp"

namespace liqu::desk {

struct JamClearing {
    WallTime beganAt{};
    TwoPeople people;
    std::string cardNumber;  // typed from the card that came out; empty: none so far
};

Result<std::optional<JamClearing>> openJamClearing(storage::Database& database);
// One that is open goes on, with who leads it now.
Result<void> beginJamClearing(const DeskParts& parts, const TwoPeople& people);
// cardNotInStock; moveNotPossible where the books know of another card inside, or of another place
// for this one.
Result<void> noteJamCard(const DeskParts& parts, const std::string& number,
                         const TwoPeople& people);
// Where a card that came out is put: a finished one waits for its holder.
Result<custody::Place> binForJamCard(storage::Database& database, const std::string& number);
// Into that bin, with this reason: hands took it out. What is open in the machine has its end
// before. One that lies there is left.
Result<void> bookTakenOut(const DeskParts& parts, const std::string& number,
                          const std::string& reason, const TwoPeople& people);
Result<void> bookJamCard(const DeskParts& parts, const std::string& number,
                         const TwoPeople& people);
Result<void> endJamClearing(const DeskParts& parts, const TwoPeople& people);

}  // namespace liqu::desk
