#include "firmware/security/self_test.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <openssl/crypto.h>

using namespace liqu;

namespace {

class StuckRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, 0x5A); }
};

}  // namespace

TEST_CASE("the loaded library gives every known answer") {
    SystemRandom random;
    const auto good = security::selfTest(random);
    CHECK_MESSAGE(good.has_value(), (good ? "" : describe(good.error())));
}

TEST_CASE("a wrong answer is found, for every algorithm, and named together with the library") {
    struct Plant {
        std::string_view security::KnownAnswers::*answer;
        std::string_view name;
    };
    using Known = security::KnownAnswers;
    for (const Plant& plant : {Plant{&Known::sm3, "SM3 "}, Plant{&Known::sm4, "SM4 "},
                               Plant{&Known::tripleDes, "3DES "}, Plant{&Known::aesGcm, "AES-256"},
                               Plant{&Known::scrypt, "scrypt "}, Plant{&Known::sm2, "SM2 "}}) {
        CAPTURE(plant.name);
        Known known;
        std::string wrong(known.*plant.answer);
        wrong.back() = wrong.back() == '0' ? '1' : '0';
        known.*plant.answer = wrong;
        SystemRandom random;
        const auto tested = security::selfTest(random, known);
        REQUIRE_FALSE(tested.has_value());
        CHECK(tested.error().code == ErrorCode::selfTestFailed);
        CHECK(tested.error().cause.starts_with(plant.name));
        CHECK(tested.error().cause.find(security::cryptoLibrary()) != std::string::npos);
    }
}

TEST_CASE("a source of random numbers that is stuck is found") {
    StuckRandom stuck;
    const auto tested = security::selfTest(stuck);
    REQUIRE_FALSE(tested.has_value());
    CHECK(tested.error().code == ErrorCode::selfTestFailed);
    CHECK(tested.error().cause.find("random") != std::string::npos);
}

TEST_CASE("the library is named as it is loaded") {
    CHECK(security::cryptoLibrary() ==
          "OpenSSL " + std::string(OpenSSL_version(OPENSSL_VERSION_STRING)));
}
