// `liqu day`: freeze, count, close, and the report of a day.
#include "firmware/custody/stock_history.hpp"
#include "program/books_access.hpp"
#include "program/document_printer.hpp"
#include "ui/paper/day_paper.hpp"

namespace liqu::program {
namespace {

using desk::StockDesk;

void printCounting(const std::vector<custody::CountLine>& lines) {
    static constexpr const char* verdicts[] = {"equal", "the two people differ",
                                               "differs from the books"};
    for (const custody::CountLine& line : lines) {
        std::printf("%-14s round %d  ", line.place.c_str(), line.round);
        if (line.result && !custody::showsBooked(line)) {
            std::printf("counted by two: differs, to be counted again\n");
        } else if (line.result) {
            const custody::CountResult& result = *line.result;
            std::printf("%lld and %lld, in the books %lld: %s\n",
                        static_cast<long long>(result.first), static_cast<long long>(result.second),
                        static_cast<long long>(result.booked),
                        verdicts[static_cast<std::size_t>(result.verdict)]);
        } else if (line.enteredBy.empty()) {
            std::printf("to be counted by two\n");
        } else {
            std::printf("counted by %s, a second person must count\n", line.enteredBy[0].c_str());
        }
    }
}

const char* nextStep(custody::CountingState state) {
    switch (state) {
        case custody::CountingState::notFrozen:
            return "the day is open; liqu day freeze begins its end";
        case custody::CountingState::typing:
            return "two people count each place: liqu day count";
        case custody::CountingState::allEqual:
            return "everything is equal: liqu day close";
        case custody::CountingState::recount:
            return "count again what differs: liqu day recount";
        case custody::CountingState::differences:
            return "still different: count again, or liqu day close makes a case of it";
    }
    return "";
}

void printEquation(const ports::KioskEquation& kiosk) {
    std::printf(
        "in the kiosk: %lld opening + %lld loaded - %lld unloaded - %lld taken - %lld handed "
        "over - %lld returned - %lld to the cabinet - %lld missing + %lld found = %lld",
        static_cast<long long>(kiosk.opening), static_cast<long long>(kiosk.loaded),
        static_cast<long long>(kiosk.unloaded), static_cast<long long>(kiosk.taken),
        static_cast<long long>(kiosk.staffDelivered), static_cast<long long>(kiosk.returned),
        static_cast<long long>(kiosk.toCabinet), static_cast<long long>(kiosk.missing),
        static_cast<long long>(kiosk.found), static_cast<long long>(kiosk.expected));
    if (kiosk.counted) {
        std::printf(", counted %lld, difference %lld", static_cast<long long>(*kiosk.counted),
                    static_cast<long long>(kiosk.difference));
    }
    std::printf("\n");
}

void printReport(const ports::DayReport& report) {
    std::printf("day %s of terminal %s, %s\n", report.day.c_str(), report.terminal.c_str(),
                report.closed ? "closed" : "not closed yet");
    if (report.calendarDays > 1) std::printf("it covers %d calendar days\n", report.calendarDays);
    for (const ports::PlaceFigures& place : report.places) {
        std::printf("%-14s %6lld + %lld - %lld = %lld", place.place.c_str(),
                    static_cast<long long>(place.opening), static_cast<long long>(place.in),
                    static_cast<long long>(place.out), static_cast<long long>(place.closing));
        if (place.counted) {
            std::printf(", counted %lld, difference %lld", static_cast<long long>(*place.counted),
                        static_cast<long long>(place.difference));
        }
        std::printf("\n");
    }
    printEquation(report.kiosk);
    for (const ports::BankConsumption& bank : report.consumption) {
        std::printf(
            "bank %-6s consumed %lld = %lld taken + %lld held + %lld spoiled; %lld refused\n",
            bank.bank.c_str(), static_cast<long long>(bank.consumed),
            static_cast<long long>(bank.taken), static_cast<long long>(bank.held),
            static_cast<long long>(bank.spoiled), static_cast<long long>(bank.refused));
    }
    for (const ports::DayCase& found : report.cases) {
        std::printf("case %lld: %s had %lld, counted %lld%s\n", static_cast<long long>(found.id),
                    found.place.c_str(), static_cast<long long>(found.booked),
                    static_cast<long long>(found.counted),
                    found.releasedBy.empty() ? ", open" : ", released");
    }
    for (const ports::DayDifference& difference : report.differences) {
        std::printf("%s %s: here %s, there %s\n", std::string(nameOf(difference.kind)).c_str(),
                    difference.cardNumber.c_str(), difference.here.c_str(),
                    difference.there.c_str());
    }
}

Result<void> writeDocuments(const ConfigFiles& files, const ports::DayReport& report,
                            const StockOptions& options) {
    const auto printer = documentPrinterOf(files);
    if (!options.pdf.empty()) {
        TRY(printer->printDayReport(report, options.pdf));
        std::printf("written: %s\n", options.pdf.c_str());
    }
    if (!options.csv.empty()) {
        TRY(printer->writeDayTable(report, options.csv));
        std::printf("written: %s\n", options.csv.c_str());
    }
    return {};
}

Result<std::string> newestDay(storage::Database& database, const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    const auto closed = TRY(custody::closedDays(database, 1));
    if (!closed.empty()) return closed[0].day;
    return fail(ErrorCode::moveNotPossible, "no day was closed yet; name one with --day");
}

}  // namespace

int runDayShow(const StockOptions& options) {
    return lookAtBooks(options, [](storage::Database& database) -> Result<void> {
        const auto day = TRY(custody::currentDay(database));
        if (day) {
            std::printf("day %s is %s since %s\n", day->day.c_str(),
                        std::string(nameOf(day->state)).c_str(),
                        formatChinaTime(day->frozenAt.value_or(day->openedAt)).c_str());
        } else {
            std::printf("no day is open: nothing was moved since the last close\n");
        }
        printCounting(TRY(custody::counting(database)));
        std::printf("%s\n", nextStep(TRY(custody::countingState(database))));
        if (const auto depth = TRY(province::depthOf(database)); depth.parked > 0) {
            std::printf("%lld message(s) to the province are set aside: liqu queue list\n",
                        static_cast<long long>(depth.parked));
        }
        return {};
    });
}

int runDayFreeze(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::countDay, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.freezeDay(options.people));
            return std::string("the day is frozen: no card is made until it is closed or thawed");
        });
}

int runDayThaw(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::countDay, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.thawDay(options.reason, options.people));
            return std::string("the day is open again; what was counted stands in its report");
        });
}

int runDayCount(const StockOptions& options) {
    const auto count = [&](StockDesk& desk, Books& books) -> Result<std::string> {
        // Without a number typed nobody looked at single cards, unless there is none to look at.
        const bool byNumber = !options.numbers.empty() || options.count == 0;
        TRY(desk.enterCount(
            {options.place, options.people.operatorId, options.count, options.numbers, byNumber}));
        return options.place + " counted by " + options.people.operatorId + "; " +
               nextStep(TRY(custody::countingState(books.database())));
    };
    return actOnBooks(options, staff::Act::countDay, count);
}

int runDayRecount(const StockOptions& options) {
    return actOnBooks(options, staff::Act::countDay,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          TRY(desk.beginRecount(options.people));
                          return std::string("the places that differ are to be counted again");
                      });
}

int runDayClose(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::closeDay, [&](StockDesk& desk, Books& books) -> Result<std::string> {
            const custody::Day day = TRY(desk.closeDay(options.people));
            printReport(TRY(desk.report(day.day)));
            const auto cases = TRY(custody::casesOf(books.database(), day.day));
            return "day " + day.day + " is closed, " + std::to_string(cases.size()) + " case(s)";
        });
}

int runDayRelease(const StockOptions& options) {
    return actOnBooks(options, staff::Act::settleCase,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          TRY(desk.releaseCase(options.stockCase, options.reason, options.people));
                          return "case " + std::to_string(options.stockCase) + " is released";
                      });
}

int runDayAcceptClock(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::closeDay, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.acceptClock(options.reason, options.people));
            return std::string("the clock is believed again; what was dated ahead stays as it is");
        });
}

int runDayReport(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        const ConfigFiles files = TRY(readConfiguration(options.config));
        SystemClock clock;
        const std::string day = TRY(newestDay(database, options.day));
        const ports::DayReport report = TRY(custody::reportOf(
            database, day, {files.kiosk.terminal, files.kiosk.outlet, files.region.regionCode},
            clock.wallTime()));
        printReport(report);
        return writeDocuments(files, report, options);
    });
}

int runDayHistory(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        for (const custody::Day& day : TRY(custody::closedDays(database, options.most))) {
            const auto cases = TRY(custody::casesOf(database, day.day));
            std::printf("%s  closed %s, %zu case(s)\n", day.day.c_str(),
                        formatChinaTime(day.closedAt.value_or(day.openedAt)).c_str(), cases.size());
        }
        return {};
    });
}

}  // namespace liqu::program
