// The province without a wire: ports/ProvinceLink straight into the engine, on a clock that may be
// virtual. The same faults as the HTTPS front, told apart as a real link would tell them.
#pragma once

#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/ports/province_link.hpp"
#include "tests/world/province/province_front.hpp"

namespace liqu::world {

class InProcessLink final : public ports::ProvinceLink {
  public:
    // The certificate name stands for the client certificate: the terminal's id.
    InProcessLink(ProvinceFront& front, Clock& clock, std::string certificateName)
        : front_(front), clock_(clock), certificateName_(std::move(certificateName)) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override;

  private:
    ProvinceFront& front_;
    Clock& clock_;
    std::string certificateName_;
};

}  // namespace liqu::world
