// Between the items of an order and the bytes of the records. BCD is filled with nibble F, text
// with 00 on the right; both ways of padding text are read (hardware-notes/chip.md, "Records of
// EF06").
#pragma once

#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/personalisation.hpp"
#include "firmware/chip/record_table.hpp"

namespace liqu::chip {

// The values an order wants on the chip, each padded to its record's length; empty for an item the
// order leaves out. chipItemUnfit names a bad item; nameDoesNotFitChip,
// nameCharacterNotOnChip.
Result<RecordValues> valuesFor(const card::ChipItems& items);

// The record on the wire: tag, length, value.
PersonalBytes recordOf(const RecordShape& shape, const PersonalBytes& value);
// The value of a record read from the card; empty for one never written.
// chipRecordMalformed: another tag, or cut short.
Result<PersonalBytes> valueIn(const RecordShape& shape, const PersonalBytes& record);

// Never written, or nothing but filler: 00, FF, and for text 20.
bool isBlank(Coding coding, const PersonalBytes& value);
// Equal but for the padding.
bool sameValue(const RecordShape& shape, const PersonalBytes& left, const PersonalBytes& right);

// Digits or characters without padding. The two name records are joined by nameOf.
std::string textOf(const RecordShape& shape, const PersonalBytes& value);
// The whole name in UTF-8; fails with chipRecordMalformed on bytes that are no GB 18030.
Result<PersonalText> nameIn(const RecordValues& values);

}  // namespace liqu::chip
