// What a person touched. The ids are also the widgets' names in the screen map.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"
#include "firmware/base/words.hpp"

namespace liqu::screen {

enum class ActionKind : std::uint8_t {
    start,  // welcome
    back,
    home,
    callAssistant,
    moreTime,
    adjust,            // language, letters, contrast: choice says to what (comfort.hpp)
    confirm,           // yes, go on
    decline,           // no
    attendantConfirm,  // typed: badge, pin
    reportProblem,     // "problem with my card"
    finish,
    staffCorner,  // the corner of the welcome screen that only staff know
    submit,       // a form, with what was typed
    choose,       // a row, a tile or a way on, named by choice
    stillHere,    // touched or typed something that is no answer: somebody is there
    guide,        // what can be done here and elsewhere, to read
};
constexpr auto wordsOf(ActionKind) {
    return words<ActionKind>({{ActionKind::start, "start"},
                              {ActionKind::back, "back"},
                              {ActionKind::home, "home"},
                              {ActionKind::callAssistant, "call-assistant"},
                              {ActionKind::moreTime, "more-time"},
                              {ActionKind::adjust, "adjust"},
                              {ActionKind::confirm, "confirm"},
                              {ActionKind::decline, "decline"},
                              {ActionKind::attendantConfirm, "attendant-confirm"},
                              {ActionKind::reportProblem, "report-problem"},
                              {ActionKind::finish, "finish"},
                              {ActionKind::staffCorner, "staff-corner"},
                              {ActionKind::submit, "submit"},
                              {ActionKind::choose, "choose"},
                              {ActionKind::stillHere, "still-here"},
                              {ActionKind::guide, "guide"}});
}

struct Action {
    ActionKind kind = ActionKind::start;
    std::string choice{};                                    // choose: the id of what was touched
    std::map<std::string, SecretText, std::less<>> typed{};  // by the field's id

    // What was typed into a field; empty where there is no such field.
    SecretText entry(std::string_view field) const;
};

}  // namespace liqu::screen
