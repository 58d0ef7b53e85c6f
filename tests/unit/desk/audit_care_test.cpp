#include "firmware/desk/audit_care.hpp"

#include <doctest/doctest.h>

#include "firmware/staff/audit_books.hpp"
#include "tests/unit/desk/branch.hpp"

using namespace liqu;
using namespace liqu::desk;

namespace {

struct FixedSigner final : ports::Signer {
    Result<Bytes> sign(ByteView) override { return Bytes(64, 0xAB); }
    bool verifyProvince(ByteView, ByteView) override { return false; }
};

struct GoneKey final : storage::RecordKey {
    Result<std::string> macOf(std::int64_t, std::string_view) override {
        return fail(ErrorCode::keyMissing, "audit.key");
    }
    void committed() override {}
    void rolledBack() override {}
};

struct Witnessed : Branch {
    FixedSigner signer;
    DeskParts care(ports::Signer* with) {
        DeskParts parts = this->parts(std::nullopt);
        parts.signer = with;
        return parts;
    }
    std::int64_t lines() { return staff::endOfRecord(*database)->lines; }
    long told() { return std::ranges::count(queued(), "AUDIT.CHECKPOINT"); }
};

}  // namespace

TEST_CASE("a card that moved and an order that ended are seen by the next line") {
    Witnessed branch;
    branch.loadLane();
    branch.heldOrder();
    CHECK(*staff::booksAreAhead(*branch.database));
    const std::int64_t before = branch.lines();
    CHECK_FALSE(*careForAudit(branch.care(nullptr)));
    CHECK(branch.lines() == before + 1);
    CHECK_FALSE(*staff::booksAreAhead(*branch.database));
    const staff::AuditLine line = staff::newestLines(*branch.database, 1)->front();
    CHECK(line.actor == "kiosk");
    const auto seen = staff::BooksSeen::parse(line.books);
    REQUIRE(seen);
    CHECK(seen->digest.size() == 64);
    CHECK(seen->end == 1);
    CHECK(seen->move == *branch.database->number("SELECT max(move) FROM moves"));
    // Where nothing came, nothing is written.
    CHECK_FALSE(*careForAudit(branch.care(nullptr)));
    CHECK(branch.lines() == before + 1);
    CHECK(staff::checkChain(*branch.database));
}

TEST_CASE("lines that waited for a quarter of an hour are told, once") {
    Witnessed branch;
    branch.loadLane();
    CHECK_FALSE(*careForAudit(branch.care(&branch.signer)));
    branch.clock.sleepFor(checkpointRhythm - std::chrono::seconds{1});
    CHECK_FALSE(*careForAudit(branch.care(&branch.signer)));
    branch.clock.sleepFor(std::chrono::seconds{1});
    CHECK(*careForAudit(branch.care(&branch.signer)));
    CHECK_FALSE(*careForAudit(branch.care(&branch.signer)));
    branch.clock.sleepFor(checkpointRhythm);
    CHECK_FALSE(*careForAudit(branch.care(&branch.signer)));
    REQUIRE(branch.told() == 1);
    const staff::AuditEnd end = *staff::endOfRecord(*branch.database);
    const std::string body = branch.bodies("AUDIT.CHECKPOINT").front();
    CHECK(says(body, "\"lines\":" + std::to_string(end.lines)));
    CHECK(says(body, "\"digest\":\"" + end.digest + "\""));
    CHECK(says(body, "\"signature\":\"" + toHex(Bytes(64, 0xAB)) + "\""));
}

TEST_CASE("a line that was written under a clock ahead is told at once, once") {
    Witnessed branch;
    const WallTime ahead = branch.clock.wallTime() + std::chrono::hours{24 * 365};
    REQUIRE(staff::recordAlone(*branch.database, {0, ahead, "1001", "", "sign-in", ""}));
    CHECK(*careForAudit(branch.care(&branch.signer)));
    CHECK_FALSE(*careForAudit(branch.care(&branch.signer)));
    CHECK(branch.told() == 1);
}

TEST_CASE("a machine that was restored tells of the same count of lines again, under another key") {
    const auto keyOf = [](const char* act) {
        Witnessed branch;
        const WallTime at = branch.clock.wallTime();
        REQUIRE(staff::recordAlone(*branch.database, {0, at, "1001", "", act, ""}));
        branch.clock.sleepFor(checkpointRhythm);
        REQUIRE(*careForAudit(branch.care(&branch.signer)));
        return branch.database
            ->query("SELECT idempotency_key FROM outbox WHERE message_type = 'AUDIT.CHECKPOINT'")
            ->front()
            .text(0);
    };
    CHECK(keyOf("sign-in") == keyOf("sign-in"));
    CHECK(keyOf("sign-in") != keyOf("sign-out"));
}

TEST_CASE("a key that is gone while the machine runs is said in every round, and no line is lost") {
    Witnessed branch;
    branch.database->lend(std::make_shared<GoneKey>());
    branch.loadLane();
    REQUIRE(careForAudit(branch.care(&branch.signer)));
    const auto kept = staff::requireMac(*branch.database);
    REQUIRE_FALSE(kept);
    CHECK(kept.error().code == ErrorCode::keyMissing);
    CHECK(staff::checkChain(*branch.database));
    // … and the checkpoint of what has no mac is told for its digest.
    branch.clock.sleepFor(checkpointRhythm);
    CHECK(*careForAudit(branch.care(&branch.signer)));
}

TEST_CASE("the close of a day is a checkpoint, on its paper too") {
    Witnessed branch;
    branch.loadLane();
    StockDesk desk([&] {
        DeskParts parts = branch.parts();
        parts.signer = &branch.signer;
        return parts;
    }());
    REQUIRE(desk.freezeDay(branch.two));
    branch.countDay({{"hopper-1", 20}});
    const auto day = desk.closeDay(branch.two);
    REQUIRE(day);
    CHECK(branch.told() == 1);
    const auto report = desk.report(day->day);
    REQUIRE(report);
    const auto kept = staff::parseCheckpoint(report->auditCheckpoint);
    REQUIRE(kept);
    CHECK(kept->lines == report->auditLines);
    CHECK(kept->terminal == "T-1");
    CHECK(kept->signature == toHex(Bytes(64, 0xAB)));
    CHECK(report->auditLetters == staff::lettersOf(*kept));
    const auto digest =
        branch.database->query("SELECT digest FROM staff_audit WHERE line = ?", {kept->lines});
    CHECK(digest->front().text(0) == kept->digest);
}

TEST_CASE("a machine that signs nothing keeps its paper, and tells nobody") {
    Witnessed branch;
    branch.loadLane();
    branch.clock.sleepFor(checkpointRhythm);
    CHECK_FALSE(*careForAudit(branch.care(nullptr)));
    StockDesk desk = branch.desk();
    REQUIRE(desk.freezeDay(branch.two));
    branch.countDay({{"hopper-1", 20}});
    const auto day = desk.closeDay(branch.two);
    REQUIRE(day);
    CHECK(branch.told() == 0);
    CHECK(desk.report(day->day)->auditCheckpoint.ends_with(" -"));
}
