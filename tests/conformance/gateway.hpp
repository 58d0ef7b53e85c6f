// A gateway on the machine's own loopback: it takes the kiosk's line there and sends what comes on
// to the province with the terminal's certificate, as one that speaks another TLS would
// (docs/tlcp.md). Debian's stunnel does it, twice for each line: one that listens, and one that it
// starts and that calls. It lives until the destructor.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/world/main/child_process.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::conformance {

enum class GatewayLie : std::uint8_t {
    none,
    takesAnybody,  // whoever comes to the gateway is let in
    showsNothing,  // to the province, as a certificate
};

class Gateway {
  public:
    // `machine`: the authority of this machine alone, of the gateway and of the kiosk before it;
    // `terminal`: what the province knows; `port`: where the province is, on loopback.
    Gateway(const world::Pki& machine, const world::Pki& terminal, int port,
            const std::filesystem::path& folder, GatewayLie lie = GatewayLie::none);
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }

  private:
    bool start(const std::filesystem::path& folder, const std::string& settings);

    int port_ = 0;
    std::unique_ptr<world::ChildProcess> child_;
};

}  // namespace liqu::conformance
