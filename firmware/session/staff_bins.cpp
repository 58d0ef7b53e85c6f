// The ways out of the bins: a held card to its holder, the rejected ones back to the bank; and the
// look at a face that may be half printed.
#include "firmware/issuance/bin_exits.hpp"
#include "firmware/issuance/staff_look.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/session/staff_counter.hpp"

namespace liqu::session {
namespace {

using staff::Act;

constexpr Duration readerRhythm = std::chrono::milliseconds{300};
constexpr int destroyedTogether = 24;

StaffTable numberTable(const std::vector<std::string>& numbers) {
    StaffTable table;
    if (numbers.empty()) return table;
    table.columns = {{{"staff.column.numbers"}, 1}};
    std::string row;
    int inRow = 0;
    for (const std::string& number : numbers) {
        row += (row.empty() ? "" : "   ") + number;
        if (++inRow < 4 && &number != &numbers.back()) continue;
        table.rows.push_back({{Words::plain(std::exchange(row, {}))}});
        inRow = 0;
    }
    return table;
}

void emptyOne(StaffCounter& counter, const custody::Place& bin, Act act) {
    StaffFormScreen form;
    form.name = "staff-bin-count";
    form.title = {"staff.bin.title", {}};
    form.facts = {{{"staff.column.place"}, placeWords(bin.name())}};
    form.notices = {{{"staff.bin.how"}}};
    form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 5}};
    form.submit = {"staff.bin.submit"};
    form.serial = counter.nextSerial();
    while (const auto typed = counter.fill(form)) {
        const auto people = counter.hands(act);
        if (!people) return;
        const StaffAct what{act, *people, bin.name()};
        const auto emptied = counter.desk(what).emptyBin(bin, numberFrom(*typed, "count"),
                                                         "back to the bank", *people);
        if (!counter.conclude(what, emptied.map([](const custody::Emptied&) {}))) continue;
        return counter.tellDone(
            {"staff.bin.done"},
            {{{"staff.column.cards"}, Words::number(emptied->cards())},
             {{"staff.bin.without-number"}, Words::number(emptied->withoutNumber)}},
            numberTable(emptied->numbers));
    }
}

// What went back from a bin is cut up in front of two; each number is looked at on its card.
void destroyReturned(StaffCounter& counter) {
    const auto numbers =
        custody::returnedFromBins(counter.parts().issuance.database, destroyedTogether);
    if (!numbers) return counter.tell(numbers.error());
    StaffPageScreen page;
    page.name = "staff-destroy-returned";
    page.title = {"staff.destroy-returned.title"};
    page.notices = {{{"staff.destroy-returned.how"}}};
    page.tables.push_back(numberTable(*numbers));
    page.tables.back().whenEmpty = {"staff.destroy-returned.none"};
    if (!numbers->empty()) page.ways = {way("destroy", "staff.destroy-returned.way", true)};
    const auto chosen = counter.show(std::move(page));
    if (!chosen || *chosen == "back") return;
    const auto people = counter.hands(Act::destroyCards);
    if (!people) return;
    const StaffAct what{Act::destroyCards, *people, rangeText(numbers->front(), numbers->back())};
    const auto done = counter.desk(what).destroyReturned(*numbers, "cut up", *people);
    if (counter.conclude(what, done)) {
        counter.tellDone(
            {"staff.destroy-returned.done"},
            {{{"staff.column.cards"}, Words::number(static_cast<std::int64_t>(numbers->size()))}},
            numberTable(*numbers));
    }
}

// The holder's own ID card on the reader; nothing of it is shown or kept.
bool holderIsHere(StaffCounter& counter, const issuance::Order& order) {
    SessionParts& parts = counter.parts();
    Conversation& conversation = counter.conversation();
    StaffPageScreen page;
    page.name = "staff-identity";
    page.title = {"staff.identity.title"};
    page.steps = {{"staff.identity.step-1"}, {"staff.identity.step-2"}};
    page.serial = counter.nextSerial();
    conversation.restartTime();
    conversation.showTimed(page, conversation.deadline(), {true, true});
    while (!counter.left() && !conversation.timeIsOver()) {
        const auto found = parts.idReader.findDocument();
        if (!found) {
            counter.tell(found.error());
            return false;
        }
        if (*found) {
            const auto document = parts.idReader.readDocument();
            if (!document) {
                counter.tell(document.error());
                return false;
            }
            const Bytes number = bytesOf(document->number.reveal());
            const std::string digest = toHex(security::hmacSm3(parts.digestKey.reveal(), number));
            if (digest == order.holderDigest) return true;
            counter.tell({ErrorCode::handoverNotProven, "another person's ID card"});
            return false;
        }
        const auto action =
            conversation.listen(page, {true, true}, parts.issuance.clock.now() + readerRhythm);
        if (action && action->kind == ActionKind::back) return false;
    }
    return false;
}

void deliver(StaffCounter& counter, const issuance::HeldCard& held) {
    if (!holderIsHere(counter, held.order)) return;
    StaffFormScreen form;
    form.name = "staff-deliver";
    form.title = {"staff.deliver.form", {{"number", held.order.cardNumber}}};
    form.notices = {{{"staff.deliver.identity-holds"}, StaffTone::good}};
    form.fields = {{"pickup-code", {"staff.field.pickup-code"}, FieldKind::digits, 6},
                   {"paper", {"staff.field.paper"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.deliver.submit"};
    form.serial = counter.nextSerial();
    while (const auto typed = counter.fill(form)) {
        const auto people = counter.hands(Act::deliverCard);
        if (!people) return;
        const issuance::HandOver handOver{typed->entry("pickup-code").reveal(), true,
                                          typed->entry("paper").reveal()};
        const StaffAct what{Act::deliverCard, *people, held.order.cardNumber};
        const auto done = issuance::handOverFromHold(counter.deskParts(what), held.order.orderId,
                                                     handOver, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.tellDone({"staff.deliver.done"});
    }
}

void settleFace(StaffCounter& counter, const issuance::Order& order) {
    StaffPageScreen page;
    page.name = "staff-face";
    page.title = {"staff.face.title"};
    page.facts = {{{"staff.column.number"}, Words::plain(order.cardNumber)},
                  {{"staff.column.order"}, Words::plain(order.orderId)}};
    page.steps = {{"staff.face.step-1"}, {"staff.face.step-2"}, {"staff.face.step-3"}};
    page.ways = {way("complete", "staff.face.complete"),
                 way("incomplete", "staff.face.incomplete")};
    const auto chosen = counter.show(std::move(page));
    if (!chosen || *chosen == "back") return;
    const auto people = counter.hands(Act::settleFace);
    if (!people) return;
    SessionParts& parts = counter.parts();
    const auto card = custody::findCard(parts.issuance.database, order.cardNumber);
    if (!card) return counter.tell(card.error());
    const bool complete = *chosen == "complete";
    const StaffAct what{Act::settleFace, *people, order.cardNumber + " " + *chosen};
    const issuance::StaffLook look{complete, *card ? (*card)->bank : "", people->operatorId,
                                   people->secondOperatorId, counter.lineOf(what)};
    const auto done =
        issuance::settleStaffLook(parts.issuance.database, parts.issuance.orders,
                                  parts.issuance.outbox, order.orderId, look, counter.now());
    if (counter.conclude(what, done)) {
        counter.tellDone({complete ? "staff.face.registered" : "staff.face.given-up"});
    }
}

}  // namespace

void emptyBins(StaffCounter& counter) {
    while (!counter.left()) {
        const auto stock = counter.desk().overview();
        if (!stock) return counter.tell(stock.error());
        StaffPageScreen page;
        page.name = "staff-bins";
        page.title = {"staff.bins.title"};
        page.notices = {{{"staff.bins.how"}}};
        StaffTable table;
        table.columns = {{{"staff.column.place"}, 2},
                         {{"staff.column.capacity"}, 1, true},
                         {{"staff.column.overdue"}, 1, true}};
        for (const custody::Bin& bin : stock->bins) {
            if (bin.place == custody::Place::holdBin()) continue;
            table.rows.push_back(
                {{placeWords(bin.place.name()),
                  bin.capacity ? Words::number(*bin.capacity) : Words::plain("—"),
                  Words::number(bin.overdue)},
                 bin.place.name(),
                 bin.full || bin.overdue > 0 ? StaffTone::attention : StaffTone::plain});
        }
        page.tables.push_back(std::move(table));
        page.ways.push_back(way("destroy-returned", "staff.destroy-returned.open"));
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (*chosen == "destroy-returned") {
            destroyReturned(counter);
            continue;
        }
        const bool reject = *chosen == custody::Place::rejectBin().name();
        emptyOne(counter, reject ? custody::Place::rejectBin() : custody::Place::oldCardBin(),
                 reject ? Act::emptyRejectBin : Act::emptyOldCardBin);
    }
}

void deliverCards(StaffCounter& counter) {
    Pages pages(rowsOnPage);
    while (!counter.left()) {
        const policy::StockPolicy& rules = counter.parts().issuance.region.stock;
        const auto held = issuance::heldCards(
            counter.parts().issuance.database, counter.parts().issuance.orders,
            {rules.holdDays, rules.rejectDays, rules.oldCardDays}, counter.now());
        if (!held) return counter.tell(held.error());
        StaffPageScreen page;
        page.name = "staff-held";
        page.title = {"staff.deliver.title"};
        StaffTable table;
        table.columns = {{{"staff.column.number"}, 1.4F},
                         {{"staff.column.order"}, 2.4F},
                         {{"staff.column.since"}, 1.2F}};
        table.whenEmpty = {"staff.deliver.none"};
        const auto [begin, end] = pages.part(held->size());
        for (std::size_t i = begin; i < end; ++i) {
            const issuance::HeldCard& card = (*held)[i];
            table.rows.push_back({{Words::plain(card.order.cardNumber),
                                   Words::plain(card.order.orderId), timeWords(card.card.since)},
                                  "card-" + card.order.cardNumber,
                                  card.card.overdue ? StaffTone::attention : StaffTone::plain});
        }
        page.tables.push_back(std::move(table));
        pages.offerMore(page, held->size());
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (pages.turns(*chosen)) continue;
        for (const issuance::HeldCard& card : *held) {
            if (*chosen == "card-" + card.order.cardNumber) deliver(counter, card);
        }
    }
}

void lookAtFaces(StaffCounter& counter) {
    Pages pages(rowsOnPage);
    while (!counter.left()) {
        const auto orders = counter.parts().issuance.orders.waitingForStaff();
        if (!orders) return counter.tell(orders.error());
        StaffPageScreen page;
        page.name = "staff-faces";
        page.title = {"staff.faces.title"};
        StaffTable table;
        table.columns = {{{"staff.column.number"}, 1}, {{"staff.column.order"}, 2}};
        table.whenEmpty = {"staff.faces.none"};
        const auto [begin, end] = pages.part(orders->size());
        for (std::size_t i = begin; i < end; ++i) {
            const issuance::Order& order = (*orders)[i];
            table.rows.push_back({{Words::plain(order.cardNumber), Words::plain(order.orderId)},
                                  "card-" + order.cardNumber});
        }
        page.tables.push_back(std::move(table));
        pages.offerMore(page, orders->size());
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (pages.turns(*chosen)) continue;
        for (const issuance::Order& order : *orders) {
            if (*chosen == "card-" + order.cardNumber) settleFace(counter, order);
        }
    }
}

}  // namespace liqu::session
