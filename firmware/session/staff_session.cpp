#include "firmware/session/staff_session.hpp"

#include <array>

#include "firmware/session/staff_counter.hpp"

namespace liqu::session {
namespace {

using staff::Act;

struct Entry {
    Act act;  // who may do this sees the entry
    std::string_view id;
    void (*serve)(StaffCounter&);
    bool whileCounting = true;  // false: moves or shows what is being counted
};

constexpr std::array<Entry, 15> entries = {{
    {Act::viewStock, "stock", lookAtStock},
    {Act::loadLane, "lanes", exchangeLanes},
    {Act::receiveBox, "boxes", keepBoxes, false},
    {Act::countDay, "day", countDay},
    {Act::deliverCard, "held", deliverCards, false},
    {Act::settleFace, "faces", lookAtFaces, false},
    {Act::emptyRejectBin, "bins", emptyBins, false},
    {Act::settleCase, "cases", settleCases},
    {Act::correctBooks, "lost", correctBooks, false},
    {Act::viewReports, "reports", lookAtReports},
    {Act::viewHistory, "history", lookAtHistory},
    {Act::viewQueue, "queue", lookAtQueue},
    {Act::unlockStaff, "people", keepStaff},
    {Act::viewAudit, "audit", lookAtAudit},
    {Act::changeOwnPin, "own-pin", [](StaffCounter& counter) { changeOwnPin(counter); }},
}};

std::int64_t waitingFaces(StaffCounter& counter) {
    const auto orders = counter.parts().issuance.orders.waitingForStaff();
    return orders ? static_cast<std::int64_t>(orders->size()) : 0;
}

Words countNote(std::int64_t count) {
    return count > 0 ? Words{"staff.menu.waiting", {{"count", std::to_string(count)}}} : Words{};
}

// What must not be overlooked stands at its entry.
std::int64_t waitingAt(StaffCounter& counter, const custody::StockOverview& stock,
                       std::string_view id) {
    std::int64_t held = 0;
    std::int64_t thrown = 0;
    for (const custody::Bin& bin : stock.bins) {
        (bin.place == custody::Place::holdBin() ? held : thrown) += bin.overdue;
    }
    if (id == "lanes") return static_cast<std::int64_t>(stock.openExchanges.size());
    if (id == "cases") return static_cast<std::int64_t>(stock.openCases.size());
    if (id == "held") return held;
    if (id == "bins") return thrown;
    if (id == "faces") return waitingFaces(counter);
    if (id == "queue") {
        const auto depth = province::depthOf(counter.parts().issuance.database);
        return depth ? depth->parked : 0;
    }
    return 0;
}

StaffMenuScreen menuFor(StaffCounter& counter) {
    StaffMenuScreen menu;
    const auto stock = counter.desk().overview();
    if (!stock) {
        menu.notices = noticesOf(stock.error());
    } else {
        if (stock->counting) menu.notices.push_back({{"staff.menu.frozen"}, StaffTone::attention});
        if (!stock->openExchanges.empty()) {
            menu.notices.push_back({{"staff.menu.exchange-open"}, StaffTone::attention});
        }
    }
    for (const Entry& entry : entries) {
        if (!counter.person().may(entry.act)) continue;
        const std::string id(entry.id);
        const bool closed = stock && stock->counting && !entry.whileCounting;
        const std::int64_t waiting = stock && !closed ? waitingAt(counter, *stock, id) : 0;
        menu.ways.push_back({id,
                             {"staff.menu." + id},
                             false,
                             countNote(waiting),
                             waiting > 0 ? StaffTone::attention : StaffTone::plain});
    }
    return menu;
}

void serveAtMenu(StaffCounter& counter) {
    while (!counter.left()) {
        const auto chosen = counter.show(menuFor(counter));
        if (!chosen) return;
        for (const Entry& entry : entries) {
            if (*chosen != entry.id || !counter.person().may(entry.act)) continue;
            if (!entry.whileCounting && counter.dayIsCounted()) {
                counter.tell({ErrorCode::dayFrozen, "the day is being counted"});
                continue;
            }
            entry.serve(counter);
        }
    }
}

}  // namespace

void serveStaff(SessionParts& parts, Language language) {
    Conversation conversation(parts, language);
    staff::Accounts accounts(parts.issuance.database, parts.issuance.random);
    conversation.servesStaff("", parts.config.staff.patience);
    const auto person = StaffCounter::signIn(parts, conversation, accounts, "", "");
    if (!person) return;
    parts.log.info("staff " + person->number + " signed in");
    conversation.servesStaff(titleOf(*person), parts.config.staff.patience);
    StaffCounter counter(parts, conversation, accounts, *person);
    // A PIN that somebody else chose is changed before anything else.
    if (!person->pinIsInitial || changeOwnPin(counter)) serveAtMenu(counter);
    const bool walkedAway = conversation.timeIsOver();
    const auto out = accounts.signOut(person->number, walkedAway ? "time over" : "", counter.now());
    if (!out) parts.log.trouble("staff sign-out", out.error());
    parts.log.info("staff " + person->number + (walkedAway ? " walked away" : " signed out"));
}

}  // namespace liqu::session
