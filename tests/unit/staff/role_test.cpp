// Rules: D-09, G-13, G-15, G-22.
#include "firmware/staff/role.hpp"

#include <doctest/doctest.h>

#include "firmware/staff/accounts.hpp"

using namespace liqu;
using namespace liqu::staff;

namespace {

constexpr WallTime noon{std::chrono::milliseconds{1717214400000}};

Account person(const char* number, Roles roles) {
    Account account;
    account.number = number;
    account.name = "样例";
    account.roles = roles;
    account.pinIsInitial = false;
    return account;
}

}  // namespace

TEST_CASE("roles as text and back") {
    const Roles two{Role::supervisor, Role::technician};
    CHECK(two.text() == "technician,supervisor");
    CHECK(Roles::parse("technician,supervisor") == two);
    CHECK_FALSE(Roles::parse("technician,"));
    CHECK_FALSE(Roles::parse(""));
    CHECK_FALSE(Roles::parse("king"));
}

TEST_CASE("whatever moves a card out of a counted place asks for two") {
    for (const Act act :
         {Act::receiveBox,      Act::loadLane,     Act::unloadLane,   Act::emptyRejectBin,
          Act::emptyOldCardBin, Act::returnBox,    Act::destroyCards, Act::deliverCard,
          Act::keepInCabinet,   Act::returnHeld,   Act::receiveHeld,  Act::settleFace,
          Act::takeWrongCard,   Act::openLedger,   Act::countDay,     Act::closeDay,
          Act::settleCase,      Act::correctBooks, Act::clearJam,     Act::resetPin}) {
        CAPTURE(nameOf(act));
        CHECK(needsTwo(act));
    }
}

TEST_CASE("an auditor looks and moves nothing") {
    const Account auditor = person("7", {Role::auditor});
    const Account second = person("8", {Role::supervisor});
    for (std::size_t i = 0; i < actCount; ++i) {
        const Act act = static_cast<Act>(i);
        CAPTURE(nameOf(act));
        if (needsTwo(act)) {
            CHECK_FALSE(auditor.may(act));
            CHECK(peopleFor(act, auditor, second, noon).error().code == ErrorCode::staffMayNot);
            // Nor does an auditor stand by, but where no card moves.
            CHECK(ruleOf(act).second.has(Role::auditor) == (act == Act::resetPin));
        }
        CHECK(named<Act>(nameOf(act)) == act);
    }
    CHECK(auditor.may(Act::viewAudit));
}

TEST_CASE("an inspector of the agency reads figures, and changes and opens nothing") {
    const Account inspector = person("6", {Role::inspector});
    CHECK(bodyOf(Role::inspector) == Body::agency);
    for (std::size_t i = 0; i < actCount; ++i) {
        const Act act = static_cast<Act>(i);
        CAPTURE(nameOf(act));
        CHECK(inspector.may(act) == (act == Act::viewStock || act == Act::viewQueue ||
                                     act == Act::viewReports || act == Act::changeOwnPin));
        CHECK_FALSE(ruleOf(act).second.has(Role::inspector));
    }
}

TEST_CASE("an archivist keeps the ledgers, and accepts nothing") {
    const Account archivist = person("6", {Role::archivist});
    for (std::size_t i = 0; i < actCount; ++i) {
        const Act act = static_cast<Act>(i);
        CAPTURE(nameOf(act));
        CHECK(archivist.may(act) == (act == Act::viewReports || act == Act::viewLedger ||
                                     act == Act::openLedger || act == Act::archiveMonth ||
                                     act == Act::changeOwnPin));
        CHECK_FALSE(ruleOf(act).second.has(Role::archivist));
    }
}

TEST_CASE("one person does not both accept and file, nor work in the outlet and inspect it") {
    CHECK(goTogether({Role::technician, Role::stockClerk, Role::supervisor, Role::attendant}));
    CHECK(goTogether({Role::archivist, Role::auditor}));
    CHECK(goTogether({Role::inspector}));
    CHECK_FALSE(goTogether({Role::archivist, Role::attendant}));
    CHECK_FALSE(goTogether({Role::archivist, Role::stockClerk}));
    for (const Role role : wordTable<Role>.values()) {
        if (role == Role::inspector) continue;
        CAPTURE(nameOf(role));
        CHECK(bodyOf(role) == Body::outlet);
        CHECK_FALSE(goTogether({Role::inspector, role}));
    }
}

TEST_CASE("two-person acts: another person, of a role that may stand by") {
    const Account clerk = person("1", {Role::stockClerk});
    const Account supervisor = person("2", {Role::supervisor});
    const Account auditor = person("3", {Role::auditor});
    CHECK(peopleFor(Act::receiveBox, clerk, std::nullopt, noon).error().code ==
          ErrorCode::samePersonTwice);
    CHECK(peopleFor(Act::receiveBox, clerk, clerk, noon).error().code ==
          ErrorCode::samePersonTwice);
    CHECK(peopleFor(Act::receiveBox, clerk, auditor, noon).error().code == ErrorCode::staffMayNot);
    const auto people = peopleFor(Act::receiveBox, clerk, supervisor, noon);
    REQUIRE(people);
    CHECK(people->operatorId == "1");
    CHECK(people->secondOperatorId == "2");
    Account newcomer = supervisor;
    newcomer.pinIsInitial = true;
    CHECK(peopleFor(Act::receiveBox, clerk, newcomer, noon).error().code ==
          ErrorCode::pinStillInitial);
    // One person is enough to look; a second is not written down.
    CHECK(peopleFor(Act::viewStock, auditor, supervisor, noon)->secondOperatorId.empty());
    CHECK(peopleFor(Act::closeDay, clerk, supervisor, noon).error().code == ErrorCode::staffMayNot);
}

TEST_CASE("whoever chose a PIN is no second person beside that number for a day") {
    const Account supervisor = person("2", {Role::supervisor});
    Account clerk = person("1", {Role::stockClerk});
    clerk.pinSetBy = "2";
    clerk.pinSetBeside = "4";
    clerk.pinSetAt = noon;
    const auto both = [&](const Account& one, const Account& other, WallTime at) {
        const auto people = peopleFor(Act::countDay, one, other, at);
        return people ? ErrorCode{} : people.error().code;
    };
    const WallTime later = noon + std::chrono::hours{23};
    CHECK(both(clerk, supervisor, later) == ErrorCode::pinSetByPartner);
    CHECK(both(supervisor, clerk, later) == ErrorCode::pinSetByPartner);
    // Who stood beside saw it typed.
    CHECK(both(clerk, person("4", {Role::technician}), later) == ErrorCode::pinSetByPartner);
    CHECK(both(clerk, person("3", {Role::technician}), later) == ErrorCode{});
    CHECK(both(clerk, supervisor,
               std::chrono::time_point_cast<WallTime::duration>(noon + setterApart)) ==
          ErrorCode{});
}

TEST_CASE("an attendant vouches for holders and touches no card") {
    const Account attendant = person("5", {Role::attendant});
    for (std::size_t i = 0; i < actCount; ++i) {
        const Act act = static_cast<Act>(i);
        CAPTURE(nameOf(act));
        CHECK(attendant.may(act) == (act == Act::vouchForHolder || act == Act::attendService ||
                                     act == Act::changeOwnPin));
        CHECK_FALSE(ruleOf(act).second.has(Role::attendant));
    }
}

TEST_CASE("nobody but the accepting post says who a person is, or stands by what is done") {
    for (const Act act : {Act::vouchForHolder, Act::attendService}) {
        CAPTURE(nameOf(act));
        for (const Role role : wordTable<Role>.values()) {
            CAPTURE(nameOf(role));
            CHECK(person("5", {role}).may(act) == (role == Role::attendant));
        }
        CHECK(person("5", {Role::supervisor, Role::attendant}).may(act));
    }
}
