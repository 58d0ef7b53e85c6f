// One screen as a value, before it has places: a question, a picture, some blocks of words and
// the answers. ui/screens makes pages, PageView (page_view.hpp) lays them out in either
// orientation.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/session/action.hpp"
#include "ui/toolkit/pictures.hpp"
#include "ui/toolkit/theme.hpp"
#include "ui/toolkit/words.hpp"

namespace liqu::ui {

using session::ActionKind;

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
struct NumberedList {
    std::vector<Phrase> items;
};
struct Choice {
    ActionKind action = ActionKind::confirm;
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
// Badge number and PIN of an attendant, and the keys to type them.
struct AttendantFields {};
struct Keypad {};

using Block = std::variant<Paragraph, Notice, Facts, NumberedList, Choices, StepList, ProgressBar,
                           AttendantFields, Keypad>;

struct Button {
    ActionKind action = ActionKind::confirm;
    Phrase label;
    bool primary = false;
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
};

}  // namespace liqu::ui
