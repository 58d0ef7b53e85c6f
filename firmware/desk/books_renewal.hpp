// Books that are not the newest (restored from a copy, or made anew) go on in a new epoch, when two
// people here and the province agree (decision 36). What the province was told before is lost here:
// every place is counted afterwards.
#pragma once

#include "firmware/desk/carry_out.hpp"
#include "firmware/province/province.hpp"

namespace liqu::desk {

struct RenewalParts {
    const DeskParts& desk;
    province::Province& province;
    Random& random;
    std::string firmwareVersion;
};

// booksNotNewest where the province does not agree; asking again asks for the same epoch.
// Answers the epoch.
Result<std::string> renewBooks(const RenewalParts& parts, const TwoPeople& people,
                               const std::string& reason);

}  // namespace liqu::desk
