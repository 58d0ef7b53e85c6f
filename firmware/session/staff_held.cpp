// Cards that wait for their holders, in hold bin and cabinet: what is due on each, and what is
// written down of it (Guangdong Art.32, Shangluo Art.16).
#include "firmware/session/staff_held.hpp"

#include <algorithm>

namespace liqu::session {

using desk::HeldCard;
using desk::NoticeWay;
using desk::ReminderOf;
using staff::Act;

Phrase dateWords(Date date) {
    return dayWords(formatDate(date));
}

namespace {

struct Waiting {
    HeldCard card;
    desk::HeldTerm term;
};

Result<std::vector<Waiting>> heldNow(StaffCounter& counter) {
    issuance::IssuanceParts& parts = counter.parts().issuance;
    std::vector<Waiting> all;
    for (HeldCard& card : TRY(desk::heldCards(
             parts.database, parts.orders, desk::binRulesOf(parts.region.stock), counter.now()))) {
        auto term = TRY(desk::termOf(parts.database, parts.region, card.card));
        all.push_back({std::move(card), term});
    }
    return all;
}

std::vector<HeldCard> cardsOf(const std::vector<Waiting>& held) {
    std::vector<HeldCard> cards;
    cards.reserve(held.size());
    for (const Waiting& one : held) cards.push_back(one.card);
    return cards;
}

bool isPressing(const Waiting& one) {
    const HeldCard& card = one.card;
    return card.card.overdue || card.refusedForGood || card.reportedDead || one.term.remindedAt;
}

// By when it is to be recovered; before a reminder, by when it is to be fetched.
Phrase dueWords(const desk::HeldTerm& term) {
    if (!term.remindedAt) return dateWords(term.lastDay);
    return term.recoverBy ? dateWords(*term.recoverBy) : Phrase{"staff.held.no-table"};
}

// Hold and cabinet are seen to be full long before they are.
std::vector<Notice> forecastNotices(StaffCounter& counter) {
    const auto forecast = custody::forecastOf(counter.parts().issuance.database, counter.now());
    if (!forecast || !forecast->isPressing(counter.now())) return {};
    return {{{"staff.held.full-soon", {{"day", dateWords(*forecast->fullOn).values[0].second}}},
             Tone::warning}};
}

StaffPageScreen heldPage(StaffCounter& counter, const std::vector<Waiting>& held, LongList& list) {
    StaffPageScreen page;
    page.name = "staff-held";
    page.title = {"staff.deliver.title"};
    page.notices = forecastNotices(counter);
    StaffTable table;
    table.columns = {{{"staff.column.number"}, 1.5F},
                     {{"staff.column.place"}, 1.5F},
                     {{"staff.column.since"}, 1.4F},
                     {{"staff.column.told"}, 0.8F, true},
                     {{"staff.column.due"}, 1.5F}};
    table.whenEmpty = {"staff.deliver.none"};
    const auto [begin, end] = list.part(held.size());
    for (std::size_t i = begin; i < end; ++i) {
        const HeldCard& card = held[i].card;
        table.rows.push_back(
            {{Phrase::plain(card.order.cardNumber), placeWords(card.card.card.place.name()),
              timeWords(card.card.heldSince), Phrase::number(held[i].term.told),
              dueWords(held[i].term)},
             "card-" + card.order.cardNumber,
             isPressing(held[i]) ? Tone::warning : Tone::plain});
    }
    page.tables.push_back(std::move(table));
    if (!held.empty()) {
        page.ways = {way("to-cabinet", "staff.to-cabinet.open"),
                     way("to-bank", "staff.to-bank.open")};
    }
    page.ways.push_back(way("again", "staff.again.open"));
    list.offerMore(page, held.size());
    return page;
}

// One choice of few, as a word. None: given up.
template <HasWords Word>
std::optional<Word> askWord(StaffCounter& counter, const char* name, const std::string& keys) {
    StaffPageScreen page;
    page.name = name;
    page.title = {keys + "question"};
    for (const Word word : wordTable<Word>.values()) {
        page.tiles.push_back(way(std::string(nameOf(word)), keys + std::string(nameOf(word))));
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return named<Word>(*chosen);
}

void recordTold(StaffCounter& counter, const std::string& number) {
    const auto by = askWord<NoticeWay>(counter, "staff-told", "staff.told.");
    if (!by) return;
    const auto people = counter.peopleFor(Act::recordNotice);
    if (!people) return;
    const StaffDeed what{.act = Act::recordNotice,
                         .people = *people,
                         .object = number + " " + std::string(nameOf(*by))};
    const auto done = desk::noteTold(counter.deskParts(what), number, *by, *people);
    if (counter.conclude(what, done))
        counter.pages().note({"staff.told.done", {{"number", number}}});
}

void recordReminder(StaffCounter& counter, const std::string& number) {
    const auto of = askWord<ReminderOf>(counter, "staff-reminder", "staff.reminder.");
    if (!of) return;
    StaffFormScreen form;
    form.name = "staff-reminder-paper";
    form.title = {"staff.reminder.paper"};
    form.facts = {{{"staff.column.number"}, Phrase::plain(number)}};
    form.fields = {{"evidence", {"staff.field.evidence"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.reminder.submit"};
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        const auto people = counter.peopleFor(Act::recordNotice);
        if (!people) return;
        const desk::Reminder reminder{
            .number = number, .of = *of, .evidence = typed->entry("evidence").reveal()};
        const StaffDeed what{
            .act = Act::recordNotice,
            .people = *people,
            .object = number + " " + std::string(nameOf(*of)) + " " + reminder.evidence};
        const auto done = desk::noteReminder(counter.deskParts(what), reminder, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.pages().note({"staff.reminder.done", {{"number", number}}});
    }
}

std::vector<Notice> noticesOf(const Waiting& one, WallTime at) {
    if (one.card.reportedDead) return {{{"staff.held.dead"}, Tone::danger}};
    if (one.term.remindedAt && !one.term.recoverBy)
        return {{{"staff.held.no-table-how"}, Tone::warning}};
    if (one.term.isLate(at)) return {{{"staff.held.late"}, Tone::danger}};
    if (one.card.refusedForGood) return {{{"staff.held.refused"}, Tone::warning}};
    if (one.card.card.overdue) return {{{"staff.held.overdue"}, Tone::warning}};
    return {};
}

StaffPageScreen cardPage(StaffCounter& counter, const Waiting& one) {
    const HeldCard& card = one.card;
    StaffPageScreen page;
    page.name = "staff-held-card";
    page.title = {"staff.held.title", {{"number", card.order.cardNumber}}};
    page.notices = noticesOf(one, counter.now());
    page.facts = {{{"staff.column.order"}, Phrase::plain(card.order.orderId)},
                  {{"staff.column.place"}, placeWords(card.card.card.place.name())},
                  {{"staff.held.last-day"}, dateWords(one.term.lastDay)}};
    if (one.term.lastTold)
        page.facts.push_back({{"staff.held.last-told"}, timeWords(*one.term.lastTold)});
    if (one.term.remindedAt) page.facts.push_back({{"staff.held.recover-by"}, dueWords(one.term)});
    page.tiles = {way("deliver", "staff.held.deliver")};
    if (agentsAreServed(counter)) page.tiles.push_back(way("agent", "staff.held.agent"));
    page.tiles.push_back(way("told", "staff.held.told"));
    page.tiles.push_back(way("reminder", "staff.held.reminder"));
    page.tiles.push_back(way("wrong", "staff.held.wrong"));
    return page;
}

void lookAtCard(StaffCounter& counter, const std::string& number) {
    while (!counter.pages().left()) {
        const auto held = heldNow(counter);
        if (!held) return counter.pages().tell(held.error());
        const auto one = std::ranges::find(
            *held, number, [](const Waiting& each) { return each.card.order.cardNumber; });
        if (one == held->end()) return;
        const auto chosen = counter.pages().show(cardPage(counter, *one));
        if (!chosen || *chosen == "back") return;
        if (*chosen == "deliver") deliverToHolder(counter, one->card);
        if (*chosen == "agent") deliverToAgent(counter, one->card);
        if (*chosen == "wrong") takeWrongCard(counter, number);
        if (*chosen == "told") recordTold(counter, number);
        if (*chosen == "reminder") recordReminder(counter, number);
    }
}

}  // namespace

void deliverCards(StaffCounter& counter) {
    // Two less: a notice may stand above them, and four ways below.
    LongList list(rowsOnPage - 2);
    while (!counter.pages().left()) {
        const auto held = heldNow(counter);
        if (!held) return counter.pages().tell(held.error());
        const auto chosen = counter.pages().show(heldPage(counter, *held, list));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        if (*chosen == "to-cabinet") keepInCabinet(counter, cardsOf(*held));
        if (*chosen == "to-bank") returnToBank(counter, cardsOf(*held));
        if (*chosen == "again") receiveAgain(counter);
        if (chosen->starts_with("card-")) lookAtCard(counter, chosen->substr(5));
    }
}

}  // namespace liqu::session
