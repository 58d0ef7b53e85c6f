// The legacy province without a wire: ports/SoapLink straight into the engine, on a clock that may
// be virtual. What goes wrong is told apart as the link over HTTPS tells it. Thread-safe.
#pragma once

#include "firmware/ports/soap_link.hpp"
#include "tests/world/legacy_province/legacy_front.hpp"

namespace liqu::world {

class LegacyLink final : public ports::SoapLink {
  public:
    LegacyLink(LegacyFront& front, Clock& clock) : front_(front), clock_(clock) {}

    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override;
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override;

  private:
    Result<ports::SoapReply> exchange(const LegacyRequest& request, Duration patience);

    LegacyFront& front_;
    Clock& clock_;
};

}  // namespace liqu::world
