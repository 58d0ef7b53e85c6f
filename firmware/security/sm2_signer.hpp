// SM2 signatures with SM3 (GB/T 32918.2-2016) for the province's envelopes (decision 17). The
// signer's identity is 1234567812345678, set explicitly: OpenSSL's default is the empty one.
// A signature is r and s, 32 bytes each, big-endian, as openapi.json says.
// Thread-safe: every call has a context of its own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"
#include "firmware/ports/signer.hpp"

namespace liqu::security {

class Sm2Signer final : public ports::Signer {
  public:
    // The key is a PEM private key, the partner a PEM public key or certificate, both SM2.
    // keyMissing where a file or text does not hold such a key.
    static Result<std::unique_ptr<Sm2Signer>> load(const std::filesystem::path& ownKey,
                                                   const std::filesystem::path& partner);
    static Result<std::unique_ptr<Sm2Signer>> create(const SecretText& ownKeyPem,
                                                     std::string_view partnerPem);
    ~Sm2Signer() override;

    Result<Bytes> sign(ByteView message) override;
    bool verifyProvince(ByteView message, ByteView signature) override;

  private:
    struct Keys;
    explicit Sm2Signer(std::unique_ptr<Keys> keys);
    std::unique_ptr<Keys> keys_;
};

struct Sm2KeyPair {
    SecretText privatePem;
    std::string publicPem;
};

Result<Sm2KeyPair> makeSm2KeyPair();

}  // namespace liqu::security
