// BER-TLV as cards use it: tags of one to three bytes, lengths to 65,535 (ISO 7816-4, 5.2.2).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::chip {

struct Tlv {
    std::uint32_t tag = 0;
    ByteView value;
};

// The data objects of one level, 00 between them skipped. The views point into `bytes`.
// Fails with chipRecordMalformed.
Result<std::vector<Tlv>> parseTlv(ByteView bytes);

// The value reached by these tags, one per level; nothing where it is absent or malformed.
std::optional<ByteView> findTlv(ByteView bytes, std::initializer_list<std::uint32_t> path);

// A list of tags and lengths without values, such as a PDOL: the sum of the lengths.
// Fails with chipRecordMalformed.
Result<std::size_t> lengthDemandedBy(ByteView dataObjectList);

}  // namespace liqu::chip
