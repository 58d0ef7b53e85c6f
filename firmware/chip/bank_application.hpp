// The bank card number of a prefabricated card, read from its finance application (PBOC): which
// bank's body this is. It changes the current application, so it comes before the social security
// one is selected (hardware-notes/chip.md, "The bank card number").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/chip/card_channel.hpp"

namespace liqu::chip {

// Where one record lies.
struct RecordPlace {
    std::uint8_t shortFileId = 0;
    std::uint8_t number = 0;
};

// The data of GET PROCESSING OPTIONS for this PDOL (may be empty): 83, length, zeros.
Result<Bytes> processingOptionsData(ByteView dataObjectList);
// The records the application file locator names, from a reply in format 80 or 77.
Result<std::vector<RecordPlace>> recordsToRead(ByteView processingOptionsReply);
// Tag 5A, else tag 57 up to its separator; empty where the record has neither.
PersonalText bankNumberIn(ByteView record);

// chipForeign: no finance application. chipRecordMalformed: it names no number.
Result<PersonalText> readBankNumber(CardChannel& channel);

}  // namespace liqu::chip
