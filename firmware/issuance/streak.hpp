// The same failure, card after card (decision 42): what became of the last cards, read from the
// books, so that it survives a restart. A card that was not handed over for a cause that is still
// there costs a blank each time; after so many in a row nothing is fed until the cause is gone, or
// staff say that it is. One worn part fails now so, now otherwise: after twice as many for whatever
// causes nothing is fed either.
//
// Source: step journal and outbox; Guangdong Art.36(4), blanks are important documents. Kiosk
// thread.
#pragma once

#include <optional>

#include "firmware/base/error.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

// What a card that was not handed over says about the next one.
enum class Omen : std::uint8_t {
    good,        // it was made; nobody took it
    none,        // people or the power came between
    told,        // sensors and self-tests tell whether it is still so
    counts,      // as many as the region says, then staff look
    unanswered,  // one: until the province has answered to the card that lies in the hold bin
};
// While what it ended: making it, or waiting for the province to take it.
enum class While : std::uint8_t { making, reporting };
Omen omenOf(ErrorCode cause, While ended);

struct Streak {
    ErrorCode cause = ErrorCode::chipMute;  // of the newest card
    int sameCause = 0;                      // cards in a row with that cause
    int cards = 0;                          // in a row, whatever their causes
    Omen omen = Omen::counts;
    WallTime since{};              // when the first of these ended
    std::int64_t newestEntry = 0;  // of the journal
};

// The cards that ended last in a row otherwise than handed over, however many; none where the last
// one was, the cause is gone, or staff have said so since.
Result<std::optional<Streak>> currentStreak(storage::Database& database);
// Are they as many as stop the feeding?
bool stopsFeeding(const Streak& streak, const policy::RegionPolicy& region);
// makingStopped with the cause.
Result<void> requireNoStreak(storage::Database& database, const policy::RegionPolicy& region);

// A card that was handed over and came back with somebody else's data on it, since staff last said
// that the machine was looked at: one is enough, whatever was made after it.
Result<bool> gaveAnothersData(storage::Database& database);

// Staff have looked at the machine: the cards so far count no more.
Result<void> endStreak(storage::Transaction& transaction);

}  // namespace liqu::issuance
