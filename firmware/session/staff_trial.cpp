// A test card through the whole machine (试制): laid into the mouth, read at the contacts, printed
// with a face of nobody, presented, taken. The mouth is its inlet: every printer takes a card back
// from there, no hopper is opened, and no blank can come instead of it by itself. A social security
// card that is laid down all the same is known by its chip, never printed on, and led to its
// booking. What is under way stands in the books (desk/trial_issue.hpp).
#include "firmware/session/staff_trial.hpp"

#include <array>

#include "firmware/chip/contact_probe.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/jam_clearing.hpp"
#include "firmware/screen/error_words.hpp"
#include "firmware/session/staff_counters.hpp"
#include "firmware/session/staff_guided.hpp"

namespace liqu::session {
namespace {

using desk::TrialIssue;
using desk::TrialOutcome;
using ports::MediaPosition;
using ports::PrinterStatus;
using ports::Sensed;
using staff::Act;

constexpr Duration contactPatience = std::chrono::seconds{5};
constexpr Duration takePatience = std::chrono::seconds{60};

Sensed cardLies(const PrinterStatus& is) {
    return is.cardAtMouth;
}
Sensed cardIsOut(const PrinterStatus& is) {
    if (is.media == MediaPosition::unknown) return Sensed::unknown;
    return is.media == MediaPosition::none ? Sensed::yes : Sensed::no;
}

// What the machine does by itself, in order; the name of each is that of its line.
constexpr std::array<const char*, 4> runs{"draw", "contacts", "print", "present"};

// What a trial comes to, once the card is out.
struct Came {
    TrialOutcome outcome = TrialOutcome::passed;
    int code = 0;
    std::string cardNumber{};
};

std::string lineOf(const Came& came) {
    std::string line(nameOf(came.outcome));
    if (came.code != 0) line += " " + std::to_string(came.code);
    return line + (came.cardNumber.empty() ? "" : " " + came.cardNumber);
}

class TrialWalk {
  public:
    TrialWalk(StaffCounter& counter, TwoPeople people)
        : counter_(counter), people_(std::move(people)) {}

    void begin() {
        if (!opens("begin") || !restartPrinter()) return;
        if (!guide(counter_, {"staff-trial-lay",
                              {"staff.trial.title"},
                              {},
                              {{{"staff.trial.lay"}, cardLies}}})) {
            return giveUp();
        }
        end(made());
    }

    void leadOn(const TrialIssue& open) {
        if (!opens("lead on")) return;
        Came came{open.known.value_or(TrialOutcome::interrupted), open.code, open.cardNumber};
        if (!open.known) came = lookedAgain(std::move(came));
        end(came);
    }

  private:
    storage::Database& database() { return counter_.parts().issuance.database; }
    ports::CardPrinter& printer() { return counter_.parts().issuance.printer; }
    StaffDeed deed(std::string object) const {
        return {.act = Act::trialIssue, .people = people_, .object = std::move(object)};
    }

    bool opens(const char* object) {
        const StaffDeed what = deed(object);
        return counter_.conclude(what, desk::beginTrialIssue(counter_.deskParts(what), people_));
    }

    // What stopped an earlier motion must not stop this one: the path is empty, and is looked at
    // from the start.
    bool restartPrinter() {
        tellRun({});
        const auto anew = printer().reset();
        if (anew) return true;
        end(said(failed(anew.error()), anew.error()));
        return false;
    }

    void giveUp() {
        const auto status = printer().status();
        if (!status || status->media != MediaPosition::none) return;
        close({TrialOutcome::givenUp, 0, {}});
    }

    void tellRun(std::string_view now) {
        StaffPageScreen page;
        page.name = now == "present" ? "staff-trial-out" : "staff-trial-runs";
        page.title = {"staff.trial.title"};
        page.notices = {{{now == "present" ? "staff.trial.take-now" : "staff.trial.wait"}}};
        StaffTable table;
        table.columns = {{{"staff.column.what"}, 3}, {{"staff.column.state"}, 1}};
        bool before = !now.empty();
        for (const char* run : runs) {
            const bool isNow = now == run;
            if (isNow) before = false;
            const Phrase state = isNow    ? Phrase{"staff.guided.now"}
                                 : before ? Phrase{"staff.trial.over"}
                                          : Phrase::plain("—");
            table.rows.push_back({{{std::string("staff.trial.run-") + run}, state},
                                  "",
                                  isNow ? Tone::warning : Tone::plain});
        }
        page.tables = {std::move(table)};
        counter_.conversation().tell(page);
    }

    // Drawn in and looked at; true: it may be printed on.
    Result<chip::ContactProbe> probed() {
        tellRun("draw");
        TRY(printer().moveToChip());
        tellRun("contacts");
        const issuance::IssuanceParts& parts = counter_.parts().issuance;
        return chip::probeContacts(parts.chipReader, parts.chipProfile, contactPatience);
    }

    Result<void> printed() {
        tellRun("print");
        const auto face = TRY(counter_.parts().issuance.renderer.renderTestFace());
        const auto prepared = TRY(printer().prepare(face));
        return printer().print(*prepared, [](ports::PrintProgress) {});
    }

    static Came failed(const Error& error) {
        return {TrialOutcome::failed, static_cast<int>(numberOf(error.code)), {}};
    }

    Came made() {
        const auto probe = probed();
        if (!probe) return said(failed(probe.error()), probe.error());
        if (probe->isSocialCard) return {TrialOutcome::wrongCard, 0, probe->cardNumber};
        const auto print = printed();
        if (!print) return said(failed(print.error()), print.error());
        return {};
    }

    // After a stop: nothing is printed any more, but whose card it is must be known.
    Came lookedAgain(Came came) {
        const auto status = printer().status();
        if (!status || status->media == MediaPosition::none) return came;
        const auto probe = probed();
        if (probe && probe->isSocialCard) return {TrialOutcome::wrongCard, 0, probe->cardNumber};
        return came;
    }

    Came said(Came came, const Error& error) {
        failure_ = error;
        return came;
    }

    void end(const Came& came) {
        const StaffDeed what = deed("found " + lineOf(came));
        const auto noted = desk::noteTrialOutcome(counter_.deskParts(what), people_, came.outcome,
                                                  came.code, came.cardNumber);
        if (!counter_.conclude(what, noted)) return;
        if (failure_ && !wasRead("staff.trial.failed", *failure_)) return;
        if (!givenBack()) return;
        if (came.outcome == TrialOutcome::wrongCard && !isSettled(came.cardNumber)) return;
        close(came);
    }

    // Out of the machine, into a hand; false: it stays open.
    bool givenBack() {
        const auto status = printer().status();
        if (!status) {
            wasRead("staff.trial.stuck", status.error());
            return false;
        }
        if (status->media == MediaPosition::none) return isInHand();
        if (status->media != MediaPosition::mouth && !presented()) return false;
        return guide(
            counter_,
            {"staff-trial-take", {"staff.trial.title"}, {}, {{{"staff.trial.take"}, cardIsOut}}});
    }

    // What a part said, and the way on; false: the person left.
    bool wasRead(const char* title, const Error& error) {
        StaffPageScreen page;
        page.name = "staff-trial-failed";
        page.title = {title};
        page.notices = {{screen::whatHappened(error.code), Tone::danger},
                        {{"staff.code", {{"code", std::to_string(numberOf(error.code))}}}}};
        page.steps = {{"staff.trial.resume-how"}, {"staff.trial.resume-stuck"}};
        page.ways = {mainWay("understood", "staff.understood")};
        return counter_.pages().show(std::move(page)).has_value();
    }

    // Nobody saw it leave: it fell out of no book, but somebody must have it.
    bool isInHand() {
        return guide(counter_,
                     {"staff-trial-take", {"staff.trial.title"}, {}, {{{"staff.trial.in-hand"}}}});
    }

    bool presented() {
        SessionParts& parts = counter_.parts();
        tellRun({});
        const Instant until = parts.issuance.clock.now() + takePatience;
        const auto out = printer().present([this] { tellRun("present"); },
                                           [until] { return until; }, parts.stop);
        if (out) return true;
        wasRead("staff.trial.stuck", out.error());
        return false;
    }

    // Where the books have the card that was laid down by mistake, and what is to be done with it.
    bool isSettled(const std::string& number) {
        const auto record = number.empty()
                                ? Result<std::optional<custody::CardRecord>>(std::nullopt)
                                : custody::findCard(database(), number);
        if (!record) {
            counter_.pages().tell(record.error());
            return false;
        }
        const bool ofLane = *record && (*record)->place.name().starts_with("hopper-");
        StaffPageScreen page;
        page.name = "staff-trial-wrong";
        page.title = {"staff.trial.wrong"};
        page.notices = {{{"staff.trial.wrong-what"}, Tone::danger}};
        page.facts = {{{"staff.column.number"}, Phrase::plain(number.empty() ? "—" : number)}};
        if (*record) {
            page.facts.push_back({{"staff.column.place"}, placeWords((*record)->place.name())});
        }
        page.steps = {{ofLane    ? "staff.trial.wrong-lane"
                       : *record ? "staff.trial.wrong-elsewhere"
                                 : "staff.trial.wrong-unknown"}};
        page.ways = {ofLane ? mainWay("book", "staff.trial.book")
                            : mainWay("understood", "staff.understood")};
        const auto chosen = counter_.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return false;
        return !ofLane || isBooked(number, (*record)->place);
    }

    bool isBooked(const std::string& number, const custody::Place& from) {
        const auto bin = desk::binForJamCard(database(), number);
        if (!bin) {
            counter_.pages().tell(bin.error());
            return false;
        }
        const auto two =
            counter_.peopleFor(Act::clearJam, factsOfMove(1, from.name(), bin->name()));
        if (!two) return false;
        const StaffDeed what{
            .act = Act::clearJam, .people = *two, .object = "book " + number + " " + bin->name()};
        const auto booked =
            desk::bookTakenOut(counter_.deskParts(what), number, "laid-down-as-test-card", *two);
        if (!counter_.conclude(what, booked)) return false;
        counter_.pages().tellDone({"staff.jam.booked", {{"number", number}}},
                                  {{{"staff.column.number"}, Phrase::plain(number)},
                                   {{"staff.column.place"}, placeWords(bin->name())}});
        return true;
    }

    void close(const Came& came) {
        const StaffDeed what = deed(lineOf(came));
        const auto ended =
            desk::endTrialIssue(counter_.deskParts(what), people_, came.outcome, came.code);
        if (!counter_.conclude(what, ended)) return;
        const Tone tone = came.outcome == TrialOutcome::passed ? Tone::success : Tone::warning;
        const std::string outcome(nameOf(came.outcome));
        counter_.pages().note(
            {"staff.trial.ended-" + outcome, {{"code", std::to_string(came.code)}}}, tone);
    }

    StaffCounter& counter_;
    TwoPeople people_;
    std::optional<Error> failure_{};
};

StaffPageScreen firstPage(StaffCounter& counter, const std::optional<TrialIssue>& open) {
    storage::Database& database = counter.parts().issuance.database;
    StaffPageScreen page;
    page.name = "staff-trial";
    page.title = {"staff.trial.title"};
    if (open) {
        page.notices = {{{"staff.trial.resume"}, Tone::warning}};
        page.facts = {
            {{"staff.column.when"}, timeWords(open->beganAt)},
            {{"staff.column.people"}, Phrase::plain(counter.personTitle(open->operatorId))}};
        page.steps = {{"staff.trial.resume-how"}, {"staff.trial.resume-stuck"}};
        page.ways = {mainWay("begin", "staff.trial.lead-on")};
        return page;
    }
    page.notices = {{{"staff.trial.what"}}};
    page.facts = {{{"staff.trial.last"}, lastTrialWords(desk::lastTrialIssue(database))}};
    page.steps = {{"staff.trial.plan-1"}, {"staff.trial.plan-2"}, {"staff.trial.plan-3"}};
    page.ways = {mainWay("begin", "staff.trial.begin")};
    return page;
}

// Nothing may lie in the path, and nothing be open that will want it.
Result<void> requireFreeMachine(StaffCounter& counter) {
    SessionParts& parts = counter.parts();
    issuance::Issuer issuer(parts.issuance, parts.config.terminal);
    if (TRY(issuer.whatIsOpen()) == issuance::Issuer::Open::keepsMachine) {
        return fail(ErrorCode::moveNotPossible, "an order is open in the machine");
    }
    if (TRY(desk::openJamClearing(parts.issuance.database))) {
        return fail(ErrorCode::moveNotPossible, "a jam is being cleared");
    }
    const auto status = TRY(parts.issuance.printer.status());
    if (status.media == MediaPosition::none) return {};
    return fail(ErrorCode::cardInPrinterUnexplained, "a card lies in the path");
}

}  // namespace

Phrase lastTrialWords(const Result<std::optional<desk::LastTrial>>& last) {
    if (!last || !*last) return {"staff.trial.last-none"};
    const desk::LastTrial& trial = **last;
    return {"staff.trial.last-" + std::string(nameOf(trial.outcome)),
            {{"code", std::to_string(trial.code)}}};
}

void tryWithTestCard(StaffCounter& counter) {
    const auto open = desk::openTrialIssue(counter.parts().issuance.database);
    if (!open) return counter.pages().tell(open.error());
    const auto chosen = counter.pages().show(firstPage(counter, *open));
    if (!chosen || *chosen == "back") return;
    if (!*open) {
        if (const auto free = requireFreeMachine(counter); !free) {
            return counter.pages().tell(free.error());
        }
    }
    const auto people = counter.peopleFor(Act::trialIssue);
    if (!people) return;
    TrialWalk walk(counter, *people);
    if (*open) return walk.leadOn(**open);
    walk.begin();
}

}  // namespace liqu::session
