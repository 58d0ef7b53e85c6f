// The daily count: freeze, two people type what they counted, each for themselves and before any
// number is shown; then equal or different, a second count, the close, and the cases it made.
#include <algorithm>

#include "firmware/desk/trial_issue.hpp"
#include "firmware/session/report_files.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using custody::CountingState;
using custody::CountLine;
using custody::CountVerdict;
using staff::Act;

constexpr std::size_t placesOnForm = 8;

bool hasTyped(const CountLine& line, const std::string& number) {
    return std::find(line.enteredBy.begin(), line.enteredBy.end(), number) != line.enteredBy.end();
}

// Places that still want this person's number.
std::vector<CountLine> placesFor(const std::vector<CountLine>& lines, const std::string& number) {
    std::vector<CountLine> places;
    for (const CountLine& line : lines) {
        if (line.enteredBy.size() < 2 && !hasTyped(line, number)) places.push_back(line);
    }
    return places;
}

// What two have typed; what differs is not shown before it was counted again.
void addResult(StaffRow& row, const CountLine& line) {
    if (custody::showsBooked(line)) {
        row.cells.push_back(Phrase::number(line.result->first));
        row.cells.push_back(Phrase::number(line.result->second));
        row.cells.push_back(Phrase::number(line.result->booked));
        row.cells.push_back({line.result->verdict == CountVerdict::equal
                                 ? "staff.count.equal"
                                 : "staff.count.books-differ"});
    } else {
        for (const std::string& person : line.enteredBy) {
            row.cells.push_back(Phrase::plain("✓ " + person));
        }
        row.cells.push_back(Phrase::plain("·"));
        row.cells.push_back({"staff.count.differs"});
    }
    row.tone = line.result->verdict == CountVerdict::equal ? Tone::success : Tone::danger;
}

StaffTable countTable(const std::vector<CountLine>& lines) {
    StaffTable table;
    table.columns = {{{"staff.column.place"}, 1.5F},
                     {{"staff.column.first-count"}, 0.8F, true},
                     {{"staff.column.second-count"}, 0.8F, true},
                     {{"staff.column.booked"}, 0.8F, true},
                     {{"staff.column.state"}, 1.7F}};
    for (const CountLine& line : lines) {
        StaffRow row;
        row.cells = {placeWords(line.place)};
        if (line.result) {
            addResult(row, line);
        } else {
            for (std::size_t i = 0; i < 2; ++i) {
                const bool typed = i < line.enteredBy.size();
                row.cells.push_back(typed ? Phrase::plain("✓ " + line.enteredBy[i])
                                          : Phrase::plain("—"));
            }
            row.cells.push_back(Phrase::plain("·"));
            row.cells.push_back({"staff.count.waits"});
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

class DayWalk {
  public:
    explicit DayWalk(StaffCounter& counter) : counter_(counter) {}

    void run() {
        while (!counter_.pages().left()) {
            const auto state = custody::countingState(database());
            const auto day = custody::currentDay(database());
            if (!state) return counter_.pages().tell(state.error());
            if (!day) return counter_.pages().tell(day.error());
            const bool goesOn =
                *state == CountingState::notFrozen ? showOpenDay(*day) : showCounting(*day, *state);
            if (!goesOn) return;
        }
    }

  private:
    storage::Database& database() { return counter_.parts().issuance.database; }

    std::string dayText(const std::optional<custody::Day>& day) {
        return day ? day->day : formatDate(chinaDate(counter_.now()));
    }

    bool showOpenDay(const std::optional<custody::Day>& day) {
        StaffPageScreen page;
        page.name = "staff-day";
        page.title = {"staff.day.title", {{"day", dayWords(dayText(day)).values[0].second}}};
        if (const auto depth = province::depthOf(database()); depth && depth->parked > 0) {
            page.notices.push_back(parkedNotice(depth->parked));
        }
        page.steps = {{"staff.day.step-1"}, {"staff.day.step-2"}, {"staff.day.step-3"}};
        page.ways = {mainWay("freeze", "staff.day.freeze")};
        const auto chosen = counter_.pages().show(std::move(page));
        if (!chosen || *chosen != "freeze") return false;
        const auto people =
            counter_.peopleFor(Act::countDay, {{{"staff.column.day"}, dayWords(dayText(day))}});
        if (!people) return true;
        const StaffDeed what{
            .act = Act::countDay, .people = *people, .object = "freeze " + dayText(day)};
        counter_.conclude(what, counter_.desk(what).freezeDay(*people));
        return true;
    }

    bool showCounting(const std::optional<custody::Day>& day, CountingState state) {
        const auto lines = custody::counting(database());
        if (!lines) {
            counter_.pages().tell(lines.error());
            return false;
        }
        const auto mine = placesFor(*lines, counter_.person().number);
        StaffPageScreen page;
        page.name = pageName(state);
        page.title = {"staff.day.title", {{"day", dayWords(dayText(day)).values[0].second}}};
        page.notices = {noticeOf(state, mine)};
        addWhyAgain(page, *lines);
        page.moreTables = {countTable(*lines)};
        page.ways = waysOf(state, mine, *lines);
        const auto chosen = counter_.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return false;
        if (*chosen == "type-counts") typeCounts(mine);
        if (*chosen == "recount") recount(*lines);
        if (*chosen == "give-up") giveUp(day);
        if (*chosen == "close") return close(day, *lines);
        return true;
    }

    static std::string pageName(CountingState state) {
        return state == CountingState::typing     ? "staff-day-typing"
               : state == CountingState::allEqual ? "staff-day-equal"
               : state == CountingState::recount  ? "staff-day-recount"
                                                  : "staff-day-differs";
    }

    // What the close could not book, and what to do with it.
    static void addWhyAgain(StaffPageScreen& page, const std::vector<CountLine>& lines) {
        bool bin = false;
        bool path = false;
        for (const CountLine& line : lines) {
            // A difference that is not shown yet is not told in words either.
            if (!custody::showsBooked(line) || !custody::mustBeRecounted(line)) continue;
            (line.place == custody::pathPlace ? path : bin) = true;
        }
        if (path) page.notices.push_back({{"staff.day.card-inside"}, Tone::warning});
        if (bin) page.notices.push_back({{"staff.day.by-number"}, Tone::warning});
    }

    static Notice noticeOf(CountingState state, const std::vector<CountLine>& mine) {
        if (state == CountingState::allEqual) return {{"staff.day.equal"}, Tone::success};
        if (state == CountingState::recount) return {{"staff.day.recount"}, Tone::warning};
        if (state == CountingState::differences) return {{"staff.day.differs"}, Tone::danger};
        return {{mine.empty() ? "staff.day.other-types" : "staff.day.you-type"},
                mine.empty() ? Tone::warning : Tone::info};
    }

    static std::vector<StaffWay> waysOf(CountingState state, const std::vector<CountLine>& mine,
                                        const std::vector<CountLine>& lines) {
        const bool differs = state == CountingState::differences;
        const bool mustRecount = std::any_of(lines.begin(), lines.end(), custody::mustBeRecounted);
        std::vector<StaffWay> ways;
        if (state == CountingState::typing && !mine.empty()) {
            ways.push_back(mainWay("type-counts", "staff.day.type"));
        }
        if (state == CountingState::allEqual || (differs && !mustRecount)) {
            ways.push_back(mainWay("close", "staff.day.close"));
        }
        if (state == CountingState::recount || differs) {
            const auto recount = !differs || mustRecount ? mainWay : way;
            ways.push_back(recount("recount", "staff.day.recount-way"));
        }
        ways.push_back(way("give-up", "staff.day.give-up"));
        return ways;
    }

    // All places of this person: how many, a form at a time; then which, a bin at a time.
    void typeCounts(const std::vector<CountLine>& mine) {
        if (!counter_.person().may(Act::countDay))
            return counter_.pages().tell({ErrorCode::staffMayNot, ""});
        std::vector<std::string> places;
        for (const CountLine& line : mine) {
            if (!custody::asksForNumbers(line)) places.push_back(line.place);
        }
        if (!typeHowMany(places)) return;
        for (const CountLine& line : mine) {
            if (!custody::asksForNumbers(line)) continue;
            const auto seen = countByNumber(counter_, line.place);
            if (!seen || !enter(*seen)) return;
        }
    }

    bool typeHowMany(const std::vector<std::string>& places) {
        for (std::size_t from = 0; from < places.size(); from += placesOnForm) {
            StaffFormScreen form;
            form.name = "staff-count";
            form.title = {"staff.count.title"};
            form.notices = {{{"staff.count.how"}}};
            const auto trial = desk::openTrialIssue(counter_.parts().issuance.database);
            if (trial && *trial) form.notices.push_back({{"staff.count.test-card"}, Tone::warning});
            const std::size_t end = std::min(places.size(), from + placesOnForm);
            for (std::size_t i = from; i < end; ++i) {
                form.fields.push_back({places[i], placeWords(places[i]), FieldKind::digits, 5});
            }
            form.submit = {"staff.count.submit"};
            form.serial = counter_.pages().nextSerial();
            const auto typed = counter_.pages().fill(form);
            if (!typed || !enter(*typed, {places.begin() + static_cast<std::ptrdiff_t>(from),
                                          places.begin() + static_cast<std::ptrdiff_t>(end)})) {
                return false;
            }
        }
        return true;
    }

    bool enter(const Action& typed, const std::vector<std::string>& places) {
        return std::all_of(places.begin(), places.end(), [&](const std::string& place) {
            return enter({place, counter_.person().number, numberFrom(typed, place)});
        });
    }

    bool enter(const custody::CountEntry& entry) {
        const StaffDeed what{
            .act = Act::countDay,
            .people = {entry.operatorId, ""},
            .object = "count " + entry.place + (entry.byNumber ? " by number" : "")};
        return counter_.conclude(what, counter_.desk(what).enterCount(entry));
    }

    // Not which number differs from which: how many places are equal, and how many are not.
    static std::vector<StaffFact> placesOf(const std::vector<CountLine>& lines) {
        const auto equal = std::ranges::count_if(lines, [](const CountLine& line) {
            return line.result && line.result->verdict == CountVerdict::equal;
        });
        const auto all = static_cast<std::int64_t>(lines.size());
        return {{{"staff.column.places"}, Phrase::number(all)},
                {{"staff.column.places-equal"}, Phrase::number(equal)},
                {{"staff.column.places-differ"}, Phrase::number(all - equal)}};
    }

    std::vector<StaffFact> factsOf(const std::optional<custody::Day>& day,
                                   const std::vector<CountLine>& lines) {
        std::vector<StaffFact> facts = placesOf(lines);
        facts.insert(facts.begin(), {{"staff.column.day"}, dayWords(dayText(day))});
        return facts;
    }

    void recount(const std::vector<CountLine>& lines) {
        const auto people = counter_.peopleFor(Act::countDay, placesOf(lines));
        if (!people) return;
        const StaffDeed what{.act = Act::countDay, .people = *people, .object = "recount"};
        counter_.conclude(what, counter_.desk(what).beginRecount(*people));
    }

    void giveUp(const std::optional<custody::Day>& day) {
        const auto reason = askReason(counter_.pages(), "thaw",
                                      {"card-on-its-way", "people-called-away", "wrong-day"});
        if (!reason) return;
        const auto people = counter_.peopleFor(
            Act::countDay, {{{"staff.column.day"}, dayWords(dayText(day))},
                            {{"staff.column.why"}, {"staff.reason." + *reason}}});
        if (!people) return;
        const StaffDeed what{.act = Act::countDay, .people = *people, .object = "thaw " + *reason};
        counter_.conclude(what, counter_.desk(what).thawDay(*reason, *people));
    }

    bool close(const std::optional<custody::Day>& open, const std::vector<CountLine>& lines) {
        const auto people = counter_.peopleFor(Act::closeDay, factsOf(open, lines));
        if (!people) return true;
        const StaffDeed what{.act = Act::closeDay, .people = *people, .object = dayText(open)};
        const auto day = counter_.desk(what).closeDay(*people);
        if (!counter_.conclude(what, day.map([](const custody::Day&) {}))) return true;
        showReport(counter_, day->day);
        return false;
    }

    StaffCounter& counter_;
};

void settleCase(StaffCounter& counter, const custody::StockCase& one) {
    StaffPageScreen page;
    page.name = "staff-case";
    page.title = {"staff.case.title", {{"number", std::to_string(one.id)}}};
    page.facts = {{{"staff.column.day"}, dayWords(one.day)},
                  {{"staff.column.place"}, placeWords(one.place)},
                  {{"staff.column.booked"}, Phrase::number(one.booked)},
                  {{"staff.column.counted"}, Phrase::number(one.counted)}};
    if (one.laneLocked) page.notices.push_back({{"staff.case.locked"}, Tone::warning});
    StaffTable numbers;
    numbers.title = {one.certain ? "staff.case.missing" : "staff.case.among"};
    numbers.columns = {{{"staff.column.numbers"}, 1}};
    numbers.whenEmpty = {"staff.case.no-numbers"};
    constexpr std::size_t inRow = 4;
    constexpr std::size_t mostRows = 8;
    for (std::size_t i = 0; i < one.numbers.size() && numbers.rows.size() < mostRows; i += inRow) {
        std::string row;
        for (std::size_t j = i; j < std::min(i + inRow, one.numbers.size()); ++j) {
            row += (row.empty() ? "" : "   ") + one.numbers[j];
        }
        numbers.rows.push_back({{Phrase::plain(row)}});
    }
    page.tables = {std::move(numbers)};
    if (one.numbers.size() > inRow * mostRows) {
        page.notices.push_back(
            {{"staff.case.more", {{"count", std::to_string(one.numbers.size())}}}});
    }
    page.ways = {mainWay("release", "staff.case.release")};
    std::vector<StaffFact> facts = page.facts;
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen != "release") return;
    const auto reason = askReason(
        counter.pages(), "case",
        {"found-elsewhere", "counted-wrong", "double-feed", "stolen-reported", "bank-informed"});
    if (!reason) return;
    facts.push_back({{"staff.column.why"}, {"staff.reason." + *reason}});
    const auto people = counter.peopleFor(Act::settleCase, std::move(facts));
    if (!people) return;
    const StaffDeed what{.act = Act::settleCase,
                         .people = *people,
                         .object = std::to_string(one.id) + " " + *reason};
    if (counter.conclude(what, counter.desk(what).releaseCase(one.id, *reason, *people))) {
        counter.pages().note({"staff.case.done", {{"number", std::to_string(one.id)}}});
    }
}

}  // namespace

void countDay(StaffCounter& counter) {
    DayWalk(counter).run();
}

void settleCases(StaffCounter& counter) {
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto cases = custody::openCases(counter.parts().issuance.database);
        if (!cases) return counter.pages().tell(cases.error());
        StaffPageScreen page;
        page.name = "staff-cases";
        page.title = {"staff.cases.title"};
        StaffTable table;
        table.columns = {{{"staff.column.case"}, 0.7F},
                         {{"staff.column.day"}, 1.3F},
                         {{"staff.column.place"}, 1.3F},
                         {{"staff.column.booked"}, 0.8F, true},
                         {{"staff.column.counted"}, 0.8F, true}};
        table.whenEmpty = {"staff.cases.none"};
        const auto [begin, end] = list.part(cases->size());
        for (std::size_t i = begin; i < end; ++i) {
            const custody::StockCase& one = (*cases)[i];
            table.rows.push_back({{Phrase::number(one.id), dayWords(one.day), placeWords(one.place),
                                   Phrase::number(one.booked), Phrase::number(one.counted)},
                                  "case-" + std::to_string(one.id)});
        }
        page.tables.push_back(std::move(table));
        list.offerMore(page, cases->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        for (const custody::StockCase& one : *cases) {
            if (*chosen == "case-" + std::to_string(one.id)) settleCase(counter, one);
        }
    }
}

}  // namespace liqu::session
