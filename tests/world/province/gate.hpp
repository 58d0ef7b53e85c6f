// What every message must pass before the desk sees it: shape, contract, certificate, signature,
// body hash, clock, a message id that is new. Refusals here are never the person's business.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/world/province/contract.hpp"
#include "tests/world/province/desk.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::world {

// Enough of an envelope to answer it: a known message type on its own path, and both ids.
std::optional<Json> parseEnvelope(const Contract& contract, const std::string& messageType,
                                  std::string_view text);

class Gate {
  public:
    Gate(const Contract& contract, ProvinceKeys& keys, Books& books)
        : contract_(contract), keys_(keys), books_(books) {}

    // None: the message may pass.
    std::optional<Outcome> stop(const std::string& messageType, const Json& envelope,
                                const std::string& certificateName, WallTime now);

  private:
    std::optional<Outcome> checkIdentity(const Json& envelope,
                                         const std::string& certificateName) const;
    std::optional<Outcome> checkSignature(const Json& envelope) const;
    std::optional<Outcome> checkChain(const Json& envelope);

    const Contract& contract_;
    ProvinceKeys& keys_;
    Books& books_;
};

}  // namespace liqu::world
