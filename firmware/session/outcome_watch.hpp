// What became of a change that was sent and not answered, for whoever waits for it.
#pragma once

#include "firmware/issuance/issuer.hpp"
#include "firmware/session/conversation.hpp"

namespace liqu::session {

struct WaitingPerson {
    SessionParts& parts;
    Conversation& conversation;
    issuance::Issuer& issuer;
};

// Shows the page and asks again until it is known, the person goes or their time is over. What is
// still open then is settled beside others.
Result<issuance::Ending> awaitOutcome(const WaitingPerson& person,
                                      const issuance::OrderRequest& request,
                                      issuance::Ending ending, const PersonPage& page);

}  // namespace liqu::session
