// What the pages of all questions have: when they were answered, and whom else to ask.
#pragma once

#include <string>

#include "firmware/services/service.hpp"

namespace liqu::services {

// "2024-05-11" of "2024-05-11T10:22:31.000+08:00" and of "20240511".
std::string dayOf(const std::string& timeOrDate);

// As the words' keys have them.
inline constexpr auto cardStateWords =
    words<province::CardState>({{province::CardState::none, "none"},
                                {province::CardState::notEnabled, "not-enabled"},
                                {province::CardState::normal, "normal"},
                                {province::CardState::tempLost, "temp-lost"},
                                {province::CardState::formalLost, "formal-lost"},
                                {province::CardState::replacing, "replacing"},
                                {province::CardState::cancelled, "cancelled"},
                                {province::CardState::unknown, "unknown"}});
// What a card's state is, and what then: "card-state.normal", "card-state.normal-next".
std::string cardStateKey(province::CardState state);
void tellState(screen::PersonPage& page, province::CardState state);

// name: of the page, and of its question "<name>.question".
screen::PersonPage queryPage(const std::string& name, const Occasion& occasion);

// What is there besides: named, and then said, before the rest of what stands beside.
void tellBeside(screen::PersonPage& page, screen::Phrase name, screen::Phrase said);

}  // namespace liqu::services
