// What all kinds of 换卡 have alike (Guangdong Art.27–30, Shangluo Window Art.17, Shangluo Art.9,
// Changji 1): which card may be exchanged, what is said of the others, and what changes with it.
#pragma once

#include <array>

#include "firmware/services/service.hpp"

namespace liqu::services {

// Which of the person's cards may be exchanged; or why none, and what helps there.
Result<Subjects> exchangeable(const Exchange& exchange, const Question& question);

// 主动告知持卡人社保待遇发放账户变更事宜 (Guangdong Art.27(3)): its own yes.
screen::PersonPage exchangeNotice(const std::string& bankName);

// Every page of an exchange, with made-up values.
std::vector<screen::PersonPage> exchangePages(const Occasion& occasion);

inline constexpr std::array exchangeSays = {province::MessageType::cardQuery,
                                            province::MessageType::cardRecover};

}  // namespace liqu::services
