// ALREADY says that the wanted state held before; it does not say that it was us. Taken blindly it
// makes duplicate cards, so a query must show that the record is ours (hardware-notes/province.md,
// "Answer codes").
#pragma once

#include "firmware/province/adapter.hpp"

namespace liqu::province {

// What a message meant to bring about, as far as a query can show it.
struct Claim {
    MessageType type = MessageType::applyCreate;
    Business business;
    std::string applicationNo;                         // empty for APPLY.CREATE: found by our bizId
    std::string cardNumber;                            // of the blank; empty where none is known
    MakeResult result = MakeResult::ok;                // ISSUE.REPORT
    HandoverOutcome outcome = HandoverOutcome::taken;  // ISSUE.HANDOVER
};

// The application that proves the claim; none where the existing record is not ours.
std::optional<Application> proofOf(const Claim& claim, const Progress& progress);

// Asks the province by our bizId. The error of the query where it could not be asked.
Result<std::optional<Application>> askForProof(Adapter& adapter, const Claim& claim);

}  // namespace liqu::province
