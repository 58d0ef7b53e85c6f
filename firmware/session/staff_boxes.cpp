// Boxes of blanks: received from the bank, opened, given back, destroyed. Each by two.
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

// One of several, by touching; no question where there is only one.
std::optional<std::string> chooseOne(StaffCounter& counter, const std::string& name,
                                     const std::vector<std::pair<std::string, std::string>>& all) {
    if (all.size() == 1) return all.front().first;
    StaffPageScreen page;
    page.name = "staff-choose-" + name;
    page.title = {"staff.choose." + name};
    for (const auto& [id, words] : all) {
        page.tiles.push_back({id, Phrase::plain(words)});
    }
    auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return chosen;
}

std::optional<custody::BoxLabel> askKind(StaffCounter& counter) {
    std::vector<std::pair<std::string, std::string>> banks;
    for (const auto& [code, name] : counter.parts().issuance.region.bankNames) {
        banks.emplace_back(code, bankLabel(code, name));
    }
    std::map<std::string, std::string> vendors;
    for (const policy::LaneConfig& lane : counter.parts().config.lanes) {
        vendors.emplace(lane.vendor, counter.parts().config.nameOfMaker(lane.vendor));
    }
    custody::BoxLabel label;
    const auto bank = chooseOne(counter, "bank", banks);
    if (!bank) return std::nullopt;
    const auto vendor = chooseOne(counter, "vendor", {vendors.begin(), vendors.end()});
    if (!vendor) return std::nullopt;
    const auto version = chooseOne(counter, "version", {{"3.00", "3.00"}, {"2.00", "2.00"}});
    if (!version) return std::nullopt;
    label.bank = *bank;
    label.vendor = *vendor;
    label.version = *version;
    return label;
}

StaffFormScreen labelForm(StaffCounter& counter, const custody::BoxLabel& label) {
    StaffFormScreen form;
    form.name = "staff-box-label";
    const std::string bank = counter.parts().issuance.region.bankName(label.bank);
    form.title = {"staff.receive.title",
                  {{"kind", bank + " " + counter.parts().config.nameOfMaker(label.vendor) + " " +
                                label.version}}};
    form.fields = {{"box", {"staff.field.box"}, FieldKind::cardNumber, 16},
                   {"seal", {"staff.field.seal"}, FieldKind::cardNumber, 16}};
    // Where the province assigns the numbers, none stand on the cards.
    if (!counter.parts().issuance.chipProfile.assignsNumber()) {
        form.fields.push_back({"first", {"staff.field.first"}, FieldKind::cardNumber, 9});
        form.fields.push_back({"last", {"staff.field.last"}, FieldKind::cardNumber, 9});
    }
    form.fields.push_back({"count", {"staff.field.count"}, FieldKind::digits, 5});
    form.fields.push_back({"region", {"staff.field.region"}, FieldKind::digits, 6});
    form.submit = {"staff.receive.submit"};
    form.serial = counter.pages().nextSerial();
    return form;
}

std::vector<StaffFact> actOn(const custody::BoxLabel& label, std::int64_t cards,
                             const std::string& from, const std::string& to) {
    std::vector<StaffFact> facts = {
        {{"staff.column.box"}, Phrase::plain(label.box)},
        {{"staff.column.numbers"}, Phrase::plain(rangeText(label.first, label.last))}};
    if (label.first.empty()) facts.pop_back();
    const auto move = factsOfMove(cards, from, to);
    facts.insert(facts.end(), move.begin(), move.end());
    return facts;
}

void receive(StaffCounter& counter) {
    auto label = askKind(counter);
    if (!label) return;
    const StaffFormScreen form = labelForm(counter, *label);
    while (const auto typed = counter.pages().fill(form)) {
        label->box = typed->entry("box").reveal();
        label->seal = typed->entry("seal").reveal();
        label->first = typed->entry("first").reveal();
        label->last = typed->entry("last").reveal();
        label->count = numberFrom(*typed, "count");
        label->region = typed->entry("region").reveal();
        const auto people =
            counter.peopleFor(Act::receiveBox, actOn(*label, label->count, "bank", "vault"));
        if (!people) return;
        const StaffDeed what{.act = Act::receiveBox, .people = *people, .object = label->box};
        if (!counter.conclude(what, counter.desk(what).receiveBox(*label, *people))) {
            // The label is typed again: what was wrong on it was said.
            continue;
        }
        return counter.pages().note(
            {"staff.receive.done", {{"box", label->box}, {"count", std::to_string(label->count)}}});
    }
}

void open(StaffCounter& counter, const custody::Box& box) {
    StaffFormScreen form;
    form.name = "staff-box-open";
    form.title = {"staff.open.title", {{"box", box.label.box}}};
    form.notices = {{{"staff.open.how"}}};
    form.fields = {{"seal", {"staff.field.seal"}, FieldKind::cardNumber, 16}};
    form.submit = {"staff.open.submit"};
    form.serial = counter.pages().nextSerial();
    const auto typed = counter.pages().fill(form);
    if (!typed) return;
    const auto people =
        counter.peopleFor(Act::receiveBox, actOn(box.label, box.inVault, "vault", "vault"));
    if (!people) return;
    const std::string& name = box.label.box;
    const StaffDeed what{.act = Act::receiveBox, .people = *people, .object = "open " + name};
    const auto done = counter.desk(what).openBox(name, typed->entry("seal").reveal(), *people);
    if (counter.conclude(what, done)) {
        counter.pages().note(
            {"staff.open.done", {{"box", name}, {"count", std::to_string(box.inVault)}}});
    }
}

enum class BoxEnd { returned, destroyed };

void sendAway(StaffCounter& counter, const custody::Box& box, BoxEnd end) {
    const bool destroys = end == BoxEnd::destroyed;
    const auto reason = askReason(counter.pages(), destroys ? "destroy" : "return",
                                  {"expired", "damaged", "wrong-bank", "ordered-by-bank"});
    if (!reason) return;
    const Act act = destroys ? Act::destroyCards : Act::returnBox;
    const auto people = counter.peopleFor(
        act, actOn(box.label, box.inVault, "vault", destroys ? "destroyed" : "bank"));
    if (!people) return;
    const std::string& name = box.label.box;
    const StaffDeed what{.act = act, .people = *people, .object = name + " " + *reason};
    const auto cards = destroys ? counter.desk(what).destroyBox(name, *reason, *people)
                                : counter.desk(what).returnBox(name, *reason, *people);
    if (counter.conclude(what, cards.map([](std::int64_t) {}))) {
        counter.pages().note({destroys ? "staff.destroy.done" : "staff.return.done",
                              {{"box", name}, {"count", std::to_string(*cards)}}});
    }
}

void lookAtBox(StaffCounter& counter, const std::string& name) {
    const auto box = custody::findBox(counter.parts().issuance.database, name);
    if (!box) return counter.pages().tell(box.error());
    StaffPageScreen page;
    page.name = "staff-box";
    page.title = {"staff.box.title", {{"box", name}}};
    page.facts = {
        {{"staff.column.bank"}, bankWords(counter.parts(), box->label.bank, box->label.vendor)},
        {{"staff.column.numbers"}, Phrase::plain(rangeText(box->label.first, box->label.last))},
        {{"staff.column.left"}, Phrase::number(box->inVault)},
        {{"staff.column.state"}, {"staff.box." + std::string(nameOf(box->state))}},
        {{"staff.column.received"}, timeWords(box->receivedAt)}};
    const bool sealed = box->state == custody::BoxState::sealed;
    if (sealed) page.ways.push_back(mainWay("open-box", "staff.open.way"));
    if (box->inVault > 0) {
        page.ways.push_back(way("return-box", "staff.return.way"));
        page.ways.push_back(way("destroy-box", "staff.destroy.way"));
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return;
    if (*chosen == "open-box") return open(counter, *box);
    sendAway(counter, *box, *chosen == "destroy-box" ? BoxEnd::destroyed : BoxEnd::returned);
}

}  // namespace

void keepBoxes(StaffCounter& counter) {
    LongList list(rowsOnPage);
    while (!counter.pages().left()) {
        const auto boxes = custody::boxesInVault(counter.parts().issuance.database);
        if (!boxes) return counter.pages().tell(boxes.error());
        StaffPageScreen page;
        page.name = "staff-boxes";
        page.title = {"staff.boxes.title"};
        StaffTable table;
        table.columns = {{{"staff.column.box"}, 1.9F},
                         {{"staff.column.bank"}, 1},
                         {{"staff.column.numbers"}, 2},
                         {{"staff.column.left"}, 0.8F, true},
                         {{"staff.column.state"}, 1}};
        table.whenEmpty = {"staff.stock.no-boxes"};
        const auto [begin, end] = list.part(boxes->size());
        for (std::size_t i = begin; i < end; ++i) {
            const custody::Box& box = (*boxes)[i];
            table.rows.push_back({{Phrase::plain(box.label.box),
                                   bankWords(counter.parts(), box.label.bank),
                                   Phrase::plain(rangeText(box.label.first, box.label.last)),
                                   Phrase::number(box.inVault),
                                   {"staff.box." + std::string(nameOf(box.state))}},
                                  "box-" + box.label.box});
        }
        page.tables.push_back(std::move(table));
        page.ways = {mainWay("receive", "staff.receive.way")};
        list.offerMore(page, boxes->size());
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (list.turns(*chosen)) continue;
        if (*chosen == "receive") {
            receive(counter);
        } else {
            lookAtBox(counter, chosen->substr(4));
        }
    }
}

}  // namespace liqu::session
