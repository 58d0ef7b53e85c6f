// Putting blanks into a lane and taking them out: the lane stops, the cards are moved and counted,
// two of them are read, the lane runs again. One that was cut short is led on or undone.
#include "firmware/custody/lane_check.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using custody::Exchange;
using custody::ExchangeKind;
using staff::Act;

Act actOf(ExchangeKind kind) {
    return kind == ExchangeKind::load ? Act::loadLane : Act::unloadLane;
}

std::string objectOf(const Exchange& exchange) {
    return "hopper-" + std::to_string(exchange.lane) + " " +
           rangeText(exchange.first, exchange.last);
}

std::vector<StaffFact> factsOf(const SessionParts& parts, const Exchange& exchange) {
    std::vector<StaffFact> facts = {
        {{"staff.column.lane"}, placeWords("hopper-" + std::to_string(exchange.lane))},
        {{"staff.column.bank"}, bankWords(parts, exchange.bank, exchange.vendor)}};
    if (!exchange.box.empty()) {
        facts.push_back({{"staff.column.box"}, Phrase::plain(exchange.box)});
    }
    if (!exchange.first.empty()) {
        facts.push_back(
            {{"staff.column.numbers"}, Phrase::plain(rangeText(exchange.first, exchange.last))});
    }
    return facts;
}

// One exchange, from the stopped lane to its end. Both people stay signed in for it.
class ExchangeWalk {
  public:
    ExchangeWalk(StaffCounter& counter, Exchange exchange, TwoPeople people)
        : counter_(counter), exchange_(std::move(exchange)), people_(std::move(people)) {}

    void run() {
        if (!showMotion() || !count()) return;
        auto readings = std::vector<custody::LaneReading>();
        while (!counter_.pages().left()) {
            if (loads() && !readCards(readings)) return;
            const StaffDeed what{
                .act = actOf(exchange_.kind), .people = people_, .object = objectOf(exchange_)};
            const auto ended = counter_.desk(what).endExchange(exchange_.id, readings, people_);
            if (counter_.conclude(what, ended.map([](const Exchange&) {}))) {
                return counter_.pages().note(outcomeOf(*ended));
            }
            if (!loads()) return;
        }
    }

    void undo() {
        const auto reason =
            askReason(counter_.pages(), "undo", {"not-moved", "put-back", "wrong-cards"});
        if (!reason) return;
        const StaffDeed what{.act = actOf(exchange_.kind),
                             .people = people_,
                             .object = "undone " + objectOf(exchange_)};
        const auto done = counter_.desk(what).undoExchange(exchange_.id, *reason, people_);
        if (counter_.conclude(what, done)) {
            counter_.pages().note({"staff.undo.done", {{"lane", std::to_string(exchange_.lane)}}});
        }
    }

  private:
    bool loads() const { return exchange_.kind == ExchangeKind::load; }

    Phrase outcomeOf(const Exchange& ended) const {
        const char* unloaded = ended.returned > 0 ? "staff.unload.returned" : "staff.unload.done";
        Phrase words{loads() ? "staff.load.done" : unloaded,
                     {{"lane", std::to_string(ended.lane)},
                      {"count", std::to_string(ended.cards)},
                      {"box", ended.box}}};
        if (!loads()) words.values.back() = {"returned", std::to_string(ended.returned)};
        return words;
    }

    // False: given up for now; the lane stays stopped, and the menu says so.
    bool showMotion() {
        StaffPageScreen page;
        page.name = loads() ? "staff-load-steps" : "staff-unload-steps";
        page.title = {loads() ? "staff.load.steps" : "staff.unload.steps"};
        page.facts = factsOf(counter_.parts(), exchange_);
        page.notices = {{{"staff.load.stopped"}, Tone::warning}};
        page.steps =
            loads() ? std::vector<Phrase>{{"staff.load.step-1"},
                                          {"staff.load.step-2"},
                                          {"staff.load.step-3"}}
                    : std::vector<Phrase>{
                          {"staff.unload.step-1"}, {"staff.unload.step-2"}, {"staff.load.step-3"}};
        page.ways = {mainWay("moved", "staff.load.moved"), way("undo", "staff.undo.way")};
        const auto chosen = counter_.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return false;
        if (*chosen == "undo") {
            undo();
            return false;
        }
        return true;
    }

    bool count() {
        StaffFormScreen form;
        form.name = "staff-exchange-count";
        form.title = {loads() ? "staff.load.count" : "staff.unload.count"};
        form.facts = factsOf(counter_.parts(), exchange_);
        form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 5}};
        form.submit = {"staff.load.counted"};
        form.ways = {way("undo", "staff.undo.way")};
        form.serial = counter_.pages().nextSerial();
        while (const auto typed = counter_.pages().fill(form)) {
            if (typed->kind == ActionKind::choose) {
                undo();
                return false;
            }
            const std::int64_t number = numberFrom(*typed, "count");
            const StaffDeed what{
                .act = actOf(exchange_.kind),
                .people = people_,
                .object = "count " + std::to_string(number) + " " + objectOf(exchange_)};
            const auto counted = counter_.desk(what).countExchange(exchange_.id, number, people_);
            if (counted) return true;
            // Trying numbers until one fits stands in the record.
            counter_.conclude(
                {.act = actOf(exchange_.kind),
                 .people = people_,
                 .object = "counted " + std::to_string(number) + " " + objectOf(exchange_)},
                counted);
        }
        return false;
    }

    // People type what is printed on the cards; the machine does not show what it expects.
    bool readCards(std::vector<custody::LaneReading>& readings) {
        const auto positions =
            custody::positionsToRead(exchange_.cards, counter_.parts().issuance.random);
        StaffFormScreen form;
        form.name = "staff-lane-check";
        form.title = {"staff.check.title"};
        form.notices = {{{"staff.check.how"}}};
        for (const std::int64_t position : positions) {
            const std::string which = std::to_string(position + 1);
            form.fields.push_back({"card-" + which,
                                   {"staff.check.card", {{"position", which}}},
                                   FieldKind::cardNumber,
                                   9});
        }
        form.submit = {"staff.check.submit"};
        form.ways = {way("undo", "staff.undo.way")};
        form.serial = counter_.pages().nextSerial();
        // Cards without numbers have none to be read.
        const bool numbered = !exchange_.first.empty();
        const auto typed = numbered ? counter_.pages().fill(form) : Action{};
        if (!typed) return false;
        if (typed->kind == ActionKind::choose) {
            undo();
            return false;
        }
        const auto bank = askPrintedBank();
        if (!bank) return false;
        readings.clear();
        for (const std::int64_t position : positions) {
            custody::LaneReading reading;
            reading.position = position;
            reading.bank = *bank;
            if (numbered) {
                reading.cardNumber = typed->entry("card-" + std::to_string(position + 1)).reveal();
            }
            readings.push_back(std::move(reading));
        }
        return true;
    }

    // Two banks may be given numbers that follow each other; the name on the card tells them apart.
    std::optional<std::string> askPrintedBank() {
        StaffPageScreen page;
        page.name = "staff-lane-bank";
        page.title = {"staff.check.bank"};
        for (const auto& [code, name] : counter_.parts().issuance.region.bankNames) {
            page.tiles.push_back({code, Phrase::plain(bankLabel(code, name))});
        }
        page.tiles.push_back(way("other", "staff.check.other-bank"));
        auto chosen = counter_.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return std::nullopt;
        return chosen;
    }

    StaffCounter& counter_;
    Exchange exchange_;
    TwoPeople people_;
};

StaffTable openBoxes(const SessionParts& parts, const std::vector<custody::Box>& boxes,
                     LongList& list) {
    StaffTable table;
    table.columns = {{{"staff.column.box"}, 1.4F},
                     {{"staff.column.bank"}, 1},
                     {{"staff.column.numbers"}, 2},
                     {{"staff.column.left"}, 0.8F, true}};
    table.whenEmpty = {"staff.load.no-open-box"};
    const auto [begin, end] = list.part(boxes.size());
    for (std::size_t i = begin; i < end; ++i) {
        const custody::BoxLabel& label = boxes[i].label;
        table.rows.push_back(
            {{Phrase::plain(label.box), bankWords(parts, label.bank, label.vendor),
              Phrase::plain(rangeText(label.first, label.last)), Phrase::number(boxes[i].inVault)},
             "box-" + label.box});
    }
    return table;
}

std::optional<std::string> chooseBox(StaffCounter& counter) {
    const auto boxes = custody::boxesInVault(counter.parts().issuance.database);
    if (!boxes) {
        counter.pages().tell(boxes.error());
        return std::nullopt;
    }
    std::vector<custody::Box> open;
    for (const custody::Box& box : *boxes) {
        if (box.state == custody::BoxState::opened) open.push_back(box);
    }
    LongList list(rowsOnPage);
    while (true) {
        StaffPageScreen page;
        page.name = "staff-choose-box";
        page.title = {"staff.load.choose-box"};
        page.tables.push_back(openBoxes(counter.parts(), open, list));
        list.offerMore(page, open.size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return std::nullopt;
        if (!list.turns(*chosen)) return chosen->substr(4);
    }
}

// Which, how many where they have no numbers, from where to where.
std::vector<StaffFact> factsOf(const custody::LoadPlan& plan) {
    std::vector<StaffFact> facts = {{{"staff.column.box"}, Phrase::plain(plan.box)}};
    if (!plan.first.empty())
        facts.push_back(
            {{"staff.column.numbers"}, Phrase::plain(rangeText(plan.first, plan.last))});
    const bool counted = plan.cards > 0;
    const auto move = factsOfMove(counted ? std::optional(plan.cards) : std::nullopt, "vault",
                                  "hopper-" + std::to_string(plan.lane));
    facts.insert(facts.end(), move.begin(), move.end());
    return facts;
}

void load(StaffCounter& counter, int lane) {
    const auto box = chooseBox(counter);
    if (!box) return;
    StaffFormScreen form;
    form.name = "staff-load-range";
    form.title = {"staff.load.range"};
    form.facts = {{{"staff.column.lane"}, placeWords("hopper-" + std::to_string(lane))},
                  {{"staff.column.box"}, Phrase::plain(*box)}};
    if (counter.parts().issuance.chipProfile.assignsNumber()) {
        form.title = {"staff.load.how-many"};
        form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 5}};
    } else {
        form.fields = {{"first", {"staff.field.first"}, FieldKind::cardNumber, 9},
                       {"last", {"staff.field.last"}, FieldKind::cardNumber, 9}};
    }
    form.submit = {"staff.load.submit"};
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        const custody::LoadPlan plan{
            .lane = lane,
            .box = *box,
            .first = typed->entry("first").reveal(),
            .last = typed->entry("last").reveal(),
            .cards = std::max<std::int64_t>(0, numberFrom(*typed, "count"))};
        const auto people = counter.peopleFor(Act::loadLane, factsOf(plan));
        if (!people) return;
        const StaffDeed what{.act = Act::loadLane,
                             .people = *people,
                             .object = "begin hopper-" + std::to_string(lane) + " " +
                                       rangeText(plan.first, plan.last)};
        const auto begun = counter.desk(what).beginLoad(plan, *people);
        if (begun) return ExchangeWalk(counter, *begun, *people).run();
        counter.conclude(what, begun.map([](const Exchange&) {}));
    }
}

void unload(StaffCounter& counter, int lane) {
    const auto people = counter.peopleFor(
        Act::unloadLane, factsOfMove(std::nullopt, "hopper-" + std::to_string(lane), "vault"));
    if (!people) return;
    const StaffDeed what{.act = Act::unloadLane,
                         .people = *people,
                         .object = "begin hopper-" + std::to_string(lane)};
    const auto begun = counter.desk(what).beginUnload(lane, *people);
    if (begun) return ExchangeWalk(counter, *begun, *people).run();
    counter.conclude(what, begun.map([](const Exchange&) {}));
}

// The session of another time, perhaps of other people.
void leadOn(StaffCounter& counter, const Exchange& exchange) {
    StaffPageScreen page;
    page.name = "staff-exchange-open";
    page.title = {"staff.resume.title"};
    page.notices = {{{"staff.resume.what"}, Tone::warning}};
    page.facts = factsOf(counter.parts(), exchange);
    page.facts.push_back({{"staff.column.when"}, timeWords(exchange.beganAt)});
    page.facts.push_back({{"staff.column.people"},
                          Phrase::plain(counter.personTitle(exchange.people.operatorId) + " + " +
                                        counter.personTitle(exchange.people.secondOperatorId))});
    page.ways = {mainWay("lead-on", "staff.resume.way"), way("undo", "staff.undo.way")};
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return;
    const auto people = counter.peopleFor(actOf(exchange.kind), factsOf(counter.parts(), exchange));
    if (!people) return;
    ExchangeWalk walk(counter, exchange, *people);
    if (*chosen == "undo") return walk.undo();
    walk.run();
}

void atLane(StaffCounter& counter, const custody::StockOverview& stock, int lane) {
    for (const Exchange& exchange : stock.openExchanges) {
        if (exchange.lane == lane) return leadOn(counter, exchange);
    }
    if (counter.dayIsCounted()) {
        return counter.pages().tell({ErrorCode::dayFrozen, "lane " + std::to_string(lane)});
    }
    StaffPageScreen page;
    page.name = "staff-lane";
    page.title = placeWords("hopper-" + std::to_string(lane));
    page.tiles = {way("load", "staff.load.way"), way("unload", "staff.unload.way")};
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return;
    if (*chosen == "load") return load(counter, lane);
    unload(counter, lane);
}

}  // namespace

void exchangeLanes(StaffCounter& counter) {
    while (!counter.pages().left()) {
        const auto stock = counter.desk().overview();
        if (!stock) return counter.pages().tell(stock.error());
        StaffPageScreen page;
        page.name = "staff-lanes";
        page.title = {"staff.lanes.title"};
        StaffTable table;
        table.columns = {{{"staff.column.lane"}, 1},
                         {{"staff.column.bank"}, 1.4F},
                         {{"staff.column.cards"}, 1, true},
                         {{"staff.column.state"}, 1.6F}};
        for (const custody::LaneOverview& lane : stock->lanes) {
            const std::string id = std::to_string(lane.lane);
            const bool stopped = lane.stop.has_value();
            const Phrase cards = lane.cards ? Phrase::number(*lane.cards) : Phrase{"staff.hidden"};
            const Phrase state = stopped ? stopWords(*lane.stop) : Phrase{"staff.lane.runs"};
            table.rows.push_back(
                {{placeWords("hopper-" + id), bankWords(counter.parts(), lane.bank, lane.vendor),
                  cards, state},
                 "lane-" + id,
                 stopped ? Tone::warning : Tone::plain});
        }
        page.tables.push_back(std::move(table));
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        for (const custody::LaneOverview& lane : stock->lanes) {
            if (*chosen == "lane-" + std::to_string(lane.lane)) atLane(counter, *stock, lane.lane);
        }
    }
}

}  // namespace liqu::session
