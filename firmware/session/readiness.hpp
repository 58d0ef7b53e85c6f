// Can a card be made now? Checked before the application is created, so that a failure never
// leaves a citizen with a pending application and no card (rulings 8).
#pragma once

#include "firmware/session/parts.hpp"

namespace liqu::session {

struct Ready {
    int lane = 1;
    std::string bank;
};

class Readiness {
  public:
    explicit Readiness(SessionParts& parts) : parts_(parts) {}

    // One part after the other, for the start and `liqu check`: a name and what it says.
    struct Part {
        std::string name;  // text key "part.printer"
        std::function<Result<void>()> check;
    };
    std::vector<Part> parts();

    // The whole question; the first thing in the way is the error.
    Result<Ready> check();

  private:
    Result<void> checkStorage();
    Result<void> checkPrinter();
    Result<void> checkBins();
    Result<void> checkProvince();
    Result<Ready> findBlank();

    SessionParts& parts_;
    std::optional<Instant> signedInUntil_;
};

}  // namespace liqu::session
