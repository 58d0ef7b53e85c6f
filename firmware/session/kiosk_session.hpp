// The kiosk thread: starts the parts, settles what was begun before, waits for the next person.
#pragma once

#include "firmware/session/readiness.hpp"
#include "firmware/session/staff_corner.hpp"

namespace liqu::session {

class KioskSession {
  public:
    explicit KioskSession(SessionParts& parts)
        : parts_(parts), readiness_(parts), corner_(parts.issuance.clock) {}

    // Until stop is asked for.
    void run();
    // One round of the loop: recover, check, wait for a person, serve. For simulations.
    void turn();
    void start();

  private:
    bool settleOpenOrders();
    void welcome(std::optional<ErrorCode> queriesOnly);
    void outOfService(const Error& error);
    void staffCome(Language language);
    void endOfVisit();
    // Until somebody touched something that ends this waiting, or the instant has come. What is the
    // same on all screens between two visits, the corner of the staff among them, is done here.
    std::optional<Action> waitBetweenVisits(Screen& screen, Instant until);

    SessionParts& parts_;
    Readiness readiness_;
    std::optional<ErrorCode> lastTrouble_;
    StaffCorner corner_;
};

}  // namespace liqu::session
