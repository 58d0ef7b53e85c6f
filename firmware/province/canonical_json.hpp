// Canonical JSON, what is signed and hashed (decision 17): UTF-8, no white space, keys sorted by
// their bytes, integers only, escapes as in RFC 8785. Reading is strict: no duplicate keys, no
// fractions, no integers beyond 2^53-1, a limit on depth and size. For this folder's .cpp files.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::province {

constexpr std::size_t largestJson = 512 * 1024;
constexpr int deepestJson = 12;

// provinceReplyMalformed; the cause never quotes the text.
Result<nlohmann::json> parseStrictly(std::string_view text);
// documentDataInvalid where a text in it is not UTF-8.
Result<std::string> canonical(const nlohmann::json& value);
// The same of what may be personal; the tree is wiped once its text is made.
Result<PersonalText> canonicalText(nlohmann::json&& body);

// Overwrites every text in it: what JSON carried does not stay behind.
void wipeJson(nlohmann::json& value);

}  // namespace liqu::province
