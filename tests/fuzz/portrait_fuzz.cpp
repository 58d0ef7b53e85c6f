// Arbitrary bytes as a holder's portrait.
#include "firmware/base/assert.hpp"
#include "ui/paper/portrait.hpp"

using namespace liqu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    constexpr int width = 236;
    constexpr int height = 295;
    const auto picture = ui::fitPortrait(ByteView(bytes, size), width, height);
    LIQU_ASSERT(!picture || picture->rgb.reveal().size() == std::size_t{width} * height * 3);
    return 0;
}
