// What a row of the outbox seals: the body and what its envelope says about the moment of the
// fact. For this folder's .cpp files.
#pragma once

#include "firmware/province/already.hpp"
#include "firmware/province/outbox.hpp"

namespace liqu::province {

struct SealedFact {
    Business business;  // without bizId, which is the row's
    std::string policyId;
    PersonalText body;
};

Result<PersonalText> sealedTextOf(const SealedFact& fact);
Result<SealedFact> readSealedFact(std::string_view text);

// What an ALREADY of this fact must be proven against, read from its body.
Result<Claim> claimOf(MessageType type, const Business& business, std::string_view body);

security::SealPlace sealPlaceOf(const std::string& idempotencyKey);
std::int64_t millisecondsOf(WallTime time);
WallTime wallTimeOf(std::int64_t milliseconds);

}  // namespace liqu::province
