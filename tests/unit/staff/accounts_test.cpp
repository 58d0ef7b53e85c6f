// Rules: D-06.
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
    CHECK_FALSE(branch.accounts.everRegistered().value());
    REQUIRE(branch.add("101", {Role::supervisor}));
    CHECK(branch.accounts.everRegistered().value());
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

TEST_CASE("each wrong PIN makes the next try wait longer; no number is locked for good") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    WallTime at = noon;
    for (int wrong = 1; wrong <= 20; ++wrong) {
        CAPTURE(wrong);
        CHECK(branch.tryPin(wrongPin, at) == ErrorCode::staffSignInRefused);
        CHECK(branch.accounts.waitLeft("101", at).value() == waitAfter(wrong));
        // Even the right PIN waits.
        CHECK(branch.tryPin(goodPin, at) == ErrorCode::staffMustWait);
        at += std::chrono::duration_cast<std::chrono::milliseconds>(waitAfter(wrong));
    }
    CHECK(waitAfter(4) > waitAfter(3));
    CHECK(waitAfter(20) == 15min);
    CHECK(branch.accounts.signIn("101", goodPin, "sign-in", at));
}

TEST_CASE("a number that nobody has answers and waits like one that somebody has") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    WallTime at = noon;
    for (int wrong = 1; wrong <= 14; ++wrong) {
        CAPTURE(wrong);
        for (const char* number : {"101", "404"}) {
            CAPTURE(number);
            CHECK(branch.accounts.signIn(number, wrongPin, "sign-in", at).error().code ==
                  ErrorCode::staffSignInRefused);
            CHECK(branch.accounts.signIn(number, wrongPin, "sign-in", at).error().code ==
                  ErrorCode::staffMustWait);
            CHECK(branch.accounts.waitLeft(number, at).value() == waitAfter(wrong));
        }
        at += std::chrono::duration_cast<std::chrono::milliseconds>(waitAfter(wrong));
    }
    // A day later both are forgotten.
    at += 25h;
    for (const char* number : {"101", "404"}) {
        CHECK_FALSE(branch.accounts.signIn(number, wrongPin, "sign-in", at));
        CHECK(branch.accounts.waitLeft(number, at).value() == waitAfter(1));
    }
    // What was typed as a number may have been a PIN: it is not kept.
    CHECK(branch.database->number("SELECT count(*) FROM staff_strangers WHERE bucket = 404") == 0);
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
    CHECK(branch.accounts.waitLeft("101", noon - 48h).value() <= waitAfter(1));
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
    for (int wrong = 1; wrong <= manyWrongPins; ++wrong, at += 1min) branch.tryPin(wrongPin, at);
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

TEST_CASE("whoever chose a PIN was away for ten minutes before its owner changes it") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    REQUIRE(branch.add("200", {Role::supervisor}));
    REQUIRE(branch.add("300", {Role::auditor}));
    REQUIRE(branch.accounts.signIn("200", goodPin, "sign-in", noon));
    REQUIRE(branch.accounts.resetPin("101", SecretText("405060"), {"200", "300"}, noon + 1min));
    const auto change = [&](WallTime at) {
        const auto done = branch.accounts.setFirstPin("101", SecretText("902211"), at);
        return done ? ErrorCode{} : done.error().code;
    };
    CHECK(change(noon + 2min) == ErrorCode::pinSetterNear);
    REQUIRE(branch.accounts.signOut("200", "", noon + 3min));
    CHECK(change(noon + 12min) == ErrorCode::pinSetterNear);
    // A stand-by of the setter counts like a sign-in, and so does whoever stood beside.
    REQUIRE(branch.accounts.signIn("200", goodPin, "count-day", noon + 13min));
    CHECK(change(noon + 22min) == ErrorCode::pinSetterNear);
    REQUIRE(branch.accounts.signIn("300", goodPin, "sign-in", noon + 23min));
    CHECK(change(noon + 32min) == ErrorCode::pinSetterNear);
    CHECK(change(noon + 33min) == ErrorCode{});
}

TEST_CASE("both who reset a PIN are held apart from it for a day after its owner has an own one") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    REQUIRE(branch.add("200", {Role::supervisor}));
    REQUIRE(branch.add("300", {Role::stockClerk}));
    for (const char* number : {"200", "300"}) {
        REQUIRE(branch.accounts.setFirstPin(number, SecretText("902211"), noon));
    }
    REQUIRE(branch.accounts.resetPin("101", SecretText("405060"), {"200", "300"}, noon));
    // The owner was on leave.
    const WallTime back = noon + 72h;
    const auto together = [&](const char* actor, const char* second, WallTime at) {
        const Account one = **branch.accounts.find(actor);
        const auto people = peopleFor(Act::countDay, one, **branch.accounts.find(second), at);
        return people ? ErrorCode{} : people.error().code;
    };
    CHECK(together("101", "200", back) == ErrorCode::pinSetByPartner);
    REQUIRE(branch.accounts.setFirstPin("101", SecretText("583001"), back));
    for (const char* setter : {"200", "300"}) {
        CAPTURE(std::string(setter));
        CHECK(together(setter, "101", back + 23h) == ErrorCode::pinSetByPartner);
        CHECK(together("101", setter, back + 23h) == ErrorCode::pinSetByPartner);
        CHECK(together("101", setter, back + 24h) == ErrorCode{});
    }
    // A change of one's own begins no day.
    REQUIRE(branch.accounts.changeOwnPin("101", SecretText("583001"), goodPin, back + 24h));
    CHECK(together("101", "300", back + 24h) == ErrorCode{});
}

TEST_CASE("one person vouches alone: the role, an own PIN, and a line") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::attendant}));
    REQUIRE(branch.add("102", {Role::auditor}));
    const auto vouch = [&](const char* number, const SecretText& pin, WallTime at) {
        const auto done = branch.accounts.vouch(number, pin, Act::vouchForHolder, at);
        return done ? ErrorCode{} : done.error().code;
    };
    CHECK(vouch("101", goodPin, noon) == ErrorCode::pinStillInitial);
    REQUIRE(branch.accounts.setFirstPin("101", SecretText("902211"), noon));
    CHECK(vouch("101", SecretText("902211"), noon) == ErrorCode{});
    CHECK(newestLines(*branch.database, 1)->front().act == "vouch-for-holder");
    CHECK(vouch("102", goodPin, noon) == ErrorCode::staffMayNot);
    CHECK(newestLines(*branch.database, 1)->front().object == " refused 90204");
    CHECK(vouch("404", goodPin, noon) == ErrorCode::staffSignInRefused);
}

TEST_CASE("somebody was registered once: that outlives every account") {
    Branch branch;
    REQUIRE(branch.add("101", {Role::technician}));
    auto transaction = storage::Transaction::begin(*branch.database).value();
    REQUIRE(transaction.run("DELETE FROM staff"));
    REQUIRE(transaction.commit());
    CHECK(branch.accounts.list()->empty());
    CHECK(branch.accounts.everRegistered().value());
}
