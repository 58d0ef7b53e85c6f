#include "firmware/issuance/pickup_code.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace liqu::issuance {

std::string makePickupCode(Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    char text[16];
    std::snprintf(text, sizeof text, "%06u", static_cast<unsigned>(number % 1'000'000));
    return text;
}

}  // namespace liqu::issuance
