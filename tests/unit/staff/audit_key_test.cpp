#include "firmware/staff/audit_key.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "firmware/staff/audit.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::staff;

namespace {

struct Keeper {
    test::Scratch scratch;
    SeededRandom random{5};
    security::Sealer sealer{security::SealProfile::aes256Gcm, security::SealKey::make(random),
                            random};
    std::string file = scratch.file("audit.key");
    SecretBytes first = AuditKey::create(file, sealer, random, 1).value();
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);

    void lend() { database->lend(AuditKey::open(file, sealer).value()); }
    void write() { REQUIRE(recordAlone(*database, {0, WallTime{}, "1001", "", "sign-in", ""})); }
    std::string macOfLine(std::int64_t line) {
        return database->query("SELECT mac FROM staff_audit WHERE line = ?", {line})
            ->front()
            .text(0);
    }
    void overwrite(std::streamoff at, const std::string& content) {
        std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
        bytes.seekp(at);
        bytes << content;
    }
};

}  // namespace

TEST_CASE("each line is sealed with a key of its own, and the next is in the file") {
    Keeper keeper;
    keeper.lend();
    SecretBytes key = keeper.first;
    std::string before;
    for (int line = 1; line <= 3; ++line) {
        keeper.write();
        const AuditLine written = newestLines(*keeper.database, 1)->front();
        before = macOf(key, written, before);
        CHECK(keeper.macOfLine(line) == before);
        key = keyAfter(key);
    }
    CHECK(AuditKey::open(keeper.file, keeper.sealer).value()->line() == 4);
}

TEST_CASE("a transaction that is rolled back uses up no key") {
    Keeper keeper;
    keeper.lend();
    {
        auto transaction = storage::Transaction::begin(*keeper.database).value();
        REQUIRE(record(transaction, {0, WallTime{}, "1001", "", "sign-in", ""}));
    }
    CHECK(AuditKey::open(keeper.file, keeper.sealer).value()->line() == 1);
    keeper.write();
    CHECK(AuditKey::open(keeper.file, keeper.sealer).value()->line() == 2);
}

TEST_CASE(
    "after a cut at any place the key is there, and no older one stays behind the next line") {
    Keeper keeper;
    std::ifstream file(keeper.file, std::ios::binary);
    const std::string firstSlot(std::istreambuf_iterator<char>(file), {});
    keeper.lend();
    keeper.write();
    SUBCASE("the next was never written") {
        keeper.overwrite(0, firstSlot);
    }
    SUBCASE("the next is torn") {
        keeper.overwrite(0, firstSlot.substr(0, 4096));
        keeper.overwrite(4096 + 20, std::string(20, 'x'));
    }
    SUBCASE("both are there") {
        keeper.overwrite(0, firstSlot.substr(0, 4096));
    }
    keeper.lend();
    keeper.write();
    CHECK_FALSE(keeper.macOfLine(2).empty());
    const SecretBytes second = keyAfter(keeper.first);
    const AuditLine written = newestLines(*keeper.database, 1)->front();
    CHECK(keeper.macOfLine(2) == macOf(second, written, keeper.macOfLine(1)));
    std::ifstream now(keeper.file, std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(now), {});
    CHECK(content.find(firstSlot.substr(0, firstSlot.find('\n'))) == std::string::npos);
    CHECK(AuditKey::open(keeper.file, keeper.sealer).value()->line() == 3);
}

TEST_CASE("books that were set back get lines without a mac, and go on") {
    Keeper keeper;
    keeper.lend();
    keeper.write();
    keeper.write();
    auto transaction = storage::Transaction::begin(*keeper.database).value();
    REQUIRE(transaction.run("DELETE FROM staff_audit"));
    REQUIRE(transaction.run("DELETE FROM meta WHERE name LIKE 'audit_%'"));
    REQUIRE(transaction.commit());
    keeper.write();
    CHECK(keeper.macOfLine(1).empty());
}

TEST_CASE("a file that holds no key is refused, and one that is there is never written over") {
    Keeper keeper;
    CHECK_FALSE(AuditKey::create(keeper.file, keeper.sealer, keeper.random, 1));
    SUBCASE("garbage") {
        keeper.overwrite(0, std::string(8192, 'x'));
    }
    SUBCASE("empty") {
        std::filesystem::resize_file(keeper.file, 0);
    }
    SUBCASE("of another machine") {
        const security::Sealer other(security::SealProfile::aes256Gcm,
                                     security::SealKey::make(keeper.random), keeper.random);
        CHECK_FALSE(AuditKey::open(keeper.file, other));
        return;
    }
    CHECK(AuditKey::open(keeper.file, keeper.sealer).error().code == ErrorCode::keyMissing);
}
