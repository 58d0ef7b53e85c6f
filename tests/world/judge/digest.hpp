// Digests and the canonical form, by the judge's own hand.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace liqu::judge {

// Sorted keys, no blanks: nlohmann's plain objects are sorted already.
inline std::string canonical(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string sm3Of(const std::string& text);  // upper-case hex
// UTF-8 of GBK bytes; empty where they are not GBK.
std::string nameInGbk(const std::string& bytes);

}  // namespace liqu::judge
