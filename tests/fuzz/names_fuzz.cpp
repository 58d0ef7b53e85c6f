// Any bytes as a name: as text, and as the chip's or the ID card's own coding.
#include <cstddef>
#include <cstdint>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"
#include "firmware/base/error.hpp"
#include "firmware/card/person_name.hpp"
#include "firmware/chip/name_coding.hpp"

using namespace liqu;

namespace {

void fuzzText(const std::string& text) {
    const std::string name = card::wireName(text).reveal();
    // Made once, it stays so.
    LIQU_ASSERT(card::wireName(name).reveal() == name);
    LIQU_ASSERT(name.empty() || card::sameName(text, name));
    (void)card::holdsPinyin(text);
    (void)printableLine(text);
    const auto records = chip::nameRecords(PersonalText(text));
    if (!records) return;
    LIQU_ASSERT(records->name.reveal().size() == 30 && records->extension.reveal().size() == 20);
    // What was written is read again, but for the filler at the end.
    const auto back = chip::joinedName(records->name, records->extension);
    LIQU_ASSERT(back && name.starts_with(back->reveal()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input(data + 1, size - 1);
    switch (data[0] % 4) {
        case 0:
            fuzzText(textOf(input));
            break;
        case 1:
            fuzzText(utf8FromUtf16le(input));
            break;
        case 2: {
            const auto utf8 = utf8FromGb18030(input);
            if (utf8) {
                const auto back = gb18030FromUtf8(*utf8);
                LIQU_ASSERT(back && ByteView(*back).size() == input.size());
            }
            break;
        }
        case 3: {
            const std::size_t half = input.size() / 2;
            (void)card::sameName(textOf(input.first(half)), textOf(input.subspan(half)));
            break;
        }
    }
    return 0;
}
