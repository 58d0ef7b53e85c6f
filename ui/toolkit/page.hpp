// One screen as a value, before it has places: a question, a picture, some blocks of words and
// the answers. ui/screens makes pages, PageView (page_view.hpp) lays them out in either
// orientation.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/screen/person_page.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::ui {

using screen::ActionKind;

using screen::Button;
using screen::Choice;
using screen::Choices;
using screen::Fact;
using screen::Facts;
using screen::Field;
using screen::Fields;
using screen::Notice;
using screen::NumberedList;
using screen::Paragraph;
using screen::Picture;
using screen::QrCode;
using screen::Quote;
using screen::TextSize;
using screen::Tone;
using screen::VisitStage;

// What is done, what is being done, what comes.
struct StepList {
    std::vector<Phrase> steps;
    std::size_t current = 0;
};
struct ProgressBar {
    int percent = 0;
    std::optional<Phrase> timeLeft;
};
// The keys to type Fields with. The values live in Scene::form.
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
// Ways something can be; the one it is, is marked. Answers with `adjust` and the id.
struct Option {
    std::string id;  // "size.l"
    Phrase label;
    bool chosen = false;
};
struct Options {
    Phrase label;
    std::vector<Option> options;
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
                           ProgressBar, Fields, Keypad, Table, FactTable, Tiles, QrCode, Options>;

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
