// A clock that stands before the books, or far from the province, is not believed.
#include "firmware/session/clock_trust.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"
#include "tests/world/province/pki.hpp"

using namespace liqu;
using session::checkClockAgainstBooks;
using session::checkClockAgainstProvince;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

const WallTime noon = WallTime{std::chrono::sys_days{std::chrono::year{2024} / 6 / 1}} +
                      std::chrono::hours{12} - chinaOffset;

std::int64_t stampOf(WallTime at) {
    return at.time_since_epoch().count();
}

struct BooksAtNoon {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);

    void write(const std::string& sql, storage::Values values) {
        auto transaction = storage::Transaction::begin(*database).value();
        REQUIRE(transaction.run(sql, values));
        REQUIRE(transaction.commit());
    }
    bool believes(WallTime now) {
        const auto checked = checkClockAgainstBooks(*database, now);
        if (!checked) CHECK(checked.error().code == ErrorCode::clockNotTrusted);
        return checked.has_value();
    }
    void checkOnlyBackwardsIsWrong() {
        CHECK(believes(noon));
        CHECK(believes(noon + std::chrono::hours{24 * 365}));
        CHECK(believes(noon - minutes{5}));
        CHECK_FALSE(believes(noon - minutes{5} - milliseconds{1}));
        CHECK_FALSE(believes(WallTime{}));
    }
};

}  // namespace

TEST_CASE("new books believe any clock") {
    BooksAtNoon books;
    CHECK(books.believes(WallTime{}));
    CHECK(books.believes(noon));
}

TEST_CASE("the newest entry of each book counts") {
    BooksAtNoon books;
    SUBCASE("a move") {
        for (const char* place : {"here", "there"}) {
            books.write("INSERT INTO places(place, balance) VALUES(?, 5)", {std::string(place)});
        }
        for (const WallTime at : {noon - std::chrono::hours{20}, noon}) {
            books.write(
                "INSERT INTO moves(at, from_place, to_place, quantity, reason) "
                "VALUES(?, 'here', 'there', 1, 'test')",
                {stampOf(at)});
        }
    }
    SUBCASE("a step of an order") {
        books.write(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES('o', ?, 's', 'd', 'open')",
            {stampOf(noon)});
        books.write(
            "INSERT INTO journal(order_id, step, attempt, phase, at, detail) "
            "VALUES('o', 'feed', 1, 'intent', ?, '')",
            {stampOf(noon)});
    }
    SUBCASE("a fact for the province") {
        books.write(
            "INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, "
            "happened_at, state) VALUES(1, 'o', 't', 'k', ?, 'queued')",
            {stampOf(noon)});
    }
    books.checkOnlyBackwardsIsWrong();
}

TEST_CASE("the words say both times and what to do") {
    const auto wrong = checkClockAgainstProvince(formatChinaTime(noon), noon + minutes{60});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().cause ==
          "the clock says 2024-06-01T13:00:00.000+08:00, the province's "
          "2024-06-01T12:00:00.000+08:00; set the clock");
}

TEST_CASE("the province's time may be a little before or after ours, not much") {
    const auto codeAt = [](WallTime now) {
        const auto checked = checkClockAgainstProvince("2024-06-01T12:00:00.000+08:00", now);
        return checked ? std::optional<ErrorCode>() : checked.error().code;
    };
    CHECK_FALSE(codeAt(noon));
    CHECK_FALSE(codeAt(noon + minutes{5}));
    CHECK_FALSE(codeAt(noon - minutes{5}));
    CHECK(codeAt(noon + minutes{5} + milliseconds{1}) == ErrorCode::clockNotTrusted);
    CHECK(codeAt(noon - minutes{5} - milliseconds{1}) == ErrorCode::clockNotTrusted);
    CHECK(checkClockAgainstProvince("soon", noon).error().code ==
          ErrorCode::provinceReplyMalformed);
    CHECK(checkClockAgainstProvince("2024-02-30T12:00:00.000+08:00", noon).error().code ==
          ErrorCode::provinceReplyMalformed);
}

TEST_CASE("a certificate that is not valid is a question to the clock first") {
    test::Scratch scratch;
    const world::Pki pki = world::Pki::generate(scratch.folder() / "keys", "T-000017").value();
    const security::Certificate good = security::readCertificate(pki.terminal()).value();
    const security::Certificate ended = security::readCertificate(pki.terminalExpired()).value();
    const WallTime today = SystemClock().wallTime();
    CHECK(good.from <= today);
    CHECK(today <= good.to);
    CHECK(ended.to < today);
    const auto causeAt = [](BooksAtNoon& books, const security::Certificate& own, WallTime now) {
        const auto checked = session::checkClockAgainstCertificate(*books.database, own, now);
        if (!checked) CHECK(checked.error().code == ErrorCode::clockNotTrusted);
        return checked ? std::string() : checked.error().cause;
    };
    BooksAtNoon empty;
    CHECK(causeAt(empty, good, today) == "");
    // A machine without books whose date is 2040: how far it is off is said.
    const WallTime later = good.to + std::chrono::hours{24 * 100 + 1};
    CHECK(causeAt(empty, good, later).find("100 days after this machine's certificate ended") !=
          std::string::npos);
    const WallTime earlier = good.from - std::chrono::hours{24 * 3 + 1};
    CHECK(causeAt(empty, good, earlier).find("4 days before this machine's certificate begins") ==
          std::string::npos);
    CHECK(causeAt(empty, good, earlier).find("3 days before this machine's certificate begins") !=
          std::string::npos);
    // A machine that worked yesterday has a good clock, and a certificate that has ended.
    BooksAtNoon worked;
    worked.write(
        "INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, "
        "happened_at, state) VALUES(1, 'o', 't', 'k', ?, 'queued')",
        {stampOf(today - std::chrono::hours{24})});
    CHECK(causeAt(worked, ended, today) == "");
    CHECK_FALSE(causeAt(worked, ended, today + std::chrono::hours{24 * 40}) == "");
    CHECK(security::readCertificate(pki.terminalKey()).error().code == ErrorCode::keyMissing);
    CHECK(security::readCertificate(pki.folder / "none.pem").error().code == ErrorCode::keyMissing);
}

TEST_CASE("no clock stands rightly before the day the program was built") {
    CHECK(session::checkClockAgainstProgram(noon, noon + std::chrono::hours{24 * 900}));
    CHECK(session::checkClockAgainstProgram(noon, noon - std::chrono::hours{23}));
    const auto wrong =
        session::checkClockAgainstProgram(noon, noon - std::chrono::hours{24 * 10 + 1});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::clockNotTrusted);
    CHECK(wrong.error().cause.find("10 days before this program was built") != std::string::npos);
}
