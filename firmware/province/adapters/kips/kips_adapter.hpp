// KIPS, the neutral interface between kiosk and provincial system (openapi.json): a signed envelope
// around the body, a signed reply, and an idempotency key that the province remembers.
#pragma once

#include "firmware/ports/province_link.hpp"
#include "firmware/ports/signer.hpp"
#include "firmware/province/adapter.hpp"

namespace liqu::province {

class KipsAdapter final : public Adapter {
  public:
    KipsAdapter(ports::ProvinceLink& link, ports::Signer& signer, Clock& clock, Random& random,
                Terminal terminal, ports::LinePatience patience)
        : Adapter(clock, random, std::move(terminal)),
          link_(link),
          signer_(signer),
          patience_(patience) {}

    // Every message is its own.
    bool can(MessageType) const override { return true; }
    // By the key alone: nobody's data are asked for.
    Result<Proof> proofOf(const Outgoing& message) override;

  private:
    Result<Reply> exchange(const Outgoing& message) override;

    ports::ProvinceLink& link_;
    ports::Signer& signer_;
    ports::LinePatience patience_;
};

}  // namespace liqu::province
