// Proves the card to the kiosk and the kiosk to the card. For each, two random numbers are drawn:
// the first is the original (原始信息), the second, the card's last, the factor (过程因子); mixing
// them up costs a try of the key's counter (research ss_card_chip §2.2, §2.3).
#pragma once

#include <optional>

#include "firmware/chip/card_channel.hpp"
#include "firmware/ports/card_authority.hpp"

namespace liqu::chip {

class Authentication {
  public:
    Authentication(CardChannel& channel, ports::CardAuthority& authority)
        : channel_(channel), authority_(authority) {}

    // INTERNAL AUTHENTICATE with IRK; touches no counter. chipNotGenuine: counterfeit or wrongly
    // keyed. The province's own errors come out unchanged.
    Result<void> proveCard(const ports::CardKeyContext& card);
    // EXTERNAL AUTHENTICATE. After one wrong answer (63Cx) or a blocked key (6983) this object
    // never tries again: every later call gives the same error.
    Result<void> unlock(const ports::CardKeyContext& card, ports::CardKey key);

  private:
    struct Challenges {
        ports::Block8 original{};
        ports::Block8 factor{};
    };
    Result<ports::Block8> drawChallenge();
    Result<Challenges> drawChallenges();

    CardChannel& channel_;
    ports::CardAuthority& authority_;
    std::optional<Error> counterFell_;
};

}  // namespace liqu::chip
