// Keys of a new machine and their requests, and whether a certificate leads anywhere.
#include "firmware/security/key_request.hpp"

#include <doctest/doctest.h>

#include "firmware/security/key_file.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/province/pki.hpp"

using namespace liqu;
using namespace liqu::security;

TEST_CASE("each kind of key is made, told apart, and certified on request") {
    for (const KeyKind kind : {KeyKind::p256, KeyKind::sm2}) {
        CAPTURE(nameOf(kind));
        const auto key = makePrivateKey(kind);
        REQUIRE(key);
        CHECK(kindOfKey(*key).value() == kind);
        const auto request = requestFor(*key, "T-000017");
        REQUIRE(request);
        CHECK(request->starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
        CHECK(isRequestOf(*request, *key, "T-000017"));
        CHECK_FALSE(isRequestOf(*request, *key, "T-000018"));
        CHECK_FALSE(isRequestOf(*request, makePrivateKey(kind).value(), "T-000017"));
        // One letter of the signature's end.
        std::string touched = *request;
        const std::size_t at = touched.find("\n-----END") - 8;
        touched[at] = touched[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(isRequestOf(touched, *key, "T-000017"));
    }
    CHECK_FALSE(isRequestOf("", makePrivateKey(KeyKind::sm2).value(), "T-000017"));
    CHECK(kindOfKey(SecretText("no key")).error().code == ErrorCode::keyMissing);
}

TEST_CASE("a key that was made signs envelopes") {
    const auto pair = makeSm2KeyPair().value();
    CHECK(Sm2Signer::create(makePrivateKey(KeyKind::sm2).value(), pair.publicPem));
    CHECK_FALSE(Sm2Signer::create(makePrivateKey(KeyKind::p256).value(), pair.publicPem));
}

TEST_CASE("a certificate leads to its authority, in its time, and to no other") {
    const test::Scratch scratch;
    const auto pki = world::Pki::generate(scratch.folder() / "a", "T-000017").value();
    const auto other = world::Pki::generate(scratch.folder() / "b", "T-000017").value();
    const WallTime now = SystemClock().wallTime();
    CHECK(checkChain(pki.terminal(), pki.authority(), now));
    const auto refusal = [&](const auto& certificate, const auto& authority, WallTime at) {
        const auto good = checkChain(certificate, authority, at);
        REQUIRE_FALSE(good);
        return good.error().code;
    };
    CHECK(refusal(pki.terminal(), other.authority(), now) == ErrorCode::provinceCertificateWrong);
    CHECK(refusal(pki.terminalExpired(), pki.authority(), now) ==
          ErrorCode::provinceCertificateWrong);
    CHECK(refusal(pki.terminal(), pki.authority(), now + std::chrono::hours(24 * 4000)) ==
          ErrorCode::provinceCertificateWrong);
    // A server's is no client's.
    CHECK(refusal(pki.server(), pki.authority(), now) == ErrorCode::provinceCertificateWrong);
    CHECK(refusal(pki.terminalKey(), pki.authority(), now) == ErrorCode::keyMissing);
}
