// An older province's system (docs/legacy-province.md) behind the kiosk, in place of the other one;
// and what its books say in the words of the other's, which is what those read who compare screens
// and books with the world. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "firmware/ports/card_authority.hpp"
#include "firmware/province/adapter.hpp"
#include "tests/world/legacy_province/legacy_link.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::scenario {

class OlderProvince {
  public:
    // "hn", "hb" or "jl"; the persons are those of the other province.
    OlderProvince(const std::string& province, Clock& clock);

    world::LegacyFaults faults;
    std::unique_ptr<world::LegacyEngine> engine;

  private:
    world::LegacyFront front_;

  public:
    world::LegacyLink link;

    world::LegacyBooks& books() { return engine->books(); }
    // Cards and applications of everybody it knows, and nothing else.
    void tellIn(world::Books& books) const;
    // What its judge says, and what no client should have sent. Empty is good.
    std::vector<std::string> complaints() const;
};

// The encryption machine beside it, for whose line nothing public stands: it answers the two
// messages of a card's keys as they come.
class OlderEncryption final : public province::Adapter {
  public:
    OlderEncryption(Clock& clock, Random& random, province::Terminal terminal);

    bool can(province::MessageType type) const override;
    Result<province::Proof> proofOf(const province::Outgoing&) override {
        return province::Proof{};
    }

  private:
    Result<province::Reply> exchange(const province::Outgoing& message) override;
    std::unique_ptr<ports::CardAuthority> keys_;
};

}  // namespace liqu::scenario
