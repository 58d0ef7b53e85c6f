// The kiosk thread: starts the parts, settles what was begun before, waits for the next person.
#pragma once

#include "firmware/session/readiness.hpp"

namespace liqu::session {

class KioskSession {
  public:
    explicit KioskSession(SessionParts& parts) : parts_(parts), readiness_(parts) {}

    // Until stop is asked for.
    void run();
    // One round of the loop: recover, check, wait for a person, serve. For simulations.
    void turn();
    void start();

  private:
    bool settleOpenOrders();
    void welcome(std::optional<ErrorCode> queriesOnly);
    void outOfService(const Error& error);

    SessionParts& parts_;
    Readiness readiness_;
    std::optional<ErrorCode> lastTrouble_;
};

}  // namespace liqu::session
