// Port: the terminal's signing key and the province's verification key (SM2 with SM3,
// decision 17). The real one is in security/; a simulation uses a cheap deterministic twin.
#pragma once

#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

class Signer {
  public:
    virtual ~Signer() = default;
    // Thread-safe.
    virtual Result<Bytes> sign(ByteView message) = 0;
    // Is this the province's signature over the message?
    virtual bool verifyProvince(ByteView message, ByteView signature) = 0;
};

}  // namespace liqu::ports
