// The one row that the three changes of a loss are carried out by: 临时挂失, 正式挂失, 解除挂失.
// Online or not at all: what waits in a queue blocks nothing.
#pragma once

#include <string>

#include "firmware/services/service.hpp"

namespace liqu::services {

Result<void> sendLoss(issuance::Making& making, province::MessageType type);
Result<void> lossChanged(storage::Transaction& transaction, issuance::Making& making);
// When it took effect, by the province's clock; who is liable from when depends on it.
std::string lossWords(const issuance::Making& making);
// What may have been done is never called "not done".
issuance::Disposition judgeLoss(const issuance::Making&, const Error& error);

template <province::MessageType type>
Result<void> lossAct(issuance::Making& making) {
    return sendLoss(making, type);
}
template <province::MessageType type>
Result<issuance::Seen> observeLoss(issuance::Making& making, const custody::JournalEntry&) {
    const bool done = TRY(making.parts.province.wasCarriedOut(making.business, type));
    return done ? issuance::Seen::happened : issuance::Seen::didNotHappen;
}

template <province::MessageType type>
constexpr issuance::PlanRow lossRow(std::string_view name) {
    return {.name = name,
            .act = lossAct<type>,
            .withFact = lossChanged,
            .factWords = lossWords,
            .judge = judgeLoss,
            .observe = observeLoss<type>};
}

}  // namespace liqu::services
