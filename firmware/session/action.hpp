// What a person touched. The ids are also the widgets' names in the screen map.
#pragma once

#include <cstdint>
#include <string_view>

#include "firmware/base/personal.hpp"

namespace liqu::session {

enum class ActionKind : std::uint8_t {
    start,              // welcome
    back,
    home,
    callAssistant,
    moreTime,
    switchLanguage,
    confirm,            // yes, go on
    decline,            // no
    chooseFirstCard,
    chooseReplacement,
    attendantConfirm,   // with badge and pin
    reportProblem,      // "problem with my card"
    finish,
};

struct Action {
    ActionKind kind = ActionKind::start;
    SecretText badge{};
    SecretText pin{};
};

// "start", "back", "call-assistant" …
std::string_view nameOf(ActionKind kind);

}  // namespace liqu::session
