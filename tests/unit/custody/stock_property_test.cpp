// Random acts of staff and machine, right and wrong, with the whole of the invariants after each.
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
        switch (below(14)) {
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
            default:
                return makeCard();
        }
    }

    void check() {
        const auto sound = checkInvariants(*books_.database);
        REQUIRE_MESSAGE(sound, (sound ? "" : describe(sound.error())));
        const auto boxed = *books_.database->number(
            "SELECT count(*) FROM boxes b WHERE in_vault <> "
            "(SELECT count(*) FROM cards WHERE box = b.box AND place = "
            "'vault')");
        REQUIRE(boxed == 0);
    }
    int closes() const { return closes_; }

  private:
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
    std::string box() { return "BX-" + std::to_string(below(6)); }
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
                                       Place::missing(), Place::bank()};
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
    Act act() { return {people(), "because", books_.now}; }

    bool receive() {
        const int which = static_cast<int>(below(6));
        const int from = (below(6) == 0 ? static_cast<int>(below(6)) : which) * 20;
        BoxLabel label = StockBooks::label("BX-" + std::to_string(which), from, from + 19);
        if (below(5) == 0) label.count = 21;
        return try_(
            [&](Transaction& t) { return receiveBox(t, label, StockBooks::rules(), act()); });
    }
    bool beginExchange() {
        const int lane = 1 + static_cast<int>(below(2));
        if (below(5) == 0) return try_([&](Transaction& t) { return beginUnload(t, lane, act()); });
        const int which = static_cast<int>(below(6));
        const int from = (below(6) == 0 ? static_cast<int>(below(12)) * 10 : which * 20) +
                         10 * static_cast<int>(below(2));
        const LoadPlan plan{lane, "BX-" + std::to_string(which), numberOf(from),
                            numberOf(from + 9)};
        return try_([&](Transaction& t) { return beginLoad(t, plan, act()); });
    }
    bool goOnWithExchange() {
        const auto open = *openExchanges(*books_.database);
        if (open.empty()) return false;
        const Exchange& exchange = open[below(open.size())];
        if (below(6) == 0) {
            return try_([&](Transaction& t) { return undoExchange(t, exchange.id, act()); });
        }
        const std::int64_t counted = exchange.cards - (below(6) == 0);
        if (!try_([&](Transaction& t) { return countExchange(t, exchange.id, counted, act()); })) {
            return false;
        }
        return try_([&](Transaction& t) { return endExchange(t, exchange.id, act()); });
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
            const std::string card = numberAt(Place::holdBin());
            return try_([&](Transaction& t) {
                return deliverFromHold(t, {card, below(5) != 0, "P-1"}, "order", act());
            });
        }
        const Place bin = below(3) == 0 ? place() : Place::rejectBin();
        const std::int64_t there = *balanceOf(*books_.database, bin);
        const auto emptied = books_.write(
            [&](Transaction& t) { return emptyBin(t, bin, there - (below(5) == 0), act()); });
        if (!emptied || emptied->numbers.empty()) return emptied.has_value();
        return try_([&](Transaction& t) { return destroyReturned(t, emptied->numbers, act()); });
    }
    bool lose() {
        const Place from = place();
        const bool lost = below(2) == 0;
        const std::string card = below(3) == 0 ? "" : numberAt(lost ? from : Place::missing());
        if (lost) return try_([&](Transaction& t) { return bookMissing(t, card, from, act()); });
        if (below(3) == 0) {
            return try_([&](Transaction& t) { return nameCard(t, number(), from, act()); });
        }
        return try_([&](Transaction& t) { return bookFound(t, card, place(), act()); });
    }
    bool closeTheDay() {
        if (!books_.freeze()) return false;
        std::map<std::string, std::int64_t> counted;
        if (below(3) == 0) {
            const std::string lane = Place::hopper(1 + static_cast<int>(below(2))).name();
            counted[lane] = std::max<std::int64_t>(books_.booked(lane) - 1, 0);
        }
        bool done = books_.countAll(counted).has_value();
        if (done && books_.recount()) done = books_.countAll(counted).has_value();
        done = done && books_.close().has_value();
        if (!done) return try_([&](Transaction& t) { return thawDay(t, act()); });
        ++closes_;
        checkReport();
        books_.now += oneDay;
        return true;
    }
    void checkReport() {
        const auto report = books_.report(closedDays(*books_.database, 1)->at(0).day);
        std::int64_t kiosk = 0;
        for (const auto& line : report.places) {
            CHECK(line.closing == line.opening + line.in - line.out);
            REQUIRE(line.counted.has_value());
            CHECK(*line.counted == books_.booked(line.place));
            if (line.place != "vault" && line.place != "old-card-bin") kiosk += line.closing;
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
        return try_([&](Transaction& t) { return releaseCase(t, open[0].id, act()); });
    }

    SeededRandom random_;
    StockBooks books_;
    int closes_ = 0;
};

}  // namespace

TEST_CASE("property: no sequence of acts, right or wrong, breaks the books") {
    int done = 0;
    int closes = 0;
    for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
        CAPTURE(seed);
        RandomLife life(seed);
        for (int i = 0; i < 250; ++i) {
            CAPTURE(i);
            done += life.step();
            life.check();
        }
        closes += life.closes();
    }
    CHECK(done > 300);
    CHECK(closes > 20);
}
