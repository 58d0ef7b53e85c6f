// 一次性告知单: the slip of who was refused. Everything that is known to stand in the way, each
// with what is to be done, then what to bring, where, and how long it takes: once, and in writing
// (Shangluo Window Art.6; Guangdong Art.8 step 5; Changji 6.2.2).
#pragma once

#include "firmware/session/problem_page.hpp"

namespace liqu::session {

// In both languages, with the words of the screens. Empty where these are not at hand.
ports::SlipFields refusalFields(const Problem& problem, const SessionParts& parts);

}  // namespace liqu::session
