// The one question a recovery leaves to people: is the face of a card in the hold bin complete?
// Complete: 制卡补登, the result is registered after all and the card waits for its holder.
// Not: 制卡失败, the card is spoiled and the application can be led on (Guangdong Art.36 流(三),
// decision 3).
#pragma once

#include "firmware/desk/carry_out.hpp"

namespace liqu::desk {

enum class FaceVerdict : std::uint8_t { complete, incomplete };

// moveNotPossible where the order does not wait for staff, or where a face is called complete of a
// card that does not lie in the hold bin; dayFrozen.
Result<void> settleStaffLook(const DeskParts& parts, const std::string& orderId,
                             FaceVerdict verdict, const TwoPeople& people);

}  // namespace liqu::desk
