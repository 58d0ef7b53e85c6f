// What is rejected goes back to the bank; and the look at a face that may be half printed. Cards
// that wait for their holders: staff_held.cpp.
#include "firmware/desk/staff_look.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

constexpr int destroyedTogether = 24;

void emptyOne(StaffCounter& counter, const custody::Place& bin, Act act) {
    StaffFormScreen form;
    form.name = "staff-bin-count";
    form.title = {"staff.bin.title", {}};
    form.facts = {{{"staff.column.place"}, placeWords(bin.name())}};
    form.notices = {{{"staff.bin.how"}}};
    form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 5}};
    form.submit = {"staff.bin.submit"};
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        const auto people =
            counter.peopleFor(act, factsOfMove(numberFrom(*typed, "count"), bin.name(), "bank"));
        if (!people) return;
        const StaffDeed what{.act = act, .people = *people, .object = bin.name()};
        const auto emptied = counter.desk(what).emptyBin(bin, numberFrom(*typed, "count"),
                                                         "back to the bank", *people);
        if (!counter.conclude(what, emptied.map([](const custody::Emptied&) {}))) continue;
        return counter.pages().tellDone(
            {"staff.bin.done"},
            {{{"staff.column.cards"}, Phrase::number(emptied->cards())},
             {{"staff.bin.without-number"}, Phrase::number(emptied->withoutNumber)}},
            numberTable(emptied->numbers));
    }
}

// What went back from a bin is cut up in front of two; each number is looked at on its card.
void destroyReturned(StaffCounter& counter) {
    const auto numbers =
        custody::returnedFromBins(counter.parts().issuance.database, destroyedTogether);
    if (!numbers) return counter.pages().tell(numbers.error());
    StaffPageScreen page;
    page.name = "staff-destroy-returned";
    page.title = {"staff.destroy-returned.title"};
    page.notices = {{{"staff.destroy-returned.how"}}};
    page.tables.push_back(numberTable(*numbers));
    page.tables.back().whenEmpty = {"staff.destroy-returned.none"};
    if (!numbers->empty()) page.ways = {mainWay("destroy", "staff.destroy-returned.way")};
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return;
    const auto cards = static_cast<std::int64_t>(numbers->size());
    std::vector<StaffFact> numbersOf = {
        {{"staff.column.numbers"}, Phrase::plain(rangeText(numbers->front(), numbers->back()))}};
    const auto move = factsOfMove(cards, "bank", "destroyed");
    numbersOf.insert(numbersOf.end(), move.begin(), move.end());
    const auto people = counter.peopleFor(Act::destroyCards, std::move(numbersOf));
    if (!people) return;
    const StaffDeed what{.act = Act::destroyCards,
                         .people = *people,
                         .object = rangeText(numbers->front(), numbers->back())};
    const auto done = counter.desk(what).destroyReturned(*numbers, "cut up", *people);
    if (counter.conclude(what, done)) {
        counter.pages().note({"staff.destroy-returned.done", {{"count", std::to_string(cards)}}});
    }
}

void settleFace(StaffCounter& counter, const issuance::Order& order) {
    StaffPageScreen page;
    page.name = "staff-face";
    page.title = {"staff.face.title"};
    page.facts = {{{"staff.column.number"}, Phrase::plain(order.cardNumber)},
                  {{"staff.column.order"}, Phrase::plain(order.orderId)}};
    page.steps = {{"staff.face.step-1"}, {"staff.face.step-2"}, {"staff.face.step-3"}};
    page.ways = {way("complete", "staff.face.complete"),
                 way("incomplete", "staff.face.incomplete")};
    const auto chosen = counter.pages().show(page);
    if (!chosen || *chosen == "back") return;
    const bool complete = *chosen == "complete";
    std::vector<StaffFact> verdict = page.facts;
    verdict.push_back(
        {{"staff.column.state"}, {complete ? "staff.face.complete" : "staff.face.incomplete"}});
    const auto people = counter.peopleFor(Act::settleFace, std::move(verdict));
    if (!people) return;
    const StaffDeed what{
        .act = Act::settleFace, .people = *people, .object = order.cardNumber + " " + *chosen};
    const auto done = desk::settleStaffLook(
        counter.deskParts(what), order.orderId,
        complete ? desk::FaceVerdict::complete : desk::FaceVerdict::incomplete, *people);
    if (counter.conclude(what, done)) {
        counter.pages().note({complete ? "staff.face.registered" : "staff.face.given-up",
                              {{"number", order.cardNumber}}});
    }
}

}  // namespace

void emptyBins(StaffCounter& counter) {
    while (!counter.pages().left()) {
        const auto stock = counter.desk().overview();
        if (!stock) return counter.pages().tell(stock.error());
        StaffPageScreen page;
        page.name = "staff-bins";
        page.title = {"staff.bins.title"};
        page.notices = {{{"staff.bins.how"}}};
        StaffTable table;
        table.columns = {{{"staff.column.place"}, 2},
                         {{"staff.column.capacity"}, 1, true},
                         {{"staff.column.overdue"}, 1, true}};
        for (const custody::Bin& bin : stock->bins) {
            const bool waits =
                bin.place == custody::Place::holdBin() || bin.place == custody::Place::cabinet();
            if (waits) continue;
            table.rows.push_back(
                {{placeWords(bin.place.name()),
                  bin.capacity ? Phrase::number(*bin.capacity) : Phrase::plain("—"),
                  Phrase::number(bin.overdue)},
                 bin.place.name(),
                 bin.full || bin.overdue > 0 ? Tone::warning : Tone::plain});
        }
        page.tables.push_back(std::move(table));
        page.ways.push_back(way("destroy-returned", "staff.destroy-returned.open"));
        page.ways.push_back(way("wrong", "staff.wrong.open"));
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (*chosen == "destroy-returned") {
            destroyReturned(counter);
            continue;
        }
        if (*chosen == "wrong") {
            lookAtWrong(counter);
            continue;
        }
        const bool reject = *chosen == custody::Place::rejectBin().name();
        emptyOne(counter, reject ? custody::Place::rejectBin() : custody::Place::oldCardBin(),
                 reject ? Act::emptyRejectBin : Act::emptyOldCardBin);
    }
}

void lookAtFaces(StaffCounter& counter) {
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto orders = counter.parts().issuance.orders.waitingForStaff();
        if (!orders) return counter.pages().tell(orders.error());
        StaffPageScreen page;
        page.name = "staff-faces";
        page.title = {"staff.faces.title"};
        StaffTable table;
        table.columns = {{{"staff.column.number"}, 1}, {{"staff.column.order"}, 2}};
        table.whenEmpty = {"staff.faces.none"};
        const auto [begin, end] = list.part(orders->size());
        for (std::size_t i = begin; i < end; ++i) {
            const issuance::Order& order = (*orders)[i];
            table.rows.push_back({{Phrase::plain(order.cardNumber), Phrase::plain(order.orderId)},
                                  "card-" + order.cardNumber});
        }
        page.tables.push_back(std::move(table));
        list.offerMore(page, orders->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        for (const issuance::Order& order : *orders) {
            if (*chosen == "card-" + order.cardNumber) settleFace(counter, order);
        }
    }
}

}  // namespace liqu::session
