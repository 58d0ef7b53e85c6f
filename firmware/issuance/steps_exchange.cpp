// 换卡: the old card is taken in, after the new one was enabled and before it is handed over.
#include "firmware/custody/bin.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {

// Without anybody there nothing is taken: the new card waits, and staff ask for the old one.
bool isOldCardDue(const Making& making) {
    return making.personPresent && making.oldCard && !making.oldCard->takenAt;
}

Result<void> takeOldCard(Making& making) {
    TRY(custody::requireOldCard(making.parts.database, making.oldCard->cardNumber));
    making.oldCardTaker = making.watcher.takesOldCard(*making.oldCard);
    if (making.oldCardTaker.empty())
        return fail(ErrorCode::actNotConfirmed, "nobody took the old card in");
    return {};
}

Result<void> oldCardTaken(storage::Transaction& transaction, Making& making) {
    return takeInOldCard(transaction, making.parts.outbox, making.business, making.order,
                         *making.oldCard, {{making.oldCardTaker, {}}, making.now()});
}

}  // namespace liqu::issuance::steps
