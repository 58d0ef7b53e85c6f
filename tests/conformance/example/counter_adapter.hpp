// An adapter to begin with: copy it, and put your system in. The system here is made up and small:
// a counter's program that answers one JSON object to another, {"fn":"person",…} with
// {"rc":0,"at":"…",…}. It knows persons, cards and losses, and no keys of ours.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "firmware/ports/province_link.hpp"
#include "firmware/province/adapter.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::example {

inline constexpr const char* counterPath = "/counter";

class CounterAdapter final : public province::Adapter {
  public:
    struct Parts {
        ports::ProvinceLink& line;
        storage::Database& books;  // for the branch's list: a connection of its own
        const security::Sealer& sealer;
        ports::LinePatience patience{};
    };
    CounterAdapter(Parts parts, Clock& clock, Random& random, province::Terminal terminal)
        : Adapter(clock, random, std::move(terminal)), parts_(parts) {}

    bool can(province::MessageType type) const override;
    Result<province::Proof> proofOf(const province::Outgoing& message) override;

  private:
    Result<province::Reply> exchange(const province::Outgoing& message) override;
    Result<province::Reply> signIn(const province::Outgoing& message);
    Result<province::Reply> askPerson(const province::Outgoing& message);
    Result<province::Reply> askCards(const province::Outgoing& message);
    Result<province::Reply> changeLoss(const province::Outgoing& message);
    Result<province::Reply> listAtBranch(const province::Outgoing& fact);
    Result<nlohmann::json> call(nlohmann::json asked, Duration patience);

    Parts parts_;
};

}  // namespace liqu::example
