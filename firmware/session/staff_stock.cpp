// Looking at the stock: what is where now, and what happened to a card, a box, a day.
#include <algorithm>
#include <array>

#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using custody::StockOverview;

Phrase cardsWords(std::optional<std::int64_t> cards) {
    return cards && *cards >= 0 ? Phrase::number(*cards) : Phrase{"staff.hidden"};
}

Phrase ofCapacity(std::optional<std::int64_t> cards, std::optional<std::int64_t> capacity) {
    if (!cards || *cards < 0) return {"staff.hidden"};
    return Phrase::plain(std::to_string(*cards) +
                         (capacity ? " / " + std::to_string(*capacity) : ""));
}

StaffTable laneTable(const SessionParts& parts, const StockOverview& stock) {
    StaffTable table;
    table.title = {"staff.stock.lanes"};
    table.columns = {{{"staff.column.lane"}, 1.1F},
                     {{"staff.column.bank"}, 1.6F},
                     {{"staff.column.cards"}, 1.2F, true},
                     {{"staff.column.state"}, 1.6F}};
    for (const custody::LaneOverview& lane : stock.lanes) {
        Phrase state{"staff.lane.runs"};
        Tone tone = Tone::plain;
        if (lane.stop) {
            state = stopWords(*lane.stop);
            tone = Tone::warning;
        } else if (lane.cards && *lane.cards == 0) {
            state = {"staff.lane.empty"};
            tone = Tone::warning;
        }
        table.rows.push_back({{placeWords("hopper-" + std::to_string(lane.lane)),
                               bankWords(parts, lane.bank, lane.vendor),
                               ofCapacity(lane.cards, lane.capacity), state},
                              "",
                              tone});
    }
    return table;
}

StaffTable binTable(const StockOverview& stock) {
    StaffTable table;
    table.title = {"staff.stock.bins"};
    table.columns = {{{"staff.column.place"}, 1.4F},
                     {{"staff.column.cards"}, 1, true},
                     {{"staff.column.oldest"}, 1.3F, true},
                     {{"staff.column.overdue"}, 0.8F, true}};
    for (const custody::Bin& bin : stock.bins) {
        const bool hidden = bin.cards < 0;
        const Phrase oldest =
            bin.numbered.empty() ? Phrase::plain("—") : timeWords(bin.numbered.front().since);
        const Tone tone = bin.full ? Tone::danger : bin.overdue > 0 ? Tone::warning : Tone::plain;
        table.rows.push_back(
            {{placeWords(bin.place.name()), ofCapacity(bin.cards, bin.capacity),
              hidden ? Phrase{"staff.hidden"} : oldest, Phrase::number(bin.overdue)},
             "",
             tone});
    }
    return table;
}

StaffTable boxTable(const SessionParts& parts, const StockOverview& stock) {
    constexpr std::size_t most = 6;
    StaffTable table;
    table.title = {"staff.stock.boxes"};
    table.columns = {{{"staff.column.box"}, 1.5F},
                     {{"staff.column.bank"}, 1},
                     {{"staff.column.left"}, 0.9F, true},
                     {{"staff.column.state"}, 1.2F}};
    table.whenEmpty = {"staff.stock.no-boxes"};
    for (const custody::Box& box : stock.boxes) {
        if (table.rows.size() == most) break;
        table.rows.push_back(
            {{Phrase::plain(box.label.box), bankWords(parts, box.label.bank),
              stock.counting ? Phrase{"staff.hidden"} : Phrase::number(box.inVault),
              Phrase{"staff.box." + std::string(nameOf(box.state))}}});
    }
    return table;
}

StaffTable elsewhereTable(const StockOverview& stock) {
    StaffTable table;
    table.title = {"staff.stock.elsewhere"};
    table.columns = {{{"staff.column.place"}, 2}, {{"staff.column.cards"}, 1, true}};
    const Phrase path = stock.counting ? Phrase{"staff.hidden"} : cardsWords(stock.path);
    table.rows = {{{placeWords("vault"), cardsWords(stock.vault)}},
                  {{placeWords("path"), path}},
                  {{placeWords("missing"), Phrase::number(stock.missing)},
                   "",
                   stock.missing > 0 ? Tone::danger : Tone::plain}};
    return table;
}

// What the books call it; what has no words of its own is shown as it stands there.
Phrase whatWords(std::string what) {
    constexpr std::array<std::string_view, 23> known = {
        "fed",      "identified", "loaded",      "unloaded", "received", "opened",
        "returned", "destroyed",  "missing",     "found",    "named",    "frozen",
        "thawed",   "recount",    "daily-count", "released", "blank",    "permitted",
        "written",  "finished",   "spoiled",     "refused",  "unfetched"};
    std::string key = what;
    std::replace(key.begin(), key.end(), ' ', '-');
    const bool has = std::find(known.begin(), known.end(), key) != known.end();
    return has ? Phrase{"staff.what." + key} : Phrase::plain(std::move(what));
}

constexpr std::size_t historyLinesOnPage = 6;

StaffTable historyTable(const std::vector<custody::HistoryLine>& lines, std::size_t from) {
    StaffTable table;
    table.columns = {{{"staff.column.when"}, 1.25F},       {{"staff.column.what"}, 1.4F},
                     {{"staff.column.from"}, 1.1F},        {{"staff.column.to"}, 1.1F},
                     {{"staff.column.cards"}, 0.6F, true}, {{"staff.column.people"}, 1.2F}};
    table.whenEmpty = {"staff.history.nothing"};
    for (std::size_t i = from; i < lines.size() && i < from + historyLinesOnPage; ++i) {
        const custody::HistoryLine& line = lines[i];
        const std::string people =
            line.people.operatorId +
            (line.people.secondOperatorId.empty() ? "" : " + " + line.people.secondOperatorId);
        table.rows.push_back(
            {{timeWords(line.at), whatWords(line.what), placeWords(line.from), placeWords(line.to),
              Phrase::number(line.cards), Phrase::plain(people)}});
    }
    return table;
}

// The newest first, page by page.
void showHistory(StaffCounter& counter, const Phrase& title, const std::optional<StaffTable>& above,
                 std::vector<custody::HistoryLine> lines) {
    std::reverse(lines.begin(), lines.end());
    std::size_t from = 0;
    while (true) {
        StaffPageScreen page;
        page.name = "staff-history-lines";
        page.title = title;
        if (above) page.tables.push_back(*above);
        page.tables.push_back(historyTable(lines, from));
        if (from + historyLinesOnPage < lines.size())
            page.ways.push_back(way("older", "staff.older"));
        if (from > 0) page.ways.push_back(way("newer", "staff.newer"));
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        from = *chosen == "older" ? from + historyLinesOnPage : from - historyLinesOnPage;
    }
}

void historyOfNumber(StaffCounter& counter, const std::string& number) {
    storage::Database& database = counter.parts().issuance.database;
    const auto where = custody::whereIs(database, number);
    const auto lines = custody::historyOfNumber(database, number);
    if (!where) return counter.pages().tell(where.error());
    if (!lines) return counter.pages().tell(lines.error());
    StaffTable now;
    now.columns = {{{"staff.history.where"}, 1},
                   {{"staff.history.since"}, 1},
                   {{"staff.column.state"}, 1},
                   {{"staff.column.box"}, 1}};
    now.rows = {{{placeWords(where->card.place.name()),
                  timeWords(where->since),
                  {"staff.condition." + where->card.condition},
                  Phrase::plain(where->box.empty() ? "—" : where->box)}}};
    showHistory(counter, {"staff.history.of-number", {{"number", number}}}, now, *lines);
}

constexpr int mostHistoryLines = 500;

void historyOf(StaffCounter& counter, const std::string& kind, const std::string& wanted) {
    storage::Database& database = counter.parts().issuance.database;
    if (kind == "by-number") return historyOfNumber(counter, wanted);
    const auto lines = kind == "by-day" ? custody::historyOfDay(database, wanted, mostHistoryLines)
                                        : custody::historyOfBox(database, wanted, mostHistoryLines);
    if (!lines) return counter.pages().tell(lines.error());
    showHistory(counter,
                kind == "by-day" ? Phrase{"staff.history.of-day", {{"day", wanted}}}
                                 : Phrase{"staff.history.of-box", {{"box", wanted}}},
                std::nullopt, *lines);
}

}  // namespace

void lookAtStock(StaffCounter& counter) {
    const auto stock = counter.desk().overview();
    if (!stock) return counter.pages().tell(stock.error());
    StaffPageScreen page;
    page.name = "staff-stock";
    page.title = {"staff.stock.title"};
    if (stock->counting) page.notices.push_back({{"staff.stock.counting"}, Tone::warning});
    page.tables = {laneTable(counter.parts(), *stock), binTable(*stock)};
    page.moreTables = {boxTable(counter.parts(), *stock), elsewhereTable(*stock)};
    counter.pages().show(std::move(page));
}

void lookAtHistory(StaffCounter& counter) {
    while (!counter.pages().left()) {
        StaffPageScreen page;
        page.name = "staff-history";
        page.title = {"staff.history.title"};
        page.tiles = {way("by-number", "staff.history.by-number")};
        // From all moves of a box or a day one could work out what a place should hold.
        if (!counter.dayIsCounted()) {
            page.tiles.push_back(way("by-box", "staff.history.by-box"));
            page.tiles.push_back(way("by-day", "staff.history.by-day"));
        }
        const auto kind = counter.pages().show(std::move(page));
        if (!kind || *kind == "back") return;
        StaffFormScreen form;
        form.name = "staff-history-question";
        form.title = {"staff.history." + *kind};
        const bool day = *kind == "by-day";
        form.fields = {{"wanted",
                        {*kind == "by-number" ? "staff.field.card-number"
                         : day                ? "staff.field.day"
                                              : "staff.field.box"},
                        day ? FieldKind::digits : FieldKind::cardNumber,
                        *kind == "by-number" ? std::size_t{9}
                        : day                ? std::size_t{8}
                                             : std::size_t{16}}};
        form.submit = {"staff.history.show"};
        form.serial = counter.pages().nextSerial();
        if (const auto typed = counter.pages().fill(form)) {
            historyOf(counter, *kind, typed->entry("wanted").reveal());
        }
    }
}

}  // namespace liqu::session
