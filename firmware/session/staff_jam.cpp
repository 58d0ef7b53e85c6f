// A jam, cleared step by step by two people. What the sensors see decides the steps; what came out
// is typed from the card and booked by its number. The act stays open in the books until its end:
// after a power cut it is found here and led on.
#include "firmware/desk/jam_clearing.hpp"
#include "firmware/desk/trial_issue.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/staff_counters.hpp"
#include "firmware/session/staff_guided.hpp"

namespace liqu::session {
namespace {

using desk::JamClearing;
using ports::MediaPosition;
using ports::PrinterStatus;
using ports::Sensed;
using staff::Act;

// Out of the path, as far as the printer sees into it.
Sensed pathIsEmpty(const PrinterStatus& status) {
    if (status.media == MediaPosition::unknown) return Sensed::unknown;
    return status.media == MediaPosition::none ? Sensed::yes : Sensed::no;
}

class JamWalk {
  public:
    JamWalk(StaffCounter& counter, TwoPeople people)
        : counter_(counter), people_(std::move(people)) {}

    void run(const JamClearing& clearing) {
        std::string number = clearing.cardNumber;
        if (number.empty()) {
            if (!clearPath()) return;
            const auto typed = askCard();
            if (!typed) return;
            number = *typed;
        }
        if (!testPath() || !isSettled()) return;
        if (number.empty()) return end("no card");
        book(number);
    }

  private:
    desk::DeskParts deskFor(std::string object) const {
        return counter_.deskParts(deed(std::move(object)));
    }
    StaffDeed deed(std::string object) const {
        return {.act = Act::clearJam, .people = people_, .object = std::move(object)};
    }

    // What no sensor sees at the begin none can see leave: the person is asked.
    GuidedStep takeItOut(const Result<PrinterStatus>& status) const {
        GuidedStep step{{"staff.jam.take-out"}};
        const bool seen = status && status->media != MediaPosition::none;
        if (seen) step.seen = pathIsEmpty;
        step.whenDenied = WhenDenied::personMaySay;
        return step;
    }

    bool clearPath() {
        const auto status = counter_.parts().issuance.printer.status();
        const MediaPosition at = status ? status->media : MediaPosition::unknown;
        return guide(counter_, {"staff-jam-steps",
                                {"staff.jam.title"},
                                {},
                                {openTheCover(),
                                 {{"staff.jam.look-at-" + placeOf(at)}},
                                 takeItOut(status),
                                 closeTheCover()}});
    }

    static std::string placeOf(MediaPosition at) {
        switch (at) {
            case MediaPosition::printStation:
                return "print";
            case MediaPosition::chipStation:
            case MediaPosition::contactlessStation:
                return "chip";
            case MediaPosition::mouth:
                return "mouth";
            default:
                return "all";
        }
    }

    // Empty: none came out. None: given up for now.
    std::optional<std::string> askCard() {
        StaffFormScreen form;
        form.name = "staff-jam-card";
        form.title = {"staff.jam.which"};
        form.notices = {{{"staff.jam.how"}}};
        const auto trial = desk::openTrialIssue(counter_.parts().issuance.database);
        if (trial && *trial) form.notices.push_back({{"staff.jam.test-card"}, Tone::warning});
        form.fields = {{"number", {"staff.field.card-number"}, FieldKind::cardNumber, 9}};
        form.submit = {"staff.jam.submit"};
        form.ways = {way("no-card", "staff.jam.no-card")};
        form.serial = counter_.pages().nextSerial();
        while (const auto typed = counter_.pages().fill(form)) {
            if (typed->kind == ActionKind::choose) return std::string();
            const std::string number = typed->entry("number").reveal();
            const auto noted = desk::noteJamCard(deskFor("card " + number), number, people_);
            if (counter_.conclude(deed("card " + number), noted)) return number;
        }
        return std::nullopt;
    }

    Result<void> requireNoCard() {
        const auto status = TRY(counter_.parts().issuance.printer.status());
        const bool isSeen =
            status.media != MediaPosition::none && status.media != MediaPosition::unknown;
        if (!isSeen) return {};
        return fail(ErrorCode::cardInPrinterUnexplained, "a card is in the path still");
    }

    // The printer starts anew, once nothing moves in it. What it told of a card until then, though
    // hands have taken it out, it tells no more; a card that is there still it goes on telling of.
    bool testPath() {
        ports::CardPrinter& printer = counter_.parts().issuance.printer;
        StaffPageScreen page;
        page.name = "staff-jam-test";
        page.title = {"staff.jam.title"};
        page.notices = {{{"staff.jam.wait"}}};
        counter_.conversation().tell(page);
        const auto good = [&]() -> Result<void> {
            if (!TRY(printer.idle())) return fail(ErrorCode::printerBusy, "still moving");
            TRY(printer.reset());
            return requireNoCard();
        }();
        if (!good) counter_.record(deed("path test"), good);
        if (!good) counter_.pages().tell(good.error());
        return good.has_value();
    }

    // What the kiosk's own loop asks before it settles anything: the books are the newest, and the
    // clock is right.
    Result<void> requireAgreement() {
        Readiness readiness(counter_.parts());
        TRY(readiness.checkClock());
        const auto answer = readiness.signInAgain();
        if (const auto differs = readiness.disagreement()) return fail(*differs);
        return readiness.isCompared() ? Result<void>() : answer;
    }

    // The order whose card it was gets its end by the one way there is; then its card is missed.
    Result<void> settle() {
        SessionParts& parts = counter_.parts();
        issuance::Issuer issuer(parts.issuance, parts.config.terminal);
        using Open = issuance::Issuer::Open;
        if (TRY(issuer.whatIsOpen()) != Open::keepsMachine) return {};
        TRY(requireAgreement());
        UnseenWatch watch(parts);
        const auto ending = issuer.recover(watch);
        parts.ringOutbox();
        if (!ending) return fail(ending.error());
        if (TRY(issuer.whatIsOpen()) != Open::keepsMachine) return {};
        const bool told = *ending && (*ending)->error;
        return fail(told ? *(*ending)->error : Error{ErrorCode::cardNotWhereExpected, ""});
    }

    bool isSettled() {
        const auto settled = settle();
        if (settled) return true;
        counter_.parts().log.trouble("a jam is cleared, its order waits", settled.error());
        StaffPageScreen page;
        page.name = "staff-problem";
        page.title = {"staff.jam.title"};
        page.notices = noticesOf(settled.error());
        page.notices.insert(page.notices.begin(), Notice{{"staff.jam.waits"}, Tone::warning});
        page.ways = {mainWay("understood", "staff.understood")};
        counter_.pages().show(std::move(page));
        return false;
    }

    void book(const std::string& number) {
        const auto bin = desk::binForJamCard(counter_.parts().issuance.database, number);
        if (!bin) return counter_.pages().tell(bin.error());
        const std::string object = "book " + number + " " + bin->name();
        const auto booked = desk::bookJamCard(deskFor(object), number, people_);
        if (!counter_.conclude(deed(object), booked)) return;
        const auto ended = desk::endJamClearing(deskFor("end " + number), people_);
        if (!counter_.conclude(deed("end " + number), ended)) return;
        counter_.pages().tellDone({"staff.jam.booked", {{"number", number}}},
                                  {{{"staff.column.number"}, Phrase::plain(number)},
                                   {{"staff.column.place"}, placeWords(bin->name())}});
    }

    void end(const std::string& outcome) {
        const auto ended = desk::endJamClearing(deskFor("end " + outcome), people_);
        if (!counter_.conclude(deed("end " + outcome), ended)) return;
        counter_.pages().note({"staff.jam.done"});
    }

    StaffCounter& counter_;
    TwoPeople people_;
};

StaffPageScreen firstPage(StaffCounter& counter, const std::optional<JamClearing>& clearing) {
    StaffPageScreen page;
    page.name = "staff-jam";
    page.title = {"staff.jam.title"};
    page.notices = {{{"staff.jam.two"}}};
    page.facts = bookedInside(counter);
    page.ways = {mainWay("begin", "staff.jam.begin")};
    if (!clearing) {
        page.steps = {{"staff.jam.plan-1"}, {"staff.jam.plan-2"}, {"staff.jam.plan-3"}};
        return page;
    }
    page.notices = {{{"staff.jam.resume"}, Tone::warning}};
    page.facts.push_back({{"staff.column.when"}, timeWords(clearing->beganAt)});
    page.facts.push_back({{"staff.column.people"},
                          Phrase::plain(counter.personTitle(clearing->people.operatorId) + " + " +
                                        counter.personTitle(clearing->people.secondOperatorId))});
    if (!clearing->cardNumber.empty()) {
        page.facts.push_back({{"staff.jam.came-out"}, Phrase::plain(clearing->cardNumber)});
    }
    page.ways = {mainWay("begin", "staff.jam.lead-on")};
    return page;
}

}  // namespace

void clearJam(StaffCounter& counter) {
    if (counter.dayIsCounted()) {
        return counter.pages().tell({ErrorCode::dayFrozen, "the day is being counted"});
    }
    const auto clearing = desk::openJamClearing(counter.parts().issuance.database);
    if (!clearing) return counter.pages().tell(clearing.error());
    const auto chosen = counter.pages().show(firstPage(counter, *clearing));
    if (!chosen || *chosen == "back") return;
    const auto people = counter.peopleFor(Act::clearJam, bookedInside(counter));
    if (!people) return;
    const StaffDeed what{.act = Act::clearJam, .people = *people, .object = "begin"};
    const auto begun = desk::beginJamClearing(counter.deskParts(what), *people);
    if (!counter.conclude(what, begun)) return;
    JamWalk(counter, *people).run(clearing->value_or(JamClearing{}));
}

}  // namespace liqu::session
