// What staff see: denser than the citizens' pages, everything at once.
#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

using session::StaffTone;

Phrase phraseOf(const session::Words& words) {
    if (words.key.empty() && words.values.empty()) return {};
    if (words.key.empty()) return {"staff.plain", words.values};
    return {words.key, words.values};
}

Tone toneOf(StaffTone tone) {
    switch (tone) {
        case StaffTone::good:
            return Tone::success;
        case StaffTone::attention:
            return Tone::warning;
        case StaffTone::bad:
            return Tone::danger;
        case StaffTone::plain:
            break;
    }
    return Tone::plain;
}

Notice noticeOf(const session::StaffNotice& notice) {
    const bool plain = notice.tone == StaffTone::plain;
    return {phraseOf(notice.words), plain ? Tone::info : toneOf(notice.tone)};
}

Table tableOf(const session::StaffTable& from) {
    Table table;
    table.title = phraseOf(from.title);
    table.whenEmpty = phraseOf(from.whenEmpty);
    for (const session::StaffColumn& column : from.columns) {
        table.columns.push_back({phraseOf(column.head), column.share, column.right});
    }
    for (const session::StaffRow& source : from.rows) {
        TableRow row;
        for (const session::Words& cell : source.cells) row.cells.push_back(phraseOf(cell));
        row.choice = source.choice;
        row.tone = toneOf(source.tone);
        table.rows.push_back(std::move(row));
    }
    return table;
}

// Facts as a table without a head: their values are no personal data.
FactTable factsOf(const std::vector<session::StaffFact>& facts) {
    FactTable table;
    for (const session::StaffFact& fact : facts) {
        table.rows.push_back({phraseOf(fact.label), phraseOf(fact.value)});
    }
    return table;
}

Tiles tilesOf(const std::vector<session::StaffWay>& ways) {
    Tiles tiles;
    for (const session::StaffWay& way : ways) {
        tiles.tiles.push_back(
            {way.choice, phraseOf(way.words), phraseOf(way.note), toneOf(way.tone)});
    }
    return tiles;
}

void addButtons(Page& page, const std::vector<session::StaffWay>& ways) {
    for (const session::StaffWay& way : ways) {
        page.buttons.push_back({ActionKind::choose, phraseOf(way.words), way.main, way.choice});
    }
}

}  // namespace

Page pageOf(const session::StaffSignInScreen& screen) {
    Page page;
    page.dense = true;
    page.question = {"staff.sign-in.question"};
    const bool again = screen.asks == session::SignInAsks::pinAgain;
    if (again) {
        page.question = {"staff.sign-in.again"};
        page.beside.push_back(Notice{{"staff.act." + screen.act}, Tone::info});
        page.beside.push_back(
            Paragraph{{"staff.sign-in.still-you", {{"person", screen.person}}}, TextSize::body});
    } else if (!screen.act.empty()) {
        page.question = {"staff.sign-in.second"};
        page.beside.push_back(Notice{{"staff.act." + screen.act}, Tone::info});
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
        page.beside.push_back(Notice{{errorWhat(*screen.lastTry)}, Tone::danger});
        page.beside.push_back(Paragraph{{errorNext(*screen.lastTry)}, TextSize::body});
    }
    Fields fields;
    if (!again) {
        fields.fields.push_back({"badge", {"attendant.badge"}, session::FieldKind::digits, 8});
    }
    fields.fields.push_back({"pin", {"attendant.pin"}, session::FieldKind::secret, 8});
    page.beside.push_back(std::move(fields));
    page.blocks = {Keypad{}};
    page.buttons = {{ActionKind::attendantConfirm, {"staff.sign-in.confirm"}, true}};
    return page;
}

Page pageOf(const session::StaffMenuScreen& screen) {
    Page page;
    page.dense = true;
    page.question = {"staff.menu.question"};
    for (const session::StaffNotice& notice : screen.notices) {
        page.blocks.push_back(noticeOf(notice));
    }
    page.blocks.push_back(tilesOf(screen.ways));
    return page;
}

Page pageOf(const session::StaffPageScreen& screen) {
    Page page;
    page.dense = true;
    page.question = phraseOf(screen.title);
    const bool twoColumns = !screen.moreTables.empty();
    std::vector<Block>& first = twoColumns ? page.beside : page.blocks;
    for (const session::StaffNotice& notice : screen.notices) first.push_back(noticeOf(notice));
    if (!screen.facts.empty()) first.push_back(factsOf(screen.facts));
    if (!screen.steps.empty()) {
        NumberedList list;
        for (const session::Words& step : screen.steps) list.items.push_back(phraseOf(step));
        first.push_back(std::move(list));
    }
    for (const session::StaffTable& table : screen.tables) first.push_back(tableOf(table));
    for (const session::StaffTable& table : screen.moreTables) {
        page.blocks.push_back(tableOf(table));
    }
    if (!screen.tiles.empty()) page.blocks.push_back(tilesOf(screen.tiles));
    addButtons(page, screen.ways);
    return page;
}

Page pageOf(const session::StaffFormScreen& screen) {
    Page page;
    page.dense = true;
    page.question = phraseOf(screen.title);
    Fields fields;
    bool letters = false;
    for (const session::StaffField& field : screen.fields) {
        fields.fields.push_back({field.id, phraseOf(field.label), field.kind, field.longest});
        letters = letters || field.kind == session::FieldKind::cardNumber;
    }
    for (const session::StaffNotice& notice : screen.notices) {
        page.beside.push_back(noticeOf(notice));
    }
    if (!screen.facts.empty()) page.beside.push_back(factsOf(screen.facts));
    // Letters need the whole width; digits stand beside what they fill.
    page.wideLast = letters;
    (letters ? page.blocks : page.beside).push_back(std::move(fields));
    page.blocks.push_back(Keypad{letters});
    page.buttons.push_back({ActionKind::submit, phraseOf(screen.submit), true});
    addButtons(page, screen.ways);
    return page;
}

}  // namespace liqu::ui
