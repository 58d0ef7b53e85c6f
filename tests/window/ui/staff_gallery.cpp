#include "tests/window/ui/staff_gallery.hpp"

#include <utility>

namespace liqu::test {

namespace {

using namespace screen;

Phrase lane(const char* number) {
    return {"staff.place.hopper", {{"lane", number}}};
}
Phrase place(const char* name) {
    return {std::string("staff.place.") + name};
}
StaffWay wayTo(const char* choice, const char* key, bool main = false) {
    return {choice, {key}, main};
}

StaffMenuScreen menu() {
    StaffMenuScreen menu;
    menu.notices = {{{"staff.menu.exchange-open"}, Tone::warning}};
    for (const char* id :
         {"stock", "lanes", "boxes", "day", "held", "faces", "bins", "cases", "corrections",
          "reports", "history", "queue", "people", "audit", "own-pin"}) {
        menu.ways.push_back(wayTo(id, (std::string("staff.menu.") + id).c_str()));
    }
    menu.ways[1].note = {"staff.menu.waiting", {{"count", "1"}}};
    menu.ways[1].tone = Tone::warning;
    return menu;
}

StaffMenuScreen menuWithoutTable() {
    StaffMenuScreen all = menu();
    all.notices = {{{"staff.menu.no-workdays", {{"year", "2027"}}}, Tone::warning}};
    return all;
}

// Above the page that comes back after an act.
template <typename Page>
Page after(Page page, Phrase outcome) {
    page.notices.insert(page.notices.begin(), Notice{std::move(outcome), Tone::success});
    return page;
}

std::vector<Notice> stopped() {
    return {{{"staff.making.stopped", {{"count", "2"}, {"code", "30201"}}}, Tone::danger},
            {{"error.30201.what"}, Tone::danger}};
}

// Everything at once that only staff can end.
StaffMenuScreen menuOfStopped() {
    StaffMenuScreen all = menu();
    all.notices = {stopped().front()};
    all.ways.back() = wayTo("making", "staff.menu.making");
    return all;
}

StaffSignInScreen second(StaffSignInScreen screen) {
    screen.facts = {{{"staff.column.box"}, Phrase::plain("BX20240501")},
                    {{"staff.column.numbers"}, Phrase::plain("A00000003 … A00000598")},
                    {{"staff.column.cards"}, Phrase::number(596)},
                    {{"staff.column.from"}, place("vault")},
                    {{"staff.column.to"}, lane("1")}};
    return screen;
}

StaffPageScreen boxes() {
    StaffPageScreen page;
    page.name = "staff-boxes";
    page.title = {"staff.boxes.title"};
    StaffTable table;
    table.columns = {{{"staff.column.box"}, 1.9F},
                     {{"staff.column.bank"}, 1},
                     {{"staff.column.numbers"}, 2},
                     {{"staff.column.left"}, 0.8F, true},
                     {{"staff.column.state"}, 1}};
    for (const char* box : {"BX20240501", "BX20240502", "BX20240503", "BX20240504"}) {
        table.rows.push_back({{Phrase::plain(box),
                               Phrase::plain("示范银行"),
                               Phrase::plain("A00000003 … A00000598"),
                               Phrase::number(596),
                               {"staff.box.opened"}},
                              std::string("box-") + box});
    }
    page.tables = {table};
    page.ways = {wayTo("receive", "staff.receive.way", true), wayTo("more", "staff.more")};
    return page;
}

StaffPageScreen making() {
    StaffPageScreen page;
    page.name = "staff-making";
    page.title = {"staff.making.title"};
    page.notices = stopped();
    page.steps = {{"staff.making.step-1"}, {"staff.making.step-2"}};
    page.ways = {wayTo("resume", "staff.making.resume", true)};
    return page;
}

StaffPageScreen fact() {
    StaffPageScreen page;
    page.name = "staff-fact";
    page.title = {"staff.queue.fact", {{"seq", "1207"}}};
    page.notices = {{{"staff.queue.set-aside"}, Tone::warning},
                    {Phrase::plain("ISSUE.ENABLE: BIZ_REFUSED/ENABLING_REFUSED")}};
    page.facts = {{{"staff.column.message"}, {"staff.message.issue-enable"}},
                  {{"staff.column.answer"}, {"staff.outcome.biz-refused"}},
                  {{"staff.column.order"}, Phrase::plain("T-000017-20240511-000042")},
                  {{"staff.column.when"}, Phrase::plain("05-11 09:14")}};
    page.ways = {wayTo("resend", "staff.queue.resend", true), wayTo("close", "staff.queue.close")};
    return page;
}

StaffPageScreen stock() {
    StaffPageScreen page;
    page.name = "staff-stock";
    page.title = {"staff.stock.title"};
    StaffTable lanes{{"staff.stock.lanes"},
                     {{{"staff.column.lane"}, 1.1F},
                      {{"staff.column.bank"}, 1.6F},
                      {{"staff.column.cards"}, 1.2F, true},
                      {{"staff.column.state"}, 1.6F}},
                     {}};
    lanes.rows = {
        {{lane("1"),
          Phrase::plain("示范银行 V01"),
          Phrase::plain("97 / 100"),
          {"staff.lane.runs"}}},
        {{lane("2"), Phrase::plain("样例银行 V02"), Phrase::plain("0 / 100"), {"staff.lane.empty"}},
         "",
         Tone::warning},
        {{lane("3"), Phrase::plain("样例银行 V02"), {"staff.hidden"}, {"staff.lane.locked"}},
         "",
         Tone::warning}};
    StaffTable bins{{"staff.stock.bins"},
                    {{{"staff.column.place"}, 1.4F},
                     {{"staff.column.cards"}, 1, true},
                     {{"staff.column.oldest"}, 1.3F, true},
                     {{"staff.column.overdue"}, 0.8F, true}},
                    {}};
    bins.rows = {
        {{place("hold-bin"), Phrase::plain("12 / 30"), Phrase::plain("05-02 09:14"),
          Phrase::number(3)},
         "",
         Tone::warning},
        {{place("reject-bin"), Phrase::plain("30 / 30"), Phrase::plain("04-11 16:40"),
          Phrase::number(0)},
         "",
         Tone::danger},
        {{place("old-card-bin"), Phrase::plain("0 / 30"), Phrase::plain("—"), Phrase::number(0)}}};
    StaffTable boxes{{"staff.stock.boxes"},
                     {{{"staff.column.box"}, 1.5F},
                      {{"staff.column.bank"}, 1},
                      {{"staff.column.left"}, 0.9F, true},
                      {{"staff.column.state"}, 1.2F}},
                     {}};
    for (const char* box : {"BX20240501", "BX20240502", "BX20240503"}) {
        boxes.rows.push_back({{Phrase::plain(box),
                               Phrase::plain("示范银行"),
                               Phrase::number(440),
                               {"staff.box.opened"}}});
    }
    StaffTable elsewhere{{"staff.stock.elsewhere"},
                         {{{"staff.column.place"}, 2}, {{"staff.column.cards"}, 1, true}},
                         {}};
    elsewhere.rows = {{{place("vault"), Phrase::number(1320)}},
                      {{place("path"), Phrase::number(1)}},
                      {{place("missing"), Phrase::number(2)}, "", Tone::danger}};
    page.tables = {lanes, bins};
    page.moreTables = {boxes, elsewhere};
    return page;
}

StaffFormScreen boxLabel() {
    StaffFormScreen form;
    form.name = "staff-box-label";
    form.title = {"staff.receive.title", {{"kind", "示范银行 V01 3.00"}}};
    form.fields = {{"box", {"staff.field.box"}, FieldKind::cardNumber, 16},
                   {"seal", {"staff.field.seal"}, FieldKind::cardNumber, 16},
                   {"first", {"staff.field.first"}, FieldKind::cardNumber, 9},
                   {"last", {"staff.field.last"}, FieldKind::cardNumber, 9},
                   {"count", {"staff.field.count"}, FieldKind::digits, 5},
                   {"region", {"staff.field.region"}, FieldKind::digits, 6}};
    form.submit = {"staff.receive.submit"};
    return form;
}

StaffFormScreen laneCheck() {
    StaffFormScreen form;
    form.name = "staff-lane-check";
    form.title = {"staff.check.title"};
    form.notices = {{{"staff.check.how"}}};
    form.fields = {
        {"card-1", {"staff.check.card", {{"position", "1"}}}, FieldKind::cardNumber, 9},
        {"card-37", {"staff.check.card", {{"position", "37"}}}, FieldKind::cardNumber, 9}};
    form.submit = {"staff.check.submit"};
    form.ways = {wayTo("undo", "staff.undo.way")};
    return form;
}

StaffFormScreen deliver() {
    StaffFormScreen form;
    form.name = "staff-deliver";
    form.title = {"staff.deliver.form", {{"number", "A00000003"}}};
    form.notices = {{{"staff.deliver.identity-holds"}, Tone::success}};
    form.fields = {{"pickup-code", {"staff.field.pickup-code"}, FieldKind::digits, 6},
                   {"paper", {"staff.field.paper"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.deliver.submit"};
    return form;
}

StaffFormScreen loadRange() {
    StaffFormScreen form;
    form.name = "staff-load-range";
    form.title = {"staff.load.range"};
    form.facts = {{{"staff.column.lane"}, lane("1")},
                  {{"staff.column.box"}, Phrase::plain("BX20240501")}};
    form.fields = {{"first", {"staff.field.first"}, FieldKind::cardNumber, 9},
                   {"last", {"staff.field.last"}, FieldKind::cardNumber, 9}};
    form.submit = {"staff.load.submit"};
    return form;
}

StaffFormScreen countForm() {
    StaffFormScreen form;
    form.name = "staff-count";
    form.title = {"staff.count.title"};
    form.notices = {{{"staff.count.how"}}};
    form.fields = {{"hopper-1", lane("1"), FieldKind::digits, 5},
                   {"hopper-2", lane("2"), FieldKind::digits, 5}};
    for (const char* name :
         {"path", "hold-bin", "reject-bin", "old-card-bin", "cabinet", "vault"}) {
        form.fields.push_back({name, place(name), FieldKind::digits, 5});
    }
    form.submit = {"staff.count.submit"};
    return form;
}

StaffPageScreen countResult() {
    StaffPageScreen page;
    page.name = "staff-day-recount";
    page.title = {"staff.day.title", {{"day", "2024-05-11"}}};
    page.notices = {{{"staff.day.recount"}, Tone::warning}};
    StaffTable table;
    table.columns = {{{"staff.column.place"}, 1.5F},
                     {{"staff.column.first-count"}, 0.8F, true},
                     {{"staff.column.second-count"}, 0.8F, true},
                     {{"staff.column.booked"}, 0.8F, true},
                     {{"staff.column.state"}, 1.7F}};
    const auto row = [](const Phrase& where, int first, int second, int booked, const char* verdict,
                        Tone tone) {
        return StaffRow{{where,
                         Phrase::number(first),
                         Phrase::number(second),
                         Phrase::number(booked),
                         {verdict}},
                        "",
                        tone};
    };
    table.rows = {{{lane("1"),
                    Phrase::plain("✓ 1001"),
                    Phrase::plain("✓ 1002"),
                    Phrase::plain("·"),
                    {"staff.count.differs"}},
                   "",
                   Tone::danger},
                  row(lane("2"), 20, 20, 20, "staff.count.equal", Tone::success),
                  row(place("path"), 0, 0, 0, "staff.count.equal", Tone::success),
                  row(place("reject-bin"), 1, 1, 1, "staff.count.equal", Tone::success),
                  row(place("old-card-bin"), 0, 0, 0, "staff.count.equal", Tone::success),
                  row(place("hold-bin"), 2, 2, 3, "staff.count.books-differ", Tone::danger),
                  {{place("vault"),
                    Phrase::plain("✓ 1001"),
                    Phrase::plain("—"),
                    Phrase::plain("·"),
                    {"staff.count.waits"}}}};
    page.moreTables = {table};
    page.ways = {wayTo("recount", "staff.day.recount-way", true),
                 wayTo("give-up", "staff.day.give-up")};
    return page;
}

StaffPageScreen countNumbers() {
    StaffPageScreen page;
    page.name = "staff-count-numbers";
    page.title = {"staff.numbers.title"};
    page.notices = {{{"staff.numbers.how"}}};
    page.facts = {{{"staff.column.place"}, place("hold-bin")},
                  {{"staff.numbers.there"}, Phrase::number(3)}};
    for (int i = 0; i < 6; ++i) {
        const bool seen = i < 2;
        const std::string number = "A0000001" + std::to_string(i);
        page.tiles.push_back({"card-" + number,
                              Phrase::plain(number),
                              false,
                              {seen ? "staff.numbers.seen" : "staff.numbers.not"},
                              seen ? Tone::success : Tone::plain});
    }
    page.tiles.push_back(wayTo("other", "staff.numbers.other"));
    page.tiles.push_back(
        {"nameless", {"staff.numbers.nameless-way"}, false, Phrase::number(1), Tone::success});
    page.ways = {wayTo("done", "staff.numbers.done", true), wayTo("more", "staff.more")};
    return page;
}

StaffPageScreen lostPlace() {
    StaffPageScreen page;
    page.name = "staff-corrections-place";
    page.title = {"staff.corrections.place-missing"};
    page.tiles = {{"hopper-1", lane("1")}, {"hopper-2", lane("2")}};
    for (const char* name : {"transport", "chip-station", "mouth", "hold-bin", "reject-bin",
                             "old-card-bin", "vault"}) {
        page.tiles.push_back({name, place(name)});
    }
    return page;
}

StaffPageScreen differsPage() {
    StaffPageScreen page = countResult();
    page.name = "staff-day-differs";
    page.notices = {{{"staff.day.differs"}, Tone::danger},
                    {{"staff.day.card-inside"}, Tone::warning},
                    {{"staff.day.by-number"}, Tone::warning}};
    return page;
}

StaffPageScreen steps() {
    StaffPageScreen page;
    page.name = "staff-load-steps";
    page.title = {"staff.load.steps"};
    page.notices = {{{"staff.load.stopped"}, Tone::warning}};
    page.facts = {{{"staff.column.lane"}, lane("1")},
                  {{"staff.column.bank"}, Phrase::plain("示范银行 V01")},
                  {{"staff.column.box"}, Phrase::plain("BX20240501")},
                  {{"staff.column.numbers"}, Phrase::plain("A00000003 … A00000598")}};
    page.steps = {{"staff.load.step-1"}, {"staff.load.step-2"}, {"staff.load.step-3"}};
    page.ways = {wayTo("moved", "staff.load.moved", true), wayTo("undo", "staff.undo.way")};
    return page;
}

StaffPageScreen held() {
    StaffPageScreen page;
    page.name = "staff-held";
    page.title = {"staff.deliver.title"};
    page.notices = {{{"staff.held.full-soon", {{"day", "2024-06-14"}}}, Tone::warning}};
    StaffTable table;
    table.columns = {{{"staff.column.number"}, 1.5F},
                     {{"staff.column.place"}, 1.5F},
                     {{"staff.column.since"}, 1.4F},
                     {{"staff.column.told"}, 0.8F, true},
                     {{"staff.column.due"}, 1.5F}};
    for (int i = 0; i < 2; ++i) {
        table.rows.push_back(
            {{Phrase::plain("A0000001" + std::to_string(i)), place(i == 0 ? "cabinet" : "hold-bin"),
              Phrase::plain("05-11 10:22"), Phrase::number(i),
              i == 0 ? Phrase{"staff.held.no-table"} : Phrase::plain("2024-11-11")},
             "card-A0000001" + std::to_string(i),
             i == 0 ? Tone::warning : Tone::plain});
    }
    page.tables = {table};
    page.ways = {wayTo("to-cabinet", "staff.to-cabinet.open"),
                 wayTo("to-bank", "staff.to-bank.open"), wayTo("again", "staff.again.open"),
                 wayTo("more", "staff.more")};
    return page;
}

StaffPageScreen heldCard() {
    StaffPageScreen page;
    page.name = "staff-held-card";
    page.title = {"staff.held.title", {{"number", "A00000010"}}};
    page.notices = {{{"staff.held.no-table-how"}, Tone::warning}};
    page.facts = {{{"staff.column.order"}, Phrase::plain("T-000017-20240511-000001")},
                  {{"staff.column.place"}, place("cabinet")},
                  {{"staff.held.last-day"}, Phrase::plain("2024-11-11")},
                  {{"staff.held.last-told"}, Phrase::plain("05-20 10:22")},
                  {{"staff.held.recover-by"}, Phrase{"staff.held.no-table"}}};
    page.tiles = {wayTo("deliver", "staff.held.deliver"), wayTo("told", "staff.held.told"),
                  wayTo("reminder", "staff.held.reminder")};
    return page;
}

StaffPageScreen returnCause() {
    StaffPageScreen page;
    page.name = "staff-to-bank-cause";
    page.title = {"staff.to-bank.cause"};
    for (const char* cause : {"unclaimed", "reminded", "deceased", "disappeared", "emigrated",
                              "again-failed", "refused-for-good"}) {
        page.tiles.push_back(wayTo(cause, (std::string("staff.to-bank.") + cause).c_str()));
    }
    return page;
}

StaffPageScreen problem() {
    StaffPageScreen page;
    page.name = "staff-problem";
    page.title = {"staff.problem.title"};
    page.notices = {{{"error.70105.what"}, Tone::danger},
                    {{"staff.error.70105"}, Tone::warning},
                    {{"staff.cause.known-at-box", {{"a", "A00000046"}, {"b", "0001"}}}},
                    {{"staff.code", {{"code", "70105"}}}}};
    page.ways = {wayTo("understood", "staff.understood", true)};
    return page;
}

StaffPageScreen report() {
    StaffPageScreen page = countResult();
    page.name = "staff-report";
    page.title = {"staff.report.title", {{"day", "2024-05-11"}}};
    page.notices = {{{"staff.report.no-cases"}, Tone::success},
                    {{"staff.report.not-compared"}, Tone::warning}};
    page.facts = {{{"staff.report.file"}, Phrase::plain("T-000017-20240511.pdf")}};
    StaffTable used;
    used.columns = {{{"staff.column.bank"}, 1},
                    {{"staff.column.consumed"}, 1, true},
                    {{"staff.column.taken"}, 1, true},
                    {{"staff.column.held"}, 1, true},
                    {{"staff.column.spoiled"}, 1, true}};
    used.rows = {{{Phrase::plain("示范银行"), Phrase::number(3), Phrase::number(2),
                   Phrase::number(1), Phrase::number(0)}}};
    page.tables = {used};
    page.ways = {wayTo("copy", "staff.report.copy", true),
                 wayTo("compare", "staff.report.compare")};
    return page;
}

StaffPageScreen audit() {
    StaffPageScreen page;
    page.name = "staff-audit";
    page.title = {"staff.audit.title"};
    page.notices = {{{"staff.audit.whole"}, Tone::success}};
    StaffTable table;
    table.columns = {{{"staff.column.when"}, 1.2F},
                     {{"staff.column.people"}, 1.2F},
                     {{"staff.column.what"}, 1.7F},
                     {{"staff.column.object"}, 2}};
    for (int i = 0; i < 6; ++i) {
        table.rows.push_back({{Phrase::plain("05-11 17:32"),
                               Phrase::plain("1001 + 1002"),
                               {"staff.act.load-lane"},
                               Phrase::plain("hopper-1 A00000003 … A00000598")}});
    }
    page.tables = {table};
    page.ways = {wayTo("older", "staff.older"), wayTo("newest", "staff.newest")};
    return page;
}

}  // namespace

std::vector<StaffShot> staffGallery() {
    std::vector<StaffShot> all = todayGallery();
    const std::vector<StaffShot> others = {
        {"staff-sign-in", StaffSignInScreen{}},
        {"staff-sign-in-refused", StaffSignInScreen{"", "", ErrorCode::staffSignInRefused, 4}},
        {"staff-sign-in-locked",
         StaffSignInScreen{.person = "1001 样品甲", .asks = SignInAsks::locked}},
        {"staff-sign-in-again",
         second(StaffSignInScreen{"load-lane", "1001 样品甲", ErrorCode::staffSignInRefused, 4,
                                  SignInAsks::pinAgain})},
        {"staff-second",
         second(StaffSignInScreen{"load-lane", "1001 样品甲", ErrorCode::samePersonTwice, 0})},
        {"staff-menu", menu()},
        {"staff-menu-no-table", menuWithoutTable()},
        {"staff-menu-after", after(menu(), {"staff.pin.changed"})},
        {"staff-boxes-after",
         after(boxes(), {"staff.receive.done", {{"box", "BX20240504"}, {"count", "596"}}})},
        {"staff-menu-stopped", menuOfStopped()},
        {"staff-making", making()},
        {"staff-fact", fact()},
        {"staff-stock", stock()},
        {"staff-box-label", boxLabel()},
        {"staff-load-range", loadRange()},
        {"staff-load-steps", steps()},
        {"staff-lane-check", laneCheck()},
        {"staff-deliver", deliver()},
        {"staff-held", held()},
        {"staff-held-after", after(held(), {"staff.to-cabinet.done", {{"count", "12"}}})},
        {"staff-held-card", heldCard()},
        {"staff-held-card-after",
         after(heldCard(), {"staff.told.done", {{"number", "A00000010"}}})},
        {"staff-to-bank-cause", returnCause()},
        {"staff-count", countForm()},
        {"staff-day-recount", countResult()},
        {"staff-day-differs", differsPage()},
        {"staff-count-numbers", countNumbers()},
        {"staff-corrections-place", lostPlace()},
        {"staff-report", report()},
        {"staff-report-after", after(report(), {"staff.report.copied", {{"day", "2024-05-11"}}})},
        {"staff-audit", audit()},
        {"staff-problem", problem()}};
    all.insert(all.end(), others.begin(), others.end());
    const std::vector<StaffShot> machine = machineGallery();
    all.insert(all.end(), machine.begin(), machine.end());
    return all;
}

}  // namespace liqu::test
