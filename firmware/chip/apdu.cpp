#include "firmware/chip/apdu.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::chip {

Bytes encode(const Command& command, CaseFour caseFour) {
    const auto& data = command.data.reveal();
    LIQU_ASSERT(data.size() <= 255);
    Bytes bytes;
    // One allocation, so that growing leaves no copy of personal data behind.
    bytes.reserve(data.size() + 6);
    bytes.assign({command.cla, command.ins, command.p1, command.p2});
    if (!data.empty()) {
        bytes.push_back(static_cast<std::uint8_t>(data.size()));
        bytes.insert(bytes.end(), data.begin(), data.end());
    }
    if (command.expected && (data.empty() || caseFour == CaseFour::withLe)) {
        bytes.push_back(*command.expected);
    }
    return bytes;
}

}  // namespace liqu::chip
