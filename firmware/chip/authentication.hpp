// Proves the card to the kiosk and the kiosk to the card. For each there are two random numbers:
// the original (原始信息) and the factor (过程因子), and mixing them up costs a try of the key's
// counter (hardware-notes/chip.md, "Authentication"). Who must be convinced draws them: the card,
// with EXTERNAL AUTHENTICATE, where its last challenge is the factor; the kiosk, fresh each time,
// with INTERNAL AUTHENTICATE, so that a copied card that knows a recorded pair is found (decision
// 32).
#pragma once

#include <optional>

#include "firmware/base/random.hpp"
#include "firmware/chip/card_channel.hpp"
#include "firmware/ports/card_authority.hpp"

namespace liqu::chip {

// One make of card takes no factor for INTERNAL AUTHENTICATE but its own challenge.
enum class CardFactor : std::uint8_t { ours, cardsChallenge };

class Authentication {
  public:
    Authentication(CardChannel& channel, ports::CardAuthority& authority, Random& random)
        : channel_(channel), authority_(authority), random_(random) {}

    // INTERNAL AUTHENTICATE with IRK; touches no counter. chipNotGenuine: counterfeit or wrongly
    // keyed. The province's own errors come out unchanged.
    Result<void> proveCard(const ports::CardKeyContext& card, CardFactor factor);
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
    ports::Block8 drawOurs();

    CardChannel& channel_;
    ports::CardAuthority& authority_;
    Random& random_;
    std::optional<Error> counterFell_;
};

}  // namespace liqu::chip
