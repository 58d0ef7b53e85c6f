// Everything the chip says before it is trusted: ATR, FCI, BER-TLV, PDOL, AFL, records, names.
// The first byte chooses the parser; none may crash, hang or read past its input.
#include <cstddef>
#include <cstdint>

#include "firmware/chip/atr.hpp"
#include "firmware/chip/bank_application.hpp"
#include "firmware/chip/ber_tlv.hpp"
#include "firmware/chip/file_control.hpp"
#include "firmware/chip/name_coding.hpp"
#include "firmware/chip/record_coding.hpp"

using namespace liqu;
using namespace liqu::chip;

namespace {

void fuzzRecords(ByteView input) {
    const PersonalBytes record(Bytes(input.begin(), input.end()));
    for (const RecordShape& shape : recordTable) {
        const auto value = valueIn(shape, record);
        if (!value) continue;
        // What was read must be readable again from what would be written.
        const auto again = valueIn(shape, recordOf(shape, *value));
        if (!again || !sameValue(shape, *value, *again)) __builtin_trap();
        (void)textOf(shape, *value);
    }
}

void fuzzName(ByteView input) {
    const auto records = nameRecords(PersonalText(textOf(input)));
    if (!records) return;
    if (records->name.reveal().size() != 30 || records->extension.reveal().size() != 20) {
        __builtin_trap();
    }
    (void)joinedName(records->name, records->extension);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input(data + 1, size - 1);
    switch (data[0] % 8) {
        case 0:
            (void)parseAtr(input);
            break;
        case 1:
            (void)parseTlv(input);
            break;
        case 2:
            (void)algorithmOf(input, "420100");
            break;
        case 3:
            (void)checkApplicationName(input);
            break;
        case 4:
            (void)processingOptionsData(input);
            break;
        case 5:
            (void)recordsToRead(input);
            break;
        case 6:
            (void)bankNumberIn(input);
            fuzzRecords(input);
            break;
        case 7:
            fuzzName(input);
            break;
    }
    return 0;
}
