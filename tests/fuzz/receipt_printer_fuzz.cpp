// Arbitrary bytes from a slip printer, whatever was asked of it.
#include "drivers/receipt_printer/status_reader.hpp"
#include "firmware/base/assert.hpp"

using namespace liqu;
using namespace liqu::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    StatusReader reader;
    bool asked = false;
    for (std::size_t at = 0; at < size; ++at) {
        // Now and then something is asked, also while a group is half read.
        if (bytes[at] % 7 == 0 && at + 1 < size) {
            reader.await(static_cast<Awaited>(bytes[at + 1] % 5));
            asked = bytes[at + 1] % 5 != 0;
        }
        const auto event = reader.take(bytes[at]);
        if (!event || event->kind != StatusEvent::Kind::answer) continue;
        // One answer to one question.
        LIQU_ASSERT(asked);
        asked = false;
        PrinterFlags flags = flagsOfSix(event->bytes);
        flags.add(flagsOfAutomatic(event->bytes));
        for (int question = 0; question < 6; ++question) {
            flags.add(flagsOfRealTime(question, event->bytes[0]));
        }
        flags.add(flagsOfEjector(event->bytes[0]));
        static_cast<void>(troubleOf(flags, ""));
    }
    return 0;
}
