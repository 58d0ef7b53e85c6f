// Turns the steps of a making into what the person sees: the true step and the time left.
#pragma once

#include "firmware/session/conversation.hpp"

namespace liqu::session {

class MakingWatch final : public issuance::Watcher {
  public:
    MakingWatch(SessionParts& parts, Conversation& conversation)
        : parts_(parts), conversation_(conversation) {}

    void stepBegins(std::string_view step) override;
    void printing(ports::PrintProgress panel) override;
    void cardAtMouth() override;
    Instant takeUntil() override;
    void waitALittle() override;
    std::stop_token stop() override { return parts_.stop; }

  private:
    void showProgress(MakingStep step, Duration done);
    void showTakeCard();

    SessionParts& parts_;
    Conversation& conversation_;
    std::optional<Instant> takeUntil_;
    bool hurryShown_ = false;
};

// Nobody watches: a recovery at start or between two visits.
class RecoveryWatch final : public issuance::Watcher {
  public:
    explicit RecoveryWatch(SessionParts& parts) : parts_(parts) {}
    void stepBegins(std::string_view step) override;
    void printing(ports::PrintProgress) override {}
    void cardAtMouth() override {}
    Instant takeUntil() override { return parts_.issuance.clock.now(); }
    void waitALittle() override;
    std::stop_token stop() override { return parts_.stop; }

  private:
    SessionParts& parts_;
};

}  // namespace liqu::session
