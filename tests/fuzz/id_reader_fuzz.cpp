// Arbitrary bytes from an ID-card reader: the frame parser with arbitrary cuts, and whatever it
// takes for an answer as the content of a document. The first byte says where to cut.
#include <algorithm>

#include "drivers/id_reader/sdt_frame.hpp"
#include "drivers/id_reader/text_block.hpp"
#include "firmware/base/assert.hpp"

using namespace liqu;
using namespace liqu::drivers::sdt;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t cut = std::size_t{bytes[0]} + 1;
    const ByteView input(bytes + 1, size - 1);
    FrameParser parser;
    for (std::size_t at = 0; at < input.size(); at += cut) {
        parser.feed(input.subspan(at, std::min(cut, input.size() - at)));
        while (true) {
            const auto next = parser.next();
            if (next && !*next) break;
            if (!next) continue;
            static_cast<void>(parseBaseMessage((*next)->data.reveal()));
            static_cast<void>(formatModuleNumber((*next)->data.reveal()));
        }
        LIQU_ASSERT(!parser.begun() || parser.wanted() > 0);
    }
    // Few random bytes survive the check byte, so the block is also tried by itself.
    if (input.size() >= textBlockSize) {
        static_cast<void>(parseTextBlock(input.first(textBlockSize)));
    }
    return 0;
}
