// Rules: I-04.
#include "firmware/custody/ledger.hpp"

#include <doctest/doctest.h>

#include "firmware/base/random.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::custody;
using liqu::storage::Transaction;

namespace {

constexpr WallTime noon{std::chrono::milliseconds{1717214400000}};

std::vector<card::SocialCardNumber> range(const char* first, const char* last) {
    return *card::expandRange(*card::SocialCardNumber::withBody(first),
                              *card::SocialCardNumber::withBody(last));
}

struct Books {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);

    Books() {
        CHECK(write([](Transaction& t) { return openPlaces(t, 2, 100, 30); }));
    }
    template <typename Work>
    Result<void> write(Work work) {
        Transaction transaction = TRY(Transaction::begin(*database));
        TRY(work(transaction));
        return transaction.commit();
    }
    Result<void> load(int lane, const char* first, const char* last, const char* bank = "B01") {
        return write([&](Transaction& t) {
            return loadLane(t, {lane, bank, "V1", range(first, last)}, noon);
        });
    }
    Result<void> feed(int lane) {
        return write([&](Transaction& t) {
            return moveUnidentified(t, Place::hopper(lane), Place::chipStation(),
                                    {"fed", "", noon});
        });
    }
};

}  // namespace

TEST_CASE(
    "a card the books miss that is fed is found, and the lane keeps the one it was taken for") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000009"));
    const std::string number = "A00000003";
    REQUIRE(books.write([&](Transaction& t) {
        return moveCard(t, number, Place::hopper(1), Place::missing(), {"missing", "", noon});
    }));
    REQUIRE(books.feed(1));
    CHECK(books.write([&](Transaction& t) { return identify(t, number, 1, noon); }).error().code ==
          ErrorCode::laneBelongsToOther);
    REQUIRE(books.write([&](Transaction& t) {
        return findAtStation(t, number, {"found", "order", noon});
    }));
    CHECK((*findCard(*books.database, number))->place == Place::chipStation());
    CHECK(*balanceOf(*books.database, Place::chipStation()) == 1);
    CHECK(*balanceOf(*books.database, Place::missing()) == 0);
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 9);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("loading, feeding, identifying and handing out one card") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000009"));
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 10);
    REQUIRE(books.feed(1));
    const std::string number = "A00000003";
    REQUIRE(books.write([&](Transaction& t) { return identify(t, number, 1, noon); }));
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(setCondition(t, number, Condition::finished, "order", noon));
        TRY(moveCard(t, number, Place::chipStation(), Place::mouth(),
                     {"presented", "order", noon}));
        return moveCard(t, number, Place::mouth(), Place::holder(), {"taken", "order", noon});
    }));
    CHECK(*balanceOf(*books.database, Place::holder()) == 1);
    const auto card = findCard(*books.database, number);
    REQUIRE((card && *card));
    CHECK((*card)->place == Place::holder());
    CHECK((*card)->condition == "finished");
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("what the books refuse, and stay as they were") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000009"));
    CHECK(books.load(2, "A0000009", "A0000012").error().code == ErrorCode::rangeOverlaps);
    CHECK(books.load(1, "B0000000", "B0000004", "B02").error().code ==
          ErrorCode::laneBelongsToOther);
    CHECK(books.load(1, "A0000100", "A0000199").error().code == ErrorCode::placeFull);
    CHECK(books.feed(2).error().code == ErrorCode::placeBelowZero);
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 10);
    CHECK(*balanceOf(*books.database, Place::hopper(2)) == 0);
    REQUIRE(books.feed(1));
    CHECK(books.feed(1).error().code == ErrorCode::placeFull);
    CHECK(books.write([&](Transaction& t) { return identify(t, "Z00000000", 1, noon); })
              .error()
              .code == ErrorCode::cardNotInStock);
    CHECK(books.write([&](Transaction& t) { return identify(t, "A00000003", 2, noon); })
              .error()
              .code == ErrorCode::laneBelongsToOther);
    CHECK(books
              .write([&](Transaction& t) {
                  return moveCard(t, "A00000003", Place::mouth(), Place::holder(),
                                  {"taken", "", noon});
              })
              .error()
              .code == ErrorCode::moveNotPossible);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("an empty lane may change its bank") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000000"));
    REQUIRE(books.feed(1));
    CHECK(books.load(1, "B0000000", "B0000004", "B02"));
    const auto bank = books.database->query("SELECT bank FROM lanes WHERE lane = 1");
    REQUIRE(bank);
    CHECK(bank->at(0).text(0) == "B02");
}

TEST_CASE("an untouched blank at the chip station is of the lane that was fed") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000004"));
    REQUIRE(books.load(2, "B0000000", "B0000004"));
    CHECK(laneOfKeptBlank(*books.database).value() == std::nullopt);
    REQUIRE(books.feed(2));
    CHECK(laneOfKeptBlank(*books.database).value() == 2);
    REQUIRE(books.write([](Transaction& t) {
        return moveUnidentified(t, Place::chipStation(), Place::rejectBin(), {"refused", "", noon});
    }));
    CHECK(laneOfKeptBlank(*books.database).value() == std::nullopt);
    REQUIRE(books.feed(1));
    CHECK(laneOfKeptBlank(*books.database).value() == 1);
}

TEST_CASE("a number once used is never identified again") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000001"));
    REQUIRE(books.feed(1));
    const std::string number = range("A0000000", "A0000000")[0].text();
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(identify(t, number, 1, noon));
        TRY(setCondition(t, number, Condition::spoiled, "order", noon));
        return moveCard(t, number, Place::chipStation(), Place::rejectBin(),
                        {"rejected", "order", noon});
    }));
    REQUIRE(books.feed(1));
    CHECK(books.write([&](Transaction& t) { return identify(t, number, 1, noon); }).error().code ==
          ErrorCode::cardAlreadyUsed);
}

TEST_CASE("the invariants find a planted error") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000009"));
    REQUIRE(books.write([](Transaction& t) {
        return t.run("UPDATE places SET balance = balance - 1 WHERE place = 'hopper-1'");
    }));
    CHECK(checkInvariants(*books.database).error().code == ErrorCode::storageDamaged);
}

TEST_CASE("property: no sequence of moves, right or wrong, breaks the invariants") {
    Books books;
    REQUIRE(books.load(1, "A0000000", "A0000049"));
    SeededRandom random(20240601);
    const Place places[] = {Place::hopper(1),     Place::hopper(2), Place::transport(),
                            Place::chipStation(), Place::mouth(),   Place::holder(),
                            Place::rejectBin()};
    const auto numbers = range("A0000000", "A0000049");
    int done = 0;
    for (int i = 0; i < 400; ++i) {
        const Place& from = places[random.below(std::size(places))];
        const Place& to = places[random.below(std::size(places))];
        if (from == to) continue;
        const bool numbered = random.below(3) == 0;
        const std::string number = numbers[random.below(numbers.size())].text();
        const auto moved = books.write([&](Transaction& t) -> Result<void> {
            if (!numbered) return moveUnidentified(t, from, to, {"random", "", noon});
            if (random.below(2) == 0) return identify(t, number, 1, noon);
            return moveCard(t, number, from, to, {"random", "", noon});
        });
        done += moved.has_value();
        if (i % 20 == 0) {
            const auto inside = books.database->number(
                "SELECT coalesce(sum(balance),0) FROM places WHERE place IN "
                "('transport','chip-station','mouth')");
            // Random feet may put two cards inside; everything else must hold at any time.
            if (*inside <= 1 && !numbered) CHECK(books.database->verify());
        }
    }
    CHECK(done > 20);
    CHECK(*books.database->number("SELECT sum(balance) FROM places") == 0);
    CHECK(*books.database->number(
              "SELECT count(*) FROM places WHERE balance < 0 AND place <> 'bank'") == 0);
}
