// What staff see: denser than the citizens' pages, everything at once.
#include "firmware/screen/error_words.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

Table tableOf(const screen::StaffTable& from) {
    Table table;
    table.title = from.title;
    table.whenEmpty = from.whenEmpty;
    for (const screen::StaffColumn& column : from.columns) {
        table.columns.push_back({column.head, column.share, column.right});
    }
    for (const screen::StaffRow& source : from.rows) {
        TableRow row;
        for (const screen::Phrase& cell : source.cells) row.cells.push_back(cell);
        row.choice = source.choice;
        row.tone = source.tone;
        table.rows.push_back(std::move(row));
    }
    return table;
}

// Facts as a table without a head: their values are no personal data.
FactTable factsOf(const std::vector<screen::StaffFact>& facts) {
    FactTable table;
    for (const screen::StaffFact& fact : facts) {
        table.rows.push_back({fact.label, fact.value});
    }
    return table;
}

Tiles tilesOf(const std::vector<screen::StaffWay>& ways) {
    Tiles tiles;
    for (const screen::StaffWay& way : ways) {
        tiles.tiles.push_back({way.choice, way.words, way.note, way.tone});
    }
    return tiles;
}

void addButtons(Page& page, const std::vector<screen::StaffWay>& ways) {
    for (const screen::StaffWay& way : ways) {
        page.buttons.push_back({ActionKind::choose, way.words, way.main, way.choice});
    }
}

}  // namespace

Page pageOf(const screen::StaffSignInScreen& screen) {
    Page page;
    page.dense = true;
    page.question = {"staff.sign-in.question"};
    const bool again = screen.asks != screen::SignInAsks::numberAndPin;
    const auto addAct = [&page, &screen] {
        page.beside.push_back(Notice{{"staff.act." + screen.act}, Tone::info});
        if (!screen.facts.empty()) page.beside.push_back(factsOf(screen.facts));
    };
    const bool locked = screen.asks == screen::SignInAsks::locked;
    if (locked) {
        page.question = {"staff.sign-in.locked"};
        page.beside.push_back(Paragraph{
            {"staff.sign-in.locked-for", {{"person", screen.person}}}, TextSize::body, true});
    } else if (again) {
        page.question = {"staff.sign-in.again"};
        addAct();
        page.beside.push_back(
            Paragraph{{"staff.sign-in.still-you", {{"person", screen.person}}}, TextSize::body});
    } else if (!screen.act.empty()) {
        page.question = {"staff.sign-in.second"};
        addAct();
        page.beside.push_back(
            Paragraph{{"staff.sign-in.beside", {{"person", screen.person}}}, TextSize::body});
    } else {
        page.beside.push_back(Paragraph{{"staff.sign-in.how"}, TextSize::body, true});
    }
    if (screen.waitSeconds > 0) {
        page.beside.push_back(
            Notice{{"staff.sign-in.wait", {{"seconds", std::to_string(screen.waitSeconds)}}},
                   Tone::danger});
    } else if (screen.lastTry) {
        page.beside.push_back(Notice{screen::whatHappened(*screen.lastTry), Tone::danger});
        page.beside.push_back(Paragraph{screen::whatIsNext(*screen.lastTry), TextSize::body});
    }
    Fields fields;
    if (!again) {
        fields.fields.push_back({"badge", {"attendant.badge"}, screen::FieldKind::digits, 8});
    }
    fields.fields.push_back({"pin", {"attendant.pin"}, screen::FieldKind::secret, 8});
    page.beside.push_back(std::move(fields));
    page.blocks = {Keypad{}};
    page.buttons = {{ActionKind::attendantConfirm,
                     {locked ? "staff.sign-in.unlock" : "staff.sign-in.confirm"},
                     true}};
    return page;
}

Page pageOf(const screen::StaffMenuScreen& screen) {
    Page page;
    page.dense = true;
    page.question = {"staff.menu.question"};
    for (const Notice& notice : screen.notices) page.blocks.push_back(notice);
    page.blocks.push_back(tilesOf(screen.ways));
    return page;
}

Page pageOf(const screen::StaffPageScreen& screen) {
    Page page;
    page.dense = true;
    page.question = screen.title;
    const bool twoColumns = !screen.moreTables.empty();
    std::vector<Block>& first = twoColumns ? page.beside : page.blocks;
    for (const Notice& notice : screen.notices) first.push_back(notice);
    if (!screen.facts.empty()) first.push_back(factsOf(screen.facts));
    if (!screen.steps.empty()) {
        NumberedList list;
        for (const screen::Phrase& step : screen.steps) list.items.push_back(step);
        first.push_back(std::move(list));
    }
    for (const screen::StaffTable& table : screen.tables) first.push_back(tableOf(table));
    for (const screen::StaffTable& table : screen.moreTables) {
        page.blocks.push_back(tableOf(table));
    }
    if (!screen.tiles.empty()) page.blocks.push_back(tilesOf(screen.tiles));
    addButtons(page, screen.ways);
    return page;
}

Page pageOf(const screen::StaffFormScreen& screen) {
    Page page;
    page.dense = true;
    page.question = screen.title;
    Fields fields{screen.fields};
    const bool letters = asksLetters(fields);
    for (const Notice& notice : screen.notices) page.beside.push_back(notice);
    if (!screen.facts.empty()) page.beside.push_back(factsOf(screen.facts));
    // Letters need the whole width; digits stand beside what they fill.
    page.wideLast = letters;
    (letters ? page.blocks : page.beside).push_back(std::move(fields));
    page.blocks.push_back(Keypad{letters});
    page.buttons.push_back({ActionKind::submit, screen.submit, true});
    addButtons(page, screen.ways);
    return page;
}

}  // namespace liqu::ui
