// Which page makes which of the six short sounds, and how often its edge flashes.
#include "ui/screens/signals.hpp"

#include <doctest/doctest.h>

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;
using Sounds = std::vector<Earcon>;

struct Bench {
    void show(screen::ScreenContent content, std::uint64_t question = 0) {
        screen::Screen screen{{}, std::move(content)};
        screen.frame.question = question;
        signals.see(screen, now);
        hear();
    }
    void hear() {
        while (const auto due = signals.due(now)) {
            sounds.push_back(due->earcon);
            louder = due->louder;
        }
    }
    // In steps of ten ms: how often the edge began to stand out.
    int flashesIn(Duration time) {
        int count = 0;
        for (const Instant end = now + time; now < end; now += 10ms) {
            hear();
            const bool stands = signals.border(now).has_value();
            if (stands && !stood && last) shortest = std::min(shortest, now - *last);
            if (stands && !stood) last = now, ++count;
            stood = stands;
        }
        return count;
    }
    Signals signals{Earcons::read(LIQU_SOURCE_DIR "/kiosk-config/speech/earcons.toml").value()};
    Instant now = Instant(1h);
    Sounds sounds{};
    int louder = 0;
    bool stood = false;
    std::optional<Instant> last{};
    Duration shortest = 1h;
};

screen::PersonPage page(std::optional<ErrorCode> reason = {}) {
    screen::PersonPage page{.name = "page"};
    page.reason = reason;
    return page;
}

screen::MakingScreen making(std::size_t step) {
    return {.steps = {"a", "b"}, .current = step, .timeLeft = {}};
}

TEST_CASE("a visit from the first question to the card is heard") {
    Bench bench;
    bench.show(screen::WelcomeScreen{});
    CHECK(bench.sounds.empty());
    bench.show(screen::LayDownIdCardScreen{.lastTry = {}}, 1);
    bench.show(screen::LayDownIdCardScreen{.lastTry = {}, .reading = true}, 1);
    bench.show(screen::IsThisYouScreen{}, 2);
    bench.show(page(), 3);
    bench.show(making(0), 4);
    bench.show(making(0), 4);
    bench.show(making(1), 4);
    bench.show(screen::TakeCardScreen{}, 5);
    bench.show(screen::TakeIdCardScreen{}, 6);
    CHECK(bench.sounds == Sounds{Earcon::step, Earcon::yourTurn, Earcon::step, Earcon::step,
                                 Earcon::cardOut, Earcon::yourTurn});
}

TEST_CASE("a visit that ends without a card is heard, pages of staff and of nobody are not") {
    Bench bench;
    bench.show(page(ErrorCode::printerNotFound), 1);
    CHECK(bench.sounds == Sounds{Earcon::stopped});
    bench.show(screen::StaffMenuScreen{}, 2);
    bench.show(screen::WelcomeScreen{}, 3);
    bench.show(screen::OutOfServiceScreen{}, 4);
    CHECK(bench.sounds == Sounds{Earcon::stopped});
}

TEST_CASE("a card that is not taken is reminded of every five seconds, louder each time") {
    Bench bench;
    bench.show(screen::TakeCardScreen{}, 1);
    for (int i = 0; i < 3; ++i) {
        CHECK(bench.signals.untilNext(bench.now).has_value());
        bench.flashesIn(5s);
    }
    bench.hear();
    CHECK(bench.sounds == Sounds{Earcon::cardOut, Earcon::remind, Earcon::remind, Earcon::remind});
    CHECK(bench.louder == 3);
    bench.show(screen::WelcomeScreen{}, 2);
    bench.flashesIn(20s);
    CHECK(bench.sounds.size() == 4);
    CHECK_FALSE(bench.signals.untilNext(bench.now));
}

TEST_CASE("the edge flashes as often as configured, and never more than twice a second") {
    Bench bench;
    bench.show(screen::TakeCardScreen{}, 1);
    CHECK(bench.flashesIn(2s) == 3);
    // Whatever comes how fast.
    for (int i = 0; i < 40; ++i) {
        bench.signals.ring(i % 2 == 0 ? Earcon::stopped : Earcon::step, bench.now);
        bench.flashesIn(130ms);
    }
    CHECK(bench.shortest >= 500ms);
    CHECK(bench.shortest < 1s);
}

TEST_CASE("a touch shows itself: nothing flashes; without short sounds there is nothing at all") {
    Bench bench;
    bench.signals.ring(Earcon::touch, bench.now);
    bench.hear();
    CHECK(bench.sounds == Sounds{Earcon::touch});
    CHECK(bench.flashesIn(1s) == 0);
    Signals none{std::nullopt};
    none.see({{}, screen::TakeCardScreen{}}, bench.now);
    none.ring(Earcon::stopped, bench.now);
    CHECK_FALSE(none.due(bench.now + 10s));
    CHECK_FALSE(none.border(bench.now));
    CHECK_FALSE(none.untilNext(bench.now));
}

}  // namespace
}  // namespace liqu::ui
