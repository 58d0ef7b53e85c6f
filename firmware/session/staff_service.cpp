// The queue of facts, the people, and the record of what staff did.
#include "firmware/province/message_types.hpp"
#include "firmware/session/staff_counter.hpp"
#include "firmware/staff/audit.hpp"

namespace liqu::session {
namespace {

using staff::Act;

constexpr std::size_t factsOnPage = 3;
constexpr int mostFacts = 500;

StaffRow factRow(const province::FactLine& line) {
    const bool parked = line.status.state == province::FactState::parked;
    StaffRow row;
    row.cells = {Words::number(line.terminalSeq),
                 Words::plain(std::string(province::wireName(line.type))),
                 timeWords(line.happenedAt),
                 Words::number(line.status.attempts),
                 Words{parked ? "staff.queue.parked" : "staff.queue.waits"},
                 Words::plain(line.status.outcome.empty() ? "—" : line.status.outcome)};
    if (parked) {
        row.choice = "fact-" + std::to_string(line.fact);
        row.tone = StaffTone::bad;
    }
    return row;
}

void resend(StaffCounter& counter, const std::string& choice) {
    const auto people = counter.hands(Act::resendFact);
    if (!people) return;
    const StaffAct what{Act::resendFact, *people, choice};
    const auto requeue = [&]() -> Result<void> {
        auto transaction = TRY(storage::Transaction::begin(counter.parts().issuance.database));
        if (choice == "all") {
            TRY(province::tryAllNow(transaction));
        } else {
            TRY(province::requeueParked(transaction, std::stoll(choice.substr(5))));
        }
        TRY(counter.lineOf(what)(transaction));
        return transaction.commit();
    };
    if (counter.conclude(what, requeue())) {
        counter.tellDone({"staff.queue.sent-again"});
    }
}

struct NewPin {
    SecretText old;  // where it was asked for
    SecretText pin;
};

// Typed twice, so that nobody is locked out by a slip of the finger.
std::optional<NewPin> askNewPin(StaffCounter& counter, const Words& title,
                                const std::vector<StaffNotice>& notices, bool asksOld) {
    StaffFormScreen form;
    form.name = "staff-new-pin";
    form.title = title;
    form.notices = notices;
    if (asksOld) form.fields = {{"old", {"staff.field.old-pin"}, FieldKind::secret, 8}};
    form.fields.push_back({"pin", {"staff.field.new-pin"}, FieldKind::secret, 8});
    form.fields.push_back({"again", {"staff.field.again"}, FieldKind::secret, 8});
    form.submit = {"staff.pin.submit"};
    while (true) {
        form.serial = counter.nextSerial();
        const auto typed = counter.fill(form);
        if (!typed) return std::nullopt;
        SecretText pin = typed->entry("pin");
        if (!(pin == typed->entry("again"))) {
            form.notices = {{{"staff.pin.differ"}, StaffTone::bad}};
        } else if (!staff::checkPin(pin)) {
            form.notices = {{{"error.90206.what"}, StaffTone::bad},
                            {{"error.90206.next"}, StaffTone::attention}};
        } else {
            return NewPin{typed->entry("old"), std::move(pin)};
        }
    }
}

void lookAtPerson(StaffCounter& counter, const staff::Account& account) {
    StaffPageScreen page;
    page.name = "staff-person";
    page.title = Words::plain(titleOf(account));
    for (const staff::Role role : account.roles.list()) {
        page.facts.push_back(
            {{"staff.column.role"}, {"staff.role." + std::string(staff::nameOf(role))}});
    }
    if (account.locked) page.notices.push_back({{"staff.person.locked"}, StaffTone::attention});
    if (account.locked) page.ways.push_back(way("unlock", "staff.person.unlock", true));
    page.ways.push_back(way("reset-pin", "staff.person.reset-pin"));
    const auto chosen = counter.show(std::move(page));
    if (!chosen || *chosen == "back") return;
    const bool unlocks = *chosen == "unlock";
    const Act act = unlocks ? Act::unlockStaff : Act::resetPin;
    const auto people = counter.hands(act);
    if (!people) return;
    Result<void> done;
    if (unlocks) {
        done = counter.accounts().unlock(account.number, counter.person().number, counter.now());
    } else {
        const auto typed =
            askNewPin(counter, {"staff.pin.for", {{"person", titleOf(account)}}}, {}, false);
        if (!typed) return;
        done = counter.accounts().resetPin(account.number, typed->pin,
                                           {people->operatorId, people->secondOperatorId},
                                           counter.now());
    }
    if (!done) return counter.tell(done.error());
    counter.tellDone({unlocks ? "staff.person.unlocked" : "staff.person.pin-reset"});
}

}  // namespace

void lookAtQueue(StaffCounter& counter) {
    Pages pages(factsOnPage);
    while (!counter.left()) {
        storage::Database& database = counter.parts().issuance.database;
        const auto depth = province::depthOf(database);
        const auto facts = province::undelivered(database, mostFacts);
        if (!depth) return counter.tell(depth.error());
        if (!facts) return counter.tell(facts.error());
        StaffPageScreen page;
        page.name = "staff-queue";
        page.title = {"staff.queue.title"};
        page.facts = {{{"staff.queue.waiting"}, Words::number(depth->queued)},
                      {{"staff.queue.parked-count"}, Words::number(depth->parked)}};
        StaffTable table;
        table.columns = {{{"staff.column.seq"}, 0.7F},   {{"staff.column.message"}, 1.7F},
                         {{"staff.column.when"}, 1.3F},  {{"staff.column.tries"}, 0.7F, true},
                         {{"staff.column.state"}, 1.1F}, {{"staff.column.answer"}, 2}};
        table.whenEmpty = {"staff.queue.empty"};
        const auto [begin, end] = pages.part(facts->size());
        for (std::size_t i = begin; i < end; ++i) table.rows.push_back(factRow((*facts)[i]));
        page.tables.push_back(std::move(table));
        if (depth->queued > 0) page.ways.push_back(way("all", "staff.queue.send-now"));
        pages.offerMore(page, facts->size());
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (pages.turns(*chosen)) continue;
        resend(counter, *chosen);
    }
}

void keepStaff(StaffCounter& counter) {
    Pages pages(rowsOnPage);
    while (!counter.left()) {
        const auto people = counter.accounts().list();
        if (!people) return counter.tell(people.error());
        StaffPageScreen page;
        page.name = "staff-people";
        page.title = {"staff.people.title"};
        StaffTable table;
        table.columns = {{{"staff.column.person"}, 1.6F},
                         {{"staff.column.role"}, 2},
                         {{"staff.column.state"}, 1}};
        const auto [begin, end] = pages.part(people->size());
        for (std::size_t i = begin; i < end; ++i) {
            const staff::Account& one = (*people)[i];
            const auto roles = one.roles.list();
            table.rows.push_back({{Words::plain(titleOf(one)),
                                   {"staff.role." + std::string(staff::nameOf(roles.front()))},
                                   {one.locked ? "staff.people.locked" : "staff.people.active"}},
                                  "person-" + one.number,
                                  one.locked ? StaffTone::attention : StaffTone::plain});
        }
        page.tables.push_back(std::move(table));
        pages.offerMore(page, people->size());
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (pages.turns(*chosen)) continue;
        for (const staff::Account& one : *people) {
            if (*chosen == "person-" + one.number) lookAtPerson(counter, one);
        }
    }
}

bool changeOwnPin(StaffCounter& counter) {
    const bool initial = counter.person().pinIsInitial;
    std::vector<StaffNotice> notices;
    if (initial) notices.push_back({{"staff.pin.initial"}, StaffTone::attention});
    while (const auto typed = askNewPin(counter, {"staff.pin.own"}, notices, !initial)) {
        const std::string& number = counter.person().number;
        const auto done =
            initial
                ? counter.accounts().setFirstPin(number, typed->pin, counter.now())
                : counter.accounts().changeOwnPin(number, typed->old, typed->pin, counter.now());
        if (done) {
            counter.refreshPerson();
            counter.tellDone({"staff.pin.changed"});
            return true;
        }
        counter.tell(done.error());
    }
    return false;
}

void lookAtAudit(StaffCounter& counter) {
    constexpr int linesOnPage = 6;
    storage::Database& database = counter.parts().issuance.database;
    // The whole record is read once, not for each page.
    const auto whole = staff::checkChain(database);
    std::optional<std::int64_t> before;
    while (!counter.left()) {
        const auto lines = staff::newestLines(database, linesOnPage, before);
        if (!lines) return counter.tell(lines.error());
        StaffPageScreen page;
        page.name = "staff-audit";
        page.title = {"staff.audit.title"};
        page.notices = {whole ? StaffNotice{{"staff.audit.whole"}, StaffTone::good}
                              : StaffNotice{{"staff.audit.broken", {{"line", whole.error().cause}}},
                                            StaffTone::bad}};
        StaffTable table;
        table.columns = {{{"staff.column.when"}, 1.2F},
                         {{"staff.column.people"}, 1.2F},
                         {{"staff.column.what"}, 1.7F},
                         {{"staff.column.object"}, 2}};
        table.whenEmpty = {"staff.audit.none"};
        for (const staff::AuditLine& line : *lines) {
            const bool act = staff::actNamed(line.act).has_value();
            table.rows.push_back(
                {{timeWords(line.at),
                  Words::plain(line.actor + (line.second.empty() ? "" : " + " + line.second)),
                  {(act ? "staff.act." : "staff.record.") + line.act},
                  Words::plain(line.object.empty() ? "—" : line.object)}});
        }
        page.tables.push_back(std::move(table));
        if (lines->size() == linesOnPage) page.ways.push_back(way("older", "staff.older"));
        if (before) page.ways.push_back(way("newest", "staff.newest"));
        const auto chosen = counter.show(std::move(page));
        if (!chosen || *chosen == "back") return;
        before = *chosen == "older" ? std::optional(lines->back().line) : std::nullopt;
    }
}

}  // namespace liqu::session
