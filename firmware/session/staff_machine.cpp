// The technician's home (机器): every sensor of the card path and every part, read again while the
// page stands, and the ways to what is done with the hands.
#include "firmware/session/staff_machine.hpp"

#include "firmware/custody/ledger.hpp"
#include "firmware/desk/jam_clearing.hpp"
#include "firmware/desk/trial_issue.hpp"
#include "firmware/screen/error_words.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using custody::Place;
using ports::MediaPosition;
using ports::Sensed;
using ports::UnitStatus;
using staff::Act;

struct Said {
    Phrase words;
    Tone tone = Tone::plain;
};

// Of a sensor that says one of two things.
Said said(Sensed sensed, const std::string& key, Tone ofYes) {
    switch (sensed) {
        case Sensed::yes:
            return {{key + "yes"}, ofYes};
        case Sensed::no:
            return {{key + "no"}};
        case Sensed::notSupported:
            return {{"staff.path.no-sensor"}};
        case Sensed::unknown:
            break;
    }
    return {{"staff.path.unclear"}, Tone::warning};
}

Said said(UnitStatus status) {
    switch (status) {
        case UnitStatus::ok:
            return {{"staff.path.unit-ok"}};
        case UnitStatus::high:
            return {{"staff.path.unit-high"}, Tone::warning};
        case UnitStatus::full:
            return {{"staff.path.unit-full"}, Tone::danger};
        case UnitStatus::low:
            return {{"staff.path.unit-low"}, Tone::warning};
        case UnitStatus::empty:
            return {{"staff.path.unit-empty"}, Tone::warning};
        case UnitStatus::notSupported:
            return {{"staff.path.no-sensor"}};
        case UnitStatus::unknown:
            break;
    }
    return {{"staff.path.unclear"}, Tone::warning};
}

Said said(const ports::RibbonStatus& ribbon) {
    if (ribbon.ended) return {{"staff.path.ribbon-ended"}, Tone::danger};
    if (!ribbon.remaining) return {{"staff.path.no-count"}};
    const std::string of = ribbon.capacity ? std::to_string(*ribbon.capacity) : "—";
    return {{"staff.path.ribbon-left", {{"count", std::to_string(*ribbon.remaining)}, {"of", of}}}};
}

Said said(MediaPosition media) {
    const bool odd = media == MediaPosition::somewhereInside || media == MediaPosition::unknown;
    return {mediaWords(media), odd ? Tone::warning : Tone::plain};
}

void addSensors(StaffTable& table, const ports::PrinterStatus& status, const Phrase& age) {
    const auto add = [&](Phrase sensor, Said said) {
        table.rows.push_back({{std::move(sensor), std::move(said.words), age}, "", said.tone});
    };
    add({"staff.path.media"}, said(status.media));
    add({"staff.path.gate"}, said(status.cardAtGate, "staff.path.card-", Tone::warning));
    add({"staff.path.mouth"}, said(status.cardAtMouth, "staff.path.card-", Tone::warning));
    add({"staff.path.cover"}, said(status.coverOpen, "staff.path.open-", Tone::warning));
    for (std::size_t index = 0; index < status.hoppers.size(); ++index) {
        add(placeWords(Place::hopper(static_cast<int>(index) + 1).name()),
            said(status.hoppers[index]));
    }
    if (status.retainBin != status.rejectBin) add({"staff.path.retain"}, said(status.retainBin));
    add({"staff.path.bin"}, said(status.rejectBin));
    add({"staff.path.ribbon"}, said(status.ribbon));
    add({"staff.path.cleaning"}, said(status.cleaningDue, "staff.path.cleaning-", Tone::warning));
    add({"staff.path.motion"}, said(status.stopped, "staff.path.stopped-", Tone::danger));
}

StaffPageScreen machinePage(StaffCounter& counter, const MachineReadings& readings) {
    const Instant now = counter.parts().issuance.clock.now();
    StaffPageScreen page;
    page.name = "staff-machine";
    page.title = {"staff.machine.title"};
    if (const auto clearing = desk::openJamClearing(counter.parts().issuance.database);
        clearing && *clearing) {
        page.notices.push_back({{"staff.machine.jam-open"}, Tone::warning});
    }
    if (const auto trial = desk::openTrialIssue(counter.parts().issuance.database);
        trial && *trial) {
        page.notices.push_back({{"staff.machine.trial-open"}, Tone::warning});
    }
    page.facts = bookedInside(counter);
    page.tables = {pathTable(readings, now)};
    page.ways = {mainWay("jam", "staff.machine.jam"),   way("cleaning", "staff.machine.cleaning"),
                 way("ribbon", "staff.machine.ribbon"), way("parts", "staff.machine.parts"),
                 way("tests", "staff.machine.tests"),   way("trial", "staff.machine.trial")};
    if (counter.person().may(Act::certifyReady)) {
        page.ways.push_back(way("certificate", "staff.machine.certificate"));
    }
    return page;
}

// A page of its own: the ways of the first one stand where a hand finds them.
void lookAtParts(StaffCounter& counter, MachineReadings& readings) {
    counter.pages().showLive([&]() -> std::optional<StaffPageScreen> {
        readings.readNext();
        StaffPageScreen page;
        page.name = "staff-parts";
        page.title = {"staff.machine.parts"};
        page.tables = {partTable(readings, counter.parts().issuance.clock.now())};
        return page;
    });
}

}  // namespace

Phrase mediaWords(MediaPosition media) {
    switch (media) {
        case MediaPosition::none:
            return {"staff.path.at-none"};
        case MediaPosition::printStation:
            return {"staff.path.at-print"};
        case MediaPosition::chipStation:
            return {"staff.path.at-chip"};
        case MediaPosition::contactlessStation:
            return {"staff.path.at-contactless"};
        case MediaPosition::mouth:
            return {"staff.path.at-mouth"};
        case MediaPosition::somewhereInside:
            return {"staff.path.at-somewhere"};
        case MediaPosition::unknown:
            break;
    }
    return {"staff.path.unclear"};
}

std::vector<StaffFact> bookedInside(StaffCounter& counter) {
    const Phrase label{"staff.machine.booked"};
    if (counter.dayIsCounted()) return {{label, {"staff.hidden"}}};
    storage::Database& database = counter.parts().issuance.database;
    for (const Place& place : {Place::chipStation(), Place::transport(), Place::mouth()}) {
        if (custody::balanceOf(database, place).value_or(0) == 0) continue;
        const auto cards = custody::cardsAt(database, place);
        const bool named = cards && cards->size() == 1;
        return {{label, named ? Phrase::plain(cards->front().cardNumber)
                              : Phrase{"staff.machine.nameless"}},
                {{"staff.column.place"}, placeWords(place.name())}};
    }
    return {{label, {"staff.machine.none-booked"}}};
}

StaffTable pathTable(const MachineReadings& readings, Instant now) {
    StaffTable table;
    table.columns = {{{"staff.column.sensor"}, 1.2F},
                     {{"staff.column.state"}, 1.8F},
                     {{"staff.column.age"}, 0.9F}};
    const Phrase age = ageOfReading(readings.pathReadAt(), now);
    if (readings.path()) {
        addSensors(table, *readings.path(), age);
    } else {
        table.rows.push_back(
            {{{"staff.path.all"}, screen::whatHappened(readings.path().error().code), age},
             "",
             Tone::danger});
    }
    return table;
}

StaffTable partTable(const MachineReadings& readings, Instant now) {
    StaffTable table;
    table.columns = {{{"staff.column.part"}, 1.2F},
                     {{"staff.column.state"}, 1.8F},
                     {{"staff.column.age"}, 0.9F}};
    for (const PartReading& part : readings.parts()) {
        const Phrase good = part.detail.empty() ? Phrase{"staff.part.good"} : part.detail;
        const Phrase state = !part.at     ? Phrase::plain("—")
                             : part.state ? good
                                          : screen::whatHappened(part.state.error().code);
        table.rows.push_back({{{"staff.part." + part.part}, state, ageOfReading(part.at, now)},
                              "",
                              part.at && !part.state ? Tone::danger : Tone::plain});
    }
    return table;
}

void keepMachine(StaffCounter& counter) {
    MachineReadings readings(counter.parts());
    readings.readAll();
    bool fresh = true;
    while (!counter.pages().left()) {
        const auto chosen = counter.pages().showLive([&]() -> std::optional<StaffPageScreen> {
            if (!std::exchange(fresh, false)) readings.readNext();
            return machinePage(counter, readings);
        });
        if (!chosen || *chosen == "back") return;
        if (*chosen == "jam") clearJam(counter);
        if (*chosen == "cleaning") cleanPrinter(counter);
        if (*chosen == "ribbon") changeRibbon(counter);
        if (*chosen == "parts") lookAtParts(counter, readings);
        if (*chosen == "tests") testParts(counter, readings);
        if (*chosen == "trial") tryWithTestCard(counter);
        if (*chosen == "certificate") certifyReady(counter, readings);
    }
}

}  // namespace liqu::session
