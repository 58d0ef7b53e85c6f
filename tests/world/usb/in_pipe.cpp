#include "tests/world/usb/in_pipe.hpp"

#include <algorithm>

namespace liqu::world {

void InPipe::push(ByteView message, Instant readyAt, MessageEnd end) {
    // Packets keep their order: nothing overtakes a message that is late.
    if (!packets_.empty()) readyAt = std::max(readyAt, packets_.back().readyAt);
    std::size_t at = 0;
    while (at < message.size()) {
        const std::size_t length = std::min(maxPacketSize_, message.size() - at);
        const ByteView part = message.subspan(at, length);
        packets_.push_back({Bytes(part.begin(), part.end()), readyAt});
        at += length;
    }
    const bool endsFull = message.size() % maxPacketSize_ == 0;
    if (endsFull && end == MessageEnd::closed) packets_.push_back({{}, readyAt});
}

UsbTransfer InPipe::take(std::size_t most, Instant now) {
    UsbTransfer transfer;
    while (!packets_.empty() && packets_.front().readyAt <= now) {
        const Bytes& packet = packets_.front().bytes;
        const bool isFirst = transfer.outcome == UsbOutcome::notYet;
        if (transfer.data.size() + packet.size() > most) {
            if (!isFirst) break;
            packets_.pop_front();
            transfer.outcome = UsbOutcome::babble;
            return transfer;
        }
        const bool isShort = packet.size() < maxPacketSize_;
        transfer.outcome = UsbOutcome::done;
        transfer.data.insert(transfer.data.end(), packet.begin(), packet.end());
        packets_.pop_front();
        if (isShort || transfer.data.size() == most) break;
    }
    return transfer;
}

std::optional<Instant> InPipe::nextEvent() const {
    if (packets_.empty()) return std::nullopt;
    return packets_.front().readyAt;
}

}  // namespace liqu::world
