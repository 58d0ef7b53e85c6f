// Who may fetch a card for its holder, and with which papers (Guangdong Art.14 step 1, Shangluo
// Art.10, Art.11): a value of the region.
#pragma once

#include <optional>
#include <vector>

#include "firmware/base/words.hpp"

namespace liqu::policy {

enum class AgentProof : std::uint8_t {
    bothDocuments,  // the originals of both documents are enough
    kinship,        // of a lineal relative
    employer,       // the unit's letter
    hukou,          // of a guardian
    community,      // the community's paper of guardianship
};
constexpr auto wordsOf(AgentProof) {
    return words<AgentProof>({{AgentProof::bothDocuments, "both-documents"},
                              {AgentProof::kinship, "kinship"},
                              {AgentProof::employer, "employer"},
                              {AgentProof::hukou, "hukou"},
                              {AgentProof::community, "community"}});
}

// Whose card their guardian fetches (Shangluo Art.11): who is younger (民法典 Art.17).
constexpr int fullAge = 18;

struct AgentRules {
    std::vector<AgentProof> proofs{};  // none: nobody fetches for another here
    // For a minor's card; none: the same.
    std::optional<std::vector<AgentProof>> minorProofs{};
    bool keepCopy = true;  // of the collector's document

    // nullptr: the holder's age decides, and is not known.
    const std::vector<AgentProof>* proofsFor(std::optional<int> holderAge) const {
        if (!minorProofs) return &proofs;
        if (!holderAge) return nullptr;
        return *holderAge < fullAge ? &*minorProofs : &proofs;
    }
};

}  // namespace liqu::policy
