#include "tests/world/usb/in_transfer.hpp"

namespace liqu::world {

UsbOutcome InTransfer::poll(UsbEngine& engine, Instant now) {
    if (most_ == 0) return UsbOutcome::done;
    while (true) {
        const UsbTransfer part = engine.in(endpoint_, most_ - data_.size(), now);
        if (part.outcome != UsbOutcome::done) return part.outcome;
        data_.insert(data_.end(), part.data.begin(), part.data.end());
        const bool endsShort = part.data.empty() || part.data.size() % maxPacketSize_ != 0;
        if (endsShort || data_.size() == most_) return UsbOutcome::done;
    }
}

}  // namespace liqu::world
