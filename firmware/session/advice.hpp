// What the province tells a person to do is its own text: shown as it is, after checks. Pure.
#pragma once

#include <string>

#include "firmware/base/personal.hpp"

namespace liqu::session {

// The text, trimmed; empty where it could not be shown as a sentence: not UTF-8, too long, or with
// signs that are none (controls, bidirectional overrides, private use). It may name the person.
PersonalText checkedAdvice(const std::string& fromProvince);

}  // namespace liqu::session
