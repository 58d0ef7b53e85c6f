// The books after a thousand moves and after a million, ten years of a busy kiosk: what opening the
// stock screen, one move and the close of a day cost then, as a ratio. Rounds interleaved, same
// disk.
#include <chrono>
#include <cstdio>

#include "firmware/base/assert.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/stock_history.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::bench {
namespace {

using namespace custody;
using storage::Transaction;

constexpr int cardsPerDay = 68;  // of four moves each, one in ten held or spoiled
constexpr int fewDays = 4;
constexpr int manyDays = 3'700;
constexpr int openings = 300;
constexpr int moves = 300;
constexpr int closes = 15;

double microseconds(auto&& act) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
        .count();
}

// One kiosk with its years behind it.
class Years {
  public:
    explicit Years(int days) {
        inOne([](Transaction& t) { need(openPlaces(t, 1, 1000, 30)); });
        constexpr int daysPerCommit = 20;
        for (int day = 0; day < days; day += daysPerCommit) {
            inOne([&](Transaction& t) {
                for (int i = day; i < std::min(day + daysPerCommit, days); ++i) {
                    work(t);
                    count(t);
                    close(t);
                }
            });
        }
        // A second box stays in the lane, to be moved.
        inOne([&](Transaction& t) {
            work(t);
            work(t, false);
        });
    }

    double open() {
        return microseconds([&] { need(stockOverview(*database_, {}, now_)); });
    }
    double move() {
        inside_ = !inside_;
        const Place& from = inside_ ? Place::hopper(1) : Place::chipStation();
        const Place& to = inside_ ? Place::chipStation() : Place::hopper(1);
        return microseconds([&] {
            inOne([&](Transaction& t) {
                need(moveUnidentified(t, from, to, {"bench", "", now_}));
            });
        });
    }
    double closeDay() {
        inOne([&](Transaction& t) { count(t); });
        const double took = microseconds([&] { inOne([&](Transaction& t) { close(t); }); });
        inOne([&](Transaction& t) { work(t); });
        return took;
    }
    std::int64_t moveCount() { return *database_->number("SELECT max(move) FROM moves"); }

  private:
    template <typename R>
    static void need(const R& result) {
        if (!result) std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
        LIQU_ASSERT(result.has_value());
    }
    void inOne(auto&& act) {
        auto transaction = Transaction::begin(*database_);
        need(transaction);
        act(*transaction);
        need(transaction->commit());
    }
    Mandate mandate() const { return {{"1001", "1002"}, "bench", now_}; }

    static std::string number(int n) {
        std::string digits = std::to_string(n);
        digits.insert(0, 7 - digits.size(), '0');
        return card::SocialCardNumber::withBody("A" + digits)->text();
    }

    // A box is received and loaded, its cards are made.
    void work(Transaction& t, bool makeThem = true) {
        now_ += std::chrono::hours{1};
        const int first = next_;
        next_ += cardsPerDay;
        const std::string box = "BX-" + std::to_string(first);
        const BoxLabel label{
            box,         "B01", "V1", "3.00", "440100", number(first), number(next_ - 1),
            cardsPerDay, "S-1"};
        need(receiveBox(t, label, {"440100", {"B01"}, 500}, mandate()));
        need(openBox(t, box, "S-1", mandate()));
        const auto load = beginLoad(t, {1, box, label.first, label.last}, mandate());
        need(load);
        need(countExchange(t, *load, cardsPerDay, mandate()));
        need(endExchange(t, *load, mandate()));
        if (!makeThem) return;
        for (int n = first; n < next_; ++n) make(t, number(n), n % 10);
        if (*balanceOf(*database_, Place::rejectBin()) > 25) {
            need(emptyBin(t, Place::rejectBin(), *balanceOf(*database_, Place::rejectBin()),
                          mandate()));
        }
    }
    void make(Transaction& t, const std::string& card, int fate) {
        const Occasion occasion{"bench", "order", now_};
        need(moveUnidentified(t, Place::hopper(1), Place::transport(), occasion));
        need(moveUnidentified(t, Place::transport(), Place::chipStation(), occasion));
        need(identify(t, card, 1, now_));
        need(setCondition(t, card, fate == 0 ? Condition::spoiled : Condition::finished, "order",
                          now_));
        if (fate == 0) {
            need(moveCard(t, card, Place::chipStation(), Place::rejectBin(), occasion));
            return;
        }
        need(moveCard(t, card, Place::chipStation(), Place::mouth(), occasion));
        need(moveCard(t, card, Place::mouth(), Place::holder(), occasion));
    }
    void count(Transaction& t) {
        need(freezeDay(t, mandate()));
        const auto lines = counting(*database_);
        need(lines);
        for (const CountLine& line : *lines) {
            for (const char* badge : {"1001", "1002"}) {
                const std::int64_t cards = line.place == pathPlace
                                               ? *balanceOf(*database_, Place::chipStation())
                                               : *balanceOf(*database_, Place::named(line.place));
                need(enterCount(t, {line.place, badge, cards}, now_));
            }
        }
    }
    void close(Transaction& t) {
        const auto day = custody::closeDay(t, mandate());
        need(day);
        need(reportOf(*database_, day->day, {"T-1", "O-1", "440100"}, now_));
        now_ += std::chrono::hours{23};
    }

    test::Scratch scratch_;
    std::unique_ptr<storage::Database> database_ = test::openDatabase(scratch_);
    WallTime now_{std::chrono::milliseconds{1'400'000'000'000}};
    int next_ = 0;
    bool inside_ = false;
};

}  // namespace

void benchStock(Figures& figures) {
    Years few(fewDays);
    Years many(manyDays);
    const auto ratio = [&](int rounds, auto&& cost) {
        std::vector<double> of[2];
        for (int round = 0; round < rounds; ++round) {
            of[0].push_back(cost(few));
            of[1].push_back(cost(many));
        }
        return std::pair(quantile(of[0], 0.5), quantile(of[1], 0.5));
    };
    const auto report = [&](const std::string& name, std::pair<double, double> cost) {
        figures["stock." + name + "_us"] = {cost.second, "", true};
        figures["stock." + name + "_ratio"] = atMost(cost.second / cost.first, 1.5);
    };
    figures["stock.moves"] = {static_cast<double>(many.moveCount()), "", true};
    report("open", ratio(openings, [](Years& years) { return years.open(); }));
    report("move", ratio(moves, [](Years& years) { return years.move(); }));
    report("close", ratio(closes, [](Years& years) { return years.closeDay(); }));
}

}  // namespace liqu::bench
