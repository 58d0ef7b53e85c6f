// Pages for staff: a short heading, everything from the top, small letters. Portrait: one column.
// Landscape: two where the page has something beside, or has no room otherwise. What has no room
// comes in parts; the keys and what they fill stay together, on the last.
#include <algorithm>

#include "ui/toolkit/arrangement.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float space = 24;
constexpr float denseColumnGap = 40;
constexpr float blockGap = 20;
constexpr float buttonGap = 20;
constexpr std::size_t buttonsInRow = 3;
constexpr std::size_t buttonsInWideRow = 4;
// A table of more is read across the whole width.
constexpr std::size_t mostColumnsOfHalf = 3;

// Many, on a panel that lies on its side and has little height: more beside each other.
std::size_t rowLength(Scene& scene, const std::vector<Button>& buttons, float width,
                      Orientation orientation) {
    const auto count = static_cast<float>(buttonsInWideRow);
    const float share = (width - buttonGap * (count - 1)) / count;
    const bool wide = orientation == Orientation::landscape && buttons.size() > 2 * buttonsInRow &&
                      std::ranges::none_of(buttons, [&](const Button& button) {
                          return cutsLabel(scene, button, share);
                      });
    return wide ? buttonsInWideRow : buttonsInRow;
}

// Rows of buttons, the main one at the end of the last row.
float rowsHeight(const Scene& scene, std::size_t buttons, std::size_t inRow) {
    const std::size_t rows = (buttons + inRow - 1) / inRow;
    return static_cast<float>(rows) * (scene.theme.target + buttonGap);
}

void placeRows(const Scene& scene, Arrangement& arrangement, const std::vector<Button>& buttons,
               std::size_t inRow, Rect rest) {
    for (std::size_t from = 0; from < buttons.size(); from += inRow) {
        const std::size_t count = std::min(inRow, buttons.size() - from);
        Rect row = cutBottom(rest, scene.theme.target);
        cutBottom(rest, buttonGap);
        const float width =
            (row.width - buttonGap * static_cast<float>(count - 1)) / static_cast<float>(count);
        for (std::size_t i = 0; i < count; ++i) {
            arrangement.placed.push_back({buttons[from + i], cutRight(row, width)});
            cutRight(row, buttonGap);
        }
    }
}

// Two columns, or one where nothing stands beside, and what takes the whole width below them.
struct Spread {
    std::vector<Block> beside;
    std::vector<Block> blocks;
    std::vector<Block> below;
};

float columnsHeight(Scene& scene, const Spread& spread, float width) {
    if (spread.beside.empty()) return stackHeight(scene, spread.blocks, width, blockGap);
    const float column = (width - denseColumnGap) / 2;
    return std::max(stackHeight(scene, spread.beside, column, blockGap),
                    stackHeight(scene, spread.blocks, column, blockGap));
}

bool hasRoom(Scene& scene, const Spread& spread, float width, float height) {
    const float needed =
        columnsHeight(scene, spread, width) + stackHeight(scene, spread.below, width, blockGap);
    return needed - blockGap <= height + 0.5F;
}

void place(Scene& scene, Arrangement& arrangement, const Spread& spread, Rect rest) {
    Rect columns =
        spread.below.empty() ? rest : cutTop(rest, columnsHeight(scene, spread, rest.width));
    if (!spread.beside.empty()) {
        const Rect left = cutLeft(columns, (columns.width - denseColumnGap) / 2);
        cutLeft(columns, denseColumnGap);
        placeStack(scene, arrangement, spread.beside, left, blockGap, "beside-");
    }
    placeStack(scene, arrangement, spread.blocks, columns, blockGap, "block-");
    placeStack(scene, arrangement, spread.below, rest, blockGap, "last-");
}

void append(std::vector<Block>& blocks, const std::vector<Block>& more) {
    blocks.insert(blocks.end(), more.begin(), more.end());
}

Spread spreadOf(const Page& page, Orientation orientation) {
    if (orientation == Orientation::landscape) {
        Spread spread{page.beside, page.blocks, {}};
        if (page.wideLast && !spread.blocks.empty()) {
            spread.below.push_back(spread.blocks.back());
            spread.blocks.pop_back();
        }
        return spread;
    }
    Spread spread{{}, page.beside, {}};
    append(spread.blocks, page.blocks);
    return spread;
}

// The keys and what they fill, taken off the end of what else there is.
Spread takeKeys(std::vector<Block>& blocks, const Page& page, Orientation orientation) {
    Spread keys;
    if (blocks.empty() || !std::holds_alternative<Keypad>(blocks.back())) return keys;
    keys.blocks.push_back(blocks.back());
    blocks.pop_back();
    if (blocks.empty() || !std::holds_alternative<Fields>(blocks.back())) return keys;
    const bool columns = orientation == Orientation::landscape && !page.wideLast;
    std::vector<Block>& before = columns ? keys.beside : keys.blocks;
    before.insert(before.begin(), blocks.back());
    blocks.pop_back();
    return keys;
}

bool isReadInHalf(Scene& scene, const Block& block, float width) {
    if (const auto* table = std::get_if<Table>(&block)) {
        return table->columns.size() <= mostColumnsOfHalf && !cutsWord(scene, block, width);
    }
    const bool isWords = std::holds_alternative<Notice>(block) ||
                         std::holds_alternative<FactTable>(block) ||
                         std::holds_alternative<NumberedList>(block);
    return isWords && !cutsWord(scene, block, width);
}

// Read down one column, then down the other: all on one part where that makes the room, else two
// columns on each. Nothing where halves are too narrow.
std::vector<Spread> inColumns(Scene& scene, const Page& page, const Rect& rest, float answers) {
    std::vector<Block> read = page.beside;
    append(read, page.blocks);
    const Stack half{(rest.width - denseColumnGap) / 2, blockGap};
    const auto isRead = [&](const Block& block) { return isReadInHalf(scene, block, half.width); };
    if (!std::ranges::all_of(read, isRead)) return {};
    const float whole = rest.height - answers;
    const auto both = inParts(scene, read, half, whole, whole);
    if (both && both->size() == 2) return {{both->front(), both->back(), {}}};
    const float room = rest.height - scene.theme.target - blockGap;
    const auto parts = inParts(scene, std::move(read), half, room, room);
    if (!parts) return {};
    std::vector<Spread> spreads;
    for (std::size_t at = 0; at < parts->size(); at += 2) {
        const bool pair = at + 1 < parts->size();
        spreads.push_back(pair ? Spread{(*parts)[at], (*parts)[at + 1], {}}
                               : Spread{{}, (*parts)[at], {}});
    }
    // The answers have a part of their own where the last one has no room for them.
    if (!hasRoom(scene, spreads.back(), rest.width, room - answers)) spreads.emplace_back();
    return spreads;
}

// What stands on each part; nothing where something that cannot be cut has no room.
std::vector<Spread> inSpreads(Scene& scene, const Page& page, Orientation orientation,
                              const Rect& rest, float answers) {
    if (orientation == Orientation::landscape) {
        if (auto columns = inColumns(scene, page, rest, answers); !columns.empty()) return columns;
    }
    const float room = rest.height - scene.theme.target - blockGap;
    std::vector<Block> read = page.beside;
    append(read, page.blocks);
    Spread keys = takeKeys(read, page, orientation);
    const bool types = !keys.blocks.empty();
    if (types && !hasRoom(scene, keys, rest.width, room - answers)) return {};
    const auto parts = inParts(scene, std::move(read), {rest.width, blockGap}, room,
                               types ? room : room - answers);
    std::vector<Spread> spreads;
    for (const auto& part : parts.value_or(std::vector<std::vector<Block>>{})) {
        spreads.push_back({{}, part, {}});
    }
    if (types && !spreads.empty()) spreads.push_back(std::move(keys));
    return spreads;
}

}  // namespace

Arrangement arrangeDense(Scene& scene, const Page& page, Rect rest, Orientation orientation,
                         std::size_t part) {
    scene.dense = true;
    rest = rest.inset(scene.theme.margin * 0.6F, space);
    Arrangement arrangement{.placed = {}, .body = rest};
    placeHeading(scene, arrangement, page, {scene.theme.bodySize, Weight::bold}, rest, blockGap);
    std::vector<Spread> spreads = {spreadOf(page, orientation)};
    const std::size_t inRow = rowLength(scene, page.buttons, rest.width, orientation);
    const float answers = rowsHeight(scene, page.buttons.size(), inRow);
    arrangement.fits = hasRoom(scene, spreads.front(), rest.width, rest.height - answers);
    if (!arrangement.fits) {
        auto several = inSpreads(scene, page, orientation, rest, answers);
        arrangement.fits = !several.empty();
        if (arrangement.fits) spreads = std::move(several);
    }
    arrangement.part = std::min(part, spreads.size() - 1);
    const bool last = arrangement.part + 1 == spreads.size();
    const Rect ends = last ? cutBottom(rest, answers) : Rect{};
    if (spreads.size() > 1) {
        placeTurns(scene, arrangement, spreads.size(), cutBottom(rest, scene.theme.target));
        cutBottom(rest, blockGap);
    }
    place(scene, arrangement, spreads[arrangement.part], rest);
    if (last) placeRows(scene, arrangement, page.buttons, inRow, ends);
    return arrangement;
}

}  // namespace liqu::ui
