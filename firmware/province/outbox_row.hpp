// What a row of the outbox seals: the body and what its envelope says about the moment of the
// fact. For this folder's .cpp files.
#pragma once

#include "firmware/province/already.hpp"
#include "firmware/province/fact_chain.hpp"

namespace liqu::province {

// SQL: two people closed the outbox row of this name.
inline std::string isClosed(const std::string& table) {
    return "EXISTS (SELECT 1 FROM closed_facts WHERE closed_facts.fact = " + table + ".fact)";
}

// SQL: waiting its turn, nothing undelivered of the same business stands before it. The state is
// said twice, for the index of what is undelivered and for no other: by that one the first few are
// found at once, however many wait.
inline std::string headOfBusiness() {
    return " state <> 'delivered' AND +state = 'queued' AND NOT EXISTS (SELECT 1 FROM outbox AS "
           "earlier WHERE earlier.order_id = outbox.order_id AND earlier.fact < outbox.fact"
           " AND earlier.state <> 'delivered' AND NOT " +
           isClosed("earlier") + ")";
}

struct SealedFact {
    Business business;  // without bizId, which is the row's
    std::string policyId;
    PersonalText body;
};

Result<PersonalText> sealedTextOf(const SealedFact& fact);
Result<SealedFact> readSealedFact(std::string_view text);

// What an ALREADY of this fact must be proven against, read from its body.
Result<Claim> claimOf(MessageType type, const Business& business, std::string_view body);

// Bound to every column that never changes: a row that was touched, or a blob from another row, is
// sealBroken.
Result<Bytes> sealFact(const security::Sealer& sealer, const FactRow& row, const SealedFact& fact);
Result<SealedFact> openFact(const security::Sealer& sealer, const FactRow& row, ByteView sealed);

// For SELECTs of a FactRow: these columns, and the row they begin at.
inline constexpr std::string_view factRowColumns =
    "epoch, terminal_seq, chain, order_id, message_type, idempotency_key, happened_at";
FactRow factRowOf(const storage::Row& row, std::size_t firstColumn);

std::int64_t millisecondsOf(WallTime time);
WallTime wallTimeOf(std::int64_t milliseconds);

}  // namespace liqu::province
