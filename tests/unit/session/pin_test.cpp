#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/security/pin_verifier.hpp"

namespace liqu::security {
namespace {

// RFC 7914 §12, shortened to 32 bytes: "pleaseletmein" with "SodiumChloride", N 16384, r 8, p 1.
constexpr const char* vector =
    "16384:8:1:536f6469756d43686c6f72696465:"
    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2";

TEST_CASE("the standard's vector") {
    CHECK(pinMatches(SecretText("pleaseletmein"), vector));
    CHECK(!pinMatches(SecretText("pleaseletmeout"), vector));
}

TEST_CASE("a verifier knows its PIN and no other") {
    SeededRandom random(9);
    const std::string verifier = makePinVerifier(SecretText("246810"), random).value();
    CHECK(verifier.find("246810") == std::string::npos);
    CHECK(pinMatches(SecretText("246810"), verifier));
    CHECK(!pinMatches(SecretText("246811"), verifier));
    CHECK(!pinMatches(SecretText(""), verifier));
    CHECK(makePinVerifier(SecretText("246810"), random).value() != verifier);
}

TEST_CASE("what is no verifier matches nothing") {
    for (const char* text :
         {"", "::::", "16384:8:1:00", "16384:8:1:zz:00", "0:0:0:00:00",
          "99999999999:8:1:00:7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"}) {
        CAPTURE(text);
        CHECK(!pinMatches(SecretText("1234"), text));
    }
}

}  // namespace
}  // namespace liqu::security
