#include "firmware/security/key_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "firmware/security/sealer.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;

TEST_CASE("a new machine makes its key once, readable by its owner only") {
    const test::Scratch scratch;
    SeededRandom random(5);
    const auto file = scratch.folder() / "seal.key";
    const auto made = security::SealKey::create(file, random).value();
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK_FALSE(security::SealKey::create(file, random).has_value());
    const auto again = security::SealKey::load(file).value();
    CHECK(made.id() == again.id());
    CHECK(toHex(made.reveal()) == toHex(again.reveal()));
}

TEST_CASE("a key others may read, a broken one and a missing one are refused") {
    const test::Scratch scratch;
    SeededRandom random(6);
    const auto file = scratch.folder() / "seal.key";
    CHECK(security::SealKey::load(file).error().code == ErrorCode::keyMissing);
    REQUIRE(security::SealKey::create(file, random).has_value());
    REQUIRE(::chmod(file.c_str(), 0640) == 0);
    CHECK(security::SealKey::load(file).error().code == ErrorCode::fileNotReadable);
    const auto broken = scratch.folder() / "broken.key";
    REQUIRE(security::createSecretFile(broken, "ABCD\n").has_value());
    CHECK(security::SealKey::load(broken).error().code == ErrorCode::keyMissing);
    CHECK(security::readSecretFile(scratch.folder()).error().code == ErrorCode::fileNotReadable);
}

TEST_CASE("an existing key is never written over") {
    const test::Scratch scratch;
    const auto file = scratch.folder() / "own.key";
    REQUIRE(security::createSecretFile(file, "first").has_value());
    CHECK(security::createSecretFile(file, "second").error().code == ErrorCode::fileNotWritable);
    CHECK(security::readSecretFile(file).value().reveal() == "first");
}
