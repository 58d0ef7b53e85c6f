// Rules: D-05.
#include "firmware/security/sealer.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using security::Sealer;
using security::SealKey;
using security::SealPlace;
using security::SealProfile;

namespace {
constexpr SealPlace place{"orders", "holder_sealed", "T-1-20240601-000001"};
}

TEST_CASE("a sealed column opens with its key at its place, in both profiles") {
    SeededRandom random(1);
    const SealKey key = SealKey::make(random);
    for (const SealProfile profile : {SealProfile::aes256Gcm, SealProfile::sm4CtrHmacSm3}) {
        const Sealer sealer(profile, key, random);
        for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 5000u}) {
            const Bytes plain(size, 0x41);
            const Bytes sealed = sealer.seal(plain, place).value();
            CHECK(sealer.open(sealed, place).value().reveal() == plain);
        }
    }
}

TEST_CASE("the same text is never sealed to the same bytes, and never shows") {
    SeededRandom random(2);
    const SealKey key = SealKey::make(random);
    for (const SealProfile profile : {SealProfile::aes256Gcm, SealProfile::sm4CtrHmacSm3}) {
        const Sealer sealer(profile, key, random);
        const Bytes plain = bytesOf("11010519491231002X");
        const Bytes first = sealer.seal(plain, place).value();
        CHECK(first != sealer.seal(plain, place).value());
        CHECK(textOf(first).find("110105") == std::string::npos);
    }
}

TEST_CASE("every touched byte, another place and another key break the seal") {
    SeededRandom random(3);
    const SealKey key = SealKey::make(random);
    const SealKey other = SealKey::make(random);
    for (const SealProfile profile : {SealProfile::aes256Gcm, SealProfile::sm4CtrHmacSm3}) {
        const Sealer sealer(profile, key, random);
        const Bytes sealed = sealer.seal(bytesOf("personal"), place).value();
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            Bytes touched = sealed;
            touched[i] ^= 0x01;
            const auto opened = sealer.open(touched, place);
            REQUIRE_FALSE(opened.has_value());
            CHECK(opened.error().code == ErrorCode::sealBroken);
            CHECK_FALSE(sealer.open(ByteView(sealed).first(i), place).has_value());
        }
        for (const SealPlace& wrong :
             {SealPlace{"outbox", place.column, place.row}, SealPlace{place.table, "x", place.row},
              SealPlace{place.table, place.column, "T-1-20240601-000002"},
              SealPlace{"ordersholder_sealed", "", place.row}}) {
            CHECK_FALSE(sealer.open(sealed, wrong).has_value());
        }
        CHECK_FALSE(Sealer(profile, other, random).open(sealed, place).has_value());
    }
}

TEST_CASE("a sealer opens what the other profile sealed with the same key") {
    SeededRandom random(4);
    const SealKey key = SealKey::make(random);
    const Sealer aes(SealProfile::aes256Gcm, key, random);
    const Sealer sm4(SealProfile::sm4CtrHmacSm3, key, random);
    CHECK(sm4.open(aes.seal(bytesOf("a"), place).value(), place).value().reveal() == bytesOf("a"));
    CHECK(aes.open(sm4.seal(bytesOf("b"), place).value(), place).value().reveal() == bytesOf("b"));
}

TEST_CASE("bound columns: the value opens only while the rest of its row is what it was") {
    SeededRandom random(5);
    const SealKey key = SealKey::make(random);
    const Sealer sealer(SealProfile::aes256Gcm, key, random);
    const std::string bound = security::boundColumns({"A00000003", "7", ""});
    const SealPlace row{place.table, place.column, place.row, bound};
    const Bytes sealed = sealer.seal(bytesOf("personal"), row).value();
    CHECK(sealer.open(sealed, row).has_value());
    for (const std::string& other :
         {security::boundColumns({"A00000004", "7", ""}),
          security::boundColumns({"A00000003", "8", ""}),
          security::boundColumns({"A000000037", "", ""}), std::string()}) {
        CHECK_FALSE(sealer.open(sealed, {place.table, place.column, place.row, other}).has_value());
    }
    // Neither half of a lie about the binding opens it.
    Bytes unbound = sealed;
    unbound[0] &= 0x0F;
    CHECK_FALSE(sealer.open(unbound, row).has_value());
    const Bytes old = sealer.seal(bytesOf("personal"), place).value();
    CHECK(sealer.open(old, row).has_value());
    Bytes bent = old;
    bent[0] |= 0x10;
    CHECK_FALSE(sealer.open(bent, row).has_value());
}
