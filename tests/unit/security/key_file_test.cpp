#include "firmware/security/key_file.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "firmware/security/sealer.hpp"

using namespace liqu;

namespace {

struct Folder {
    Folder() {
        char name[] = "/tmp/liqu-keys-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

}  // namespace

TEST_CASE("a new machine makes its key once, readable by its owner only") {
    Folder folder;
    SeededRandom random(5);
    const auto file = folder.path / "seal.key";
    const auto made = security::SealKey::loadOrCreate(file, random).value();
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto again = security::SealKey::loadOrCreate(file, random).value();
    CHECK(made.id() == again.id());
    CHECK(toHex(made.reveal()) == toHex(again.reveal()));
}

TEST_CASE("a key others may read, a broken one and a missing one are refused") {
    Folder folder;
    SeededRandom random(6);
    const auto file = folder.path / "seal.key";
    CHECK(security::SealKey::load(file).error().code == ErrorCode::keyMissing);
    REQUIRE(security::SealKey::loadOrCreate(file, random).has_value());
    REQUIRE(::chmod(file.c_str(), 0640) == 0);
    CHECK(security::SealKey::load(file).error().code == ErrorCode::fileNotReadable);
    const auto broken = folder.path / "broken.key";
    REQUIRE(security::createSecretFile(broken, "ABCD\n").has_value());
    CHECK(security::SealKey::load(broken).error().code == ErrorCode::keyMissing);
    CHECK(security::readSecretFile(folder.path).error().code == ErrorCode::fileNotReadable);
}

TEST_CASE("an existing key is never written over") {
    Folder folder;
    const auto file = folder.path / "own.key";
    REQUIRE(security::createSecretFile(file, "first").has_value());
    CHECK(security::createSecretFile(file, "second").error().code == ErrorCode::fileNotWritable);
    CHECK(security::readSecretFile(file).value().reveal() == "first");
}
