// Who acts on the books. Blank cards are important blank documents (Guangdong Art.36): nobody alone
// moves one out of a counted place. Values and one check; no thread rule.
#pragma once

#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::custody {

// Badge numbers, not names.
struct TwoPeople {
    std::string operatorId = {};
    std::string secondOperatorId = {};
};

// samePersonTwice where the text is no badge number: 1 to 20 capital letters, digits or '-'.
Result<void> requireBadge(const std::string& badge);
// samePersonTwice where one is missing or both are the same.
Result<void> requireTwo(const TwoPeople& people);

// An act of staff: who, why, when.
struct Act {
    TwoPeople people;
    std::string reason;
    WallTime at{};
};

}  // namespace liqu::custody
