// The reports of the days: figures on the screen, files in the machine, copies on a USB stick.
#include "firmware/session/report_files.hpp"
#include "firmware/session/staff_causes.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

Phrase counted(const std::optional<std::int64_t>& number) {
    return number ? Phrase::number(*number) : Phrase::plain("—");
}

StaffTable placeTable(const ports::DayReport& report) {
    StaffTable table;
    table.columns = {{{"staff.column.place"}, 1.6F},        {{"staff.column.opening"}, 0.8F, true},
                     {{"staff.column.in"}, 0.7F, true},     {{"staff.column.out"}, 0.7F, true},
                     {{"staff.column.booked"}, 0.8F, true}, {{"staff.column.counted"}, 0.8F, true}};
    for (const ports::PlaceFigures& place : report.places) {
        table.rows.push_back(
            {{placeWords(place.place), Phrase::number(place.opening), Phrase::number(place.in),
              Phrase::number(place.out), Phrase::number(place.closing), counted(place.counted)},
             "",
             place.difference == 0 ? Tone::plain : Tone::danger});
    }
    return table;
}

StaffTable consumptionTable(const SessionParts& parts, const ports::DayReport& report) {
    StaffTable table;
    table.columns = {{{"staff.column.bank"}, 1},
                     {{"staff.column.consumed"}, 1, true},
                     {{"staff.column.taken"}, 1, true},
                     {{"staff.column.held"}, 1, true},
                     {{"staff.column.spoiled"}, 1, true}};
    table.whenEmpty = {"staff.report.nothing-consumed"};
    for (const ports::BankConsumption& bank : report.consumption) {
        table.rows.push_back({{bankWords(parts, bank.bank), Phrase::number(bank.consumed),
                               Phrase::number(bank.taken), Phrase::number(bank.held),
                               Phrase::number(bank.spoiled)}});
    }
    return table;
}

std::vector<Notice> reportNotices(const ports::DayReport& report) {
    std::vector<Notice> notices;
    if (report.cases.empty()) {
        notices.push_back({{"staff.report.no-cases"}, Tone::success});
    } else {
        notices.push_back({{"staff.report.cases", {{"count", std::to_string(report.cases.size())}}},
                           Tone::danger});
    }
    if (!report.comparedAt) {
        notices.push_back({{"staff.report.not-compared"}, Tone::warning});
    } else if (!report.differences.empty()) {
        notices.push_back(
            {{"staff.report.differences", {{"count", std::to_string(report.differences.size())}}},
             Tone::danger});
    }
    return notices;
}

void copyReport(StaffCounter& counter, const std::string& day) {
    const auto people = counter.peopleFor(Act::copyReport);
    if (!people) return;
    const auto copied =
        copyToStick(counter.parts().config.staff, reportFilesOf(counter.parts(), day));
    const StaffDeed what{.act = Act::copyReport, .people = *people, .object = day};
    if (copied) counter.record(what, {});
    if (counter.conclude(what, copied.map([](const std::filesystem::path&) {}))) {
        counter.pages().note({"staff.report.copied", {{"day", dayWords(day).values[0].second}}});
    }
}

// What the province holds for the day.
Result<void> compare(StaffCounter& counter, const std::string& day) {
    return counter.desk()
        .compare(counter.parts().issuance.province, day)
        .map([](const std::vector<ports::DayDifference>&) {});
}

Result<ports::DayReport> writeAnew(StaffCounter& counter, const std::string& day) {
    auto report = TRY(counter.desk().report(day));
    TRY(writeReport(counter.parts(), report));
    return report;
}

// Compared once, and from then on the files stay as they are: what the bank filed is what the
// machine holds. A line that is down is no trouble, it is asked again later.
Result<ports::DayReport> writtenReport(StaffCounter& counter, const std::string& day) {
    auto report = TRY(counter.desk().report(day));
    if (!report.comparedAt) {
        const auto compared = compare(counter, day);
        if (compared) return writeAnew(counter, day);
        counter.parts().log.trouble("comparing the day", compared.error());
    }
    if (!areWritten(reportFilesOf(counter.parts(), day))) return writeAnew(counter, day);
    return report;
}

// What still waits in the queue is no failure of the line.
void tellNotCompared(StaffCounter& counter, const Error& error) {
    auto cause = causeWords(error.cause);
    if (!cause) return counter.pages().tell(error);
    counter.parts().log.trouble("comparing the day", error);
    StaffPageScreen page;
    page.name = "staff-problem";
    page.title = {"staff.problem.title"};
    page.notices = {{{"staff.report.not-compared"}, Tone::warning}, {std::move(*cause)}};
    page.ways = {mainWay("understood", "staff.understood")};
    counter.pages().show(std::move(page));
}

// Asked for by hand: why it cannot be is said.
Result<ports::DayReport> comparedByHand(StaffCounter& counter, const std::string& day) {
    if (const auto compared = compare(counter, day); !compared) {
        tellNotCompared(counter, compared.error());
        return counter.desk().report(day);
    }
    return writeAnew(counter, day);
}

StaffPageScreen reportPage(StaffCounter& counter, const ports::DayReport& report) {
    StaffPageScreen page;
    page.name = "staff-report";
    page.title = {"staff.report.title", {{"day", dayWords(report.day).values[0].second}}};
    page.notices = reportNotices(report);
    const ReportFiles files = reportFilesOf(counter.parts(), report.day);
    page.facts = {{{"staff.report.file"}, Phrase::plain(files.pdf.filename().string())}};
    page.tables = {consumptionTable(counter.parts(), report)};
    page.moreTables = {placeTable(report)};
    if (counter.person().may(Act::copyReport)) {
        page.ways = {mainWay("copy", "staff.report.copy")};
        if (!report.comparedAt) page.ways.push_back(way("compare", "staff.report.compare"));
    }
    if (counter.person().may(Act::viewLedger))
        page.ways.push_back(way("ledger", "staff.ledger.open"));
    return page;
}

}  // namespace

void showReport(StaffCounter& counter, const std::string& day) {
    // Who only reads figures changes nothing: no comparing, and no file.
    auto report = counter.person().may(Act::copyReport) ? writtenReport(counter, day)
                                                        : counter.desk().report(day);
    while (report && !counter.pages().left()) {
        const auto chosen = counter.pages().show(reportPage(counter, *report));
        if (!chosen || *chosen == "back") return;
        if (*chosen == "copy") copyReport(counter, day);
        if (*chosen == "ledger") lookAtLedger(counter, day);
        if (*chosen == "compare") report = comparedByHand(counter, day);
    }
    if (!report) counter.pages().tell(report.error());
}

void lookAtReports(StaffCounter& counter) {
    constexpr int mostDays = 400;
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto days = custody::closedDays(counter.parts().issuance.database, mostDays);
        if (!days) return counter.pages().tell(days.error());
        StaffPageScreen page;
        page.name = "staff-reports";
        page.title = {"staff.reports.title"};
        StaffTable table;
        table.columns = {{{"staff.column.day"}, 1}, {{"staff.column.closed-at"}, 1}};
        table.whenEmpty = {"staff.reports.none"};
        const auto [begin, end] = list.part(days->size());
        for (std::size_t i = begin; i < end; ++i) {
            const custody::Day& day = (*days)[i];
            table.rows.push_back(
                {{dayWords(day.day), day.closedAt ? timeWords(*day.closedAt) : Phrase::plain("—")},
                 "day-" + day.day});
        }
        page.tables.push_back(std::move(table));
        list.offerMore(page, days->size());
        const bool hasSlips = counter.parts().receipts != nullptr;
        if (hasSlips) page.ways.push_back(way("slips", "staff.reports.slips"));
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        if (*chosen == "slips") {
            lookAtSlips(counter);
            continue;
        }
        showReport(counter, chosen->substr(4));
    }
}

}  // namespace liqu::session
