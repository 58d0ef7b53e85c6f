#include <doctest/doctest.h>

#include "firmware/security/key_file.hpp"
#include "firmware/security/sm2_signer.hpp"

using namespace liqu;

namespace {

struct Pair {
    security::Sm2KeyPair kiosk = security::makeSm2KeyPair().value();
    security::Sm2KeyPair province = security::makeSm2KeyPair().value();
    std::unique_ptr<security::Sm2Signer> onKiosk =
        security::Sm2Signer::create(kiosk.privatePem, province.publicPem).value();
    std::unique_ptr<security::Sm2Signer> inProvince =
        security::Sm2Signer::create(province.privatePem, kiosk.publicPem).value();
};

}  // namespace

TEST_CASE("an SM2 signature is 64 bytes and holds for its message and signer only") {
    Pair pair;
    const Bytes message = bytesOf("one envelope");
    const Bytes signature = pair.onKiosk->sign(message).value();
    REQUIRE(signature.size() == 64);
    CHECK(pair.inProvince->verifyProvince(message, signature));
    CHECK_FALSE(pair.onKiosk->verifyProvince(message, signature));  // not the province's
    CHECK_FALSE(pair.inProvince->verifyProvince(bytesOf("one envelop3"), signature));
    for (std::size_t i = 0; i < signature.size(); i += 7) {
        Bytes touched = signature;
        touched[i] ^= 1;
        CHECK_FALSE(pair.inProvince->verifyProvince(message, touched));
    }
    CHECK_FALSE(pair.inProvince->verifyProvince(message, Bytes(63, 1)));
    CHECK_FALSE(pair.inProvince->verifyProvince(message, Bytes(64, 0)));
    CHECK_FALSE(pair.inProvince->verifyProvince(message, {}));
}

TEST_CASE("the identity of GB/T 32918 is set: a signature made with the openssl program holds") {
    // openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678, DER taken apart.
    const std::string publicPem =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEj1YB/2Oz3T/3q3xY0xE1VgtdDPD1\n"
        "4/XtjStUVq5vpRhqPOkAHDDDVOhXS+gmH0+HULchfQggJ+f6AVz4zYWiHQ==\n"
        "-----END PUBLIC KEY-----\n";
    const auto own = security::makeSm2KeyPair().value();
    const auto signer = security::Sm2Signer::create(own.privatePem, publicPem).value();
    const Bytes message = bytesOf("Liqu checks the identity");
    CHECK(signer->verifyProvince(
        message, fromHex("4499088A4AEF8E6DE6B2A7AD60440F8957B26B7265B2DEB4974E9299EEB6C14D"
                         "A93F2B05C5B07D0DF0BF11CC0D60DC300AC41B8FCE89E92BE927CE834EBD1D37")
                     .value()));
    // The same key without the identity.
    CHECK_FALSE(signer->verifyProvince(
        message, fromHex("884B56243C1709091BC4E142C55CB2D719894D2BAD40073D4022090B9AA02AD4"
                         "CDB7009537F34AA0FD10736B72E59509B3610EEF3FA6FE6D16ADE70C4040D276")
                     .value()));
}

TEST_CASE("only SM2 keys are taken") {
    const auto own = security::makeSm2KeyPair().value();
    const std::string p256 =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFBnWvl5dok4I2lZn8ZZhcDWskB3N\n"
        "3hPl2UyoQnTmsFqbIMH9KyT4en0xYx3lYcLdrRg4pMPOGGQCuqXpuN2hDg==\n"
        "-----END PUBLIC KEY-----\n";
    for (const std::string& partner : {p256, std::string("nonsense"), std::string()}) {
        const auto signer = security::Sm2Signer::create(own.privatePem, partner);
        REQUIRE_FALSE(signer.has_value());
        CHECK(signer.error().code == ErrorCode::keyMissing);
    }
    CHECK_FALSE(security::Sm2Signer::create(SecretText("nonsense"), own.publicPem).has_value());
}
