#include "firmware/custody/books_clock.hpp"

#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

// Cards came while the clock stood a year ahead; then it was set right.
struct BooksDatedAhead : StockBooks {
    BooksDatedAhead() {
        now = noon + 365 * oneDay;
        REQUIRE(receive(label("BX-1", 0, 99)));
        now = noon;
    }
    Result<void> accept(const std::string& reason) {
        return write([&](Transaction& t) { return acceptClock(t, mandate(reason)); });
    }
};

}  // namespace

TEST_CASE("books dated ahead refuse every act until two people say the clock is right") {
    BooksDatedAhead books;
    CHECK_REFUSED(books, books.open("BX-1"), clockNotTrusted);
    CHECK_REFUSED(books, books.accept(""), moveNotPossible);
    REQUIRE(books.accept("compared with the telephone"));
    CHECK(books.open("BX-1"));
    CHECK(dayGate(*books.database, books.now, Unclosed::goesOn));
    CHECK(*newestInBooks(*books.database) == noon);
}

TEST_CASE("an accepted clock is watched like any other") {
    BooksDatedAhead books;
    REQUIRE(books.accept("compared with the telephone"));
    CHECK_REFUSED(books, books.accept("once more"), moveNotPossible);
    REQUIRE(books.open("BX-1"));
    books.now = noon - oneDay;
    CHECK_REFUSED(books, books.begin(1, "BX-1", 0, 49), clockNotTrusted);
    books.now = noon + oneDay;
    CHECK(books.begin(1, "BX-1", 0, 49));
}
