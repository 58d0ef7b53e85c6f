// The books' epoch between kiosk and province (decisions 36, 46): what a sign-in says of these
// books, and what its answer asks for. Books that were restored from a copy, or that run twice, are
// seen here; books that the province has lost a part of are told to it again.
//
// Kiosk thread, or a command that holds the machine's lock.
#pragma once

#include "firmware/province/outbox.hpp"

namespace liqu::province {

// Epoch, newest number and its digest, for TERM.SIGNIN.
Result<void> tellStanding(storage::Database& database, SignIn& message);

// booksNotNewest where the province refused the epoch, knows a later fact or another one under a
// number of ours, or holds a business open that these books never had.
Result<void> compareStanding(storage::Database& database, const SignInAnswer& answer);

// What compareStanding said, kept for whoever works on these books next, a command among them.
enum class Standing : std::uint8_t { newest, copy };
Result<void> noteStanding(storage::Database& database, Standing standing);
// booksNotNewest where the last that was noted said so. What is told from such books would bear the
// number of a business that the province knows already.
Result<void> requireNewest(storage::Database& database);

// Books that come from a backup: no answer makes them the newest, only a new epoch does.
Result<void> noteRestored(storage::Transaction& transaction, WallTime at);

struct SentAgain {
    std::int64_t queued = 0;
    std::int64_t purged = 0;  // missing there, and their bodies are not kept any more
};
// Queues what the province lacks and these books delivered before it was asked, or it refused:
// it has forgotten that, too.
Result<SentAgain> sendAgain(storage::Database& database, const SignInAnswer& answer,
                            WallTime askedAt);

// Bodies of facts that were delivered before then; answers how many.
Result<std::int64_t> purgeBodies(storage::Database& database, WallTime deliveredBefore);

// Facts that wait since a version without epochs are given their places in the books' own.
Result<void> bringFactsIntoEpoch(storage::Database& database, const Outbox& outbox);

// The epoch that is asked for: the same one until it is granted, so that a lost answer loses none.
Result<std::string> wantedEpoch(storage::Database& database, Random& random);
// Granted: the books are the new epoch's from this commit on, and so is everything that waits.
// Their next business is behind the newest the province knows; what it holds open besides is
// accepted.
Result<void> takeEpoch(storage::Transaction& transaction, const Outbox& outbox,
                       const std::string& epoch, const SignInAnswer& answer, WallTime at);

}  // namespace liqu::province
