// kill -9 at every step of a visit: the next start brings the card to one legal end by itself, and
// no record disagrees with another.
#include <algorithm>
#include <doctest/doctest.h>
#include <memory>
#include <set>
#include <vector>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;

int presentations(const Citizen& citizen, std::size_t from) {
    int count = 0;
    for (std::size_t i = from; i < citizen.seen.size(); ++i) {
        count += std::holds_alternative<screen::TakeCardScreen>(citizen.seen[i].content);
    }
    return count;
}

// Everything that must hold once the kiosk has started again and settled what was open.
void checkRecovered(SimulatedKiosk& kiosk, std::size_t seenBefore) {
    CHECK(presentations(kiosk.citizen(), seenBefore) == 0);
    CHECK(kiosk.database().number("SELECT count(*) FROM orders WHERE state = 'open'").value() == 0);
    CHECK(
        kiosk.database().number("SELECT count(*) FROM outbox WHERE state <> 'delivered'").value() ==
        0);
    for (const std::string& what : disagreements(kiosk)) CHECK_MESSAGE(what.empty(), what);
    // One card at most, and the person can be served: at once, or at the counter with the held one.
    const std::string cards = cardsInBooks(kiosk);
    const std::string orders = ordersOf(kiosk);
    CAPTURE(orders);
    const bool legal = cards == "-" || cards == "chip-station 1" || cards == "reject-bin 1" ||
                       cards == "hold-bin 1" || cards == "holder 1";
    CHECK_MESSAGE(legal, cards);
}

// The same person comes back and gets what is theirs, and never a second card.
void checkComingBack(SimulatedKiosk& kiosk) {
    const std::string before = ordersOf(kiosk);
    kiosk.serve();
    kiosk.settle();
    for (const std::string& what : disagreements(kiosk)) CHECK_MESSAGE(what.empty(), what);
    const auto made =
        kiosk.database().number("SELECT count(*) FROM cards WHERE condition = 'finished'").value();
    CAPTURE(before);
    // Where only eyes can tell whether the face is whole, staff decide before anything else is
    // made.
    CHECK(made == (before.find("staffLook") == std::string::npos ? 1 : 0));
    CHECK(applicationsAtProvince(kiosk).find(',') == std::string::npos);
}

void killAndRecover(SimulatedKiosk& kiosk) {
    const std::size_t seen = kiosk.citizen().seen.size();
    kiosk.restart();
    kiosk.settle();
    checkRecovered(kiosk, seen);
    checkComingBack(kiosk);
}

TEST_CASE("killed at any look at the clock: before, inside and between all transactions") {
    int looks = 0;
    int cut = 0;
    {
        SimulatedKiosk kiosk;
        const int atStart = kiosk.looks();
        kiosk.serve();
        looks = kiosk.looks();
        REQUIRE(looks > atStart + 50);
    }
    for (int look = 1; look <= looks; ++look) {
        SimulatedKiosk kiosk(oneOfMany());
        if (look <= kiosk.looks()) continue;
        CAPTURE(look);
        kiosk.cutPowerAtLook(look);
        if (!kiosk.serveUntilPowerCut(world::documents::resident())) continue;
        ++cut;
        killAndRecover(kiosk);
    }
    CHECK(cut > 50);
}

TEST_CASE("killed at any moment of the visit, while the machine moves on") {
    Duration whole{};
    {
        SimulatedKiosk kiosk;
        const Instant begin = kiosk.outside().clock.now();
        kiosk.serve();
        whole = kiosk.outside().clock.now() - begin;
    }
    REQUIRE(whole > 30s);
    for (Duration after = 500ms; after < whole; after += 700ms) {
        SimulatedKiosk kiosk(oneOfMany());
        CAPTURE(after.count());
        kiosk.cutPowerAt(kiosk.outside().clock.now() + after);
        if (!kiosk.serveUntilPowerCut(world::documents::resident())) continue;
        killAndRecover(kiosk);
    }
}

namespace {

std::int64_t bookedAtMouth(SimulatedKiosk& kiosk) {
    return kiosk.database().number("SELECT count(*) FROM cards WHERE place = 'mouth'").value();
}
// The machine has it inside again, and the books still have it in the mouth.
bool isBackUnbooked(SimulatedKiosk& kiosk) {
    const world::PrinterEngine& printer = *kiosk.outside().printer;
    return bookedAtMouth(kiosk) == 1 && !printer.cardAtMouth() && printer.places().inside;
}

// A visit whose card nobody takes, without power from that look on.
std::unique_ptr<SimulatedKiosk> cutAt(int look) {
    auto kiosk = std::make_unique<SimulatedKiosk>(oneOfMany({"holder.walks-away@take-card"}));
    kiosk->cutPowerAtLook(look);
    return kiosk->serveUntilPowerCut(world::documents::resident()) ? std::move(kiosk) : nullptr;
}

// The looks at which the power leaves it so, from the last one back.
std::vector<int> looksThatLeaveItBackUnbooked() {
    SimulatedKiosk whole(oneOfMany({"holder.walks-away@take-card"}));
    const int atStart = whole.looks();
    whole.serve();
    std::vector<int> looks;
    for (int look = whole.looks(); look > atStart; --look) {
        const auto kiosk = cutAt(look);
        if (kiosk != nullptr && isBackUnbooked(*kiosk)) {
            looks.push_back(look);
        } else if (!looks.empty()) {
            break;
        }
    }
    return looks;
}

}  // namespace

TEST_CASE("cut again on its way into the bin, a card that was back inside was not taken") {
    int cuts = 0;
    for (const int look : looksThatLeaveItBackUnbooked()) {
        bool again = true;
        for (int more = 1; again; ++more) {
            CAPTURE(look);
            CAPTURE(more);
            const auto kiosk = cutAt(look);
            kiosk->cutPowerAtLook(kiosk->looks() + more);
            try {
                kiosk->restart();
                kiosk->settle();
                again = false;
            } catch (const PowerCut&) {
                ++cuts;
                kiosk->restart();
                kiosk->settle();
            }
            CHECK(cardsInBooks(*kiosk) == "hold-bin 1");
            CHECK(disagreements(*kiosk).empty());
        }
    }
    CHECK(cuts > 5);
}

TEST_CASE("a recovery that waits says so once, and not every five seconds") {
    SimulatedKiosk kiosk(shippedSettings({"province.line-cut@read-back"}));
    kiosk.serve();
    // Twenty minutes of the loop; the deadline of a card that cannot be read back is thirty.
    const auto said = [&kiosk](std::string_view words) {
        return std::ranges::count_if(kiosk.logLines(), [words](const std::string& line) {
            return line.find(words) != std::string::npos;
        });
    };
    const auto before = said("recovery");
    for (int i = 0; i < 240; ++i) kiosk.turn();
    CHECK(said("recovery waits") == 1);
    CHECK(said("recovery") - before < 12);
    CHECK(said("not ready") <= 2);
}

TEST_CASE("a machine that settles an order says what it lacks, not what stopped the order") {
    SimulatedKiosk kiosk(
        shippedSettings({"province.line-cut@read-back", "printer.unplug@discard"}));
    kiosk.serve();
    kiosk.outside().faults.mend("province.");
    kiosk.outside().front->mendLine();
    kiosk.citizen().seen.clear();
    std::set<ErrorCode> reasons;
    for (int i = 0; i < 20; ++i) kiosk.turn();
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const auto* out = std::get_if<screen::OutOfServiceScreen>(&screen.content);
        if (out != nullptr) reasons.insert(out->reason);
    }
    const std::set whatItLacks{ErrorCode::printerUnplugged, ErrorCode::printerNotFound};
    CHECK(reasons == whatItLacks);
    kiosk.outside().printer->plugIn();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");
}

}  // namespace
}  // namespace liqu::scenario
