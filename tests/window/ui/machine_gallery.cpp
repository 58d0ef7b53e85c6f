// The technician's pages: the machine as it is, with a printer that does not answer, its tests, a
// guided act in the middle, and a jam.
#include "tests/window/ui/staff_gallery.hpp"

namespace liqu::test {

namespace {

using namespace screen;

Phrase seconds(const char* age) {
    return {"staff.part.age-seconds", {{"age", age}}};
}

StaffTable tableOfReadings(const char* first) {
    StaffTable table;
    table.columns = {{{std::string("staff.column.") + first}, 1.2F},
                     {{"staff.column.state"}, 1.8F},
                     {{"staff.column.age"}, 0.9F}};
    return table;
}

void addSensor(StaffTable& table, Phrase sensor, Phrase state, Tone tone = Tone::plain) {
    table.rows.push_back({{std::move(sensor), std::move(state), {"staff.part.age-now"}}, "", tone});
}

StaffTable sensors() {
    StaffTable table = tableOfReadings("sensor");
    addSensor(table, {"staff.path.media"}, {"staff.path.at-somewhere"}, Tone::warning);
    addSensor(table, {"staff.path.gate"}, {"staff.path.no-sensor"});
    addSensor(table, {"staff.path.mouth"}, {"staff.path.card-no"});
    addSensor(table, {"staff.path.cover"}, {"staff.path.open-yes"}, Tone::warning);
    addSensor(table, {"staff.place.hopper", {{"lane", "1"}}}, {"staff.path.unit-ok"});
    addSensor(table, {"staff.place.hopper", {{"lane", "2"}}}, {"staff.path.unit-low"},
              Tone::warning);
    addSensor(table, {"staff.path.bin"}, {"staff.path.unit-ok"});
    addSensor(table, {"staff.path.ribbon"},
              {"staff.path.ribbon-left", {{"count", "88"}, {"of", "200"}}});
    addSensor(table, {"staff.path.cleaning"}, {"staff.path.cleaning-yes"}, Tone::warning);
    addSensor(table, {"staff.path.motion"}, {"staff.path.stopped-yes"}, Tone::danger);
    return table;
}

StaffTable otherParts() {
    StaffTable table = tableOfReadings("part");
    table.rows = {
        {{{"staff.part.printer"}, {"staff.part.good"}, {"staff.part.age-now"}}},
        {{{"staff.part.id-reader"}, {"error.10105.what"}, seconds("4")}, "", Tone::danger},
        {{{"staff.part.chip-reader"}, {"staff.part.good"}, seconds("3")}},
        {{{"staff.part.receipt-printer"}, {"staff.part.paper-low"}, seconds("2")}},
        {{{"staff.part.clock"}, Phrase::plain("05-11 09:14"), seconds("1")}},
        {{{"staff.part.disk"}, {"staff.part.disk-left", {{"count", "51200"}}}, seconds("5")}},
        {{{"staff.part.province"}, Phrase::plain("—"), {"staff.part.not-read"}}}};
    return table;
}

std::vector<StaffFact> cardInside() {
    return {{{"staff.machine.booked"}, Phrase::plain("A00000046")},
            {{"staff.column.place"}, {"staff.place.chip-station"}}};
}

StaffPageScreen machine() {
    StaffPageScreen page;
    page.name = "staff-machine";
    page.title = {"staff.machine.title"};
    page.facts = cardInside();
    page.tables = {sensors()};
    page.ways = {{"jam", {"staff.machine.jam"}, true},
                 {"cleaning", {"staff.machine.cleaning"}},
                 {"ribbon", {"staff.machine.ribbon"}},
                 {"parts", {"staff.machine.parts"}},
                 {"tests", {"staff.machine.tests"}},
                 {"trial", {"staff.machine.trial"}},
                 {"certificate", {"staff.machine.certificate"}}};
    return page;
}

StaffPageScreen parts() {
    StaffPageScreen page;
    page.name = "staff-parts";
    page.title = {"staff.machine.parts"};
    page.tables = {otherParts()};
    return page;
}

StaffPageScreen silentMachine() {
    StaffPageScreen page = machine();
    page.notices = {{{"staff.machine.jam-open"}, Tone::warning}};
    StaffTable table = tableOfReadings("sensor");
    table.rows = {{{{"staff.path.all"}, {"error.20110.what"}, seconds("6")}, "", Tone::danger}};
    page.tables = {table};
    return page;
}

StaffPageScreen tests() {
    StaffPageScreen page;
    page.name = "staff-tests";
    page.title = {"staff.tests.title"};
    page.notices = {{{"error.20205.what"}, Tone::danger}, {{"staff.code", {{"code", "20205"}}}}};
    StaffTable table;
    table.columns = {
        {{"staff.column.part"}, 1.2F}, {{"staff.column.result"}, 2}, {{"staff.column.when"}, 1}};
    for (const char* part :
         {"storage", "rules", "id-reader", "printer", "chip-reader", "stock", "bins", "last-cards",
          "queue", "audit-record", "province", "receipt-printer"}) {
        const bool fails = std::string_view(part) == "printer";
        table.rows.push_back({{{std::string("staff.part.") + part},
                               {fails ? "error.20205.what" : "staff.tests.passed"},
                               Phrase::plain("05-11 09:14")},
                              std::string("test-") + part,
                              fails ? Tone::danger : Tone::plain});
    }
    page.tables = {table};
    page.ways = {{"all", {"staff.tests.all"}, true}};
    return page;
}

StaffPageScreen guided(const char* name, const char* title, std::vector<const char*> steps) {
    StaffPageScreen page;
    page.name = name;
    page.title = {title};
    page.notices = {{{"staff.guided.no-sensor"}}};
    StaffTable table;
    table.columns = {{{"staff.column.step"}, 0.4F, true},
                     {{"staff.column.what"}, 3},
                     {{"staff.column.state"}, 1}};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Phrase state = i == 0   ? Phrase{"staff.guided.by-sensor"}
                             : i == 1 ? Phrase{"staff.guided.now"}
                                      : Phrase::plain("—");
        table.rows.push_back({{Phrase::number(static_cast<std::int64_t>(i) + 1), {steps[i]}, state},
                              "",
                              i == 1 ? Tone::warning : Tone::plain});
    }
    page.tables = {table};
    page.ways = {{"did", {"staff.guided.did"}, true}};
    return page;
}

StaffPageScreen jam() {
    StaffPageScreen page;
    page.name = "staff-jam";
    page.title = {"staff.jam.title"};
    page.notices = {{{"staff.jam.resume"}, Tone::warning}};
    page.facts = cardInside();
    page.facts.push_back({{"staff.column.when"}, Phrase::plain("05-11 09:14")});
    page.facts.push_back({{"staff.column.people"}, Phrase::plain("1001 样品甲 + 1002 样品乙")});
    page.facts.push_back({{"staff.jam.came-out"}, Phrase::plain("A00000046")});
    page.ways = {{"begin", {"staff.jam.lead-on"}, true}};
    return page;
}

StaffFormScreen jamCard() {
    StaffFormScreen form;
    form.name = "staff-jam-card";
    form.title = {"staff.jam.which"};
    form.notices = {{{"staff.jam.how"}}};
    form.fields = {{"number", {"staff.field.card-number"}, FieldKind::cardNumber, 9}};
    form.submit = {"staff.jam.submit"};
    form.ways = {{"no-card", {"staff.jam.no-card"}}};
    return form;
}

StaffPageScreen trial() {
    StaffPageScreen page;
    page.name = "staff-trial";
    page.title = {"staff.trial.title"};
    page.notices = {{{"staff.trial.what"}}};
    page.facts = {{{"staff.trial.last"}, {"staff.trial.last-failed", {{"code", "30201"}}}}};
    page.steps = {{"staff.trial.plan-1"}, {"staff.trial.plan-2"}, {"staff.trial.plan-3"}};
    page.ways = {{"begin", {"staff.trial.begin"}, true}};
    return page;
}

// Nobody is listened to: the machine runs.
StaffPageScreen trialOut() {
    StaffPageScreen page;
    page.name = "staff-trial-out";
    page.title = {"staff.trial.title"};
    page.notices = {{{"staff.trial.take-now"}}};
    StaffTable table;
    table.columns = {{{"staff.column.what"}, 3}, {{"staff.column.state"}, 1}};
    for (const char* run : {"draw", "contacts", "print"}) {
        table.rows.push_back({{{std::string("staff.trial.run-") + run}, {"staff.trial.over"}}});
    }
    table.rows.push_back({{{"staff.trial.run-present"}, {"staff.guided.now"}}, "", Tone::warning});
    page.tables = {table};
    return page;
}

StaffPageScreen trialWrong() {
    StaffPageScreen page;
    page.name = "staff-trial-wrong";
    page.title = {"staff.trial.wrong"};
    page.notices = {{{"staff.trial.wrong-what"}, Tone::danger}};
    page.facts = {{{"staff.column.number"}, Phrase::plain("A00000046")},
                  {{"staff.column.place"}, {"staff.place.hopper", {{"lane", "1"}}}}};
    page.steps = {{"staff.trial.wrong-lane"}};
    page.ways = {{"book", {"staff.trial.book"}, true}};
    return page;
}

StaffPageScreen certificate() {
    StaffPageScreen page;
    page.name = "staff-certificate";
    page.title = {"staff.certificate.title"};
    page.notices = {{{"staff.certificate.not-ready", {{"count", "1"}}}, Tone::danger}};
    page.facts = {{{"staff.report.file"}, Phrase::plain("T-000017-ready-20240511-0914.pdf")},
                  {{"staff.certificate.tested"}, Phrase::number(11)}};
    page.ways = {{"copy", {"staff.report.copy"}, true}};
    return page;
}

}  // namespace

std::vector<StaffShot> machineGallery() {
    return {{"staff-machine", machine()},
            {"staff-machine-silent", silentMachine()},
            {"staff-parts", parts()},
            {"staff-tests", tests()},
            {"staff-cleaning", guided("staff-cleaning", "staff.cleaning.title",
                                      {"staff.guided.open", "staff.cleaning.ribbon-out",
                                       "staff.cleaning.card-in", "staff.guided.close"})},
            {"staff-ribbon", guided("staff-ribbon", "staff.ribbon.title",
                                    {"staff.guided.open", "staff.ribbon.swap", "staff.guided.close",
                                     "staff.ribbon.look"})},
            {"staff-jam", jam()},
            {"staff-jam-steps", guided("staff-jam-steps", "staff.jam.title",
                                       {"staff.guided.open", "staff.jam.look-at-print",
                                        "staff.jam.take-out", "staff.guided.close"})},
            {"staff-jam-card", jamCard()},
            {"staff-trial", trial()},
            {"staff-trial-out", trialOut()},
            {"staff-trial-wrong", trialWrong()},
            {"staff-certificate", certificate()}};
}

}  // namespace liqu::test
