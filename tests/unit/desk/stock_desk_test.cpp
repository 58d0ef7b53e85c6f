// Each act of staff is one commit of the books and its report; where it fails, neither is there.
// Rules: D-09, I-03.
#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

TEST_CASE("receiving and loading are told to the province in their own commits") {
    Branch branch;
    branch.loadLane();
    CHECK(branch.queued() == std::vector<std::string>{"STOCK.RECEIVE", "STOCK.LOAD"});
    CHECK(*custody::balanceOf(*branch.database, Place::hopper(1)) == 20);
}

TEST_CASE("a refused act queues nothing and moves nothing") {
    Branch branch;
    branch.loadLane();
    const auto seen = branch.queued();
    StockDesk desk = branch.desk();
    CHECK_FALSE(desk.receiveBox(Branch::label(), branch.two));
    CHECK_FALSE(desk.returnBox("BX-1", "empty", branch.two));
    CHECK_FALSE(desk.emptyBin(Place::rejectBin(), 1, "full", branch.two));
    CHECK_FALSE(desk.closeDay(branch.two));
    custody::BoxLabel other = Branch::label();
    other.box = "BX-2";
    other.first = Branch::number("A0000020");
    other.last = Branch::number("A0000039");
    REQUIRE(desk.receiveBox(other, branch.two));
    REQUIRE(desk.openBox("BX-2", "S-1", branch.two));
    CHECK(desk.beginLoad({2, "BX-2", other.first, other.last}, branch.two).error().code ==
          ErrorCode::laneBelongsToOther);
    CHECK(branch.queued().size() == seen.size() + 1);
}

TEST_CASE("cards that are not right keep the session open") {
    Branch branch;
    StockDesk desk = branch.desk();
    REQUIRE(desk.receiveBox(Branch::label(), branch.two));
    REQUIRE(desk.openBox("BX-1", "S-1", branch.two));
    const auto begun = desk.beginLoad(
        {1, "BX-1", Branch::number("A0000000"), Branch::number("A0000019")}, branch.two);
    REQUIRE(begun);
    REQUIRE(desk.countExchange(begun->id, 20, branch.two));
    const custody::LaneReading wrong{0, 1, Branch::number("A0000000"), "B02"};
    CHECK(desk.endExchange(begun->id, {wrong}, branch.two).error().code ==
          ErrorCode::laneCheckFailed);
    CHECK(custody::laneStopped(*branch.database, 1)->has_value());
    const custody::LaneReading right{0, 1, Branch::number("A0000000"), "B01"};
    CHECK(desk.endExchange(begun->id, {right}, branch.two));
    CHECK_FALSE(custody::laneStopped(*branch.database, 1)->has_value());
}

TEST_CASE("the close queues a count for each place and the snapshot, with the close") {
    Branch branch;
    branch.loadLane();
    StockDesk desk = branch.desk();
    REQUIRE(desk.freezeDay(branch.two));
    const auto lines = custody::counting(*branch.database);
    for (const custody::CountLine& line : *lines) {
        const std::int64_t there = line.place == "hopper-1" ? 20 : 0;
        for (const char* badge : {"1001", "1002"}) {
            REQUIRE(desk.enterCount({line.place, badge, there}));
        }
    }
    const auto day = desk.closeDay(branch.two);
    REQUIRE(day);
    const auto queued = branch.queued();
    CHECK(std::ranges::count(queued, "STOCK.COUNT") == static_cast<long>(lines->size()));
    CHECK(queued.back() == "STOCK.SNAPSHOT");
    CHECK(desk.report(day->day)->closed);
}

TEST_CASE("an act is in the record where it was done, and only there") {
    Branch branch;
    branch.loadLane();
    const auto lines = [&] { return staff::newestLines(*branch.database, 100)->size(); };
    const auto before = lines();
    StockDesk desk = branch.desk();
    CHECK_FALSE(desk.bookMissing("A99999999", Place::hopper(1), "gone", branch.two));
    CHECK(lines() == before);
    REQUIRE(desk.bookMissing("", Place::hopper(1), "gone", branch.two));
    CHECK(lines() == before + 1);
    const auto newest = staff::newestLines(*branch.database, 1)->front();
    CHECK(newest.act == "correct-books");
    CHECK(newest.object == "by a test");
    CHECK(newest.second == "1002");
    // Without a name for the record a desk only looks.
    StockDesk looking(branch.parts(std::nullopt));
    CHECK(looking.bookMissing("", Place::hopper(1), "gone", branch.two).error().code ==
          ErrorCode::staffMayNot);
    CHECK(looking.overview());
    CHECK(*custody::balanceOf(*branch.database, Place::missing()) == 1);
}

TEST_CASE("the province is told of a count what the books did") {
    Branch branch;
    branch.loadLane();
    StockDesk desk = branch.desk();
    REQUIRE(desk.bookMissing("", Place::hopper(1), "one less", branch.two));
    REQUIRE(desk.freezeDay(branch.two));
    // Two more than booked: the one that is missing, and one nobody knows.
    branch.countDay({{"hopper-1", 21}});
    REQUIRE(desk.beginRecount(branch.two));
    branch.countDay({{"hopper-1", 21}});
    REQUIRE(desk.closeDay(branch.two));
    const auto told = branch.bodies("STOCK.ADJUST");
    REQUIRE(told.size() == 3);  // the first is the act of staff
    CHECK(says(told[1], R"("place":"missing")"));
    CHECK(says(told[1], R"("toPlace":"hopper-1")"));
    CHECK(says(told[1], R"("count":1)"));
    CHECK(says(told[2], R"("place":"bank")"));
    CHECK(says(told[2], R"("count":1)"));
}

TEST_CASE("the province is told at the close of a card that hands took out of the printer") {
    Branch branch;
    branch.loadLane();
    const custody::Occasion gone{std::string(custody::goneReason), "", branch.clock.wallTime()};
    auto fed = Transaction::begin(*branch.database).value();
    REQUIRE(custody::moveUnidentified(fed, Place::hopper(1), Place::missing(), gone));
    REQUIRE(fed.commit());
    REQUIRE(branch.desk().freezeDay(branch.two));
    branch.countDay({});
    REQUIRE(branch.desk().closeDay(branch.two));
    CHECK(says(branch.bodies("STOCK.ADJUST").at(0), R"("reason":"gone from the printer")"));
}

TEST_CASE("what is unloaded of no box is told as returned, the rest as unloaded") {
    Branch branch;
    branch.loadLane();
    auto transaction = Transaction::begin(*branch.database).value();
    const auto stray = card::SocialCardNumber::withBody("A0000090").value();
    REQUIRE(custody::loadLane(transaction, {1, "B01", "V1", {stray}}, branch.clock.wallTime()));
    REQUIRE(transaction.commit());
    StockDesk desk = branch.desk();
    const auto begun = desk.beginUnload(1, branch.two);
    REQUIRE(begun);
    REQUIRE(desk.countExchange(begun->id, 21, branch.two));
    REQUIRE(desk.endExchange(begun->id, {}, branch.two));
    REQUIRE(branch.bodies("STOCK.UNLOAD").size() == 1);
    REQUIRE(branch.bodies("STOCK.RETURN").size() == 1);
    CHECK(says(branch.bodies("STOCK.UNLOAD")[0], R"("count":20)"));
    CHECK_FALSE(says(branch.bodies("STOCK.UNLOAD")[0], stray.text()));
    CHECK(says(branch.bodies("STOCK.RETURN")[0], stray.text()));
}

TEST_CASE("a card missing from a box kept by count is told by its box") {
    Branch branch;
    StockDesk desk = branch.desk();
    custody::BoxLabel label = Branch::label();
    label.first.clear();
    label.last.clear();
    REQUIRE(desk.receiveBox(label, branch.two));
    REQUIRE(desk.bookMissing("BX-1", Place::vault(), "one less", branch.two));
    CHECK(says(branch.bodies("STOCK.ADJUST").back(), R"("box":"BX-1")"));
    CHECK(custody::findBox(*branch.database, "BX-1")->inVault == 19);
}

}  // namespace
}  // namespace liqu::desk
