// What waits for the province and what was set aside, and what keeps cards from being made: the two
// things the machine does not get over by itself.
#include <cctype>

#include "firmware/issuance/reading_streak.hpp"
#include "firmware/issuance/streak.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

constexpr std::size_t factsOnPage = 3;
constexpr int mostFacts = 500;

// "ISSUE.HANDOVER" → the key that ends on "issue-handover"; the same for the codes of answers.
std::string keyEndOf(std::string_view name) {
    std::string end;
    for (const char sign : name) {
        const bool joins = sign == '.' || sign == '_';
        end += joins ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
    }
    return end;
}

// One that a newer version queued has no words here.
Phrase messageWords(const std::string& type) {
    const auto known = named<province::MessageType>(type);
    const bool isFact = known && province::kindOf(*known) == province::MessageKind::fact;
    return isFact ? Phrase{"staff.message." + keyEndOf(type)} : Phrase::plain(type);
}

// What the last try brought: "BIZ_REFUSED/ENABLING_REFUSED".
Phrase outcomeWords(const std::string& outcome) {
    if (outcome.empty()) return Phrase::plain("—");
    const std::string code = outcome.substr(0, outcome.find('/'));
    // What the province took waits for nothing.
    const auto reply = named<province::ReplyCode>(code);
    const bool waits = reply ? *reply > province::ReplyCode::partial : code == "NOT_SENT";
    return waits ? Phrase{"staff.outcome." + keyEndOf(code)} : Phrase::plain(outcome);
}

StaffRow factRow(const province::FactLine& line) {
    const bool parked = line.status.state == province::FactState::parked;
    StaffRow row;
    row.cells = {Phrase::number(line.terminalSeq),
                 messageWords(line.messageType),
                 timeWords(line.happenedAt),
                 Phrase::number(line.status.attempts),
                 Phrase{parked ? "staff.queue.parked" : "staff.queue.waits"},
                 outcomeWords(line.status.outcome)};
    if (parked) {
        row.choice = "fact-" + std::to_string(line.fact);
        row.tone = Tone::danger;
    }
    return row;
}

void resend(StaffCounter& counter, const std::optional<province::FactId>& fact,
            std::int64_t messages) {
    const auto people = counter.peopleFor(Act::resendFact);
    if (!people) return;
    const StaffDeed what{.act = Act::resendFact,
                         .people = *people,
                         .object = fact ? "message " + std::to_string(*fact) : std::string("all")};
    const auto requeue = [&](storage::Transaction& transaction, const custody::Mandate&) {
        return fact ? province::requeueParked(transaction, *fact)
                    : province::tryAllNow(transaction);
    };
    if (counter.conclude(what, desk::carryOut(counter.deskParts(what), *people, "", requeue))) {
        counter.pages().note({"staff.queue.sent-again", {{"count", std::to_string(messages)}}});
    }
}

// By which letter or ticket the province knows.
std::optional<std::string> askEvidence(StaffCounter& counter) {
    StaffFormScreen form;
    form.name = "staff-evidence";
    form.title = {"staff.queue.evidence-title"};
    form.notices = {{{"staff.queue.evidence-how"}, Tone::warning}};
    form.fields = {{"evidence", {"staff.field.evidence"}, FieldKind::digits, 16}};
    form.submit = {"staff.queue.close"};
    form.serial = counter.pages().nextSerial();
    const auto typed = counter.pages().fill(form);
    if (!typed) return std::nullopt;
    return typed->entry("evidence").reveal();
}

void close(StaffCounter& counter, const province::FactLine& line) {
    const auto reason = askReason(counter.pages(), "close-fact",
                                  {"told-on-paper", "entered-at-province", "never-readable"});
    if (!reason) return;
    const auto evidence = askEvidence(counter);
    if (!evidence) return;
    const auto people = counter.peopleFor(
        Act::closeFact, {{{"staff.column.seq"}, Phrase::number(line.terminalSeq)},
                         {{"staff.column.message"}, messageWords(line.messageType)},
                         {{"staff.column.order"}, Phrase::plain(line.bizId)},
                         {{"staff.column.why"}, {"staff.reason." + *reason}},
                         {{"staff.field.evidence"}, Phrase::plain(*evidence)}});
    if (!people) return;
    const StaffDeed what{.act = Act::closeFact,
                         .people = *people,
                         .object = "message " + std::to_string(line.fact) + " " + line.bizId + " " +
                                   *reason + " " + *evidence};
    const auto change = [&](storage::Transaction& transaction, const custody::Mandate& mandate) {
        return province::closeParked(transaction, line.fact,
                                     {.reason = *reason,
                                      .evidence = *evidence,
                                      .operatorId = people->operatorId,
                                      .secondOperatorId = people->secondOperatorId,
                                      .at = mandate.at});
    };
    const auto done = desk::carryOut(counter.deskParts(what), *people, *reason, change);
    if (counter.conclude(what, done)) {
        counter.pages().note({"staff.queue.closed", {{"seq", std::to_string(line.terminalSeq)}}});
    }
}

void lookAtFact(StaffCounter& counter, const province::FactLine& line) {
    StaffPageScreen page;
    page.name = "staff-fact";
    page.title = {"staff.queue.fact", {{"seq", std::to_string(line.terminalSeq)}}};
    // What the province said, for whoever telephones, may be longer than the place of a fact.
    page.notices = {{{"staff.queue.set-aside"}, Tone::warning},
                    {Phrase::plain(line.messageType + ": " + line.status.outcome)}};
    page.facts = {{{"staff.column.message"}, messageWords(line.messageType)},
                  {{"staff.column.answer"}, outcomeWords(line.status.outcome)},
                  {{"staff.column.order"}, Phrase::plain(line.bizId)},
                  {{"staff.column.when"}, timeWords(line.happenedAt)}};
    page.ways = {mainWay("resend", "staff.queue.resend"), way("close", "staff.queue.close")};
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return;
    if (*chosen == "close") return close(counter, line);
    resend(counter, line.fact, 1);
}

}  // namespace

void lookAtQueue(StaffCounter& counter) {
    LongList list(factsOnPage);
    while (!counter.pages().left()) {
        storage::Database& database = counter.parts().issuance.database;
        const auto depth = province::depthOf(database);
        const auto facts = province::undelivered(database, mostFacts);
        if (!depth) return counter.pages().tell(depth.error());
        if (!facts) return counter.pages().tell(facts.error());
        StaffPageScreen page;
        page.name = "staff-queue";
        page.title = {"staff.queue.title"};
        page.facts = {{{"staff.queue.waiting"}, Phrase::number(depth->queued)},
                      {{"staff.queue.parked-count"}, Phrase::number(depth->parked)}};
        StaffTable table;
        table.columns = {{{"staff.column.seq"}, 0.7F},   {{"staff.column.message"}, 1.7F},
                         {{"staff.column.when"}, 1.3F},  {{"staff.column.tries"}, 0.7F, true},
                         {{"staff.column.state"}, 1.1F}, {{"staff.column.answer"}, 2}};
        table.whenEmpty = {"staff.queue.empty"};
        const auto [begin, end] = list.part(facts->size());
        for (std::size_t i = begin; i < end; ++i) table.rows.push_back(factRow((*facts)[i]));
        page.tables.push_back(std::move(table));
        if (depth->queued > 0) page.ways.push_back(way("all", "staff.queue.send-now"));
        list.offerMore(page, facts->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        if (*chosen == "all") resend(counter, std::nullopt, depth->queued);
        for (const province::FactLine& line : *facts) {
            if (*chosen == "fact-" + std::to_string(line.fact)) lookAtFact(counter, line);
        }
    }
}

std::vector<Notice> noticesOfStop(StaffCounter& counter) {
    const issuance::IssuanceParts& parts = counter.parts().issuance;
    std::vector<Notice> notices;
    const auto say = [&notices](const char* key, int count, ErrorCode cause) {
        const std::string code = std::to_string(numberOf(cause));
        notices.push_back(
            {{key, {{"count", std::to_string(count)}, {"code", code}}}, Tone::danger});
        notices.push_back({{"error." + code + ".what"}, Tone::danger});
    };
    const auto cards = issuance::currentStreak(parts.database);
    if (cards && *cards && issuance::stopsFeeding(**cards, parts.region)) {
        say("staff.making.stopped", (*cards)->cards, (*cards)->cause);
    }
    if (issuance::gaveAnothersData(parts.database).value_or(false)) {
        say("staff.making.anothers-data", 1, ErrorCode::answerForOtherPerson);
    }
    const auto readings = issuance::readingStreak(parts.database);
    if (readings && *readings && (*readings)->visits >= parts.region.failuresInARow) {
        say("staff.making.unread", (*readings)->visits, (*readings)->cause);
    }
    return notices;
}

void resumeMaking(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-making";
    page.title = {"staff.making.title"};
    page.notices = noticesOfStop(counter);
    // It went on by itself since the menu was drawn.
    if (page.notices.empty()) {
        page.notices = {{{"staff.making.free"}, Tone::success}};
        page.ways = {mainWay("understood", "staff.understood")};
        counter.pages().show(std::move(page));
        return;
    }
    page.steps = {{"staff.making.step-1"}, {"staff.making.step-2"}};
    page.ways = {mainWay("resume", "staff.making.resume")};
    const std::string why = page.notices.front().text.values.at(1).second;
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen != "resume") return;
    const auto people = counter.peopleFor(Act::resumeMaking);
    if (!people) return;
    const StaffDeed what{.act = Act::resumeMaking, .people = *people, .object = "after " + why};
    const auto end = [](storage::Transaction& transaction,
                        const custody::Mandate&) -> Result<void> {
        TRY(issuance::endReadingStreak(transaction));
        return issuance::endStreak(transaction);
    };
    if (counter.conclude(what, desk::carryOut(counter.deskParts(what), *people, "", end))) {
        counter.pages().note({"staff.making.resumed"});
    }
}

}  // namespace liqu::session
