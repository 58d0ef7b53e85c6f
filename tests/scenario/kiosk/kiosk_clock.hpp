// The clock the firmware sees. It can end the kiosk as kill -9 would: by an exception nobody in the
// firmware knows, at the n-th look at the wall clock (every journal entry, ledger move and message
// looks at it, most of them inside their transaction).
#pragma once

#include <optional>

#include "tests/world/virtual_clock.hpp"

namespace liqu::scenario {

struct PowerCut {};

class KioskClock final : public Clock {
  public:
    explicit KioskClock(world::VirtualClock& world) : world_(world) {}

    Instant now() const override { return world_.now(); }
    WallTime wallTime() const override;
    void sleepUntil(Instant instant) override { world_.sleepUntil(instant); }

    // Only the machine's own clock; the province's and everybody else's goes right.
    void goWrongBy(std::chrono::milliseconds ahead) { wrongBy_ = ahead; }

    void cutAtLook(int number) { cutAtLook_ = number; }
    int looks() const { return looks_; }

  private:
    world::VirtualClock& world_;
    std::chrono::milliseconds wrongBy_{};
    mutable int looks_ = 0;
    mutable std::optional<int> cutAtLook_;
};

}  // namespace liqu::scenario
