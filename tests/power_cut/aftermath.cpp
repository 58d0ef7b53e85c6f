#include "tests/power_cut/aftermath.hpp"

#include <algorithm>
#include <array>

#include "firmware/custody/books_clock.hpp"
#include "firmware/storage/books_identity.hpp"
#include "program/data_folder.hpp"
#include "tests/power_cut/cut_watch.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::proof {
namespace {

using truth::Truth;

struct Named {
    Aftermath aftermath;
    std::string_view name;
};
constexpr std::array names = {
    Named{Aftermath::clockBack, "clock-back"},
    Named{Aftermath::countersForgotten, "counters-forgotten"},
    Named{Aftermath::sealKeyLost, "seal-key-lost"},
    Named{Aftermath::diskRolledBack, "disk-rolled-back"},
    Named{Aftermath::provinceRestored, "province-restored"},
};
constexpr auto all = [] {
    std::array<Aftermath, names.size()> list{};
    std::ranges::transform(names, list.begin(), &Named::aftermath);
    return list;
}();

const TwoPeople two{"S-01", "S-02"};
constexpr std::size_t mostRemembered = 8;
constexpr int looks = 3;
constexpr std::chrono::minutes longestFace{2};
constexpr std::chrono::days fewDays{3};
constexpr std::chrono::days longAgo{400};  // before the program was built

std::string screenOf(scenario::SimulatedKiosk& kiosk) {
    const auto& seen = kiosk.citizen().seen;
    if (seen.empty()) return "none";
    const auto* out = std::get_if<screen::OutOfServiceScreen>(&seen.back().content);
    const std::string name(screen::nameOf(seen.back().content));
    return out == nullptr ? name : name + " " + std::string(nameOf(out->reason));
}

bool isClosedFor(scenario::SimulatedKiosk& kiosk, ErrorCode reason) {
    const auto& seen = kiosk.citizen().seen;
    if (seen.empty()) return false;
    const auto* out = std::get_if<screen::OutOfServiceScreen>(&seen.back().content);
    return out != nullptr && out->reason == reason;
}

bool hasOpenOrders(scenario::SimulatedKiosk& kiosk) {
    return kiosk.database().number("SELECT count(*) FROM orders WHERE state = 'open'").value_or(1) >
           0;
}

const world::Terminal& terminalOf(const world::Books& province) {
    static const world::Terminal none;
    const auto found = province.terminals.find(scenario::terminalId);
    return found == province.terminals.end() ? none : found->second;
}

// The province notes each message under a wrong clock; that it did is no fault of this machine.
void forgetIncidents(world::Books& province, std::string_view detail) {
    std::erase_if(province.incidents, [detail](const world::Incident& one) {
        return one.terminalId == scenario::terminalId && one.detail == detail;
    });
}

// Numbers are given on behind those that are known to be out.
void fallBack(world::Books& province, world::Books earlier) {
    earlier.lastApplication = province.lastApplication;
    earlier.lastPermit = province.lastPermit;
    earlier.lastReference = province.lastReference;
    earlier.lastAssignedNumber = province.lastAssignedNumber;
    province = std::move(earlier);
}

}  // namespace

std::string_view nameOf(Aftermath aftermath) {
    const auto found = std::ranges::find(names, aftermath, &Named::aftermath);
    return found == names.end() ? "none" : found->name;
}
std::span<const Aftermath> allAftermaths() {
    return all;
}

void AftermathStage::begin(const MemoryDisk& disk) {
    earlier_.clear();
    remember(disk);
}

// The first moment is kept, of the others the newest ones.
void AftermathStage::remember(const MemoryDisk& disk) {
    Earlier now{disk.afterCut(std::vector<Fate>(disk.unsynced().size(), Fate::dropped)),
                kiosk_.outside().province()};
    const auto books = storage::identityOf(kiosk_.database());
    if (books && *books) now.epoch = (*books)->epoch;
    const auto newest = kiosk_.database().query(
        "SELECT coalesce(max(terminal_seq), 0) FROM outbox WHERE epoch = ?", {now.epoch});
    if (newest && !newest->empty()) now.newestFact = newest->front().integer(0);
    const auto orders = kiosk_.database().query(
        "SELECT order_id FROM orders UNION SELECT order_id FROM orders_elsewhere");
    if (orders) {
        for (const storage::Row& row : *orders) now.orders.insert(row.text(0));
    }
    if (earlier_.size() >= mostRemembered) earlier_.erase(earlier_.begin() + 1);
    earlier_.push_back(std::move(now));
}

std::vector<const AftermathStage::Earlier*> AftermathStage::olderThanTheProvince() const {
    const world::Books& province = kiosk_.outside().province();
    std::vector<const Earlier*> older;
    for (const Earlier& one : earlier_) {
        const bool unknownOrder =
            std::ranges::any_of(province.applications, [&](const auto& entry) {
                return entry.second.open() && entry.second.terminalId == scenario::terminalId &&
                       !one.orders.contains(entry.second.bizId);
            });
        const world::Terminal& known = terminalOf(province);
        const bool otherEpoch = !known.epoch.empty() && known.epoch != one.epoch;
        if (unknownOrder || otherEpoch || known.lastNumber() > one.newestFact) {
            older.push_back(&one);
        }
    }
    return older;
}

bool AftermathStage::canStrike(Aftermath aftermath, bool powerWasLost) const {
    switch (aftermath) {
        case Aftermath::countersForgotten:
            return powerWasLost;
        case Aftermath::diskRolledBack:
            return !olderThanTheProvince().empty();
        case Aftermath::provinceRestored:
            return !earlier_.empty();
        default:
            return true;
    }
}

MemoryDisk AftermathStage::strike(Aftermath aftermath, MemoryDisk found, std::uint64_t choice) {
    if (aftermath != Aftermath::none) struck_ = aftermath;
    scenario::Outside& outside = kiosk_.outside();
    if (aftermath == Aftermath::clockBack) {
        static constexpr std::array<std::chrono::days, 3> ways = {-fewDays, -longAgo, fewDays};
        const std::chrono::days ahead = ways[choice % ways.size()];
        clockIsAhead_ = ahead > std::chrono::days{0};
        clockWasWrong_ = true;
        kiosk_.clock().goWrongBy(ahead);
        kiosk_.truth().breaks(&Truth::clockFaults);
    } else if (aftermath == Aftermath::countersForgotten) {
        outside.printer->forgetCounters();
        countersEverForgotten_ = true;
    } else if (aftermath == Aftermath::diskRolledBack) {
        const auto older = olderThanTheProvince();
        found = older[choice % older.size()]->disk;
        booksFellBack_ = booksEverFellBack_ = true;
        // Without a word of the province nobody can know it.
        outside.faults.mend("province.");
        outside.front->mendLine();
        kiosk_.truth().breaks(&Truth::diskFaults);
    } else if (aftermath == Aftermath::provinceRestored) {
        fallBack(outside.province(), earlier_[choice % earlier_.size()].province);
        provinceFellBack_ = provinceEverFellBack_ = true;
        // It refuses what it once knew, for as long as any of that is left.
        kiosk_.truth().breaks(&Truth::lineFaults);
    }
    return found;
}

void AftermathStage::startsWithoutKey() {
    if (struck_ != Aftermath::sealKeyLost) return;
    struck_ = Aftermath::none;
    const test::Scratch folder;
    const auto key = program::sealKeyIn(folder.folder());
    const auto database = watch_.openDatabase();
    const auto before = storage::identityOf(*database);
    const auto started = watch_.openSealKey(*database, folder.folder());
    if (started) {
        say("a kiosk whose key is gone starts");
    } else {
        if (started.error().code != ErrorCode::sealKeyLost) {
            say("the key is gone, and the kiosk says " + describe(started.error()));
        }
        kiosk_.truth().breaks(&Truth::diskFaults);
        screen::Screen screen;
        screen.content = screen::OutOfServiceScreen{started.error().code};
        kiosk_.truth().show(std::move(screen));
        kiosk_.truth().mended();
    }
    if (std::filesystem::exists(key)) say("another key was made in the place of the lost one");
    SeededRandom copy = scenario::randomOfMachineKey();
    std::filesystem::remove(key);
    static_cast<void>(security::SealKey::create(key, copy));
    const auto again = watch_.openSealKey(*database, folder.folder());
    if (!again) say("the key is back, and is not taken: " + describe(again.error()));
    const auto after = storage::identityOf(*database);
    if (!before || !after || !*before || !*after || (*before)->sealKeyId != (*after)->sealKeyId) {
        say("the books are of another key than they were");
    }
    staffFor_ = "the seal key was brought back";
}

void AftermathStage::putRight() {
    switch (std::exchange(struck_, Aftermath::none)) {
        case Aftermath::clockBack:
            return setClockRight();
        case Aftermath::diskRolledBack:
            return renewBooks();
        default:
            return;
    }
}

void AftermathStage::forgetRefusals() const {
    if (clockWasWrong_) forgetIncidents(kiosk_.outside().province(), "CLOCK_DIFFERS");
    if (!booksFellBack_ && !provinceFellBack_) return;
    for (const char* detail : {"PERMIT_REFUSED", "KEY_REUSED"}) {
        forgetIncidents(kiosk_.outside().province(), detail);
    }
}

AftermathStage::Standing AftermathStage::standing() const {
    Standing now;
    const world::CardPlaces places = kiosk_.outside().printer->places();
    for (const auto& hopper : places.hoppers) now.blanks += hopper.size();
    now.applications = kiosk_.outside().province().applications.size();
    for (const world::CardPlaces::Found& one : places.all()) {
        for (const auto& [panel, printed] : one.card->panels) {
            now.printed += static_cast<std::size_t>(printed.times);
        }
    }
    return now;
}

void AftermathStage::setClockRight() {
    const auto before = standing();
    for (int look = 0; look < looks; ++look) kiosk_.turn();
    const auto after = standing();
    if (after.blanks != before.blanks || after.applications != before.applications) {
        say("a blank is fed while the clock is wrong");
    }
    if (!clockIsAhead_ && !hasOpenOrders(kiosk_) &&
        !isClosedFor(kiosk_, ErrorCode::clockNotTrusted)) {
        say("the clock is wrong, and the screen is " + screenOf(kiosk_));
    }
    staffFor_ = "the clock was set right";
    kiosk_.clock().goWrongBy({});
    if (clockIsAhead_) acceptClock();
    kiosk_.truth().mended();
}

// The clock is right again, and the books are dated ahead of it.
void AftermathStage::acceptClock() {
    kiosk_.restart();
    const auto newest = custody::newestInBooks(kiosk_.database());
    constexpr std::chrono::minutes tolerated{5};
    if (!newest || *newest <= kiosk_.clock().wallTime() + tolerated) return;
    for (int look = 0; look < looks; ++look) kiosk_.turn();
    if (!hasOpenOrders(kiosk_) && !isClosedFor(kiosk_, ErrorCode::clockNotTrusted)) {
        say("the books are dated ahead, and the screen is " + screenOf(kiosk_));
    }
    auto parts = kiosk_.stock();
    parts.deed = staff::Deed{staff::Act::correctBooks, "clock"};
    const auto accepted = desk::StockDesk(parts).acceptClock("compared with the radio", two);
    if (!accepted) say("the clock cannot be accepted: " + describe(accepted.error()));
    staffFor_ = "the clock was accepted";
    // What was settled under a date to come, with no province to say so, is taken when it has come.
    kiosk_.outside().clock.sleepFor(fewDays);
}

void AftermathStage::renewBooks() {
    // A face whose data the printer already had is finished without the kiosk.
    kiosk_.outside().clock.sleepFor(longestFace);
    const auto before = standing();
    for (int look = 0; look < looks; ++look) kiosk_.turn();
    if (!(standing() == before)) say("a card is made on books that are not the newest");
    if (!isClosedFor(kiosk_, ErrorCode::booksNotNewest)) {
        say("the books are not the newest, and the screen is " + screenOf(kiosk_));
    }
    world::Books& province = kiosk_.outside().province();
    province.terminals[scenario::terminalId].newEpochAllowed = true;
    const auto renewed = kiosk_.renewBooks(two);
    if (!renewed) say("the books cannot be renewed: " + describe(renewed.error()));
    kiosk_.truth().mended();
    staffFor_ = "books that were not the newest were renewed";
}

}  // namespace liqu::proof
