// The people, and the record of what staff did.
#include "firmware/session/staff_counters.hpp"
#include "firmware/staff/audit.hpp"

namespace liqu::session {
namespace {

using staff::Act;

struct NewPin {
    SecretText old;  // where it was asked for
    SecretText pin;
};

enum class OldPin { asked, notAsked };

// Typed twice, so that nobody is locked out by a slip of the finger.
std::optional<NewPin> askNewPin(StaffCounter& counter, const Phrase& title,
                                const std::vector<Notice>& notices, OldPin old) {
    StaffFormScreen form;
    form.name = "staff-new-pin";
    form.title = title;
    form.notices = notices;
    if (old == OldPin::asked)
        form.fields = {{"old", {"staff.field.old-pin"}, FieldKind::secret, 8}};
    form.fields.push_back({"pin", {"staff.field.new-pin"}, FieldKind::secret, 8});
    form.fields.push_back({"again", {"staff.field.again"}, FieldKind::secret, 8});
    form.submit = {"staff.pin.submit"};
    while (true) {
        form.serial = counter.pages().nextSerial();
        const auto typed = counter.pages().fill(form);
        if (!typed) return std::nullopt;
        SecretText pin = typed->entry("pin");
        if (!(pin == typed->entry("again"))) {
            form.notices = {{{"staff.pin.differ"}, Tone::danger}};
        } else if (!staff::checkPin(pin)) {
            form.notices = {{{"error.90206.what"}, Tone::danger},
                            {{"error.90206.next"}, Tone::warning}};
        } else {
            return NewPin{typed->entry("old"), std::move(pin)};
        }
    }
}

void lookAtPerson(StaffCounter& counter, const staff::Account& account) {
    StaffPageScreen page;
    page.name = "staff-person";
    page.title = Phrase::plain(titleOf(account));
    for (const staff::Role role : account.roles.list()) {
        page.facts.push_back({{"staff.column.role"}, {"staff.role." + std::string(nameOf(role))}});
    }
    const bool waits = account.wrongPins >= staff::manyWrongPins;
    if (waits) page.notices.push_back({{"staff.person.locked"}, Tone::warning});
    if (waits) page.ways.push_back(mainWay("unlock", "staff.person.unlock"));
    page.ways.push_back(way("reset-pin", "staff.person.reset-pin"));
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return;
    const bool unlocks = *chosen == "unlock";
    const Act act = unlocks ? Act::unlockStaff : Act::resetPin;
    const auto people =
        counter.peopleFor(act, {{{"staff.column.person"}, Phrase::plain(titleOf(account))}});
    if (!people) return;
    Result<void> done;
    if (unlocks) {
        done = counter.accounts().unlock(account.number, counter.person().number, counter.now());
    } else {
        const auto typed = askNewPin(counter, {"staff.pin.for", {{"person", titleOf(account)}}}, {},
                                     OldPin::notAsked);
        if (!typed) return;
        done = counter.accounts().resetPin(account.number, typed->pin, *people, counter.now());
    }
    if (!counter.conclude({.act = act, .people = *people, .object = account.number}, done)) return;
    counter.pages().note({unlocks ? "staff.person.unlocked" : "staff.person.pin-reset",
                          {{"person", titleOf(account)}}});
}

}  // namespace

void keepStaff(StaffCounter& counter) {
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto people = counter.accounts().list();
        if (!people) return counter.pages().tell(people.error());
        StaffPageScreen page;
        page.name = "staff-people";
        page.title = {"staff.people.title"};
        StaffTable table;
        table.columns = {{{"staff.column.person"}, 1.6F},
                         {{"staff.column.role"}, 2},
                         {{"staff.column.state"}, 1}};
        const auto [begin, end] = list.part(people->size());
        for (std::size_t i = begin; i < end; ++i) {
            const staff::Account& one = (*people)[i];
            const auto roles = one.roles.list();
            const bool waits = one.wrongPins >= staff::manyWrongPins;
            table.rows.push_back({{Phrase::plain(titleOf(one)),
                                   {"staff.role." + std::string(nameOf(roles.front()))},
                                   {waits ? "staff.people.locked" : "staff.people.active"}},
                                  "person-" + one.number,
                                  waits ? Tone::warning : Tone::plain});
        }
        page.tables.push_back(std::move(table));
        list.offerMore(page, people->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        for (const staff::Account& one : *people) {
            if (*chosen == "person-" + one.number) lookAtPerson(counter, one);
        }
    }
}

bool changeOwnPin(StaffCounter& counter) {
    const bool initial = counter.person().pinIsInitial;
    if (initial) {
        const auto may =
            counter.accounts().mayChooseFirstPin(counter.person().number, counter.now());
        if (!may) {
            counter.pages().tell(may.error());
            return false;
        }
    }
    std::vector<Notice> notices;
    if (initial) notices.push_back({{"staff.pin.initial"}, Tone::warning});
    const OldPin old = initial ? OldPin::notAsked : OldPin::asked;
    while (const auto typed = askNewPin(counter, {"staff.pin.own"}, notices, old)) {
        const std::string& number = counter.person().number;
        const auto done =
            initial
                ? counter.accounts().setFirstPin(number, typed->pin, counter.now())
                : counter.accounts().changeOwnPin(number, typed->old, typed->pin, counter.now());
        if (done) {
            counter.refreshPerson();
            counter.pages().note({"staff.pin.changed"});
            return true;
        }
        counter.pages().tell(done.error());
    }
    return false;
}

void lookAtAudit(StaffCounter& counter) {
    constexpr int linesOnPage = 6;
    storage::Database& database = counter.parts().issuance.database;
    // The whole record is read once, not for each page.
    const auto whole = staff::checkChain(database);
    std::optional<std::int64_t> before;
    while (!counter.pages().left()) {
        const auto lines = staff::newestLines(database, linesOnPage, before);
        if (!lines) return counter.pages().tell(lines.error());
        StaffPageScreen page;
        page.name = "staff-audit";
        page.title = {"staff.audit.title"};
        page.notices = {
            whole ? Notice{{"staff.audit.whole"}, Tone::success}
                  : Notice{{"staff.audit.broken", {{"line", whole.error().cause}}}, Tone::danger}};
        StaffTable table;
        table.columns = {{{"staff.column.when"}, 1.2F},
                         {{"staff.column.people"}, 1.2F},
                         {{"staff.column.what"}, 1.7F},
                         {{"staff.column.object"}, 2}};
        table.whenEmpty = {"staff.audit.none"};
        for (const staff::AuditLine& line : *lines) {
            const bool act = named<staff::Act>(line.act).has_value();
            table.rows.push_back(
                {{timeWords(line.at),
                  Phrase::plain(line.actor + (line.second.empty() ? "" : " + " + line.second)),
                  {(act ? "staff.act." : "staff.record.") + line.act},
                  Phrase::plain(line.object.empty() ? "—" : line.object)}});
        }
        page.tables.push_back(std::move(table));
        if (lines->size() == linesOnPage) page.ways.push_back(way("older", "staff.older"));
        if (before) page.ways.push_back(way("newest", "staff.newest"));
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        before = *chosen == "older" ? std::optional(lines->back().line) : std::nullopt;
    }
}

}  // namespace liqu::session
