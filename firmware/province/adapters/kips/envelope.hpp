// The signed envelope around a body, and the check of the signed reply (decision 17).
#pragma once

#include "firmware/ports/signer.hpp"
#include "firmware/province/adapter.hpp"

namespace liqu::province {

// The path of a message at the province: "/v1/ISSUE.REPORT".
std::string pathOf(MessageType type);

Result<PersonalText> buildEnvelope(const Terminal& terminal, const Outgoing& message,
                                   ports::Signer& signer);

// provinceSignatureWrong: not signed by the province. provinceReplyMalformed: signed, but not what
// the contract allows, or the answer to another message.
Result<Reply> parseReply(std::string_view wire, const Outgoing& message, ports::Signer& signer);

}  // namespace liqu::province
