// Whose card it is: the face and the chip of a card that is presented are those of the person whose
// ID card lay there. Looked at from outside, when the card comes to the mouth.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/scenario/kiosk/outside.hpp"
#include "tests/scenario/kiosk/seams.hpp"

namespace liqu::scenario {

// What on the chip is not this person's, in words; empty is good.
std::vector<std::string> foreignItems(const world::Person& person, const world::CardEngine& chip);
// Whether the portrait on the card, as the house's renderer draws it, is this person's.
bool showsFaceOf(const world::PlasticCard& card, const world::Person& person, WallTime now);

class OwnerGuard {
  public:
    // holder: whose document was read first in the visit that is going on; none before.
    OwnerGuard(Outside& outside, Seams& seams,
               std::function<const std::optional<world::Document>&()> holder);
    const std::vector<std::string>& found() const { return found_; }

  private:
    void look();
    void compare(const world::PlasticCard& card);

    Outside& outside_;
    Seams& seams_;
    std::function<const std::optional<world::Document>&()> holder_;
    std::string lastSeen_;
    std::vector<std::string> found_;
};

}  // namespace liqu::scenario
