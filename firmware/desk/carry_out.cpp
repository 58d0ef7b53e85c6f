#include "firmware/desk/carry_out.hpp"

#include "firmware/custody/books_clock.hpp"
#include "firmware/province/epoch.hpp"

namespace liqu::desk {
namespace {

Result<void> requireDeed(const DeskParts& parts) {
    if (parts.deed) return {};
    return fail(ErrorCode::staffMayNot, "an act without a name for the record");
}

Result<void> requirePeople(const staff::Deed& deed, const TwoPeople& people) {
    if (staff::needsTwo(deed.act) || !people.secondOperatorId.empty()) {
        return custody::requireTwo(people);
    }
    return custody::requireBadge(people.operatorId);
}

// Only a renewal makes an older copy the books.
Result<void> requireNewestBooks(const DeskParts& parts) {
    if (parts.deed->act == staff::Act::renewBooks) return {};
    return province::requireNewest(parts.database);
}

}  // namespace

Result<custody::Mandate> mandateOf(const DeskParts& parts, const TwoPeople& people,
                                   const std::string& reason) {
    TRY(requireDeed(parts));
    TRY(requirePeople(*parts.deed, people));
    TRY(requireNewestBooks(parts));
    const WallTime now = parts.clock.wallTime();
    TRY(custody::requireClock(parts.database, now));
    return custody::Mandate{people, reason, now};
}

Result<custody::Mandate> mandateOfOneOfTwo(const DeskParts& parts, const std::string& badge) {
    TRY(requireDeed(parts));
    TRY(custody::requireBadge(badge));
    TRY(requireNewestBooks(parts));
    const WallTime now = parts.clock.wallTime();
    TRY(custody::requireClock(parts.database, now));
    return custody::Mandate{{badge, ""}, "", now};
}

Result<custody::Mandate> mandateAboutClock(const DeskParts& parts, const TwoPeople& people,
                                           const std::string& reason) {
    TRY(requireDeed(parts));
    TRY(requirePeople(*parts.deed, people));
    return custody::Mandate{people, reason, parts.clock.wallTime()};
}

Result<void> writeLine(const DeskParts& parts, storage::Transaction& transaction,
                       const custody::Mandate& mandate) {
    return staff::record(transaction, staff::lineOf(*parts.deed, mandate.people, mandate.at));
}

}  // namespace liqu::desk
