// Who acts on the books. Blank cards are important blank documents (Guangdong Art.36): nobody alone
// moves one out of a counted place. A value and its checks; no thread rule.
#pragma once

#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/two_people.hpp"

namespace liqu::custody {

// samePersonTwice where the text is no badge number: 1 to 20 capital letters, digits or '-'.
Result<void> requireBadge(const std::string& badge);
// samePersonTwice where one is missing or both are the same.
Result<void> requireTwo(const TwoPeople& people);

// By whom an act is done, why and when.
struct Mandate {
    TwoPeople people;
    std::string reason;
    WallTime at{};
};

}  // namespace liqu::custody
