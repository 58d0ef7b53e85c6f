// The legacy province on a real wire: HTTPS (TLS 1.2) on 127.0.0.1 with a required client
// certificate, as a gateway before such a system has it. Connections are kept, so that a client
// that sends again by itself is seen. A request that never arrives and an answer that never comes
// look alike here: the line is cut. Its threads live from start to the destructor.
#pragma once

#include <memory>
#include <string>

#include "firmware/base/result.hpp"
#include "tests/world/legacy_province/legacy_front.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::world {

class LegacyServer {
  public:
    // Port 0: any free one.
    static Result<std::unique_ptr<LegacyServer>> start(LegacyFront& front, Clock& clock,
                                                       const Pki& pki, int port = 0);
    ~LegacyServer();

    int port() const;
    // "https://127.0.0.1:40125/hnCardService/services/CardService"
    std::string url() const;

  private:
    struct Machine;
    explicit LegacyServer(std::unique_ptr<Machine> machine);
    std::unique_ptr<Machine> machine_;
};

}  // namespace liqu::world
