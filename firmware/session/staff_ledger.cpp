// The ledger of hand-overs (Guangdong Art.12(3)): by day, for a reason that is kept, without
// anybody's name; and, for two people, by which document one card was fetched.
#include "firmware/card/identity_document.hpp"
#include "firmware/issuance/handover_book.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using issuance::HandoverLine;
using issuance::HandoverWay;
using staff::Act;

Phrase wayWords(HandoverWay by) {
    return {"staff.ledger.way-" + std::string(nameOf(by))};
}

StaffPageScreen ledgerPage(const std::vector<HandoverLine>& lines, LongList& list,
                           const std::string& day) {
    StaffPageScreen page;
    page.name = "staff-ledger";
    page.title = {"staff.ledger.title", {{"day", dayWords(day).values[0].second}}};
    StaffTable table;
    table.columns = {{{"staff.column.number"}, 1.3F},
                     {{"staff.column.when"}, 1.3F},
                     {{"staff.column.what"}, 1.4F},
                     {{"staff.column.people"}, 1.2F}};
    table.whenEmpty = {"staff.ledger.none"};
    const auto [begin, end] = list.part(lines.size());
    for (std::size_t i = begin; i < end; ++i) {
        const HandoverLine& line = lines[i];
        const std::string& second = line.people.secondOperatorId;
        table.rows.push_back(
            {{Phrase::plain(line.cardNumber), timeWords(line.at), wayWords(line.way),
              Phrase::plain(line.people.operatorId + (second.empty() ? "" : ", " + second))},
             "card-" + line.cardNumber});
    }
    page.tables.push_back(std::move(table));
    list.offerMore(page, lines.size());
    return page;
}

// Whom the line is about: of somebody the holder sent the masked number, of the holder none, whom
// the machine knows by a keyed digest only.
void openLine(StaffCounter& counter, const HandoverLine& line) {
    const auto people = counter.peopleFor(
        Act::openLedger, {{{"staff.column.number"}, Phrase::plain(line.cardNumber)}});
    if (!people) return;
    const auto receivers =
        issuance::receiversOf(counter.parts().issuance.database,
                              counter.parts().issuance.orders.sealer(), line.cardNumber);
    const StaffDeed what{.act = Act::openLedger, .people = *people, .object = line.cardNumber};
    if (receivers) counter.record(what, {});
    const auto looked = receivers.map([](const std::vector<PersonalText>&) {});
    if (!counter.conclude(what, looked)) return;
    StaffPageScreen page;
    page.name = "staff-ledger-line";
    page.title = {"staff.ledger.line", {{"number", line.cardNumber}}};
    page.facts = {
        {{"staff.column.order"}, Phrase::plain(line.orderId)},
        {{"staff.column.what"}, wayWords(line.way)},
        {{"staff.ledger.signed"}, {"staff.ledger.signed-" + std::string(nameOf(line.confirmed))}},
        {{"staff.field.paper"}, Phrase::plain(line.signature.empty() ? "—" : line.signature)}};
    if (line.way == HandoverWay::agent && !receivers->empty()) {
        const std::string& person = receivers->back().reveal();
        page.facts.push_back(
            {{"staff.field.document"},
             Phrase::plain(card::maskedNumber(person.substr(person.find('\n') + 1)))});
        page.facts.push_back({{"staff.field.proof"},
                              Phrase::plain(line.proofPaper.empty() ? "—" : line.proofPaper)});
        page.facts.push_back(
            {{"staff.field.copy"}, Phrase::plain(line.copyPaper.empty() ? "—" : line.copyPaper)});
    }
    page.ways = {mainWay("understood", "staff.understood")};
    counter.pages().show(std::move(page));
}

}  // namespace

void lookAtLedger(StaffCounter& counter, const std::string& day) {
    const auto reason =
        askReason(counter.pages(), "ledger", {"asked-by-holder", "audit", "comparison"});
    if (!reason) return;
    const auto people = counter.peopleFor(Act::viewLedger);
    if (!people) return;
    counter.record({.act = Act::viewLedger, .people = *people, .object = day + " " + *reason}, {});
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto lines = issuance::handoversOn(counter.parts().issuance.database, day);
        if (!lines) return counter.pages().tell(lines.error());
        const auto chosen = counter.pages().show(ledgerPage(*lines, list, day));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        for (const HandoverLine& line : *lines) {
            if (*chosen == "card-" + line.cardNumber) {
                openLine(counter, line);
                break;
            }
        }
    }
}

}  // namespace liqu::session
