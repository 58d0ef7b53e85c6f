// Any bytes as a screen or as what was touched: what is read is written the same again.
#include <cstddef>
#include <cstdint>

#include "firmware/base/assert.hpp"
#include "firmware/screen/byte_form.hpp"
#include "ui/screens/pages.hpp"

using namespace liqu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    if (const auto screen = screen::screenFrom(input)) {
        (void)ui::pageOf(*screen);
        (void)ui::frameOf(*screen, Instant{});
        const PersonalBytes again = screen::byteFormOf(*screen);
        LIQU_ASSERT(screen::screenFrom(again.reveal()).has_value());
        LIQU_ASSERT(screen::byteFormOf(*screen::screenFrom(again.reveal())) == again);
    }
    if (const auto action = screen::actionFrom(input)) {
        LIQU_ASSERT(screen::actionFrom(screen::byteFormOf(*action).reveal()).has_value());
    }
    return 0;
}
