// Tables and menus of the staff's pages.
#include <algorithm>

#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float padding = 20;
constexpr float headHeight = 56;
constexpr float titleHeight = 60;
constexpr float plainRow = 58;
constexpr float cellGap = 26;
constexpr float factLabelShare = 0.42F;

constexpr float leastTile = 132;
constexpr float tileGap = 18;
constexpr float widestTile = 460;
constexpr float tileInset = 12;
constexpr float noteGap = 8;

Align alignOf(const TableColumn& column) {
    return column.right ? Align::end : Align::start;
}

TextLook cellLook(const Scene& scene, Align align, Weight weight = Weight::regular) {
    return {denseSize(scene), weight, align};
}

// Heads are a little smaller: a long word stands over short figures.
TextLook headLook(const Scene& scene, Align align) {
    TextLook look = cellLook(scene, align, Weight::bold);
    look.size *= 0.8F;
    return look;
}

std::vector<float> widthsOf(const Table& table, float width) {
    float shares = 0;
    for (const TableColumn& column : table.columns) shares += column.share;
    const float room =
        width - 2 * padding -
        cellGap * static_cast<float>(std::max<std::size_t>(table.columns.size(), 1) - 1);
    std::vector<float> widths;
    for (const TableColumn& column : table.columns) {
        widths.push_back(room * column.share / std::max(shares, 0.01F));
    }
    return widths;
}

// What can be touched begins bold.
Weight weightOf(const TableRow& row, std::size_t column) {
    return !row.choice.empty() && column == 0 ? Weight::bold : Weight::regular;
}

float rowHeight(Scene& scene, const Table& table, const TableRow& row,
                const std::vector<float>& widths) {
    float height = row.choice.empty() ? plainRow : scene.theme.target;
    for (std::size_t i = 0; i < row.cells.size() && i < widths.size(); ++i) {
        const TextLook look = cellLook(scene, alignOf(table.columns[i]), weightOf(row, i));
        height = std::max(
            height,
            scene.canvas.measure(scene.say(row.cells[i]), look, widths[i]).size.height + 14);
    }
    return height;
}

float headHeightOf(Scene& scene, const Table& table, const std::vector<float>& widths) {
    float height = headHeight;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const TextLook look = headLook(scene, alignOf(table.columns[i]));
        const MeasuredText words =
            scene.canvas.measure(scene.say(table.columns[i].head), look, widths[i]);
        height = std::max(height, words.size.height + 8);
    }
    return height;
}

void drawHead(Scene& scene, const Table& table, const Rect& place, const std::vector<float>& widths,
              const std::string& id) {
    scene.canvas.box(place, scene.theme.soft);
    Rect rest = place.inset(padding, 0);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Rect cell = cutLeft(rest, widths[i]);
        const bool fits =
            scene.canvas.text(cell, scene.say(table.columns[i].head),
                              headLook(scene, alignOf(table.columns[i])), scene.theme.ink);
        scene.publish(id + "-head-" + std::to_string(i + 1), Role::text, cell,
                      table.columns[i].head.key, fits);
        cutLeft(rest, cellGap);
    }
}

void drawRow(Scene& scene, const Table& table, const TableRow& row, const Rect& place,
             const std::vector<float>& widths, const std::string& id) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const bool chosen = !row.choice.empty();
    const std::string rowId = chosen ? row.choice : id;
    bool held = false;
    if (chosen) {
        const Touch touch = scene.touchable(rowId, Role::choice, place, row.cells.front().key);
        held = touch.held;
        if (touch.tapped) {
            screen::Action action;
            action.kind = ActionKind::choose;
            action.choice = row.choice;
            scene.answer(std::move(action));
        }
    }
    const bool toned = row.tone != Tone::plain;
    const ToneColours colours =
        toned ? theme.of(row.tone) : ToneColours{theme.surface, theme.ink, theme.outline};
    if (toned || held) canvas.box(place, held ? theme.soft : colours.surface);
    Rect rest = place.inset(padding, 0);
    bool fits = true;
    for (std::size_t i = 0; i < row.cells.size() && i < widths.size(); ++i) {
        const Rect cell = cutLeft(rest, widths[i]);
        fits = canvas.text(cell, scene.say(row.cells[i]),
                           cellLook(scene, alignOf(table.columns[i]), weightOf(row, i)),
                           chosen && i == 0 && !toned ? theme.primary : colours.ink) &&
               fits;
        cutLeft(rest, cellGap);
    }
    canvas.box({place.x, place.bottom() - 1, place.width, 2}, theme.outline.faded(0.6F));
    if (!chosen) scene.publish(rowId, Role::text, place, row.cells.front().key, fits);
    if (chosen && !fits) scene.tellClipped(rowId);
}

TextLook factLabelLook(const Scene& scene) {
    return cellLook(scene, Align::start);
}
TextLook factValueLook(const Scene& scene) {
    return cellLook(scene, Align::end, Weight::bold);
}

float factHeight(Scene& scene, const FactTable::Row& fact, float width) {
    const auto needs = [&scene](const Phrase& words, const TextLook& look, float room) {
        return scene.canvas.measure(scene.say(words), look, room).size.height + 14;
    };
    const float label = width * factLabelShare;
    return std::max({plainRow, needs(fact.label, factLabelLook(scene), label),
                     needs(fact.value, factValueLook(scene), width - label)});
}

std::size_t tileColumns(float width) {
    return std::max<std::size_t>(2, static_cast<std::size_t>(width / widestTile));
}

TextLook tileLook(const Scene& scene) {
    return {scene.theme.smallSize * 0.9F, Weight::bold};
}

float noteHeight(Scene& scene, const Tile& tile, float width) {
    if (tile.note.empty()) return 0;
    return scene.canvas.measure(scene.say(tile.note), {denseSize(scene)}, width).size.height +
           noteGap;
}

// As high as the highest in the row that begins with this one.
float tileRowHeight(Scene& scene, const Tiles& tiles, std::size_t first, std::size_t columns,
                    float width) {
    const float room = width - 2 * padding;
    float height = leastTile;
    for (std::size_t i = first; i < std::min(first + columns, tiles.tiles.size()); ++i) {
        const Tile& tile = tiles.tiles[i];
        const float label =
            scene.canvas.measure(scene.say(tile.label), tileLook(scene), room).size.height;
        height = std::max(height, label + noteHeight(scene, tile, room) + 2 * tileInset);
    }
    return height;
}

float tileWidth(float width, std::size_t columns) {
    const auto across = static_cast<float>(columns);
    return (width - tileGap * (across - 1)) / across;
}

void drawTile(Scene& scene, const Tile& tile, const Rect& place) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const Touch touch = scene.touchable(tile.choice, Role::choice, place, tile.label.key);
    const bool toned = tile.tone != Tone::plain;
    const ToneColours colours = theme.of(tile.tone);
    canvas.shadow(place, theme.radius);
    canvas.box(place,
               touch.held ? theme.soft
               : toned    ? colours.surface
                          : theme.surface,
               theme.radius);
    canvas.frame(place, toned ? colours.ink : theme.primary, touch.held ? heldFrame : 3,
                 theme.radius);
    Rect inner = place.inset(padding, tileInset);
    bool fits = true;
    if (!tile.note.empty()) {
        Rect note = cutBottom(inner, noteHeight(scene, tile, inner.width));
        cutTop(note, noteGap);
        fits = canvas.text(note, scene.say(tile.note), {denseSize(scene)},
                           toned ? colours.ink : theme.mutedInk);
    }
    fits = canvas.text(inner, scene.say(tile.label), tileLook(scene), theme.primary) && fits;
    if (!fits) scene.tellClipped(tile.choice);
    if (!touch.tapped) return;
    screen::Action action;
    action.kind = ActionKind::choose;
    action.choice = tile.choice;
    scene.answer(std::move(action));
}

}  // namespace

float heightOf(Scene& scene, const Table& table, float width) {
    const std::vector<float> widths = widthsOf(table, width);
    float height = headHeightOf(scene, table, widths) + (table.title.empty() ? 0 : titleHeight);
    for (const TableRow& row : table.rows) height += rowHeight(scene, table, row, widths);
    return height + (table.rows.empty() ? plainRow : 0);
}

void draw(Scene& scene, const Table& table, const Rect& place, const std::string& id) {
    const std::vector<float> widths = widthsOf(table, place.width);
    Rect rest = place;
    if (!table.title.empty()) {
        const Rect title = cutTop(rest, titleHeight);
        const bool fits = scene.canvas.text(title, scene.say(table.title),
                                            {scene.theme.smallSize, Weight::bold}, scene.theme.ink);
        scene.publish(id + "-title", Role::text, title, table.title.key, fits);
    }
    scene.canvas.box(rest, scene.theme.surface, 8);
    drawHead(scene, table, cutTop(rest, headHeightOf(scene, table, widths)), widths, id);
    if (table.rows.empty()) {
        const Rect cell = rest.inset(padding, 0);
        const bool fits = scene.canvas.text(cell, scene.say(table.whenEmpty),
                                            cellLook(scene, Align::start), scene.theme.mutedInk);
        scene.publish(id + "-empty", Role::text, rest, table.whenEmpty.key, fits);
    }
    int number = 0;
    for (const TableRow& row : table.rows) {
        drawRow(scene, table, row, cutTop(rest, rowHeight(scene, table, row, widths)), widths,
                id + "-row-" + std::to_string(++number));
    }
}

float heightOf(Scene& scene, const FactTable& facts, float width) {
    float height = 0;
    for (const FactTable::Row& fact : facts.rows) {
        height += factHeight(scene, fact, width - 2 * padding);
    }
    return height;
}

void draw(Scene& scene, const FactTable& facts, const Rect& place, const std::string& id) {
    scene.canvas.box(place, scene.theme.surface, 8);
    Rect rest = place.inset(padding, 0);
    int number = 0;
    for (const FactTable::Row& fact : facts.rows) {
        Rect row = cutTop(rest, factHeight(scene, fact, rest.width));
        const Rect whole = row;
        if (number > 0) {
            scene.canvas.box({row.x, row.y - 1, row.width, 2}, scene.theme.outline.faded(0.6F));
        }
        const Rect label = cutLeft(row, row.width * factLabelShare);
        bool fits = scene.canvas.text(label, scene.say(fact.label), factLabelLook(scene),
                                      scene.theme.mutedInk);
        fits =
            scene.canvas.text(row, scene.say(fact.value), factValueLook(scene), scene.theme.ink) &&
            fits;
        scene.publish(id + "-fact-" + std::to_string(++number), Role::text, whole, fact.label.key,
                      fits);
    }
}

float heightOf(Scene& scene, const Tiles& tiles, float width) {
    const std::size_t columns = tileColumns(width);
    float height = 0;
    for (std::size_t first = 0; first < tiles.tiles.size(); first += columns) {
        height += tileRowHeight(scene, tiles, first, columns, tileWidth(width, columns)) + tileGap;
    }
    return height - tileGap;
}

void draw(Scene& scene, const Tiles& tiles, const Rect& place, const std::string&) {
    const std::size_t columns = tileColumns(place.width);
    const float width = tileWidth(place.width, columns);
    Rect rest = place;
    for (std::size_t first = 0; first < tiles.tiles.size(); first += columns) {
        Rect row = cutTop(rest, tileRowHeight(scene, tiles, first, columns, width));
        cutTop(rest, tileGap);
        for (std::size_t i = first; i < std::min(first + columns, tiles.tiles.size()); ++i) {
            drawTile(scene, tiles.tiles[i], cutLeft(row, width));
            cutLeft(row, tileGap);
        }
    }
}

}  // namespace liqu::ui
