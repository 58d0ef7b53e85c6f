// The first page of the branch as a clerk, an auditor and a branch without anything open see it.
#include "tests/window/ui/staff_gallery.hpp"

namespace liqu::test {

namespace {

using namespace screen;

Phrase openThing(const char* key, const char* count) {
    return {std::string("staff.today.") + key, {{"count", count}}};
}

StaffPageScreen today() {
    StaffPageScreen page;
    page.name = "staff-today";
    page.title = {"staff.today.title", {{"day", "2024-05-11"}}};
    page.notices = {{{"staff.making.stopped", {{"count", "2"}, {"code", "30201"}}}, Tone::danger},
                    {{"staff.today.id-card"}, Tone::warning}};
    const Phrase days{"staff.today.age-days", {{"age", "12"}}};
    const Phrase hours{"staff.today.age-hours", {{"age", "9"}}};
    page.tiles = {
        {"day-1", {"staff.today.unclosed", {{"day", "2024-05-10"}}}, false, days, Tone::danger},
        {"cases-2", openThing("cases", "2"), false, days, Tone::danger},
        {"lanes-3", {"staff.today.exchange", {{"lane", "2"}}}, false, hours, Tone::warning},
        {"lanes-4",
         {"staff.today.lane-low", {{"lane", "1"}, {"count", "8"}, {"bank", "示范银行"}}},
         false,
         {},
         Tone::warning},
        {"lanes-5",
         {"staff.today.lane-empty", {{"lane", "2"}, {"bank", "样例银行"}}},
         false,
         {},
         Tone::danger},
        {"lanes-6", {"staff.today.lane-unloaded", {{"lane", "3"}}}, false, {}, Tone::danger},
        {"held-6", openThing("overdue-hold-bin", "3"), false, days, Tone::warning},
        {"bins-7", openThing("full-old-card-bin", "30"), false, {}, Tone::danger},
        {"held-8", {"staff.today.filling", {{"day", "2024-06-14"}}}, false, {}, Tone::warning},
        {"wrong-9", openThing("wrong", "1"), false, days, Tone::warning},
        {"faces-10", openThing("faces", "1"), false, {"staff.today.age-new"}, Tone::warning},
        {"queue-11", openThing("set-aside", "2"), false, {}, Tone::danger},
        {"queue-12", openThing("not-reported", "14"), false, hours}};
    page.ways = {{"menu", {"staff.today.menu"}, true}, {"machine", {"staff.today.machine"}}};
    return page;
}

// Of somebody who has not the ways.
StaffPageScreen todayOfAuditor() {
    StaffPageScreen page = today();
    page.notices.clear();
    page.tiles.resize(1);
    page.ways.resize(1);
    page.facts = {{{"staff.today.counting", {{"count", "8"}}}, {"staff.today.age-new"}},
                  {openThing("cases", "2"), {"staff.today.age-days", {{"age", "12"}}}},
                  {openThing("overdue-old-card-bin", "4"), Phrase::plain("·")}};
    return page;
}

StaffPageScreen nothingToday() {
    StaffPageScreen page = today();
    page.notices = {{{"staff.today.nothing"}, Tone::success}};
    page.tiles.clear();
    return page;
}

}  // namespace

std::vector<StaffShot> todayGallery() {
    return {{"staff-today", today()},
            {"staff-today-auditor", todayOfAuditor()},
            {"staff-today-nothing", nothingToday()}};
}

}  // namespace liqu::test
