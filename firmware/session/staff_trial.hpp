// What became of the last trial with a test card, in words. No thread rule.
#pragma once

#include "firmware/desk/trial_issue.hpp"
#include "firmware/session/staff_words.hpp"

namespace liqu::session {

Phrase lastTrialWords(const Result<std::optional<desk::LastTrial>>& last);

}  // namespace liqu::session
