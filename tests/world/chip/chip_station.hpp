// The contact station inside the printer: at most one card, put there and taken away by the
// printer's motions, and read through one of the fronts (StationChipReader in process, VpcdSlot
// for a real pcscd). Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

#include "tests/world/chip/card_engine.hpp"

namespace liqu::world {

class ChipStation {
  public:
    struct Occupant {
        std::shared_ptr<CardEngine> card;  // null: nothing there
        std::uint64_t insertion = 0;       // grows with every card that comes
    };
    // One line for each power-up and each command and reply, in hex: evidence, holds personal data.
    using Log = std::function<void(std::string_view line)>;

    explicit ChipStation(Log log = {}) : log_(std::move(log)) {}

    // For onCardAtChipStation and onCardLeavesChipStation of the printer.
    void insert(std::shared_ptr<CardEngine> card);
    void remove();
    Occupant occupant() const;
    bool stillThere(const Occupant& occupant) const;

    // For the fronts.
    Bytes reset(const Occupant& occupant);
    void powerOff(const Occupant& occupant);
    CardReply transmit(const Occupant& occupant, ByteView command);

    // Called after every change, under the station's lock: only wake somebody up.
    int addWatcher(std::function<void()> watcher);
    void removeWatcher(int token);

  private:
    void note(const Occupant& occupant, std::string_view what, ByteView bytes);

    mutable std::mutex mutex_;
    Occupant occupant_;
    int cardsSeen_ = 0;
    std::map<int, std::function<void()>> watchers_;
    int nextToken_ = 0;
    std::mutex logMutex_;
    Log log_;
};

}  // namespace liqu::world
