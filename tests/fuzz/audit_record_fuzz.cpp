// Any bytes in the place of an exported audit record, of what was kept of checkpoints, or of a
// first key: read, or refused with a cause; what was read is judged. The first byte says which.
#include <sstream>

#include "firmware/base/assert.hpp"
#include "program/witness/witness.hpp"

using namespace liqu;

namespace {

template <typename T>
bool readOrSaid(const Result<T>& result) {
    LIQU_ASSERT(result || !result.error().cause.empty());
    return result.has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::istringstream text(textOf(ByteView(data + 1, size - 1)));
    if (data[0] % 3 == 0) {
        const auto record = witness::readRecord(text);
        if (readOrSaid(record)) readOrSaid(witness::verify(*record, {}, {}));
    } else if (data[0] % 3 == 1) {
        const auto checkpoints = witness::readCheckpoints(text);
        if (!readOrSaid(checkpoints)) return 0;
        for (const auto& one : *checkpoints)
            LIQU_ASSERT(staff::parseCheckpoint(staff::textOf(one)).has_value());
        readOrSaid(witness::verify({}, *checkpoints, {}));
    } else {
        readOrSaid(witness::readFirstKey(text.str()));
    }
    return 0;
}
