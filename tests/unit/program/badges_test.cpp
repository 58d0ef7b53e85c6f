// Two badges on the command line are two people who prove it, as at the machine's window.
#include "program/badges.hpp"

#include <doctest/doctest.h>
#include <map>

#include "program/stock_options.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::program;

namespace {

constexpr WallTime noon{std::chrono::milliseconds{1717214400000}};

struct Console {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    SeededRandom random{5};
    staff::Accounts accounts{*database, random};
    std::map<std::string, std::string> typed;
    int asked = 0;

    void add(const std::string& number, staff::Role role, bool ownPin = true) {
        const SecretText pin("2749" + number.substr(2));
        staff::Account account;
        account.number = number;
        account.name = "样例";
        account.roles = {role};
        REQUIRE(accounts.add(account, pin, "root", noon));
        const SecretText own("5830" + number.substr(2));
        if (ownPin) REQUIRE(accounts.changeOwnPin(number, pin, own, noon));
        typed[number] = ownPin ? own.reveal() : pin.reveal();
    }
    ErrorCode prove(staff::Act act, const std::string& first, const std::string& second) {
        asked = 0;
        const auto askPin = [this](const std::string& badge) {
            ++asked;
            return SecretText(typed[badge]);
        };
        const auto done = proveBadges(accounts, act, {first, second}, askPin, noon);
        return done ? ErrorCode{} : done.error().code;
    }
};

}  // namespace

TEST_CASE("nobody is registered: badges are taken as they are typed") {
    Console console;
    CHECK(console.prove(staff::Act::destroyCards, "S-01", "S-02") == ErrorCode{});
    CHECK(console.asked == 0);
}

TEST_CASE("two people prove their badges and hold the roles the act asks for") {
    Console console;
    console.add("1001", staff::Role::stockClerk);
    console.add("1003", staff::Role::supervisor);
    console.add("1004", staff::Role::auditor);
    CHECK(console.prove(staff::Act::destroyCards, "1001", "1003") == ErrorCode{});
    CHECK(console.asked == 2);
    CHECK(console.prove(staff::Act::destroyCards, "1003", "1001") == ErrorCode::staffMayNot);
    CHECK(console.prove(staff::Act::receiveBox, "1001", "1004") == ErrorCode::staffMayNot);
    CHECK(console.prove(staff::Act::receiveBox, "1001", "1001") == ErrorCode::samePersonTwice);
    CHECK(console.prove(staff::Act::countDay, "1001", "") == ErrorCode{});
    CHECK(console.prove(staff::Act::countDay, "1004", "") == ErrorCode::staffMayNot);
}

TEST_CASE("a stranger, a wrong PIN and a PIN somebody else chose are refused") {
    Console console;
    console.add("1001", staff::Role::stockClerk);
    console.add("1003", staff::Role::supervisor);
    console.add("1002", staff::Role::stockClerk, false);
    CHECK(console.prove(staff::Act::receiveBox, "1001", "9999") == ErrorCode::staffSignInRefused);
    CHECK(console.prove(staff::Act::receiveBox, "1001", "1002") == ErrorCode::staffMayNot);
    console.typed["1003"] = "000111";
    CHECK(console.prove(staff::Act::receiveBox, "1001", "1003") == ErrorCode::staffSignInRefused);
}

TEST_CASE("the record says what was done with which card") {
    StockOptions options;
    options.command = "missing";
    options.number = "A00000003";
    options.place = "hopper-1";
    CHECK(recordedWords(options) == "missing A00000003 hopper-1");
    options = {};
    options.command = "unload";
    options.lane = 2;
    CHECK(recordedWords(options) == "unload hopper-2");
    options = {};
    options.command = "destroy";
    options.numbers.assign(21, "A00000003");
    CHECK(recordedWords(options) == "destroy 21 numbers");
}

TEST_CASE("invented badges act only before the first person was registered") {
    Console console;
    CHECK(console.prove(staff::Act::countDay, "S-01", "S-02") == ErrorCode{});
    console.add("1001", staff::Role::stockClerk);
    auto transaction = storage::Transaction::begin(*console.database).value();
    REQUIRE(transaction.run("DELETE FROM staff"));
    REQUIRE(transaction.commit());
    CHECK(console.prove(staff::Act::countDay, "S-01", "S-02") == ErrorCode::staffSignInRefused);
}

TEST_CASE("whoever chose a colleague's PIN today is no second person beside it") {
    Console console;
    console.add("1001", staff::Role::stockClerk);
    console.add("1003", staff::Role::supervisor);
    console.add("1005", staff::Role::technician);
    REQUIRE(console.accounts.resetPin("1001", SecretText("405060"), {"1003", "1005"}, noon));
    REQUIRE(console.accounts.setFirstPin("1001", SecretText("583001"), noon));
    CHECK(console.prove(staff::Act::countDay, "1001", "1003") == ErrorCode::pinSetByPartner);
    CHECK(console.prove(staff::Act::countDay, "1003", "1001") == ErrorCode::pinSetByPartner);
    CHECK(console.prove(staff::Act::countDay, "1001", "1005") == ErrorCode::pinSetByPartner);
    console.add("1006", staff::Role::technician);
    CHECK(console.prove(staff::Act::countDay, "1001", "1006") == ErrorCode{});
}
