#include "firmware/province/adapters/kips/kips_adapter.hpp"

#include "firmware/province/adapters/kips/envelope.hpp"

namespace liqu::province {

Result<Proof> KipsAdapter::proofOf(const Outgoing& message) {
    const Progress known =
        TRY(progress(message.business, ProgressBy::idempotencyKey, message.idempotencyKey));
    return Proof{known.carriedOut, known.outcome};
}

Result<Reply> KipsAdapter::exchange(const Outgoing& message) {
    const PersonalText wire = TRY(buildEnvelope(terminal(), message, signer_));
    const Duration patience =
        kindOf(message.type) == MessageKind::query ? patience_.query : patience_.change;
    const PersonalText answer(TRY(link_.exchange(pathOf(message.type), wire.reveal(), patience)));
    return parseReply(answer.reveal(), message, signer_);
}

}  // namespace liqu::province
