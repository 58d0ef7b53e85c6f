// Turns the rows of a plan into what the person sees: the true step and the time left.
#pragma once

#include <functional>

#include "firmware/base/repeated_log.hpp"
#include "firmware/issuance/plan.hpp"
#include "firmware/issuance/usual_times.hpp"
#include "firmware/session/conversation.hpp"

namespace liqu::session {

// into: how far the row itself has come.
MakingScreen makingAt(const issuance::Plan& plan, const issuance::PlanRow& row, Duration into,
                      const issuance::UsualTimes& usual = {});

class MakingWatch final : public issuance::Watcher {
  public:
    // takeOldCard: asks for an attendant; says who took it in.
    MakingWatch(SessionParts& parts, Conversation& conversation, const issuance::Plan& plan,
                std::function<std::string()> takeOldCard = {});
    ~MakingWatch() override { parts_.issuance.printer.meanwhile({}); }
    MakingWatch(const MakingWatch&) = delete;
    MakingWatch& operator=(const MakingWatch&) = delete;

    void stepBegins(std::string_view step) override;
    void printing(ports::PrintProgress panels) override;
    void cardAtMouth() override;
    Instant takeUntil() override;
    void waitALittle() override;
    std::stop_token stop() override { return parts_.stop; }

    bool agreesToPay(const province::FeeQuote& quote) override;
    void feeIsFree(const province::FeeQuote& quote) override;
    bool waitsForPayment(const issuance::FeeToPay& fee, Instant until) override;
    void paymentIsChecked() override;
    void paymentArrived(Money amount) override;
    std::string takesOldCard(const issuance::OldCard&) override {
        return takeOldCard_ ? takeOldCard_() : std::string();
    }

  private:
    void showProgress(Duration into);
    void listen();
    void lookAtIdCard();
    void showTakeCard();

    SessionParts& parts_;
    Conversation& conversation_;
    const issuance::Plan& plan_;
    std::function<std::string()> takeOldCard_;
    const issuance::UsualTimes usual_;
    const issuance::PlanRow* row_ = nullptr;
    Duration into_{};
    bool idCardLies_ = true;
    Instant nextLook_{};
    std::optional<Instant> takeUntil_;
    bool hurryShown_ = false;
    std::string feeShown_;  // whose code stands on the screen
};

// What is settled beside others: nothing of it is shown.
class UnseenWatch : public issuance::Watcher {
  public:
    explicit UnseenWatch(SessionParts& parts) : parts_(parts) {}
    void stepBegins(std::string_view) override {}
    void printing(ports::PrintProgress) override {}
    void cardAtMouth() override {}
    Instant takeUntil() override { return parts_.issuance.clock.now(); }
    void waitALittle() override;
    std::stop_token stop() override { return parts_.stop; }

  protected:
    SessionParts& parts_;
};

// Nobody is served: a recovery at start or between two visits. Language and call act all the same.
class RecoveryWatch final : public UnseenWatch {
  public:
    RecoveryWatch(SessionParts& parts, Conversation& conversation, RepeatedLog& log)
        : UnseenWatch(parts), conversation_(conversation), log_(log) {
        parts_.issuance.printer.meanwhile([this] { conversation_.hear(); });
    }
    ~RecoveryWatch() override { parts_.issuance.printer.meanwhile({}); }
    RecoveryWatch(const RecoveryWatch&) = delete;
    RecoveryWatch& operator=(const RecoveryWatch&) = delete;
    void stepBegins(std::string_view step) override;
    void printing(ports::PrintProgress) override { conversation_.hear(); }
    void waitALittle() override;

  private:
    Conversation& conversation_;
    RepeatedLog& log_;
};

}  // namespace liqu::session
