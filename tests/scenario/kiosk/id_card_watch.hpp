// Whether the ID card was asked back before the machine was free for the next person. Whoever is
// watched has hands slower than their finger: the card still lies there when the last page goes.
#pragma once

#include <string_view>

#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::scenario {

class IdCardWatch {
  public:
    explicit IdCardWatch(SimulatedKiosk& kiosk);
    ~IdCardWatch();
    IdCardWatch(const IdCardWatch&) = delete;
    IdCardWatch& operator=(const IdCardWatch&) = delete;

    // The machine was free while a document lay on its reader.
    bool freeTooEarly() const { return freeTooEarly_; }
    // One lay there at the end of a visit, and whether a page said that it does.
    bool lay() const { return lay_; }
    bool askedBack() const { return askedBack_; }

  private:
    void look(std::string_view page);

    SimulatedKiosk& kiosk_;
    bool freeTooEarly_ = false;
    bool lay_ = false;
    bool askedBack_ = false;
};

}  // namespace liqu::scenario
