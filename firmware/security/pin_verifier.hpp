// PINs of staff are kept as scrypt verifiers (RFC 7914): "N:r:p:salt:hash", salt and hash in hex.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"

namespace liqu::security {

Result<std::string> makePinVerifier(const SecretText& pin, Random& random);
// False for a wrong PIN and for a verifier that is none.
bool pinMatches(const SecretText& pin, std::string_view verifier);

}  // namespace liqu::security
