// What a printer needs from hands: cleaning, and a new ribbon. No card is moved, and the books are
// not touched; the record has who did it.
#include "firmware/session/staff_counters.hpp"
#include "firmware/session/staff_guided.hpp"

namespace liqu::session {
namespace {

using ports::PrinterStatus;
using ports::Sensed;
using staff::Act;

// A printer that does not read its ribbons has no word for it.
bool readsRibbons(const PrinterStatus& status) {
    return !status.ribbon.type.empty() || status.ribbon.remaining.has_value();
}

Sensed ribbonIsOut(const PrinterStatus& status) {
    if (readsRibbons(status)) return Sensed::no;
    return status.ribbon.ended ? Sensed::yes : Sensed::unknown;
}

Sensed ribbonIsGood(const PrinterStatus& status) {
    if (!readsRibbons(status)) return status.ribbon.ended ? Sensed::no : Sensed::unknown;
    return status.ribbon.ended ? Sensed::no : Sensed::yes;
}

GuidedAct before() {
    return {"staff-cleaning",
            {"staff.cleaning.title"},
            {},
            {openTheCover(),
             {{"staff.cleaning.ribbon-out"}, ribbonIsOut},
             {{"staff.cleaning.card-in"}},
             closeTheCover()}};
}

GuidedAct after() {
    return {"staff-cleaning-after",
            {"staff.cleaning.after"},
            {},
            {openTheCover(),
             {{"staff.cleaning.card-out"}},
             {{"staff.cleaning.ribbon-in"}, ribbonIsGood},
             closeTheCover()}};
}

// Nothing may lie in the path that the rollers would take along.
Result<void> requireEmptyPath(StaffCounter& counter) {
    const auto status = TRY(counter.parts().issuance.printer.status());
    if (status.media == ports::MediaPosition::none) return {};
    return fail(ErrorCode::cardInPrinterUnexplained, "a card lies in the path");
}

void waitForCleaning(StaffCounter& counter) {
    StaffPageScreen page;
    page.name = "staff-cleaning-runs";
    page.title = {"staff.cleaning.title"};
    page.notices = {{{"staff.cleaning.wait"}}};
    counter.conversation().tell(page);
}

}  // namespace

void cleanPrinter(StaffCounter& counter) {
    if (const auto empty = requireEmptyPath(counter); !empty) {
        return counter.pages().tell(empty.error());
    }
    const auto people = counter.peopleFor(Act::maintainPrinter);
    if (!people || !guide(counter, before())) return;
    waitForCleaning(counter);
    const auto cleaned = counter.parts().issuance.printer.clean();
    const StaffDeed what{.act = Act::maintainPrinter, .people = *people, .object = "cleaning"};
    // The inlet is empty: of blanks this says nothing.
    if (!cleaned && cleaned.error().code == ErrorCode::hopperEmpty) {
        counter.record(what, cleaned);
        return counter.pages().note({"staff.cleaning.no-card"}, Tone::warning);
    }
    if (cleaned) counter.record(what, {});
    if (!counter.conclude(what, cleaned)) return;
    if (!guide(counter, after())) return;
    counter.record({.act = Act::maintainPrinter, .people = *people, .object = "ribbon put back"},
                   {});
    counter.pages().note({"staff.cleaning.done"});
}

void changeRibbon(StaffCounter& counter) {
    if (const auto empty = requireEmptyPath(counter); !empty) {
        return counter.pages().tell(empty.error());
    }
    const auto people = counter.peopleFor(Act::maintainPrinter);
    if (!people) return;
    const GuidedAct act{"staff-ribbon",
                        {"staff.ribbon.title"},
                        {},
                        {openTheCover(),
                         {{"staff.ribbon.swap"}},
                         closeTheCover(),
                         {{"staff.ribbon.look"}, ribbonIsGood}}};
    if (!guide(counter, act)) return;
    const auto status = counter.parts().issuance.printer.status();
    const bool counted = status && status->ribbon.remaining.has_value();
    const std::string left = counted ? std::to_string(status->ribbon.remaining.value()) : "";
    const StaffDeed what{.act = Act::maintainPrinter,
                         .people = *people,
                         .object = counted ? "ribbon " + left : "ribbon"};
    counter.record(what, {});
    counter.pages().note(counted ? Phrase{"staff.ribbon.done", {{"count", left}}}
                                 : Phrase{"staff.ribbon.done-uncounted"});
}

}  // namespace liqu::session
