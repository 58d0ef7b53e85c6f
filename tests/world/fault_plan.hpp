// The faults of one run. An engine asks at each place whether a fault strikes there; the plan
// remembers which fired, because a fault that did not fire proves nothing.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::world {

enum class Fault {
#define LIQU_FAULT(name, verb) name,
#include "tests/world/faults.def"
#undef LIQU_FAULT
};

std::string_view verbOf(Fault fault);
const std::vector<Fault>& allFaults();

struct ArmedFault {
    Fault fault;
    std::string place;  // empty: anywhere
    int fired = 0;
    bool mended = false;
};

// Thread-safe: the world's engines may run on several threads.
class FaultPlan {
  public:
    void arm(Fault fault, std::string place = {});
    // "printer.jam@print"
    Result<void> arm(std::string_view verb);

    // True once for each armed fault whose place is empty or equal to this one.
    bool strikes(Fault fault, std::string_view place = {});
    // True every time while armed (a state, such as an absent device); counts as fired.
    bool holds(Fault fault, std::string_view place = {});
    // The place an armed fault names, without firing it; empty where it is not armed.
    std::string placeOf(Fault fault) const;

    // Ends every fault whose verb begins so ("province", "printer.jam", "" for all): it strikes no
    // more.
    void mend(std::string_view verbs);
    // Forgets them all: a new visit, a new plan.
    void disarm();

    std::vector<ArmedFault> armed() const;
    bool allFired() const;

  private:
    mutable std::mutex mutex_;
    std::vector<ArmedFault> armed_;
};

}  // namespace liqu::world
