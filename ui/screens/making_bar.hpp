// How far the making of a card is while nothing new is told: the bar goes on by the usual time of
// the step, never past its end and never back, and says when it is slower than usual. Pure.
#pragma once

#include "firmware/screen/screen.hpp"

namespace liqu::ui {

class MakingBar {
  public:
    MakingBar(const screen::MakingScreen& told, Instant now) : told_(told), since_(now) {}

    // The same again, after another language was chosen, is nothing new.
    void tell(const screen::MakingScreen& told, Instant now);
    screen::MakingScreen at(Instant now) const;
    // Until the next picture of it; none: it waits for what comes.
    std::optional<Duration> untilNext(Instant now) const;

  private:
    screen::MakingScreen told_;
    Instant since_;
    int floor_ = 0;  // percent
};

}  // namespace liqu::ui
