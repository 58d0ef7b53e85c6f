// The report that the machine is ready (就绪报告): made here, looked at, and copied to a stick.
#include "firmware/session/readiness_certificate.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

void waitForTests(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-certificate-tests";
    page.title = {"staff.certificate.title"};
    page.notices = {{{"staff.tests.wait"}}};
    counter.conversation().tell(page);
}

StaffPageScreen writtenPage(const ports::ReadinessReport& report, const ReportFiles& files) {
    StaffPageScreen page;
    page.name = "staff-certificate";
    page.title = {"staff.certificate.title"};
    const std::string failed = std::to_string(report.failed());
    const std::string undone = std::to_string(report.undone());
    page.notices = {
        report.failed() > 0
            ? Notice{{"staff.certificate.not-ready", {{"count", failed}}}, Tone::danger}
        : report.undone() > 0
            ? Notice{{"staff.certificate.not-tested", {{"count", undone}}}, Tone::warning}
            : Notice{{"staff.certificate.ready"}, Tone::success}};
    page.facts = {{{"staff.report.file"}, Phrase::plain(files.pdf.filename().string())},
                  {{"staff.certificate.tested"},
                   Phrase::number(static_cast<std::int64_t>(report.tests.size()))}};
    page.ways = {mainWay("copy", "staff.report.copy")};
    return page;
}

}  // namespace

void certifyReady(StaffCounter& counter, MachineReadings& readings) {
    const auto people = counter.peopleFor(Act::certifyReady);
    if (!people) return;
    waitForTests(counter);
    const auto report = readinessReport(counter.parts(), readings, titleOf(counter.person()));
    const auto files = writeReadiness(counter.parts(), report);
    const StaffDeed what{
        .act = Act::certifyReady,
        .people = *people,
        .object = files ? files->pdf.filename().string() : std::string("not written")};
    if (files) counter.record(what, {});
    if (!counter.conclude(what, files.map([](const ReportFiles&) {}))) return;
    while (!counter.pages().left()) {
        const auto chosen = counter.pages().show(writtenPage(report, *files));
        if (!chosen || *chosen == "back") return;
        const auto copied = copyToStick(counter.parts().config.staff, *files);
        if (copied) {
            counter.record({.act = Act::certifyReady, .people = *people, .object = "copied"}, {});
            counter.pages().note({"staff.certificate.copied"});
        } else {
            counter.pages().tell(copied.error());
        }
    }
}

}  // namespace liqu::session
