// How long a message waits for its next try, and how long the line does. Rules: D-05.
#include "tests/unit/province/office.hpp"

using namespace liqu;
using namespace liqu::province;
using test::Answer;
using test::notSent;
using test::Office;
using Names = std::vector<std::string>;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("the pause grows from 5 seconds to 10 minutes, with a little chance in it") {
    SeededRandom random(9);
    for (const auto& [attempts, longest] : std::vector<std::pair<int, int>>{
             {1, 5}, {2, 10}, {3, 20}, {7, 320}, {8, 600}, {20, 600}, {100'000, 600}}) {
        CAPTURE(attempts);
        for (int i = 0; i < 50; ++i) {
            const milliseconds pause = backOff(attempts, random);
            CHECK(pause <= seconds(longest));
            CHECK(pause >= seconds(longest) * 3 / 4);
        }
    }
}

TEST_CASE("a fact is never dropped, however long the line is gone") {
    Office office;
    const FactId fact = office.putReport();
    for (int i = 0; i < 40; ++i) {
        office.desk.link.then(notSent);
        REQUIRE(office.nextSent() == fact);
    }
    CHECK(office.status(fact).outcome == "NOT_SENT/40101");
    CHECK(office.nextSent() == fact);
    CHECK(office.status(fact).state == FactState::delivered);
    CHECK(office.status(fact).attempts == 41);
    CHECK(office.desk.link.requests.back()["attempt"] == 41);
    CHECK(office.desk.link.faults == Names{});
}

TEST_CASE("when the line is back nobody waits for the end of a pause") {
    Office office;
    const FactId first = office.putReport(1);
    const FactId second = office.putReport(2);
    for (int i = 0; i < 12; ++i) {
        office.desk.link.then(notSent);
        office.sendAllDue();
        office.pass(std::chrono::minutes(11));
    }
    office.sendAllDue();
    CHECK(office.status(first).state == FactState::delivered);
    CHECK(office.status(second).state == FactState::delivered);
}

TEST_CASE("while nobody answers, one message is tried at the end of each pause") {
    Office office;
    for (int business = 1; business <= 50; ++business) office.putReport(business);
    for (std::size_t tries = 1; tries <= 4; ++tries) {
        office.desk.link.then(notSent);
        REQUIRE(office.nextSent());
        office.sendAllDue();
        CHECK(office.desk.link.requests.size() == tries);
    }
    // The cable is back, or there is a new message: the pause ends.
    office.sender.endPause();
    office.sendAllDue();
    CHECK(depthOf(*office.kiosk)->queued == 0);
    CHECK(office.desk.link.faults == Names{});
}

TEST_CASE(
    "a province that puts off one after the other is left in peace; one that is heard is not") {
    Office office;
    for (int business = 1; business <= 50; ++business) office.putReport(business);
    const Answer busy{"RETRY_LATER", nullptr, "BUSY"};
    office.desk.link.then(busy);
    office.desk.link.then(busy);
    office.sendAllDue();
    // Two are locked, and wait; the others are told.
    CHECK(office.desk.link.requests.size() == 50);
    for (int business = 51; business <= 100; ++business) office.putReport(business);
    for (int i = 0; i < 3; ++i) office.desk.link.then(busy);
    office.sendAllDue();
    CHECK(office.desk.link.requests.size() == 53);
}
