// Cards in the vault whose number nobody named, between the files of custody. Every card in the
// vault is of a box: listed by its number, or counted in a box that is kept by count. So each can
// leave the vault again, with its box or into a lane.
#pragma once

#include <optional>
#include <string>

#include "firmware/storage/database.hpp"

namespace liqu::custody {

// Numbers the vault still lists of cards that were missed by their count only.
Result<std::int64_t> listedButGone(storage::Transaction& transaction);

struct Nameless {
    std::int64_t cards = 1;
    std::string box = {};  // kept by count; empty: not said
    // Everything with a number was seen, so that it can only be a card of a box kept by count.
    bool allNumbersSeen = false;
};
// Before the move is posted: counts the cards out of their box, or into it. Gives the box; none
// where numbers tell the rest. countIncomplete where people have to say which box it is.
Result<std::string> leaveVault(storage::Transaction& transaction, const Nameless& cards);
Result<std::string> reachVault(storage::Transaction& transaction, const Nameless& cards);

}  // namespace liqu::custody
