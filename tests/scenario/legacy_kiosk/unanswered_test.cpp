// A province that knows no keys, and an answer that does not come, or a machine whose power goes at
// any of its calls: what the books and the pages say is what was done there, and it is done once.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/legacy_kiosk/older_desk.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using world::LegacyFault;

const char* placeIn(const std::string& province, const OlderChange& change) {
    return change.place[province == "hn" ? 0 : 1];
}

// All of them where everything is an operation of one method; those that are methods elsewhere.
bool isTried(const std::string& province, const OlderChange& change) {
    const std::string service = change.service;
    return province == "hn" || service == "loss-temporary" || service == "enable";
}

// What the books say of the change is what the province has of it.
void checkBooksTellTheTruth(OlderDesk& desk, const OlderChange& change) {
    const world::LegacyAct& act = desk.there().act(change.act, theirCard);
    CHECK(act.done + act.already <= std::max(1, act.asked));
    CHECK(act.done <= 1);
    CHECK(act.blind == 0);
    const auto orders = desk.kiosk.database()
                            .query("SELECT state FROM orders WHERE service = ?", {change.service})
                            .value();
    for (const storage::Row& row : orders) {
        CAPTURE(row.text(0));
        if (row.text(0) == "carriedOut") CHECK(desk.card().state == change.after);
    }
    CHECK(desk.amiss() == Names{});
}

// Before anybody comes again: what the books give up as not begun was not done there either.
void checkNothingIsDenied(OlderDesk& desk, const OlderChange& change) {
    const auto denied =
        desk.kiosk.database()
            .number("SELECT count(*) FROM orders WHERE service = ? AND state = 'resumable'",
                    {change.service})
            .value();
    CAPTURE(denied);
    if (desk.card().state == change.after) CHECK(denied == 0);
}

TEST_CASE("an answer that does not come is asked for, and the act is done once") {
    for (const char* province : {"hn", "hb"}) {
        for (const OlderChange& change : olderChanges()) {
            if (!isTried(province, change)) continue;
            for (const LegacyFault fault :
                 {LegacyFault::answerLost, LegacyFault::requestLost, LegacyFault::late,
                  LegacyFault::halfReply, LegacyFault::faultBefore, LegacyFault::faultAfter,
                  LegacyFault::htmlGood, LegacyFault::proxyPage, LegacyFault::truncatedInner,
                  LegacyFault::unmappedText, LegacyFault::saysAlready, LegacyFault::halfLinked}) {
                CAPTURE(province);
                CAPTURE(change.service);
                CAPTURE(std::string(world::verbOf(fault)));
                OlderDesk desk(province);
                desk.becomes(change.before);
                desk.kiosk.outside().older->faults.arm(fault, placeIn(province, change));
                desk.serve(change.service);
                CHECK(desk.kiosk.outside().older->faults.fired() == 1);
                checkBooksTellTheTruth(desk, change);
                checkNothingIsDenied(desk, change);
                // And whoever comes again finds it done, or has it done.
                desk.serve(change.service);
                CHECK(desk.card().state == change.after);
                checkBooksTellTheTruth(desk, change);
            }
        }
    }
}

// False where the visit had no such call.
bool cutAndGoOn(const std::string& province, const OlderChange& change, int call, bool isHeard) {
    CutAtCall line(call, isHeard);
    KioskSettings settings = olderDeskSettings(province);
    settings.seams = &line;
    OlderDesk desk(settings);
    desk.becomes(change.before);
    desk.kiosk.citizen().pins = {"123456", "582047", "582047"};
    line.beginCounting();
    if (!desk.kiosk.serveUntilPowerCut(cardHolder(), change.service)) return false;
    desk.kiosk.restart();
    desk.kiosk.settle();
    checkBooksTellTheTruth(desk, change);
    checkNothingIsDenied(desk, change);
    desk.kiosk.outside().slot.remove();
    desk.kiosk.citizen().pins = {"582047", "360271", "360271"};
    desk.kiosk.serve(cardHolder(), change.service);
    desk.kiosk.settle();
    checkBooksTellTheTruth(desk, change);
    CHECK(outboxOf(desk.kiosk).find("queued") == std::string::npos);
    return true;
}

TEST_CASE("the power goes at any call to the province: it is done once, and the books know") {
    for (const char* province : {"hn", "hb"}) {
        for (const OlderChange& change : olderChanges()) {
            if (!isTried(province, change)) continue;
            for (const bool isHeard : {false, true}) {
                int cuts = 0;
                while (true) {
                    CAPTURE(province);
                    CAPTURE(change.service);
                    CAPTURE(isHeard);
                    CAPTURE(cuts);
                    if (!cutAndGoOn(province, change, cuts + 1, isHeard)) break;
                    ++cuts;
                }
                CHECK(cuts >= 4);
            }
        }
    }
}

}  // namespace
}  // namespace liqu::scenario
