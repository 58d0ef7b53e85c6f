// Runs calls that may never return: each on a thread of its own, watched from here. A call that
// outlasts its deadline is abandoned together with its thread and whatever the call owns; so a
// call must own (or share) all it touches.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "firmware/base/clock.hpp"

namespace liqu::drivers {

class DeadlineWorker {
  public:
    DeadlineWorker();
    ~DeadlineWorker();  // joins, or leaves an abandoned thread to itself
    DeadlineWorker(const DeadlineWorker&) = delete;
    DeadlineWorker& operator=(const DeadlineWorker&) = delete;

    // False: the deadline (real time) passed; this worker is abandoned and must not be used again.
    bool run(std::function<void()> call, Duration deadline);

  private:
    struct Desk;
    static void work(const std::shared_ptr<Desk>& desk);

    std::shared_ptr<Desk> desk_;
    std::thread thread_;
};

}  // namespace liqu::drivers
