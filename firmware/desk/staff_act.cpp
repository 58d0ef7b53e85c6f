#include "firmware/desk/staff_act.hpp"

#include "firmware/custody/books_clock.hpp"
#include "firmware/province/epoch.hpp"

namespace liqu::desk {
namespace {

Result<void> requireDeed(const DeskParts& parts) {
    if (parts.deed) return {};
    return fail(ErrorCode::staffMayNot, "an act without a name for the record");
}

Result<void> requireHands(const staff::Deed& deed, const TwoPeople& people) {
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

Result<custody::Act> actOf(const DeskParts& parts, const TwoPeople& people,
                           const std::string& reason) {
    TRY(requireDeed(parts));
    TRY(requireHands(*parts.deed, people));
    TRY(requireNewestBooks(parts));
    const WallTime now = parts.clock.wallTime();
    TRY(custody::requireClock(parts.database, now));
    return custody::Act{people, reason, now};
}

Result<custody::Act> actOfOneOfTwo(const DeskParts& parts, const std::string& badge) {
    TRY(requireDeed(parts));
    TRY(custody::requireBadge(badge));
    TRY(requireNewestBooks(parts));
    const WallTime now = parts.clock.wallTime();
    TRY(custody::requireClock(parts.database, now));
    return custody::Act{{badge, ""}, "", now};
}

Result<custody::Act> actAboutClock(const DeskParts& parts, const TwoPeople& people,
                                   const std::string& reason) {
    TRY(requireDeed(parts));
    TRY(requireHands(*parts.deed, people));
    return custody::Act{people, reason, parts.clock.wallTime()};
}

Result<void> writeLine(const DeskParts& parts, storage::Transaction& transaction,
                       const custody::Act& act) {
    return staff::record(transaction, staff::lineOf(*parts.deed, act.people.operatorId,
                                                    act.people.secondOperatorId, act.at));
}

}  // namespace liqu::desk
