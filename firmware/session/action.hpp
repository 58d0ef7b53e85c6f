// What a person touched. The ids are also the widgets' names in the screen map.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"

namespace liqu::session {

enum class ActionKind : std::uint8_t {
    start,  // welcome
    back,
    home,
    callAssistant,
    moreTime,
    switchLanguage,
    confirm,  // yes, go on
    decline,  // no
    chooseFirstCard,
    chooseReplacement,
    attendantConfirm,  // typed: badge, pin
    reportProblem,     // "problem with my card"
    finish,
    staffCorner,  // the corner of the welcome screen that only staff know
    submit,       // a form, with what was typed
    choose,       // a row, a tile or a way on, named by choice
    stillHere,    // touched or typed something that is no answer: somebody is there
};

struct Action {
    ActionKind kind = ActionKind::start;
    std::string choice{};                                    // choose: the id of what was touched
    std::map<std::string, SecretText, std::less<>> typed{};  // by the field's id

    // What was typed into a field; empty where there is no such field.
    SecretText entry(std::string_view field) const;
};

// "start", "back", "call-assistant" …
std::string_view nameOf(ActionKind kind);

}  // namespace liqu::session
