// Random acts of staff and machine, right and wrong, with the whole of the invariants after each.
#include <algorithm>

#include "firmware/base/random.hpp"
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

class RandomLife {
  public:
    explicit RandomLife(std::uint64_t seed) : random_(seed) {}

    // One act; whether the books took it.
    bool step() {
        books_.now += std::chrono::minutes{static_cast<int>(below(90))};
        switch (below(20)) {
            case 0:
                return receive();
            case 1:
                return books_.open(box()).has_value();
            case 2:
            case 3:
                return beginExchange();
            case 4:
            case 5:
                return goOnWithExchange();
            case 6:
                return exit();
            case 7:
                return lose();
            case 8:
                return closeTheDay();
            case 9:
                return release();
            case 10:
                return endBox();
            case 11:
                return leaveAtStation();
            case 12:
                return clearStation();
            case 13:
                return feedMissedCard();
            case 14:
                return loadWithoutBox();
            default:
                return makeCard();
        }
    }

    void check() {
        const auto sound = checkInvariants(*books_.database);
        REQUIRE_MESSAGE(sound, (sound ? "" : describe(sound.error())));
        none(
            "SELECT count(*) FROM boxes b WHERE first_number <> '' AND in_vault <> "
            "(SELECT count(*) FROM cards WHERE box = b.box AND place = 'vault')");
        none("SELECT count(*) FROM cards WHERE place = 'vault' AND box IS NULL");
        none("SELECT count(*) FROM boxes WHERE in_vault > 0 AND state IN ('returned','destroyed')");
        none("SELECT count(*) FROM boxes WHERE in_vault > count");
        none(
            "SELECT count(*) FROM cards WHERE place LIKE 'hopper-%' AND "
            "place <> 'hopper-' || lane");
        none("SELECT count(*) FROM cards WHERE place = 'chip-station' AND lane IS NULL");
        // Every card of the vault is of a box.
        const auto boxed = *books_.database->number("SELECT coalesce(sum(in_vault), 0) FROM boxes");
        REQUIRE(*balanceOf(*books_.database, Place::vault()) <= boxed);
    }
    int closes() const { return closes_; }
    int differences() const { return differences_; }
    int evenings() const { return evenings_; }

  private:
    void none(const std::string& query) {
        CAPTURE(query);
        REQUIRE(*books_.database->number(query) == 0);
    }
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
    std::string boxByCount() { return "BC-" + std::to_string(below(3)); }
    std::string box() { return below(4) == 0 ? boxByCount() : "BX-" + std::to_string(below(6)); }
    std::string number() { return numberOf(static_cast<int>(below(120))); }
    // Mostly a card that is there.
    std::string numberAt(const Place& place) {
        const auto there = *cardsAt(*books_.database, place);
        if (there.empty() || below(8) == 0) return number();
        return there[below(there.size())].cardNumber;
    }
    Place place() {
        static const Place places[] = {Place::hopper(1), Place::hopper(2),   Place::vault(),
                                       Place::holdBin(), Place::rejectBin(), Place::chipStation(),
                                       Place::missing(), Place::bank(),      Place::cabinet()};
        return places[below(std::size(places))];
    }
    template <typename Write>
    bool try_(Write change) {
        const std::string before = below(8) == 0 ? books_.dump() : "";
        const bool done = books_.write(change).has_value();
        if (!done && !before.empty()) CHECK(books_.dump() == before);
        return done;
    }
    TwoPeople people() { return {"1001", below(10) == 0 ? "1001" : "1002"}; }
    Mandate mandate() { return {people(), "because", books_.now}; }

    bool receive() {
        if (below(4) == 0) {
            const BoxLabel label = StockBooks::labelByCount(boxByCount(), 10);
            return try_([&](Transaction& t) {
                return receiveBox(t, label, StockBooks::rules(), mandate());
            });
        }
        const int which = static_cast<int>(below(6));
        const int from = (below(6) == 0 ? static_cast<int>(below(6)) : which) * 20;
        BoxLabel label = StockBooks::label("BX-" + std::to_string(which), from, from + 19);
        if (below(5) == 0) label.count = 21;
        return try_(
            [&](Transaction& t) { return receiveBox(t, label, StockBooks::rules(), mandate()); });
    }
    bool beginExchange() {
        const int lane = 1 + static_cast<int>(below(2));
        if (below(5) == 0)
            return try_([&](Transaction& t) { return beginUnload(t, lane, mandate()); });
        if (below(4) == 0) {
            const LoadPlan plan{lane, boxByCount(), "", "", 1 + static_cast<int>(below(10))};
            return try_([&](Transaction& t) { return beginLoad(t, plan, mandate()); });
        }
        const int which = static_cast<int>(below(6));
        const int from = (below(6) == 0 ? static_cast<int>(below(12)) * 10 : which * 20) +
                         10 * static_cast<int>(below(2));
        const LoadPlan plan{lane, "BX-" + std::to_string(which), numberOf(from),
                            numberOf(from + 9)};
        return try_([&](Transaction& t) { return beginLoad(t, plan, mandate()); });
    }
    bool goOnWithExchange() {
        const auto open = *openExchanges(*books_.database);
        if (open.empty()) return false;
        const Exchange& exchange = open[below(open.size())];
        if (below(6) == 0) {
            return try_([&](Transaction& t) { return undoExchange(t, exchange.id, mandate()); });
        }
        const std::int64_t counted = exchange.cards - (below(6) == 0);
        if (!try_([&](Transaction& t) {
                return countExchange(t, exchange.id, counted, mandate());
            })) {
            return false;
        }
        return try_([&](Transaction& t) { return endExchange(t, exchange.id, mandate()); });
    }
    bool makeCard() {
        const int lane = 1 + static_cast<int>(below(2));
        const std::string card = numberAt(Place::hopper(lane));
        static constexpr Condition ends[] = {Condition::finished, Condition::spoiled,
                                             Condition::refused};
        const Condition end = ends[below(3)];
        const Place to = end != Condition::finished ? Place::rejectBin()
                         : below(2) == 0            ? Place::holdBin()
                                                    : Place::holder();
        return try_([&](Transaction& t) -> Result<void> {
            TRY(moveUnidentified(t, Place::hopper(lane), Place::chipStation(),
                                 {"fed", "", books_.now}));
            if (below(20) == 0) {
                return moveUnidentified(t, Place::chipStation(), Place::rejectBin(),
                                        {"mute", "", books_.now});
            }
            TRY(identify(t, card, lane, books_.now));
            TRY(setCondition(t, card, end, "order", books_.now));
            return moveCard(t, card, Place::chipStation(), to, {"done", "order", books_.now});
        });
    }
    bool exit() {
        if (below(2) == 0) {
            const Place from = below(2) == 0 ? Place::holdBin() : Place::cabinet();
            const std::string card = numberAt(from);
            if (below(3) == 0) {
                return try_([&](Transaction& t) { return moveToCabinet(t, {card}, mandate()); });
            }
            if (below(3) == 0) {
                return try_([&](Transaction& t) { return returnHeld(t, {card}, mandate()); });
            }
            return try_([&](Transaction& t) {
                return deliverFromHold(t, {card, below(5) != 0, "P-1"}, "order", mandate());
            });
        }
        const Place bin = below(3) == 0 ? place() : Place::rejectBin();
        const std::int64_t there = *balanceOf(*books_.database, bin);
        const auto emptied = books_.write(
            [&](Transaction& t) { return emptyBin(t, bin, there - (below(5) == 0), mandate()); });
        if (!emptied || emptied->numbers.empty()) return emptied.has_value();
        return try_(
            [&](Transaction& t) { return destroyReturned(t, emptied->numbers, mandate()); });
    }
    bool lose() {
        const Place from = place();
        const bool lost = below(2) == 0;
        const std::string card = below(3) == 0   ? ""
                                 : below(4) == 0 ? boxByCount()
                                                 : numberAt(lost ? from : Place::missing());
        if (lost)
            return try_([&](Transaction& t) { return bookMissing(t, card, from, mandate()); });
        if (below(3) == 0) {
            return try_([&](Transaction& t) { return nameCard(t, number(), from, mandate()); });
        }
        return try_([&](Transaction& t) { return bookFound(t, card, place(), mandate()); });
    }
    bool endBox() {
        const std::string which = box();
        return try_([&](Transaction& t) {
            return below(2) == 0 ? returnBox(t, which, mandate()) : destroyBox(t, which, mandate());
        });
    }
    // A blank is fed and waits for the next order, read or not.
    bool leaveAtStation() {
        const int lane = 1 + static_cast<int>(below(2));
        const std::string card = numberAt(Place::hopper(lane));
        return try_([&](Transaction& t) -> Result<void> {
            TRY(moveUnidentified(t, Place::hopper(lane), Place::chipStation(),
                                 {"fed", "", books_.now}));
            return below(3) == 0 ? Result<void>() : identify(t, card, lane, books_.now);
        });
    }
    bool clearStation() {
        const auto there = *cardsAt(*books_.database, Place::chipStation());
        const Occasion occasion{"cleared", "", books_.now};
        return try_([&](Transaction& t) {
            return there.empty()
                       ? moveUnidentified(t, Place::chipStation(), Place::rejectBin(), occasion)
                       : moveCard(t, there[0].cardNumber, Place::chipStation(), Place::rejectBin(),
                                  occasion);
        });
    }
    bool feedMissedCard() {
        const int lane = 1 + static_cast<int>(below(2));
        const std::string card = numberAt(Place::missing());
        return try_([&](Transaction& t) -> Result<void> {
            const Occasion occasion{"fed", "", books_.now};
            TRY(moveUnidentified(t, Place::hopper(lane), Place::chipStation(), occasion));
            TRY(findAtStation(t, card, occasion));
            return moveCard(t, card, Place::chipStation(), Place::rejectBin(), occasion);
        });
    }
    bool loadWithoutBox() {
        const auto number = *card::SocialCardNumber::parse(numberOf(nextStray_++, 'C'));
        const LaneLoad load{1 + static_cast<int>(below(2)),
                            "B01",
                            "V1",
                            {number},
                            static_cast<std::int64_t>(below(2))};
        return try_([&](Transaction& t) { return loadLane(t, load, books_.now); });
    }
    // What two people see who do not find what the books have; with the numbers, or without.
    struct Seen {
        std::map<std::string, std::int64_t> counted;
        std::map<std::string, std::vector<std::string>> numbers;
    };
    Seen lookAround() {
        Seen seen;
        const auto lines = counting(*books_.database).value();
        for (const CountLine& line : lines) {
            if (below(6) != 0) continue;
            const std::int64_t booked = books_.booked(line.place);
            const bool more = below(2) == 0;
            seen.counted[line.place] = std::max<std::int64_t>(booked + (more ? 1 : -1), 0);
            if (below(2) == 0 || line.place == pathPlace) continue;
            std::vector<std::string> numbers;
            const auto there = cardsAt(*books_.database, Place::named(line.place)).value();
            for (const CardRecord& card : there) {
                if (card::SocialCardNumber::parse(card.cardNumber)) {
                    numbers.push_back(card.cardNumber);
                }
            }
            const std::string stray = numberAt(Place::missing());
            if (more && !std::ranges::count(numbers, stray)) numbers.push_back(stray);
            if (!more && !numbers.empty()) numbers.erase(numbers.begin());
            if (static_cast<std::int64_t>(numbers.size()) > seen.counted[line.place]) continue;
            seen.numbers[line.place] = numbers;
        }
        return seen;
    }
    bool closeTheDay() {
        if (!books_.freeze()) return false;
        const Seen seen = below(2) == 0 ? lookAround() : Seen{};
        bool done = books_.countAll(seen.counted, seen.numbers).has_value();
        if (done && books_.recount())
            done = books_.countAll(seen.counted, seen.numbers).has_value();
        done = done && books_.close().has_value();
        if (!done) return try_([&](Transaction& t) { return thawDay(t, mandate()); });
        ++closes_;
        differences_ += !seen.counted.empty();
        checkReport();
        spendTheEvening();
        books_.now += oneDay;
        return true;
    }
    // What happens after the close is tomorrow's, and cannot be closed today.
    void spendTheEvening() {
        const std::string today = closedDays(*books_.database, 1).value().at(0).day;
        // Closed late, the day before: today has its own day still.
        if (today != formatDate(chinaDate(books_.now))) return;
        ++evenings_;
        CHECK_FALSE(books_.freeze().has_value());
        if (!makeCard()) return;
        CHECK_FALSE(books_.freeze().has_value());
        const auto open = *currentDay(*books_.database);
        REQUIRE(open.has_value());
        CHECK(open->day > today);
        CHECK(books_.report(open->day).calendarDays == 1);
        CHECK(dayGate(*books_.database, books_.now + oneDay, Unclosed::stops).has_value());
    }
    void checkReport() {
        const auto report = books_.report(closedDays(*books_.database, 1)->at(0).day);
        std::int64_t kiosk = 0;
        for (const auto& line : report.places) {
            CHECK(line.closing == line.opening + line.in - line.out);
            REQUIRE(line.counted.has_value());
            CHECK(*line.counted == books_.booked(line.place));
            const bool outside =
                line.place == "vault" || line.place == "old-card-bin" || line.place == "cabinet";
            if (!outside) kiosk += line.closing;
        }
        CHECK(report.kiosk.expected == kiosk);
        CHECK(report.vault.expected == report.places.back().closing);
        for (const auto& bank : report.consumption) {
            CHECK(bank.consumed == bank.taken + bank.held + bank.spoiled);
        }
    }
    bool release() {
        const auto open = *openCases(*books_.database);
        if (open.empty()) return false;
        return try_([&](Transaction& t) { return releaseCase(t, open[0].id, mandate()); });
    }

    SeededRandom random_;
    StockBooks books_;
    int closes_ = 0;
    int differences_ = 0;
    int evenings_ = 0;
    int nextStray_ = 0;
};

}  // namespace

TEST_CASE("property: no sequence of acts, right or wrong, breaks the books") {
    int done = 0;
    int closes = 0;
    int differences = 0;
    int evenings = 0;
    for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
        CAPTURE(seed);
        RandomLife life(seed);
        for (int i = 0; i < 250; ++i) {
            CAPTURE(i);
            done += life.step();
            life.check();
        }
        closes += life.closes();
        differences += life.differences();
        evenings += life.evenings();
    }
    CHECK(differences > 10);
    CHECK(evenings > 10);
    CHECK(done > 300);
    CHECK(closes > 20);
}
