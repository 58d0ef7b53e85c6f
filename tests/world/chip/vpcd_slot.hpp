// The front of the chip station for a real pcscd: a client of vsmartcard's vpcd driver. A card at
// the station is a TCP connection to the driver's port; a card taken away is its end.
// Source: hardware-notes/chip-reader.md, "vpcd, the virtual reader". Runs a thread of its own until
// destroyed.
//
// A card that loses power in the middle cannot be shown to the host as SCARD_W_RESET_CARD: it
// simply has forgotten everything, and the host sees the status word of a card without rights or
// without a selected file. A card that is mute from the start answers a one-byte ATR, which pcscd
// reports as unresponsive.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

#include "firmware/base/clock.hpp"
#include "tests/world/chip/chip_station.hpp"

namespace liqu::world {

class VpcdSlot {
  public:
    struct Settings {
        std::uint16_t port = 0;  // of the driver's slot, on the loopback address
        Duration settle{};       // from arrival to contact
        Duration perCommand{};   // time a card takes for a command
        double speed = 1.0;      // all times are divided by this
        // Told how long the chip was at work on each command; may be empty.
        std::function<void(Instant begin, Instant end)> onWork = {};
    };

    static Result<std::unique_ptr<VpcdSlot>> start(ChipStation& station, Settings settings);
    ~VpcdSlot();
    VpcdSlot(const VpcdSlot&) = delete;
    VpcdSlot& operator=(const VpcdSlot&) = delete;

  private:
    VpcdSlot(ChipStation& station, Settings settings, int wake);
    void run();
    void serve(int socket, const ChipStation::Occupant& occupant);
    // Answers false where the connection must end.
    bool handle(int socket, const ChipStation::Occupant& occupant, ByteView frame);
    bool answerCommand(int socket, const ChipStation::Occupant& occupant, ByteView command);
    // Sleeps until woken (true) or the time is over (false); negative: for ever.
    bool wokenWithin(Duration time);
    bool mustEnd(const ChipStation::Occupant& occupant) const;
    Duration scaled(Duration time) const;

    ChipStation& station_;
    Settings settings_;
    int wake_;  // an eventfd
    int watcher_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace liqu::world
