// The slips of this machine: which there were, and one more print of what stood on one.
#include "firmware/session/slip_desk.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using issuance::SlipRecord;
using staff::Act;

constexpr int mostSlips = 200;

Phrase formWords(ports::SlipForm form) {
    return {"staff.slip-form." + std::string(nameOf(form))};
}
Phrase stateWords(issuance::SlipState state) {
    return {"staff.slip-state." + std::string(nameOf(state))};
}

void printAgain(StaffCounter& counter, const std::string& number) {
    const auto people = counter.peopleFor(Act::printSlip);
    if (!people) return;
    const StaffDeed what{.act = Act::printSlip, .people = *people, .object = number};
    SlipDesk desk(counter.parts(), counter.conversation());
    const auto printed = desk.giveCopy(number);
    if (printed) counter.record(what, {});
    if (counter.conclude(what, printed)) counter.pages().tellDone({"staff.slip.printed-again"});
}

void lookAtSlip(StaffCounter& counter, const std::string& number) {
    SessionParts& parts = counter.parts();
    const auto slip = parts.issuance.slips->find(parts.issuance.database, number);
    if (!slip) return counter.pages().tell(slip.error());
    if (!*slip) return;
    StaffPageScreen page;
    page.name = "staff-slip";
    page.title = formWords((*slip)->form);
    page.facts = {{{"staff.column.slip"}, Phrase::plain(number)},
                  {{"staff.column.when"}, timeWords((*slip)->at)},
                  {{"staff.column.state"}, stateWords((*slip)->state)},
                  {{"staff.column.copies"}, Phrase::number((*slip)->copies)},
                  {{"staff.column.order"}, Phrase::plain((*slip)->orderId)}};
    if ((*slip)->fields.empty()) {
        page.notices.push_back({{"staff.slip.gone"}, Tone::warning});
    } else {
        page.ways = {mainWay("print", "staff.slip.print")};
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (chosen && *chosen == "print") printAgain(counter, number);
}

StaffTable tableOf(const std::vector<SlipRecord>& slips, const LongList::Part& part) {
    StaffTable table;
    table.columns = {
        {{"staff.column.slip"}, 1.6F}, {{"staff.column.form"}, 1.4F}, {{"staff.column.state"}, 1}};
    table.whenEmpty = {"staff.slips.none"};
    for (std::size_t i = part.begin; i < part.end; ++i) {
        const SlipRecord& slip = slips[i];
        table.rows.push_back(
            {{Phrase::plain(slip.number), formWords(slip.form), stateWords(slip.state)},
             "slip-" + slip.number});
    }
    return table;
}

}  // namespace

void lookAtSlips(StaffCounter& counter) {
    SessionParts& parts = counter.parts();
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto slips = parts.issuance.slips->newest(parts.issuance.database, mostSlips);
        if (!slips) return counter.pages().tell(slips.error());
        StaffPageScreen page;
        page.name = "staff-slips";
        page.title = {"staff.slips.title"};
        if (const auto paper = checkReceiptPaper(parts); !paper)
            page.notices = noticesOf(paper.error());
        page.tables.push_back(tableOf(*slips, list.part(slips->size())));
        list.offerMore(page, slips->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (!list.turns(*chosen)) lookAtSlip(counter, chosen->substr(5));
    }
}

}  // namespace liqu::session
