// A clock that stands before the books, or far from the province, is not believed.
#include "firmware/session/clock_trust.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

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
