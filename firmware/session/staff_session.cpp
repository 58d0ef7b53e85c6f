#include "firmware/session/staff_session.hpp"

#include <algorithm>
#include <array>

#include "firmware/custody/bin_forecast.hpp"
#include "firmware/issuance/person_history.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

struct Entry {
    Act act;  // who may do this sees the entry
    std::string_view id;
    void (*serve)(StaffCounter&);
    bool whileCounting = true;  // false: moves or shows what is being counted
    bool withHands = false;     // the page locks, and stays, while they are away
    bool onMenu = true;         // else its way is on the first page
};

constexpr std::array<Entry, 17> entries = {{
    {Act::viewStock, "stock", lookAtStock},
    {Act::loadLane, "lanes", exchangeLanes, true, true},
    {Act::receiveBox, "boxes", keepBoxes, false, true},
    {Act::countDay, "day", countDay, true, true},
    {Act::deliverCard, "held", deliverCards, false},
    {Act::settleFace, "faces", lookAtFaces, false},
    {Act::emptyRejectBin, "bins", emptyBins, false, true},
    {Act::settleCase, "cases", settleCases},
    {Act::correctBooks, "corrections", correctBooks, false},
    {Act::viewReports, "reports", lookAtReports},
    {Act::viewHistory, "history", lookAtHistory},
    {Act::viewQueue, "queue", lookAtQueue},
    {Act::resumeMaking, "making", resumeMaking},
    {Act::unlockStaff, "people", keepStaff},
    {Act::viewAudit, "audit", lookAtAudit},
    {Act::changeOwnPin, "own-pin", [](StaffCounter& counter) { changeOwnPin(counter); }},
    {Act::viewMachine, "machine", keepMachine, true, true, false},
}};

std::int64_t waitingFaces(StaffCounter& counter) {
    const auto orders = counter.parts().issuance.orders.waitingForStaff();
    return orders ? static_cast<std::int64_t>(orders->size()) : 0;
}

Phrase countNote(std::int64_t count) {
    return count > 0 ? Phrase{"staff.menu.waiting", {{"count", std::to_string(count)}}} : Phrase{};
}

bool isFillingUp(StaffCounter& counter) {
    const auto forecast = custody::forecastOf(counter.parts().issuance.database, counter.now());
    return forecast && forecast->isPressing(counter.now());
}

// What must not be overlooked stands at its entry.
std::int64_t waitingAt(StaffCounter& counter, const custody::StockOverview& stock,
                       std::string_view id) {
    std::int64_t held = 0;
    std::int64_t thrown = 0;
    for (const custody::Bin& bin : stock.bins) {
        const bool waits =
            bin.place == custody::Place::holdBin() || bin.place == custody::Place::cabinet();
        (waits ? held : thrown) += bin.overdue;
    }
    if (id == "lanes") return static_cast<std::int64_t>(stock.openExchanges.size());
    if (id == "cases") return static_cast<std::int64_t>(stock.openCases.size());
    if (id == "held") return std::max(held, isFillingUp(counter) ? std::int64_t{1} : 0);
    if (id == "bins") return thrown;
    if (id == "faces") return waitingFaces(counter);
    if (id == "corrections")
        return custody::goneToday(counter.parts().issuance.database).value_or(0);
    if (id == "queue") {
        const auto depth = province::depthOf(counter.parts().issuance.database);
        return depth ? depth->parked : 0;
    }
    return 0;
}

StaffMenuScreen menuFor(StaffCounter& counter) {
    StaffMenuScreen menu;
    // One line: the page has no room for more above its entries, and theirs tell the rest.
    const auto stop = noticesOfStop(counter);
    const bool stopped = !stop.empty();
    const auto depth = province::depthOf(counter.parts().issuance.database);
    if (stopped) {
        menu.notices.push_back(stop.front());
    } else if (depth && depth->parked > 0) {
        menu.notices.push_back(parkedNotice(depth->parked));
    }
    const auto stock = counter.desk().overview();
    if (!stock) {
        for (Notice& notice : noticesOf(stock.error())) menu.notices.push_back(notice);
    } else {
        if (stock->counting) menu.notices.push_back({{"staff.menu.frozen"}, Tone::warning});
        if (!stock->openExchanges.empty()) {
            menu.notices.push_back({{"staff.menu.exchange-open"}, Tone::warning});
        }
    }
    if (const auto foreign = issuance::foreignAnswersOfLate(counter.parts().issuance.database);
        foreign && *foreign > 0) {
        menu.notices.push_back(
            {{"staff.menu.foreign-answers", {{"count", std::to_string(*foreign)}}}, Tone::danger});
    }
    // It can wait for a day on which nothing else does.
    const auto missing =
        counter.parts().issuance.region.workdays.missingOn(chinaDate(counter.now()));
    if (missing && menu.notices.empty()) {
        const std::string year = std::to_string(static_cast<int>(*missing));
        menu.notices.push_back({{"staff.menu.no-workdays", {{"year", year}}}, Tone::warning});
    }
    for (const Entry& entry : entries) {
        if (!entry.onMenu || !counter.person().may(entry.act)) continue;
        // In the place of an entry that can wait.
        const Act hidden = stopped && counter.person().may(Act::resumeMaking) ? Act::changeOwnPin
                                                                              : Act::resumeMaking;
        if (entry.act == hidden) continue;
        const std::string id(entry.id);
        const bool closed = stock && stock->counting && !entry.whileCounting;
        const std::int64_t waiting = stock && !closed ? waitingAt(counter, *stock, id) : 0;
        menu.ways.push_back({id,
                             {"staff.menu." + id},
                             false,
                             countNote(waiting),
                             waiting > 0 ? Tone::warning : Tone::plain});
    }
    return menu;
}

void serveAt(StaffCounter& counter, const std::string& id) {
    for (const Entry& entry : entries) {
        if (id != entry.id || !counter.person().may(entry.act)) continue;
        if (!entry.whileCounting && counter.dayIsCounted()) {
            counter.pages().tell({ErrorCode::dayFrozen, "the day is being counted"});
            continue;
        }
        if (entry.withHands) {
            counter.workWithHands(entry.act, [&entry, &counter] { entry.serve(counter); });
        } else {
            entry.serve(counter);
        }
    }
}

void serveAtMenu(StaffCounter& counter, const Manners& manners) {
    while (!counter.pages().left()) {
        const auto chosen = counter.pages().show(menuFor(counter), manners);
        if (!chosen || *chosen == "back") return;
        serveAt(counter, *chosen);
    }
}

// What is missing first; the menus behind it. Whoever may look at neither has the menu alone.
void serveAtCounters(StaffCounter& counter) {
    if (!counter.person().may(Act::viewHistory)) return serveAtMenu(counter, {});
    while (!counter.pages().left()) {
        const auto chosen = showToday(counter);
        if (!chosen) return;
        if (*chosen == "menu") {
            serveAtMenu(counter, {.canGoBack = true});
        } else if (*chosen == "wrong") {
            lookAtWrong(counter);
        } else {
            serveAt(counter, *chosen);
        }
    }
}

}  // namespace

void serveStaff(SessionParts& parts, const Comfort& comfort) {
    Conversation conversation(parts, comfort);
    staff::Accounts accounts(parts.issuance.database, parts.issuance.random);
    conversation.servesStaff("", parts.config.staff.patience);
    StaffPages entrance(parts, conversation);
    const auto person = StaffCounter::signIn(parts, entrance, accounts, {});
    if (!person) return;
    parts.log.info("staff " + person->number + " signed in");
    conversation.servesStaff(titleOf(*person), parts.config.staff.patience);
    const Instant end = parts.issuance.clock.now() + parts.config.staff.session;
    conversation.endsAt(end);
    StaffCounter counter(parts, conversation, accounts, *person);
    // A PIN that somebody else chose is changed before anything else.
    if (!person->pinIsInitial || changeOwnPin(counter)) serveAtCounters(counter);
    const bool walkedAway = conversation.timeIsOver();
    const bool atItsEnd = parts.issuance.clock.now() >= end;
    const char* why = atItsEnd ? "session over" : walkedAway ? "time over" : "";
    const auto out = accounts.signOut(person->number, why, counter.now());
    if (!out) parts.log.trouble("staff sign-out", out.error());
    parts.log.info("staff " + person->number + (walkedAway ? " walked away" : " signed out"));
}

}  // namespace liqu::session
