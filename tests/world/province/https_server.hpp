// The province on a real wire: HTTPS (TLS 1.2) on 127.0.0.1 with a required client certificate.
// The certificate's common name is the terminal's identity. Its threads live from start to the
// destructor.
//
// A dead line (province.line-cut, province.unreachable@MESSAGE) closes the connection that brought
// the message and stops listening: the sender cannot tell that one message from a lost answer,
// and every later one finds nothing there.
#pragma once

#include <memory>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "tests/world/province/pki.hpp"
#include "tests/world/province/province_front.hpp"

namespace liqu::world {

class HttpsServer {
  public:
    // Port 0: any free one.
    static Result<std::unique_ptr<HttpsServer>> start(ProvinceFront& front, Clock& clock,
                                                      const Pki& pki, int port = 0);
    ~HttpsServer();

    int port() const;
    std::string url() const;  // "https://127.0.0.1:40123"

  private:
    struct Machine;
    explicit HttpsServer(std::unique_ptr<Machine> machine);
    std::unique_ptr<Machine> machine_;
};

}  // namespace liqu::world
