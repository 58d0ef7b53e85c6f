// The way in for staff that nobody else knows: a corner of the screen that shows nothing.
#pragma once

#include "firmware/base/clock.hpp"

namespace liqu::session {

// Three touches, none long after the one before.
class StaffCorner {
  public:
    explicit StaffCorner(const Clock& clock) : clock_(clock) {}
    // True with the third.
    bool touched();

  private:
    const Clock& clock_;
    int touches_ = 0;
    Instant last_{};
};

}  // namespace liqu::session
