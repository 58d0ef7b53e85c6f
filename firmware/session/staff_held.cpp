// Cards that wait for their holders, in hold bin and cabinet, and their ways out (decision 40): to
// the holder, whose ID card the machine compares; unfetched ones into the cabinet; back to the
// bank.
#include <algorithm>

#include "firmware/desk/bin_exits.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/session/staff_counter.hpp"

namespace liqu::session {
namespace {

using desk::HeldCard;
using desk::ReturnCause;
using staff::Act;

constexpr Duration readerRhythm = std::chrono::milliseconds{300};
constexpr std::size_t movedTogether = 24;  // what two hands hold, and one page shows

Result<std::vector<HeldCard>> heldNow(StaffCounter& counter) {
    issuance::Parts& parts = counter.parts().issuance;
    return desk::heldCards(parts.database, parts.orders, desk::binRulesOf(parts.region.stock),
                           counter.now());
}

// The holder's own ID card on the reader; nothing of it is shown or kept.
bool holderIsHere(StaffCounter& counter, const issuance::Order& order) {
    SessionParts& parts = counter.parts();
    Conversation& conversation = counter.conversation();
    StaffPageScreen page;
    page.name = "staff-identity";
    page.title = {"staff.identity.title"};
    page.steps = {{"staff.identity.step-1"}, {"staff.identity.step-2"}};
    conversation.nextQuestion();
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

// What the holder is to be told with the card (decision 7); empty where there is nothing. Read when
// it is said: the answer may have come a moment ago.
std::vector<Notice> noticesForHolder(StaffCounter& counter, const issuance::Order& order) {
    issuance::Parts& parts = counter.parts().issuance;
    if (!desk::bankLinkMissing(parts.database, order.orderId).value_or(false)) return {};
    const std::string bank = parts.region.bankName(order.bankCode);
    return {{{"staff.deliver.bank-missing", {{"bank", bank}}}, Tone::warning}};
}

void deliver(StaffCounter& counter, const desk::HeldCard& held) {
    if (!holderIsHere(counter, held.order)) return;
    StaffFormScreen form;
    form.name = "staff-deliver";
    form.title = {"staff.deliver.form", {{"number", held.order.cardNumber}}};
    form.notices = noticesForHolder(counter, held.order);
    form.notices.insert(form.notices.begin(), {{"staff.deliver.identity-holds"}, Tone::success});
    form.fields = {{"pickup-code", {"staff.field.pickup-code"}, FieldKind::digits, 6},
                   {"paper", {"staff.field.paper"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.deliver.submit"};
    form.serial = counter.nextSerial();
    while (const auto typed = counter.fill(form)) {
        const auto people = counter.hands(Act::deliverCard);
        if (!people) return;
        const desk::HandOver handOver{typed->entry("pickup-code").reveal(), true,
                                      typed->entry("paper").reveal()};
        const StaffAct what{Act::deliverCard, *people, held.order.cardNumber};
        const auto done =
            desk::handOverFromHold(counter.deskParts(what), held.order.orderId, handOver, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.tellDone({"staff.deliver.done"}, {}, {},
                                noticesForHolder(counter, held.order));
    }
}

// The cards of a page, as they lie in the hand: shown by number, then counted. False: given up.
// words: the family of its texts.
bool takeInHand(StaffCounter& counter, const char* name, const std::string& words,
                const std::vector<std::string>& numbers) {
    StaffPageScreen page;
    page.name = name;
    page.title = {words + "title"};
    page.notices = {{{words + "how"}}};
    page.tables.push_back(numberTable(numbers));
    page.tables.back().whenEmpty = {words + "none"};
    if (!numbers.empty()) page.ways = {way("taken-out", words + "way", true)};
    const auto chosen = counter.show(std::move(page));
    return chosen && *chosen == "taken-out";
}

// How many they are in the hand; what differs is a matter of the daily count.
bool isCountOf(StaffCounter& counter, const Action& typed,
               const std::vector<std::string>& numbers) {
    if (numberFrom(typed, "count") == static_cast<std::int64_t>(numbers.size())) return true;
    counter.tell({ErrorCode::binCountDiffers, "the count is not that of the list"});
    return false;
}

std::string recordedNumbers(const std::vector<std::string>& numbers) {
    std::string text;
    for (const std::string& number : numbers) text += (text.empty() ? "" : " ") + number;
    return text;
}

void keepInCabinet(StaffCounter& counter, const std::vector<HeldCard>& held) {
    std::vector<std::string> numbers;
    for (const HeldCard& card : held) {
        const bool fits = card.mayGoToCabinet && numbers.size() < movedTogether;
        if (fits) numbers.push_back(card.order.cardNumber);
    }
    if (!takeInHand(counter, "staff-to-cabinet", "staff.to-cabinet.", numbers)) return;
    StaffFormScreen form;
    form.name = "staff-to-cabinet-count";
    form.title = {"staff.to-cabinet.count"};
    form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 3}};
    form.submit = {"staff.to-cabinet.submit"};
    form.serial = counter.nextSerial();
    while (const auto typed = counter.fill(form)) {
        if (!isCountOf(counter, *typed, numbers)) continue;
        const auto people = counter.hands(Act::keepInCabinet);
        if (!people) return;
        const StaffAct what{Act::keepInCabinet, *people, recordedNumbers(numbers)};
        const auto done = desk::moveToCabinet(counter.deskParts(what), numbers, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.tellDone({"staff.to-cabinet.done"}, {}, numberTable(numbers));
    }
}

std::optional<ReturnCause> askCause(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-to-bank-cause";
    page.title = {"staff.to-bank.cause"};
    for (const auto cause : {ReturnCause::unclaimed, ReturnCause::reminded, ReturnCause::holderGone,
                             ReturnCause::refusedForGood}) {
        const std::string name(nameOf(cause));
        page.tiles.push_back(way(name, "staff.to-bank." + name));
    }
    const auto chosen = counter.show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return named<desk::ReturnCause>(*chosen);
}

// A reminder or a death is about one card; the other causes are about all they fit.
std::optional<std::vector<std::string>> chooseReturned(StaffCounter& counter,
                                                       std::vector<std::string> fitting,
                                                       ReturnCause cause) {
    const bool about = cause == ReturnCause::reminded || cause == ReturnCause::holderGone;
    if (!about || fitting.empty()) return fitting;
    Pages pages(rowsOnPage);
    while (!counter.left()) {
        StaffPageScreen page;
        page.name = "staff-to-bank-card";
        page.title = {"staff.to-bank.choose"};
        const auto [begin, end] = pages.part(fitting.size());
        for (std::size_t i = begin; i < end; ++i) {
            page.tiles.push_back({"card-" + fitting[i], Phrase::plain(fitting[i])});
        }
        pages.offerMore(page, fitting.size());
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return std::nullopt;
        if (!pages.turns(*chosen)) return std::vector<std::string>{chosen->substr(5)};
    }
    return std::nullopt;
}

void returnToBank(StaffCounter& counter, const std::vector<HeldCard>& held) {
    const auto cause = askCause(counter);
    if (!cause) return;
    std::vector<std::string> fitting;
    for (const HeldCard& card : held) {
        const StaffAct looking{Act::returnHeld, {}, ""};
        const bool may = desk::mayReturn(counter.deskParts(looking), card, *cause).has_value();
        if (may && fitting.size() < movedTogether) fitting.push_back(card.order.cardNumber);
    }
    const auto numbers = chooseReturned(counter, std::move(fitting), *cause);
    if (!numbers || !takeInHand(counter, "staff-to-bank", "staff.to-bank.", *numbers)) return;
    StaffFormScreen form;
    form.name = "staff-to-bank-paper";
    form.title = {"staff.to-bank.paper"};
    form.notices = {{{"staff.to-bank.paper-how"}}};
    form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 3},
                   {"paper", {"staff.field.handover-paper"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.to-bank.submit"};
    form.serial = counter.nextSerial();
    while (const auto typed = counter.fill(form)) {
        if (!isCountOf(counter, *typed, *numbers)) continue;
        const auto people = counter.hands(Act::returnHeld);
        if (!people) return;
        const desk::HeldReturn wanted{*numbers, *cause, typed->entry("paper").reveal()};
        const StaffAct what{
            Act::returnHeld, *people,
            std::string(nameOf(*cause)) + " " + wanted.evidence + " " + recordedNumbers(*numbers)};
        const auto done = desk::returnToBank(counter.deskParts(what), wanted, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.tellDone({"staff.to-bank.done"}, {}, numberTable(*numbers));
    }
}

StaffPageScreen heldPage(const std::vector<HeldCard>& held, Pages& pages) {
    StaffPageScreen page;
    page.name = "staff-held";
    page.title = {"staff.deliver.title"};
    StaffTable table;
    table.columns = {{{"staff.column.number"}, 1.9F},
                     {{"staff.column.order"}, 4.5F},
                     {{"staff.column.place"}, 1.5F},
                     {{"staff.column.since"}, 1.0F}};
    table.whenEmpty = {"staff.deliver.none"};
    const auto [begin, end] = pages.part(held.size());
    for (std::size_t i = begin; i < end; ++i) {
        const HeldCard& card = held[i];
        const bool waits = card.card.overdue || card.refusedForGood;
        table.rows.push_back(
            {{Phrase::plain(card.order.cardNumber), Phrase::plain(card.order.orderId),
              placeWords(card.card.card.place.name()), timeWords(card.card.heldSince)},
             "card-" + card.order.cardNumber,
             waits ? Tone::warning : Tone::plain});
    }
    page.tables.push_back(std::move(table));
    if (!held.empty()) {
        page.ways = {way("to-cabinet", "staff.to-cabinet.open"),
                     way("to-bank", "staff.to-bank.open")};
    }
    pages.offerMore(page, held.size());
    return page;
}

}  // namespace

void deliverCards(StaffCounter& counter) {
    Pages pages(rowsOnPage);
    while (!counter.left()) {
        const auto held = heldNow(counter);
        if (!held) return counter.tell(held.error());
        const auto chosen = counter.show(heldPage(*held, pages));
        if (!chosen || *chosen == "back") return;
        if (pages.turns(*chosen)) continue;
        if (*chosen == "to-cabinet") keepInCabinet(counter, *held);
        if (*chosen == "to-bank") returnToBank(counter, *held);
        for (const HeldCard& card : *held) {
            if (*chosen == "card-" + card.order.cardNumber) deliver(counter, card);
        }
    }
}

}  // namespace liqu::session
