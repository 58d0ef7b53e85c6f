// A region without a presence check is loaded for the simulated province alone: its authority says
// so, and no other may stand beside it.
#include "firmware/security/simulated_authority.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "tests/support/scratch.hpp"
#include "tests/unit/security/another_authority.hpp"
#include "tests/world/province/pki.hpp"

using namespace liqu;
using test::anotherAuthority;

namespace {

std::string textAt(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the simulator's authority, and nothing beside it") {
    test::Scratch scratch;
    const auto pki = world::Pki::generate(scratch.folder() / "pki", "T-1");
    REQUIRE(pki);
    CHECK(security::trustsSimulatedProvinceOnly(pki->authority()).value());
    const auto says = [&](const std::string& text) {
        std::ofstream(scratch.file("ca.pem"), std::ios::trunc) << text;
        return security::trustsSimulatedProvinceOnly(scratch.file("ca.pem")).value();
    };
    const std::string simulated = textAt(pki->authority());
    CHECK(says(simulated + simulated));
    CHECK_FALSE(says(anotherAuthority));
    CHECK_FALSE(says(simulated + anotherAuthority));
    CHECK_FALSE(says(anotherAuthority + simulated));
    CHECK_FALSE(says(""));
    CHECK_FALSE(says("no certificate"));
    // A certificate that breaks off hides what comes after it.
    CHECK_FALSE(says(simulated + "-----BEGIN CERTIFICATE-----\nMIIB\n"));
    const auto refusal = [](const std::filesystem::path& authorities) {
        return security::trustsSimulatedProvinceOnly(authorities).error().code;
    };
    // What is not there is to be brought, what is no plain file to be mended.
    CHECK(refusal(scratch.file("none.pem")) == ErrorCode::keyMissing);
    CHECK(refusal(scratch.folder()) == ErrorCode::fileNotReadable);
}
