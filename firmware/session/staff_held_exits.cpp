// How held cards leave together, by number and counted in the hand: unfetched ones into the
// cabinet, from there back to the bank, and from the bank for a second delivery (Guangdong
// Art.33(1)).
#include "firmware/session/staff_held.hpp"

namespace liqu::session {
namespace {

using desk::HeldCard;
using desk::ReturnCause;
using staff::Act;

constexpr std::size_t movedTogether = 24;  // what two hands hold, and one page shows

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
    if (!numbers.empty()) page.ways = {mainWay("taken-out", words + "way")};
    const auto chosen = counter.pages().show(std::move(page));
    return chosen && *chosen == "taken-out";
}

// How many they are in the hand; what differs is a matter of the daily count.
bool isCountOf(StaffCounter& counter, const Action& typed,
               const std::vector<std::string>& numbers) {
    if (numberFrom(typed, "count") == static_cast<std::int64_t>(numbers.size())) return true;
    counter.pages().tell({ErrorCode::binCountDiffers, "the count is not that of the list"});
    return false;
}

// Which, how many, from where to where.
std::vector<StaffFact> factsOf(const std::vector<std::string>& numbers, const std::string& from,
                               const std::string& to) {
    std::vector<StaffFact> facts = factsOfMove(static_cast<std::int64_t>(numbers.size()), from, to);
    if (numbers.empty()) return facts;
    facts.insert(facts.begin(), {{"staff.column.numbers"},
                                 Phrase::plain(rangeText(numbers.front(), numbers.back()))});
    return facts;
}

Phrase outcome(const char* words, const std::vector<std::string>& numbers) {
    return {words, {{"count", std::to_string(numbers.size())}}};
}

std::string recordedNumbers(const std::vector<std::string>& numbers) {
    std::string text;
    for (const std::string& number : numbers) text += (text.empty() ? "" : " ") + number;
    return text;
}

}  // namespace

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
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        if (!isCountOf(counter, *typed, numbers)) continue;
        const auto people =
            counter.peopleFor(Act::keepInCabinet, factsOf(numbers, "hold-bin", "cabinet"));
        if (!people) return;
        const StaffDeed what{
            .act = Act::keepInCabinet, .people = *people, .object = recordedNumbers(numbers)};
        const auto done = desk::moveToCabinet(counter.deskParts(what), numbers, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.pages().note(outcome("staff.to-cabinet.done", numbers));
    }
}

namespace {

std::optional<ReturnCause> askCause(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-to-bank-cause";
    page.title = {"staff.to-bank.cause"};
    for (const ReturnCause cause : wordTable<ReturnCause>.values()) {
        const std::string name(nameOf(cause));
        page.tiles.push_back(way(name, "staff.to-bank." + name));
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return named<desk::ReturnCause>(*chosen);
}

// One of these numbers. None: given up.
std::optional<std::vector<std::string>> chooseOne(StaffCounter& counter, const char* name,
                                                  const char* title,
                                                  const std::vector<std::string>& fitting) {
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        StaffPageScreen page;
        page.name = name;
        page.title = {title};
        const auto [begin, end] = list.part(fitting.size());
        for (std::size_t i = begin; i < end; ++i) {
            page.tiles.push_back({"card-" + fitting[i], Phrase::plain(fitting[i])});
        }
        list.offerMore(page, fitting.size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return std::nullopt;
        if (!list.turns(*chosen)) return std::vector<std::string>{chosen->substr(5)};
    }
    return std::nullopt;
}

// A reminder, or what became of a person, is about one card; the other causes are about all they
// fit.
std::optional<std::vector<std::string>> chooseReturned(StaffCounter& counter,
                                                       std::vector<std::string> fitting,
                                                       ReturnCause cause) {
    const bool ofAll = cause == ReturnCause::unclaimed || cause == ReturnCause::againFailed ||
                       cause == ReturnCause::refusedForGood;
    if (ofAll || fitting.empty()) return fitting;
    return chooseOne(counter, "staff-to-bank-card", "staff.to-bank.choose", fitting);
}

}  // namespace

void returnToBank(StaffCounter& counter, const std::vector<HeldCard>& held) {
    const auto cause = askCause(counter);
    if (!cause) return;
    std::vector<std::string> fitting;
    for (const HeldCard& card : held) {
        const StaffDeed looking{.act = Act::returnHeld, .people = {}, .object = ""};
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
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        if (!isCountOf(counter, *typed, *numbers)) continue;
        auto facts = factsOf(*numbers, "cabinet", "bank");
        // From the hold bin or the cabinet, wherever each lies.
        facts.at(2) = {{"staff.column.why"}, {"staff.to-bank." + std::string(nameOf(*cause))}};
        const auto people = counter.peopleFor(Act::returnHeld, std::move(facts));
        if (!people) return;
        const desk::HeldReturn wanted{
            .numbers = *numbers, .cause = *cause, .evidence = typed->entry("paper").reveal()};
        const StaffDeed what{.act = Act::returnHeld,
                             .people = *people,
                             .object = std::string(nameOf(*cause)) + " " + wanted.evidence + " " +
                                       recordedNumbers(*numbers)};
        const auto done = desk::returnToBank(counter.deskParts(what), wanted, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.pages().note(outcome("staff.to-bank.done", *numbers));
    }
}

void receiveAgain(StaffCounter& counter) {
    const StaffDeed looking{.act = Act::receiveHeld, .people = {}, .object = ""};
    auto fitting = desk::deliverableAgain(counter.deskParts(looking));
    if (!fitting) return counter.pages().tell(fitting.error());
    auto numbers = std::optional(*fitting);
    if (!fitting->empty())
        numbers = chooseOne(counter, "staff-again-card", "staff.again.choose", *fitting);
    if (!numbers || !takeInHand(counter, "staff-again", "staff.again.", *numbers)) return;
    StaffFormScreen form;
    form.name = "staff-again-paper";
    form.title = {"staff.again.paper"};
    form.notices = {{{"staff.to-bank.paper-how"}}};
    form.fields = {{"paper", {"staff.field.handover-paper"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.again.submit"};
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        const auto people =
            counter.peopleFor(Act::receiveHeld, factsOf(*numbers, "bank", "cabinet"));
        if (!people) return;
        const desk::HeldReceipt wanted{.numbers = *numbers,
                                       .evidence = typed->entry("paper").reveal()};
        const StaffDeed what{.act = Act::receiveHeld,
                             .people = *people,
                             .object = wanted.evidence + " " + recordedNumbers(*numbers)};
        const auto done = desk::receiveFromBank(counter.deskParts(what), wanted, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.pages().note(outcome("staff.again.done", *numbers));
    }
}

}  // namespace liqu::session
