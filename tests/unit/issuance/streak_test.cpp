// What became of the last cards, read from the journal and the outbox alone.
#include "firmware/issuance/streak.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

namespace liqu::issuance {
namespace {

struct Journal {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    policy::RegionPolicy region;
    int orders = 0;
    int facts = 0;

    void run(const std::string& sql, const storage::Values& values) {
        auto transaction = storage::Transaction::begin(*database).value();
        REQUIRE(transaction.run(sql, values));
        REQUIRE(transaction.commit());
    }
    std::string open(const std::string& state) {
        const std::string order = "o" + std::to_string(++orders);
        run("INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES(?, 1, 's', 'd', ?)",
            {order, state});
        return order;
    }
    void note(const std::string& order, const std::string& step, const std::string& phase,
              const std::string& detail) {
        run("INSERT INTO journal(order_id, step, attempt, phase, at, detail) VALUES(?,?,1,?,1,?)",
            {order, step, phase, detail});
    }
    // A card that did not come to its holder: the bin's intent, the failed step, the bin's fact.
    void ended(const std::string& order, const std::string& bin, ErrorCode cause,
               const std::string& failed = "checkBlank") {
        const std::string words = "error=" + std::to_string(numberOf(cause));
        note(order, bin, "intent", words);
        note(order, failed, "failure", words);
        note(order, bin, "fact", "");
    }
    void refused(ErrorCode cause) { ended(open("resumable"), "reject", cause); }
    void spoiled(ErrorCode cause) { ended(open("failed"), "reject", cause, "readBack"); }
    void taken() { note(open("handedOver"), "present", "fact", ""); }
    std::string unanswered(const std::string& step) {
        const std::string order = open("held");
        ended(order, "hold", ErrorCode::provinceOutcomeUnknown, step);
        run("INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, "
            "happened_at, state) VALUES(?, ?, ?, ?, 1, 'queued')",
            {std::int64_t{++facts}, order,
             std::string(step == "report" ? "ISSUE.REPORT" : "ISSUE.ENABLE"), order});
        return order;
    }
    int sameCause() { return currentStreak(*database).value()->sameCause; }
    int cards() {
        const auto streak = currentStreak(*database).value();
        return streak ? streak->cards : 0;
    }
    bool stops() { return !requireNoStreak(*database, region).has_value(); }
};

TEST_CASE("as many cards in a row as the region says, for one cause") {
    Journal journal;
    CHECK(journal.cards() == 0);
    journal.refused(ErrorCode::chipForeign);
    CHECK(journal.cards() == 1);
    CHECK_FALSE(journal.stops());
    journal.spoiled(ErrorCode::chipForeign);
    CHECK(journal.cards() == 2);
    CHECK(journal.stops());
    const auto wrong = requireNoStreak(*journal.database, journal.region);
    CHECK(wrong.error().code == ErrorCode::makingStopped);
    CHECK(wrong.error().cause ==
          "2 card(s) in a row were not handed over, the last for 30210 chipForeign");
    journal.region.failuresInARow = 3;
    CHECK_FALSE(journal.stops());
    SUBCASE("a card that was taken ends it") {
        journal.taken();
        CHECK(journal.cards() == 0);
    }
    SUBCASE("another cause begins anew") {
        journal.spoiled(ErrorCode::cardJammed);
        CHECK(journal.sameCause() == 1);
        CHECK_FALSE(journal.stops());
    }
    SUBCASE("a made card that nobody took ends it") {
        journal.ended(journal.open("held"), "hold", ErrorCode::cardNotTaken, "present");
        CHECK(journal.cards() == 0);
    }
    SUBCASE("a power cut between is no card") {
        journal.ended(journal.open("held"), "hold", ErrorCode::machineRestarted, "print");
        CHECK(journal.cards() == 2);
        journal.spoiled(ErrorCode::chipForeign);
        CHECK(journal.cards() == 3);
    }
    SUBCASE("taken while it was on its way into the bin is taken") {
        journal.ended(journal.open("handedOver"), "hold", ErrorCode::cardNotTaken, "present");
        CHECK(journal.cards() == 0);
    }
    SUBCASE("staff say so") {
        const auto end = [&journal] {
            auto transaction = storage::Transaction::begin(*journal.database).value();
            return endStreak(transaction) && transaction.commit();
        };
        CHECK(end());
        CHECK(journal.cards() == 0);
        CHECK(end());
        journal.refused(ErrorCode::chipForeign);
        CHECK(journal.cards() == 1);
    }
}

TEST_CASE("one worn part that fails now so, now otherwise: twice as many stop it") {
    Journal journal;
    journal.taken();
    journal.refused(ErrorCode::chipForeign);
    journal.spoiled(ErrorCode::cardJammed);
    journal.refused(ErrorCode::chipForeign);
    CHECK(journal.sameCause() == 1);
    CHECK_FALSE(journal.stops());
    journal.spoiled(ErrorCode::chipMemoryFailed);
    CHECK(journal.cards() == 4);
    CHECK(journal.stops());
    journal.taken();
    CHECK(journal.cards() == 0);
}

TEST_CASE("bad contacts are one cause, whatever they look like") {
    Journal journal;
    journal.refused(ErrorCode::chipMute);
    journal.refused(ErrorCode::chipReplyTorn);
    journal.refused(ErrorCode::chipWasReset);
    CHECK(journal.cards() == 3);
}

TEST_CASE("a way into the bin that was begun again is one card") {
    Journal journal;
    const std::string order = journal.open("failed");
    journal.note(order, "reject", "intent", "error=30218");
    journal.note(order, "writeChip", "failure", "error=30218");
    journal.note(order, "reject", "intent", "error=30218 stuck=1");
    journal.note(order, "reject", "fact", "");
    CHECK(journal.cards() == 1);
    // Two blanks of one order are two.
    const std::string other = journal.open("resumable");
    journal.ended(other, "reject", ErrorCode::chipMemoryFailed);
    journal.ended(other, "reject", ErrorCode::chipMemoryFailed);
    CHECK(journal.cards() == 3);
}

TEST_CASE("one report or enabling without an answer is enough, until it is answered") {
    for (const char* step : {"report", "enable"}) {
        CAPTURE(std::string(step));
        Journal journal;
        const std::string order = journal.unanswered(step);
        CHECK(journal.cards() == 1);
        CHECK(journal.stops());
        journal.run("UPDATE outbox SET state = 'delivered' WHERE order_id = ?", {order});
        CHECK_FALSE(journal.stops());
        CHECK(journal.cards() == 0);
    }
}

TEST_CASE("cards that hands took out of the printer, one after the other, stop the feeding") {
    Journal journal;
    for (int i = 0; i < journal.region.failuresInARow; ++i) {
        CHECK_FALSE(journal.stops());
        journal.spoiled(ErrorCode::cardGoneFromPrinter);
    }
    CHECK(journal.stops());
}

TEST_CASE("what sensors and self-tests tell stops nothing by itself") {
    Journal journal;
    for (const ErrorCode cause : {ErrorCode::ribbonEnded, ErrorCode::printerCoverOpen,
                                  ErrorCode::printerUnplugged, ErrorCode::chipServiceDown}) {
        for (int i = 0; i < 3; ++i) journal.spoiled(cause);
        CHECK(journal.cards() == 0);
    }
}

}  // namespace
}  // namespace liqu::issuance
