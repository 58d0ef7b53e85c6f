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

    // The whole question; the first thing in the way is the error. An application of an earlier
    // visit is one bank's: only that bank's blanks will do.
    Result<Ready> check(const std::string& bank = "");

  private:
    Result<void> checkStorage();
    Result<void> checkPrinter();
    Result<void> checkBins();
    Result<void> checkProvince();
    Result<std::optional<policy::LaneConfig>> laneOfKeptBlank();
    Result<Ready> findBlank(const std::string& bank);

    SessionParts& parts_;
    std::optional<Instant> signedInUntil_;
};

}  // namespace liqu::session
