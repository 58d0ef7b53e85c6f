// Cards whose data are wrong (Shangluo Art.13, Art.14): taken back in front of the holder, who is
// told why, and confirmed later by somebody else.
#include "firmware/desk/wrong_cards.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using province::FaceItem;
using province::WrongCause;
using staff::Act;

// One item after the other, each against the holder's ID card. None: given up.
std::optional<std::vector<FaceItem>> compareItems(StaffCounter& counter) {
    std::vector<FaceItem> wrong;
    for (const FaceItem item : wordTable<FaceItem>.values()) {
        StaffPageScreen page;
        page.name = "staff-wrong-item";
        page.title = {"staff.wrong.item-" + std::string(nameOf(item))};
        page.notices = {{{"staff.wrong.how"}}};
        page.tiles = {way("right", "staff.wrong.right"), way("wrong", "staff.wrong.wrong")};
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return std::nullopt;
        if (*chosen == "wrong") wrong.push_back(item);
    }
    return wrong;
}

std::optional<WrongCause> askWrongCause(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-wrong-cause";
    page.title = {"staff.wrong.cause"};
    for (const WrongCause cause : wordTable<WrongCause>.values()) {
        const std::string name(nameOf(cause));
        page.tiles.push_back(way(name, "staff.wrong.cause-" + name));
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return named<WrongCause>(*chosen);
}

StaffFormScreen paperForm(StaffCounter& counter, const char* name, const std::string& words) {
    StaffFormScreen form;
    form.name = name;
    form.title = {words + "paper"};
    form.notices = {{{words + "paper-how"}}};
    form.fields = {{"evidence", {"staff.field.evidence"}, FieldKind::cardNumber, 16}};
    form.submit = {words + "submit"};
    form.serial = counter.pages().nextSerial();
    return form;
}

// Or the card body's word is noted, where it is not this outlet's to give.
void confirm(StaffCounter& counter, const std::string& number) {
    const SessionParts& parts = counter.parts();
    const bool ours = parts.issuance.region.confirmsWrongCards(parts.config.site);
    const std::string words = ours ? "staff.wrong-confirm." : "staff.wrong-noted.";
    const StaffFormScreen form = paperForm(counter, "staff-wrong-confirm", words);
    while (const auto typed = counter.pages().fill(form)) {
        const auto people = counter.peopleFor(Act::confirmWrong);
        if (!people) return;
        const desk::WrongConfirmation wanted{.number = number,
                                             .evidence = typed->entry("evidence").reveal()};
        const StaffDeed what{
            .act = Act::confirmWrong, .people = *people, .object = number + " " + wanted.evidence};
        const auto done = desk::confirmWrongCard(counter.deskParts(what), wanted, *people);
        if (!counter.conclude(what, done)) continue;
        return counter.pages().note({words + "done", {{"number", number}}});
    }
}

void takeByNumber(StaffCounter& counter) {
    StaffFormScreen form;
    form.name = "staff-wrong-number";
    form.title = {"staff.wrong.number"};
    form.fields = {{"number", {"staff.field.card-number"}, FieldKind::cardNumber, 9}};
    form.submit = {"staff.wrong.compare"};
    form.serial = counter.pages().nextSerial();
    if (const auto typed = counter.pages().fill(form))
        takeWrongCard(counter, typed->entry("number").reveal());
}

}  // namespace

void takeWrongCard(StaffCounter& counter, const std::string& number) {
    const auto wrong = compareItems(counter);
    if (!wrong) return;
    const auto cause = askWrongCause(counter);
    if (!cause) return;
    const StaffFormScreen form = paperForm(counter, "staff-wrong-paper", "staff.wrong.");
    while (const auto typed = counter.pages().fill(form)) {
        const auto people = counter.peopleFor(
            Act::takeWrongCard,
            {{{"staff.column.number"}, Phrase::plain(number)},
             {{"staff.column.why"}, {"staff.wrong.cause-" + std::string(nameOf(*cause))}},
             {{"staff.column.to"}, placeWords("reject-bin")}});
        if (!people) return;
        const desk::WrongTake wanted{.number = number,
                                     .wrong = *wrong,
                                     .cause = *cause,
                                     .evidence = typed->entry("evidence").reveal()};
        const StaffDeed what{.act = Act::takeWrongCard,
                             .people = *people,
                             .object = number + " " + std::string(nameOf(*cause))};
        const auto done = desk::takeWrongCard(counter.deskParts(what), wanted, *people);
        if (!counter.conclude(what, done)) continue;
        const std::string next = "staff.wrong.next-" + std::string(nameOf(*cause));
        return counter.pages().tellDone({"staff.wrong.done"}, {}, {}, {{{next}, Tone::warning}});
    }
}

void lookAtWrong(StaffCounter& counter) {
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto numbers = desk::wrongToConfirm(counter.parts().issuance.database);
        if (!numbers) return counter.pages().tell(numbers.error());
        StaffPageScreen page;
        page.name = "staff-wrong";
        page.title = {"staff.wrong.title"};
        StaffTable table;
        table.columns = {{{"staff.column.number"}, 1}};
        table.whenEmpty = {"staff.wrong.none"};
        const auto [begin, end] = list.part(numbers->size());
        for (std::size_t i = begin; i < end; ++i) {
            table.rows.push_back({{Phrase::plain((*numbers)[i])}, "card-" + (*numbers)[i]});
        }
        page.tables.push_back(std::move(table));
        page.ways = {way("take", "staff.wrong.take")};
        list.offerMore(page, numbers->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        if (*chosen == "take") takeByNumber(counter);
        if (chosen->starts_with("card-")) confirm(counter, chosen->substr(5));
    }
}

}  // namespace liqu::session
