// Digests and the canonical form, by the judge's own hand.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace liqu::judge {

// Sorted keys, no blanks: nlohmann's plain objects are sorted already.
inline std::string canonical(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string sm3Of(const std::string& text);  // upper-case hex
// UTF-8 of GBK bytes; empty where they are not GBK.
std::string nameInGbk(const std::string& bytes);

// Milliseconds since 1970 of "2024-06-01T10:00:00.120+08:00"; none for any other form.
std::optional<std::int64_t> momentOf(const std::string& text);

}  // namespace liqu::judge
