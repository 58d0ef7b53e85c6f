// The hours between a close and midnight, and days whose names are ahead of the calendar.
#include "firmware/custody/books_clock.hpp"
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

std::optional<ErrorCode> gate(StockBooks& books) {
    const auto open = dayGate(*books.database, books.now, Unclosed::stops);
    return open ? std::optional<ErrorCode>() : open.error().code;
}

// Closed, counted and gone home while the clock stood a year ahead; then it was set right.
struct NamesAhead : StockBooks {
    explicit NamesAhead(bool closed) {
        now = noon + 365 * oneDay;
        loadLaneOne();
        if (closed) REQUIRE(closeCounted({}));
        now = noon;
        REQUIRE(write(
            [&](Transaction& t) { return acceptClock(t, mandate("compared with the phone")); }));
    }
};

}  // namespace

TEST_CASE("a move in the evening after the close is the next day's, and no second day of it") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.closeCounted({}));
    books.make(1, Condition::finished, Place::holder());
    CHECK((*currentDay(*books.database))->began == "20240602");
    CHECK(books.report("20240602").calendarDays == 1);
    CHECK_REFUSED(books, books.freeze(), dayAlreadyClosed);
    books.now += oneDay;
    CHECK_FALSE(gate(books));
    const auto closed = books.closeCounted({});
    REQUIRE(closed);
    CHECK(closed->day == "20240602");
    CHECK(books.report("20240602").calendarDays == 1);
    books.make(2, Condition::finished, Place::holder());
    books.now += 2 * oneDay;
    CHECK(gate(books) == ErrorCode::dayUnclosed);
    REQUIRE(books.closeCounted({}));
    CHECK(books.report("20240603").calendarDays == 2);
}

TEST_CASE("a day closed after midnight leaves the new date its own day") {
    StockBooks books;
    books.loadLaneOne();
    books.now += std::chrono::hours{13};  // 01:00
    REQUIRE(books.closeCounted({}));
    books.make(1, Condition::finished, Place::holder());
    CHECK((*currentDay(*books.database))->began == "20240602");
    books.now += std::chrono::hours{15};
    REQUIRE(books.closeCounted({}));
    CHECK(books.report("20240602").calendarDays == 1);
}

TEST_CASE("names that are ahead of the calendar do not put off the close") {
    NamesAhead books(true);
    CHECK_FALSE(gate(books));
    books.make(1, Condition::finished, Place::holder());
    const std::string name = (*currentDay(*books.database))->day;
    CHECK(name == "20250602");
    CHECK((*currentDay(*books.database))->began == "20240601");
    books.now += oneDay;
    CHECK(gate(books) == ErrorCode::dayUnclosed);
    books.now -= oneDay;
    REQUIRE(books.closeCounted({}));
    CHECK(books.report(name).calendarDays == 1);
    CHECK_REFUSED(books, books.freeze(), dayAlreadyClosed);
    books.make(2, Condition::finished, Place::holder());
    CHECK_REFUSED(books, books.freeze(), dayAlreadyClosed);
    books.now += oneDay;
    CHECK_FALSE(gate(books));
    REQUIRE(books.closeCounted({}));
    books.now += oneDay;
    REQUIRE(books.closeCounted({}));
}

TEST_CASE("a day opened while the clock was ahead is due from the day the clock was set right") {
    NamesAhead books(false);
    const Day day = **currentDay(*books.database);
    CHECK(day.day == "20250601");
    CHECK(day.began == "20240601");
    CHECK_FALSE(gate(books));
    books.make(1, Condition::finished, Place::holder());
    books.now += oneDay;
    CHECK(gate(books) == ErrorCode::dayUnclosed);
    REQUIRE(books.closeCounted({}));
    const ports::DayReport report = books.report(day.day);
    CHECK(report.calendarDays == 2);
    CHECK(report.openedAt <= *report.closedAt);
    const auto span = spanOf(*books.database, day.day, books.now);
    CHECK(span->from <= noon);
    CHECK(span->until >= noon + 365 * oneDay);
}
