#include "firmware/session/outcome_watch.hpp"

#include "firmware/session/making_watch.hpp"

namespace liqu::session {

using issuance::Ending;
using issuance::EndingKind;

namespace {
// So often the province is asked what came of a change while somebody waits for it.
constexpr Duration outcomeRhythm = std::chrono::seconds{5};
}  // namespace

Result<Ending> awaitOutcome(const WaitingPerson& person, const issuance::OrderRequest& request,
                            Ending ending, const PersonPage& page) {
    auto& [parts, conversation, issuer] = person;
    const Manners manners{};
    UnseenWatch watch(parts);
    conversation.nextQuestion();
    conversation.restartTime();
    conversation.showTimed(page, conversation.deadline(), manners);
    Instant next = parts.issuance.clock.now() + outcomeRhythm;
    while (!conversation.left() && !conversation.timeIsOver() && !parts.stop.stop_requested()) {
        if (conversation.listen(page, manners, next)) return ending;
        if (parts.issuance.clock.now() < next) continue;
        conversation.tell(page);
        ending = TRY(issuer.askAgain(request, ending.orderId, watch));
        if (ending.kind != EndingKind::waiting) return ending;
        conversation.showTimed(page, conversation.deadline(), manners);
        next = parts.issuance.clock.now() + outcomeRhythm;
    }
    return ending;
}

}  // namespace liqu::session
