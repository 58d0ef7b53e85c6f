// What the branch does at the window once the citizen has gone: a card that waits is given out, or
// a wrong one taken back and confirmed; then the day is counted and closed. The cards themselves go
// from hand to hand here, and the report is laid beside the evidence.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "tests/window/ui/private_display.hpp"
#include "tests/world/evidence/world_json.hpp"
#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/main/outside_world.hpp"

namespace liqu::world {

struct CounterScene {
    const RunOptions& options;
    OutsideWorld& world;
    const KioskFolder& kiosk;
    test::PrivateDisplay& display;
    std::function<bool()> kioskLives;
};

// Those who will come, in the kiosk's books before it starts.
Result<void> addBranch(const KioskFolder& kiosk);

// taken: the card the citizen went away with, and after this has; none: they have none.
Result<CounterState> playCounter(const CounterScene& scene, std::optional<std::string>& taken);

// The blanks that come after so many are delivered in a box and loaded; a new ribbon, too.
Result<void> restock(const CounterScene& scene, std::size_t after);

}  // namespace liqu::world
