// One screen as a value, before it has places: a question, a picture, some blocks of words and
// the answers. ui/screens makes pages, PageView (page_view.hpp) lays them out in either
// orientation.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/screen/action.hpp"
#include "ui/toolkit/pictures.hpp"
#include "ui/toolkit/theme.hpp"
#include "ui/toolkit/words.hpp"

namespace liqu::ui {

using screen::ActionKind;

enum class TextSize : std::uint8_t { small, body, large };

struct Paragraph {
    Phrase text;
    TextSize size = TextSize::body;
    bool muted = false;
};
// A line that must be seen: a sign and a surface of its own.
struct Notice {
    Phrase text;
    Tone tone = Tone::info;
};
// A label and what belongs to this person. Never told to the screen map, wiped afterwards.
struct Fact {
    Phrase label;
    PersonalText value;
};
struct Facts {
    std::vector<Fact> facts;
};
// What somebody else says, in their own words; it may be about this person.
struct Quote {
    Phrase who;
    PersonalText text;
};
struct NumberedList {
    std::vector<Phrase> items;
};
struct Choice {
    std::string id;  // what ActionKind::choose names
    Phrase title;
    Phrase detail;
    Picture picture = Picture::none;
};
struct Choices {
    std::vector<Choice> choices;
};
// What is done, what is being done, what comes.
struct StepList {
    std::vector<Phrase> steps;
    std::size_t current = 0;
};
struct ProgressBar {
    int percent = 0;
    std::optional<Phrase> timeLeft;
};
// What is typed, and the keys to type it with. The values live in Scene::form.
struct Field {
    std::string id;
    Phrase label;
    screen::FieldKind kind = screen::FieldKind::digits;
    std::size_t longest = 8;
};
struct Fields {
    std::vector<Field> fields;
};
struct Keypad {
    bool letters = false;
};
// For staff: many figures at once.
struct TableColumn {
    Phrase head;
    float share = 1;  // of the width, beside the others' shares
    bool right = false;
};
struct TableRow {
    std::vector<Phrase> cells;
    std::string choice;  // not empty: the row can be touched and answers with this
    Tone tone = Tone::plain;
};
struct Table {
    Phrase title;
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    Phrase whenEmpty;
};
// Labels and values that are nobody's personal data.
struct FactTable {
    struct Row {
        Phrase label;
        Phrase value;
    };
    std::vector<Row> rows;
};
// A menu: many ways on, none of them the main one.
struct Tile {
    std::string choice;
    Phrase label;
    Phrase note;
    Tone tone = Tone::plain;
};
struct Tiles {
    std::vector<Tile> tiles;
};

using Block = std::variant<Paragraph, Notice, Facts, Quote, NumberedList, Choices, StepList,
                           ProgressBar, Fields, Keypad, Table, FactTable, Tiles>;

struct Button {
    ActionKind action = ActionKind::confirm;
    Phrase label;
    bool primary = false;
    std::string choice{};  // with ActionKind::choose: which one, and the id in the screen map
};

// Where in the visit the person is; shown in the header.
enum class VisitStage : std::uint8_t { none, identify, confirm, make, take };

struct Page {
    std::string name;
    VisitStage stage = VisitStage::none;
    Phrase question;
    Picture picture = Picture::none;
    std::vector<Block> beside;  // under the picture where there are two columns
    bool besideLast = false;    // in one column: after the blocks, not before them
    std::vector<Block> blocks;
    std::vector<Button> buttons;
    // For staff: small letters, many things, from the top.
    bool dense = false;
    // Dense, in landscape: the last block takes the whole width, below both columns.
    bool wideLast = false;
    // A corner of the header that opens the sign-in of staff, known to them alone.
    bool staffCorner = false;
};

}  // namespace liqu::ui
