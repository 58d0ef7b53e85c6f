// The first page of the branch: what is missing to close this day, each with how many, since when
// and the way to it, before the menus. While people count it knows no number of what they count.
#include <algorithm>

#include "firmware/custody/bin_forecast.hpp"
#include "firmware/desk/jam_clearing.hpp"
#include "firmware/desk/trial_issue.hpp"
#include "firmware/desk/wrong_cards.hpp"
#include "firmware/issuance/person_history.hpp"
#include "firmware/province/branch_list.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using custody::StockOverview;
using staff::Act;

// One thing that is not over.
struct Open {
    Act act;         // who may do it has the way
    std::string to;  // the counter
    Phrase words;
    std::optional<WallTime> since{};
    Tone tone = Tone::warning;
};

Phrase counted(const char* key, std::int64_t count) {
    return {key, {{"count", std::to_string(count)}}};
}

// How long ago, in the largest unit that is not nothing. A clock that was set back makes it new.
Phrase ageWords(std::optional<WallTime> since, WallTime now) {
    if (!since) return {};
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(now - *since).count();
    constexpr std::int64_t hoursOfDay = 24;
    if (hours < 1) return {"staff.today.age-new"};
    if (hours < hoursOfDay) return {"staff.today.age-hours", {{"age", std::to_string(hours)}}};
    return {"staff.today.age-days", {{"age", std::to_string(hours / hoursOfDay)}}};
}

class Today {
  public:
    explicit Today(StaffCounter& counter) : counter_(counter) {}

    Result<std::vector<Open>> list() {
        const StockOverview stock = TRY(counter_.desk().overview());
        counting_ = stock.counting;
        TRY(addDay(stock.day));
        addCases(stock);
        addLanes(stock);
        if (const auto jam = TRY(desk::openJamClearing(database()))) {
            add({Act::clearJam, "machine", {"staff.today.jam"}, jam->beganAt});
        }
        if (const auto trial = TRY(desk::openTrialIssue(database()))) {
            add({Act::trialIssue, "machine", {"staff.today.trial"}, trial->beganAt});
        }
        if (!counting_) {
            addBins(stock);
            TRY(addCards());
        }
        TRY(addReports());
        return std::move(open_);
    }

  private:
    storage::Database& database() { return counter_.parts().issuance.database; }
    void add(Open open) { open_.push_back(std::move(open)); }

    Result<void> addDay(const std::optional<custody::Day>& day) {
        if (!day) return {};
        if (day->state == custody::DayState::frozen) {
            const auto lines = TRY(custody::counting(database()));
            const auto missing = std::ranges::count_if(
                lines, [](const custody::CountLine& line) { return line.enteredBy.size() < 2; });
            add({Act::countDay, "day",
                 missing > 0 ? counted("staff.today.counting", missing)
                             : Phrase{"staff.today.all-typed"},
                 day->frozenAt});
            return {};
        }
        const bool before = day->began < formatDate(chinaDate(counter_.now()));
        add({Act::countDay, "day",
             before ? Phrase{"staff.today.unclosed", {{"day", dayWords(day->day).values[0].second}}}
                    : Phrase{"staff.today.not-counted"},
             day->openedAt, before ? Tone::danger : Tone::plain});
        return {};
    }

    void addCases(const StockOverview& stock) {
        if (stock.openCases.empty()) return;
        // As old as the day whose close made the first of them.
        const auto day = custody::findDay(database(), stock.openCases.front().day);
        add({Act::settleCase, "cases",
             counted("staff.today.cases", static_cast<std::int64_t>(stock.openCases.size())),
             day && *day ? (*day)->closedAt : std::nullopt, Tone::danger});
    }

    // A tenth, and never less than these: time enough to fetch a box.
    static bool isLow(const custody::LaneOverview& lane) {
        constexpr std::int64_t few = 5;
        return lane.cards && *lane.cards <= std::max(few, lane.capacity / 10);
    }

    void addLanes(const StockOverview& stock) {
        for (const custody::Exchange& exchange : stock.openExchanges) {
            add({Act::loadLane,
                 "lanes",
                 {"staff.today.exchange", {{"lane", std::to_string(exchange.lane)}}},
                 exchange.beganAt});
        }
        for (const custody::LaneOverview& lane : stock.lanes) {
            const std::string number = std::to_string(lane.lane);
            // What an exchange or a case stops stands above.
            if (lane.stop && !lane.stop->exchange && !lane.stop->stockCase)
                add({Act::countDay, "day", {"staff.today.lane-stopped", {{"lane", number}}}});
            if (!isLow(lane)) continue;
            add({Act::loadLane, "lanes", wordsOfLow(lane, number), std::nullopt,
                 *lane.cards == 0 ? Tone::danger : Tone::warning});
        }
    }

    // One that was never loaded has no bank.
    Phrase wordsOfLow(const custody::LaneOverview& lane, const std::string& number) {
        const std::string bank = counter_.parts().issuance.region.bankName(lane.bank);
        if (bank.empty()) return {"staff.today.lane-unloaded", {{"lane", number}}};
        if (*lane.cards == 0) return {"staff.today.lane-empty", {{"lane", number}, {"bank", bank}}};
        return {"staff.today.lane-low",
                {{"lane", number}, {"count", std::to_string(*lane.cards)}, {"bank", bank}}};
    }

    void addBins(const StockOverview& stock) {
        for (const custody::Bin& bin : stock.bins) {
            const bool waits =
                bin.place == custody::Place::holdBin() || bin.place == custody::Place::cabinet();
            const Act act = waits ? Act::deliverCard : Act::emptyRejectBin;
            const char* to = waits ? "held" : "bins";
            if (bin.full) {
                const std::string key = "staff.today.full-" + bin.place.name();
                add({act, to, counted(key.c_str(), bin.cards), std::nullopt, Tone::danger});
            }
            if (bin.overdue == 0) continue;
            const auto oldest = std::ranges::find(bin.numbered, true, &custody::BinCard::overdue);
            const std::string key = "staff.today.overdue-" + bin.place.name();
            add({act, to, counted(key.c_str(), bin.overdue),
                 oldest == bin.numbered.end() ? std::nullopt : std::optional(oldest->since)});
        }
        const auto forecast = custody::forecastOf(database(), counter_.now());
        if (!forecast || !forecast->isPressing(counter_.now())) return;
        const std::string day = dayWords(formatDate(*forecast->fullOn)).values[0].second;
        add({Act::deliverCard, "held", {"staff.today.filling", {{"day", day}}}});
    }

    // Since when a card is where it is.
    std::optional<WallTime> sinceOf(const std::string& number) {
        const auto where = custody::whereIs(database(), number);
        return where ? std::optional(where->since) : std::nullopt;
    }

    Result<void> addCards() {
        const auto wrong = TRY(desk::wrongToConfirm(database()));
        if (!wrong.empty()) {
            add({Act::confirmWrong, "wrong",
                 counted("staff.today.wrong", static_cast<std::int64_t>(wrong.size())),
                 sinceOf(wrong.front())});
        }
        const auto faces = TRY(counter_.parts().issuance.orders.waitingForStaff());
        if (!faces.empty()) {
            add({Act::settleFace, "faces",
                 counted("staff.today.faces", static_cast<std::int64_t>(faces.size())),
                 sinceOf(faces.front().cardNumber)});
        }
        if (const std::int64_t gone = TRY(custody::goneToday(database())); gone > 0) {
            add({Act::correctBooks, "corrections", counted("staff.today.gone", gone), std::nullopt,
                 Tone::danger});
        }
        return {};
    }

    Result<void> addReports() {
        const auto depth = TRY(province::depthOf(database()));
        if (depth.parked > 0) {
            add({Act::viewQueue, "queue", counted("staff.today.set-aside", depth.parked),
                 std::nullopt, Tone::danger});
        }
        if (depth.queued > 0) {
            add({Act::viewQueue, "queue", counted("staff.today.not-reported", depth.queued),
                 depth.oldest, Tone::plain});
        }
        if (const auto listed = TRY(province::branchListLength(database())); listed > 0) {
            add({Act::viewQueue, "queue", counted("staff.today.branch-list", listed), std::nullopt,
                 Tone::warning});
        }
        return {};
    }

    StaffCounter& counter_;
    bool counting_ = false;
    std::vector<Open> open_;
};

// On the machine's reader, read in a visit or here and not taken away.
bool idCardLies(StaffCounter& counter) {
    return counter.parts().idReader.documentStillThere().value_or(false);
}

std::vector<Notice> noticesOfToday(StaffCounter& counter) {
    std::vector<Notice> notices = noticesOfStop(counter);
    if (notices.size() > 1) notices.resize(1);
    const auto foreign = issuance::foreignAnswersOfLate(counter.parts().issuance.database);
    if (foreign && *foreign > 0) {
        notices.push_back(
            {{"staff.menu.foreign-answers", {{"count", std::to_string(*foreign)}}}, Tone::danger});
    }
    if (idCardLies(counter)) notices.push_back({{"staff.today.id-card"}, Tone::warning});
    return notices;
}

// Whoever may do it has the way; the others know of it.
void addOpen(StaffPageScreen& page, StaffCounter& counter, const std::vector<Open>& open) {
    const WallTime now = counter.now();
    for (const Open& one : open) {
        const Phrase age = ageWords(one.since, now);
        if (counter.person().may(one.act)) {
            // Several may lead to one counter.
            const std::string choice = one.to + "-" + std::to_string(page.tiles.size() + 1);
            page.tiles.push_back({choice, one.words, false, age, one.tone});
        } else {
            page.facts.push_back({one.words, age.empty() ? Phrase::plain("·") : age});
        }
    }
}

}  // namespace

std::optional<std::string> showToday(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-today";
    page.title = {"staff.today.title",
                  {{"day", dayWords(formatDate(chinaDate(counter.now()))).values[0].second}}};
    page.notices = noticesOfToday(counter);
    const auto open = Today(counter).list();
    if (!open) {
        for (Notice& notice : noticesOf(open.error())) page.notices.push_back(std::move(notice));
    } else if (open->empty()) {
        page.notices.push_back({{"staff.today.nothing"}, Tone::success});
    }
    if (open) addOpen(page, counter, *open);
    page.ways = {mainWay("menu", "staff.today.menu")};
    if (counter.person().may(Act::viewMachine)) {
        page.ways.push_back(way("machine", "staff.today.machine"));
    }
    const auto chosen = counter.pages().show(std::move(page), {});
    if (!chosen) return std::nullopt;
    return chosen->substr(0, chosen->rfind('-'));
}

}  // namespace liqu::session
