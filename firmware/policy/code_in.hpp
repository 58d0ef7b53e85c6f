// Codes as the contract with the province spells them (firmware/province/openapi.json): what would
// be refused there, or become part of a file's name here, is refused when the file is read.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/config_file.hpp"

namespace liqu::policy {

struct CodeRule {
    std::string_view letters;
    std::size_t least = 1;
    std::size_t most = 1;
};

inline constexpr std::string_view digits = "0123456789";
inline constexpr CodeRule terminalCode{"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", 1, 24};
inline constexpr CodeRule outletCode{"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", 1, 20};
inline constexpr CodeRule bankCode{"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 1, 10};
inline constexpr CodeRule policyCode{"abcdefghijklmnopqrstuvwxyz0123456789.-", 1, 64};
inline constexpr CodeRule areaCode{digits, 6, 6};
inline constexpr CodeRule cardPrefix{digits, 1, 19};

inline Result<std::string> codeIn(const ConfigFile& file, const std::string& key,
                                  const CodeRule& rule) {
    std::string code = TRY(file.text(key));
    const bool begins = !code.empty() && code.front() != '-' && code.front() != '.';
    if (begins && code.size() >= rule.least && code.size() <= rule.most &&
        code.find_first_not_of(rule.letters) == std::string::npos) {
        return code;
    }
    const std::string length =
        rule.least == rule.most ? std::to_string(rule.most)
                                : std::to_string(rule.least) + " to " + std::to_string(rule.most);
    TRY(file.refuse(ErrorCode::configBadValue, key,
                    "must be " + length + " of: " + std::string(rule.letters)));
    return code;
}

}  // namespace liqu::policy
