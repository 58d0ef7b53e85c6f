// The file of a backup: what was put in comes out, under its passphrase and whole, or nothing does.
#include "firmware/security/backup_archive.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::security;

namespace {

const SecretText passphrase{"horse staple battery"};

Bytes made(std::size_t booksSize) {
    Bytes file;
    SeededRandom random(7);
    auto writer = BackupWriter::begin(
        [&file](ByteView bytes) -> Result<void> {
            file.insert(file.end(), bytes.begin(), bytes.end());
            return {};
        },
        {"T-000017", "2026-12-02T17:45:00.000+08:00", "1.0"}, passphrase, random);
    REQUIRE(writer);
    REQUIRE(writer->entry("seal.key", 5));
    REQUIRE(writer->content(bytesOf("SECRE")));
    REQUIRE(writer->entry("kiosk.db", booksSize));
    Bytes content(booksSize);
    random.fill(content);
    REQUIRE(writer->content(content));
    REQUIRE(writer->finish());
    return file;
}

Result<BackupReader> opened(const Bytes& file) {
    return BackupReader::open(
        [&file, at = std::size_t{0}](std::span<std::uint8_t> place) mutable -> Result<std::size_t> {
            const std::size_t size = std::min(place.size(), file.size() - at);
            std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(at), size, place.begin());
            at += size;
            return size;
        });
}

// How many bytes of the books came out, where everything did.
Result<std::size_t> readAll(const Bytes& file, const SecretText& with = passphrase) {
    auto reader = TRY(opened(file));
    TRY(reader.unlock(with));
    std::size_t size = 0;
    while (const auto entry = TRY(reader.next())) {
        if (entry->name == "seal.key") {
            if (textOf(TRY(reader.wholeContent(64)).reveal()) != "SECRE")
                return fail(ErrorCode::sealBroken, "another content");
            continue;
        }
        while (true) {
            const Bytes piece = TRY(reader.content());
            if (piece.empty()) break;
            size += piece.size();
        }
    }
    return size;
}

ErrorCode refusal(const Bytes& file) {
    const auto all = readAll(file);
    REQUIRE_FALSE(all);
    return all.error().code;
}

std::size_t headSize(const Bytes& file) {
    return textOf(file).find("\n\n") + 2;
}

}  // namespace

TEST_CASE("what was put into a backup comes out, in whatever pieces it lies") {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20, (std::size_t{3} << 20) + 11}) {
        CAPTURE(size);
        const auto all = readAll(made(size));
        REQUIRE(all);
        CHECK(*all == size);
    }
    const Bytes file = made(100);
    CHECK(opened(file)->head().terminal == "T-000017");
    CHECK(textOf(file).find("SECRE") == std::string::npos);
}

TEST_CASE("another passphrase is said, and a short one makes no backup") {
    const auto all = readAll(made(10), SecretText("horse staple batterie"));
    REQUIRE_FALSE(all);
    CHECK(all.error().code == ErrorCode::sealBroken);
    CHECK_FALSE(checkPassphrase(SecretText("short")));
    CHECK_FALSE(checkPassphrase(SecretText(std::string(longestPassphrase + 1, 'x'))));
    CHECK(checkPassphrase(passphrase));
}

TEST_CASE("a backup that was touched anywhere, cut off or made longer is none") {
    const Bytes file = made(3000);
    for (std::size_t at = headSize(file); at < file.size(); at += 97) {
        CAPTURE(at);
        Bytes touched = file;
        touched[at] ^= 1;
        const auto all = readAll(touched);
        REQUIRE_FALSE(all);
        CHECK((all.error().code == ErrorCode::storageDamaged ||
               all.error().code == ErrorCode::sealBroken));
    }
    Bytes cut = file;
    cut.resize(file.size() - 1);
    CHECK(refusal(cut) == ErrorCode::storageDamaged);
    Bytes longer = file;
    longer.push_back(0);
    CHECK(refusal(longer) == ErrorCode::storageDamaged);
}

TEST_CASE("a backup that ends with a whole piece, but not with its last one, is cut off") {
    const Bytes file = made(std::size_t{2} << 20);
    // Head, the empty piece, and the first full one.
    Bytes cut = file;
    cut.resize(headSize(file) + 20 + (4 + (std::size_t{1} << 20) + 16));
    CHECK(refusal(cut) == ErrorCode::storageDamaged);
}

TEST_CASE("another terminal written into the head opens nothing") {
    std::string text = textOf(made(10));
    text.replace(text.find("T-000017"), 8, "T-000018");
    CHECK(refusal(bytesOf(text)) == ErrorCode::sealBroken);
}

TEST_CASE("what is no backup, or one of another format, is said so") {
    CHECK(refusal(bytesOf("SQLite format 3")) == ErrorCode::fileNotReadable);
    CHECK(refusal({}) == ErrorCode::fileNotReadable);
    CHECK(refusal(Bytes(4096, 'l')) == ErrorCode::fileNotReadable);
    CHECK(refusal(bytesOf("liqu-backup " + std::string(4096, '1'))) == ErrorCode::fileNotReadable);
    std::string text = textOf(made(10));
    text.replace(text.find("backup 1"), 8, "backup 2");
    CHECK(refusal(bytesOf(text)) == ErrorCode::schemaTooNew);
}
