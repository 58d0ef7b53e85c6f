#include "firmware/staff/accounts.hpp"

#include <doctest/doctest.h>

#include "firmware/staff/audit.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::staff;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{std::chrono::milliseconds{1717214400000}};
const SecretText goodPin{"274913"};
const SecretText wrongPin{"274914"};

struct Branch {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    SeededRandom random{5};
    Accounts accounts{*database, random};

    Result<void> add(const char* number, Roles roles) {
        Account account;
        account.number = number;
        account.name = "样例";
        account.roles = roles;
        return accounts.add(account, goodPin, "root", noon);
    }
    ErrorCode tryPin(const SecretText& pin, WallTime at) {
        const auto account = accounts.signIn("101", pin, "sign-in", at);
        REQUIRE_FALSE(account);
        return account.error().code;
    }
};

}  // namespace

TEST_CASE("a number, a name, roles and a PIN") {
    Branch branch;
    CHECK_FALSE(branch.accounts.hasSupervisor().value());
    REQUIRE(branch.add("101", {Role::supervisor}));
    CHECK(branch.accounts.hasSupervisor().value());
    CHECK(branch.add("101", {Role::technician}).error().code == ErrorCode::staffNumberTaken);
    CHECK(branch.add("", {Role::technician}).error().code == ErrorCode::configBadValue);
    CHECK(branch.add("12a", {Role::technician}).error().code == ErrorCode::configBadValue);
    CHECK(branch.add("102", {}).error().code == ErrorCode::configBadValue);
    const auto account = branch.accounts.signIn("101", goodPin, "sign-in", noon);
    REQUIRE(account);
    CHECK(account->roles == Roles{Role::supervisor});
    CHECK(account->pinIsInitial);
}

TEST_CASE("PINs that are too easy") {
    for (const char* pin : {"", "12345", "123456", "765432", "111111", "123456789", "12a456"}) {
        CAPTURE(pin);
        CHECK(checkPin(SecretText(pin)).error().code == ErrorCode::pinTooSimple);
    }
    CHECK(checkPin(SecretText("135790")));
    CHECK(checkPin(SecretText("11223344")));
}

TEST_CASE("each wrong PIN makes the next try wait longer; the fifth locks") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    WallTime at = noon;
    for (int wrong = 1; wrong < wrongPinsUntilLock; ++wrong) {
        CAPTURE(wrong);
        CHECK(branch.tryPin(wrongPin, at) == ErrorCode::staffSignInRefused);
        CHECK(branch.accounts.waitLeft("101", at).value() == waitAfter(wrong));
        // Even the right PIN waits.
        CHECK(branch.tryPin(goodPin, at) == ErrorCode::staffMustWait);
        at += std::chrono::duration_cast<std::chrono::milliseconds>(waitAfter(wrong));
    }
    CHECK(waitAfter(4) > waitAfter(3));
    CHECK(branch.tryPin(wrongPin, at) == ErrorCode::staffLocked);
    CHECK(branch.tryPin(goodPin, at + 24h) == ErrorCode::staffLocked);
    CHECK(branch.accounts.find("101").value()->locked);
}

TEST_CASE("a right PIN forgives the wrong ones before it") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    CHECK(branch.tryPin(wrongPin, noon) == ErrorCode::staffSignInRefused);
    REQUIRE(branch.accounts.signIn("101", goodPin, "sign-in", noon + 5s));
    CHECK(branch.accounts.find("101").value()->wrongPins == 0);
}

TEST_CASE("what was counted survives a restart") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    CHECK(branch.tryPin(wrongPin, noon) == ErrorCode::staffSignInRefused);
    branch.database = test::openDatabase(branch.scratch);
    Accounts again(*branch.database, branch.random);
    CHECK(again.signIn("101", goodPin, "sign-in", noon).error().code == ErrorCode::staffMustWait);
}

TEST_CASE("a clock set back does not keep anybody out for days") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    CHECK(branch.tryPin(wrongPin, noon) == ErrorCode::staffSignInRefused);
    CHECK(branch.accounts.waitLeft("101", noon - 48h).value() <= waitAfter(4));
}

TEST_CASE("an unknown number is refused like a wrong PIN, and leaves no number in the audit") {
    Branch branch;
    CHECK(branch.tryPin(goodPin, noon) == ErrorCode::staffSignInRefused);
    const auto lines = newestLines(*branch.database, 9).value();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].act == "sign-in-refused");
    CHECK(lines[0].actor == "unknown");
}

TEST_CASE("a supervisor unlocks others, never itself") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    WallTime at = noon;
    for (int wrong = 1; wrong <= wrongPinsUntilLock; ++wrong, at += 1min)
        branch.tryPin(wrongPin, at);
    CHECK(branch.accounts.unlock("101", "101", at).error().code == ErrorCode::samePersonTwice);
    CHECK(branch.accounts.unlock("404", "200", at).error().code == ErrorCode::staffUnknown);
    REQUIRE(branch.accounts.unlock("101", "200", at));
    CHECK(branch.accounts.signIn("101", goodPin, "sign-in", at));
}

TEST_CASE("a reset PIN is initial until the person sets an own one") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    REQUIRE(branch.accounts.setFirstPin("101", SecretText("902211"), noon));
    CHECK_FALSE(branch.accounts.find("101").value()->pinIsInitial);
    REQUIRE(branch.accounts.resetPin("101", SecretText("405060"), {"200", "300"}, noon));
    CHECK(branch.accounts.find("101").value()->pinIsInitial);
    CHECK(branch.tryPin(SecretText("902211"), noon) == ErrorCode::staffSignInRefused);
    CHECK(branch.accounts.signIn("101", SecretText("405060"), "sign-in", noon + 1min));
    CHECK(
        branch.accounts.resetPin("101", SecretText("111111"), {"200", "300"}, noon).error().code ==
        ErrorCode::pinTooSimple);
}

TEST_CASE("an own PIN is changed with the old one, and to another") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    CHECK(branch.accounts.setFirstPin("101", goodPin, noon).error().code ==
          ErrorCode::pinUnchanged);
    REQUIRE(branch.accounts.setFirstPin("101", SecretText("902211"), noon));
    // The first PIN is set once.
    CHECK(branch.accounts.setFirstPin("101", SecretText("405060"), noon).error().code ==
          ErrorCode::staffMayNot);
    const auto change = [&](const char* old, const char* pin, WallTime at) {
        return branch.accounts.changeOwnPin("101", SecretText(old), SecretText(pin), at);
    };
    CHECK(change("902211", "902211", noon).error().code == ErrorCode::pinUnchanged);
    // A wrong old PIN counts like one at the sign-in.
    CHECK(change("902212", "405060", noon).error().code == ErrorCode::staffSignInRefused);
    CHECK(change("902211", "405060", noon).error().code == ErrorCode::staffMustWait);
    REQUIRE(change("902211", "405060", noon + 1min));
    CHECK(branch.accounts.signIn("101", SecretText("405060"), "sign-in", noon + 1min));
}
