// Looking at a lane that was just loaded: the first card and one at random are read, and what was
// read is judged here. Pure functions; the motion is the caller's. A right number out of its order
// is an event, not an error (decision 13).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/random.hpp"
#include "firmware/base/words.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"

namespace liqu::custody {

// Which cards of the load are to be read: 0 is the first; ascending, without repetition.
std::vector<std::int64_t> positionsToRead(std::int64_t cards, Random& random);

// What the machine or two people saw of the card at that position.
struct LaneReading {
    std::int64_t position = 0;
    int cardsFed = 1;        // by the printer's counter: two mean a double feed
    std::string cardNumber;  // empty: the chip was mute or had none
    std::string bank;        // of the card's bank application; empty: not read
};

// What the books say of the number that was read; see readFor().
struct LaneBooking {
    bool known = false;
    bool used = false;    // its condition is not blank any more
    bool loaded = false;  // in the range of this load, or booked in this lane
};

enum class LaneVerdict : std::uint8_t {
    right,
    outOfOrder,  // an event only
    mute,        // no number could be read
    otherBank,
    usedNumber,
    unknownNumber,
    otherLoad,  // in the books, but neither of this load nor of this lane
    gap,        // numbers between the first card and this one are not in the lane
    doubleFeed,
};
constexpr auto wordsOf(LaneVerdict) {
    return words<LaneVerdict>({{LaneVerdict::right, "right"},
                               {LaneVerdict::outOfOrder, "out of order"},
                               {LaneVerdict::mute, "mute"},
                               {LaneVerdict::otherBank, "other bank"},
                               {LaneVerdict::usedNumber, "used number"},
                               {LaneVerdict::unknownNumber, "unknown number"},
                               {LaneVerdict::otherLoad, "other load"},
                               {LaneVerdict::gap, "gap"},
                               {LaneVerdict::doubleFeed, "double feed"}});
}
bool isGood(LaneVerdict verdict);

struct LaneFinding {
    LaneVerdict verdict = LaneVerdict::right;
    std::int64_t position = 0;
    std::string expected;  // the number that should be there
    std::string read;
    std::vector<std::string> missing;  // the numbers of a gap
};

// The number at this position of the plan's range; empty where the cards have none yet.
Result<std::string> expectedNumber(const Exchange& load, std::int64_t position);
Result<LaneFinding> judgeReading(const Exchange& load, const LaneReading& reading,
                                 const LaneBooking& booking);
// The first bad finding as an error laneCheckFailed with words; good where all are.
Result<void> judgeLane(const std::vector<LaneFinding>& findings);

// Looks the number up in the books.
Result<LaneBooking> readFor(storage::Database& database, const Exchange& load,
                            const std::string& cardNumber);

}  // namespace liqu::custody
