// The written form of what an order keeps sealed: chip items, face items, read-back.
#pragma once

#include <optional>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/personalisation.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::issuance {

struct SealedItems {
    card::ChipItems chip;
    card::FaceItems face;
    std::optional<province::ReadBack> readBack;
};

PersonalBytes serialise(const SealedItems& items);
// sealBroken where the bytes are not what serialise wrote.
Result<SealedItems> parse(ByteView bytes);

}  // namespace liqu::issuance
