// A name in the two-byte codes of GB 18030 over two records: 姓名 (30 bytes) and 姓名扩展 (20
// bytes), never cut inside a character (hardware-notes/chip.md, "Records of EF06").
#pragma once

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::chip {

struct NameRecords {
    PersonalBytes name;       // 30 bytes, padded with 00
    PersonalBytes extension;  // 20 bytes, padded with 00; all 00 where the name is short
};

// The name in wire form. nameDoesNotFitChip: too long. nameCharacterNotOnChip: a character without
// a two-byte code. Issuance asks this before a blank is fed (decision 19).
Result<NameRecords> nameRecords(const PersonalText& utf8);

// The name of both records, padding of 00 or 20 taken off. chipRecordMalformed: not in this code.
Result<PersonalText> joinedName(const PersonalBytes& name, const PersonalBytes& extension);

}  // namespace liqu::chip
