// The kiosk thread: starts the parts, settles what was begun before, waits for the next person.
#pragma once

#include "firmware/base/repeated_log.hpp"
#include "firmware/issuance/fee_care.hpp"
#include "firmware/session/guide_desk.hpp"
#include "firmware/session/readiness.hpp"
#include "firmware/session/staff_corner.hpp"

namespace liqu::session {

class KioskSession {
  public:
    // board: for whoever asks beside this kiosk; null: nobody does.
    explicit KioskSession(SessionParts& parts, StateBoard* board = nullptr)
        : parts_(parts),
          board_(board),
          readiness_(parts, board),
          loopLog_(parts.log, parts.issuance.clock),
          besideLog_(parts.log, parts.issuance.clock),
          auditLog_(parts.log, parts.issuance.clock),
          corner_(parts.issuance.clock),
          fees_(parts.issuance, parts.log) {}

    // Until stop is asked for.
    void run();
    // One round of the loop: recover, check, wait for a person, serve. For simulations.
    void turn();
    void start();

  private:
    bool agreedWithProvince();
    bool clockFits();
    void stayClosed(const Error& error);
    bool settleOpenOrders();
    void careForAudit();
    void noteTrouble();
    // When the parts are looked at again: the longer it has lasted, the later.
    Instant lookAgainAt() const;
    void waitInTrouble(const Error& error);
    bool cannotSettle(const Error& error);
    using Open = issuance::Issuer::Open;
    Result<std::optional<issuance::Ending>> recover(Open open);
    Result<std::optional<issuance::Ending>> recoverInSight();
    void welcome(std::optional<ErrorCode> queriesOnly);
    void outOfService(const Error& error);
    void readGuide(Serves serves);
    void prepare();
    void staffCome();
    void endOfVisit();
    std::optional<Error> closedForIdCard();
    Screen screenOf(const ScreenContent& content) const;
    Screen betweenVisits(const ScreenContent& content) const;
    // Until somebody touched something that ends this waiting, or the instant has come. What is the
    // same on all screens between two visits, the corner of the staff among them, is done here.
    std::optional<Action> waitBetweenVisits(const ScreenContent& content, Instant until);
    void heed(const Action& action);
    void tell(Serving serving, std::optional<ErrorCode> reason = std::nullopt);
    void tell(const ScreenContent& between);

    SessionParts& parts_;
    StateBoard* board_;
    Readiness readiness_;
    RepeatedLog loopLog_;
    RepeatedLog besideLog_;  // of what is settled beside others
    RepeatedLog auditLog_;
    std::optional<Instant> troubleSince_;
    Instant heededAt_{};
    StaffCorner corner_;
    issuance::FeeCare fees_;
    // Stays while somebody touches; who comes later begins with the region's own.
    Comfort comfort_;
    std::optional<Instant> lastTouch_;
    bool justStarted_ = true;
    bool prepared_ = false;
    bool idCardLeft_ = false;
};

}  // namespace liqu::session
