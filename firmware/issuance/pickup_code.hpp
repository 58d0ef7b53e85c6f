// 取卡码: what a holder tells staff to get a card that was kept. A value; no thread rule.
#pragma once

#include <string>

#include "firmware/base/random.hpp"

namespace liqu::issuance {

// Six digits.
std::string makePickupCode(Random& random);

}  // namespace liqu::issuance
