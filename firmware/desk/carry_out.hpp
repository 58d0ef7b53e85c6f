// The one shape of everything staff do to the books. Who does it and with what; the table of roles
// says whether two must be there (staff/role.hpp); the clock fits the books; then one commit holds
// what is done, what the province is told of it and the line of the record. Whoever is there was
// asked for a badge before: at the window by session/staff_counter.hpp, on the command line by
// program/badges.hpp.
//
// Used by the thread that owns the write connection.
#pragma once

#include <type_traits>

#include "firmware/custody/people.hpp"
#include "firmware/issuance/order.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/ports/signer.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/staff/audit.hpp"
#include "firmware/staff/role.hpp"

namespace liqu::desk {

using issuance::OrderBook;

struct DeskParts {
    storage::Database& database;
    OrderBook& orders;
    const province::Outbox& outbox;
    Clock& clock;
    const policy::KioskConfig& config;
    const policy::RegionPolicy& region;
    // What is done through these parts. None: they are for looking, and every act is refused.
    std::optional<staff::Deed> deed;
    // Of the terminal, for checkpoints of the audit record; null: they are not signed, nor told.
    ports::Signer* signer = nullptr;
};

// Who acts, why and when; refused where the table asks for another hand, the books are known as an
// older copy, or the clock stands before them: samePersonTwice, booksNotNewest, clockNotTrusted.
Result<custody::Mandate> mandateOf(const DeskParts& parts, const TwoPeople& people,
                                   const std::string& reason);
// One of two who come one after the other: the counters of a day.
Result<custody::Mandate> mandateOfOneOfTwo(const DeskParts& parts, const std::string& badge);
// The clock itself is what two people vouch for.
Result<custody::Mandate> mandateAboutClock(const DeskParts& parts, const TwoPeople& people,
                                           const std::string& reason);

Result<void> writeLine(const DeskParts& parts, storage::Transaction& transaction,
                       const custody::Mandate& mandate);

// change: Result<…>(Transaction&, const custody::Act&).
template <typename Change>
std::invoke_result_t<Change, storage::Transaction&, const custody::Mandate&> commitAct(
    const DeskParts& parts, const Result<custody::Mandate>& mandate, Change change) {
    if (!mandate) return fail(mandate.error());
    auto transaction = TRY(storage::Transaction::begin(parts.database));
    auto done = change(transaction, *mandate);
    if (!done) return done;
    TRY(writeLine(parts, transaction, *mandate));
    TRY(transaction.commit());
    return done;
}

template <typename Change>
auto carryOut(const DeskParts& parts, const TwoPeople& people, const std::string& reason,
              Change change) {
    return commitAct(parts, mandateOf(parts, people, reason), std::move(change));
}

}  // namespace liqu::desk
