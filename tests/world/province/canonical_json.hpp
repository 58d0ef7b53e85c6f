// The canonical form of a JSON value, over which hash and signature are made (decision 17): keys
// sorted by their bytes, no blanks, UTF-8 unescaped, integers only. Written against the contract,
// apart from the firmware's own writer: the two must agree, not share a mistake.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "firmware/base/result.hpp"

namespace liqu::world {

// Fails with provinceReplyMalformed where a value has no canonical form: a fraction, a key that is
// not ASCII, text that is not UTF-8.
Result<std::string> canonicalText(const nlohmann::json& value);

}  // namespace liqu::world
