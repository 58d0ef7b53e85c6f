// The signed envelope around a body, and the check of the signed reply (decision 17).
#pragma once

#include "firmware/ports/signer.hpp"
#include "firmware/province/message_types.hpp"

namespace liqu::province {

// Where a fact stands among the facts of its terminal (decision 36).
struct FactPlace {
    std::string epoch;
    std::int64_t terminalSeq = 0;
    std::string chain;
};

struct Outgoing {
    MessageType type = MessageType::signIn;
    std::string messageId;
    std::string idempotencyKey;
    std::optional<FactPlace> place;  // facts only
    Business business;
    std::string policyId;  // in force when it happened
    WallTime happenedAt{};
    WallTime sentAt{};
    int attempt = 1;
    std::string_view body;  // canonical JSON
};

// The path of a message at the province: "/v1/ISSUE.REPORT".
std::string pathOf(MessageType type);

Result<PersonalText> buildEnvelope(const Terminal& terminal, const Outgoing& message,
                                   ports::Signer& signer);

// provinceSignatureWrong: not signed by the province. provinceReplyMalformed: signed, but not what
// the contract allows, or the answer to another message.
Result<Reply> parseReply(std::string_view wire, const Outgoing& message, ports::Signer& signer);

}  // namespace liqu::province
