// The card goes to the mouth and a person takes it, or not. The printer's `Se` may answer at the
// mouth, when the card is taken, or when its own timer ran out (hardware-notes/card-printer.md,
// "Replies"); so its answer only ends the motion, and the mouth's sensor alone says "taken"
// (decision 20).
//
// When stop is asked for, the card stays at the mouth: kioskStopping with the card's fate, or
// `taken` where the sensor already says so.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "drivers/card_printer/evolis/motion.hpp"

namespace liqu::drivers {

class Presentation {
  public:
    Presentation(MotionRunner& runner, Clock& clock, const std::function<void()>& atMouth,
                 const std::function<Instant()>& patienceEnd, const std::stop_token& stop)
        : runner_(runner),
          link_(runner.link()),
          sensors_(runner.sensors()),
          exit_(runner.profile().exit),
          clock_(clock),
          atMouth_(atMouth),
          patienceEnd_(patienceEnd),
          stop_(stop) {}

    Result<ports::PresentOutcome> run();

  private:
    Result<void> sendOut();
    Result<void> listen();  // while Se has not answered
    Result<void> endOfMotion(const std::string& reply);
    Result<void> motionOverdue();
    Result<void> look();  // after Se has answered
    Result<void> notAtMouth();
    void cardSeen();
    Result<ports::PresentOutcome> patienceOver();
    Result<ports::PresentOutcome> stopped();

    MotionRunner& runner_;
    PrinterLink& link_;
    PrinterSensors& sensors_;
    const ExitProfile& exit_;
    Clock& clock_;
    const std::function<void()>& atMouth_;
    const std::function<Instant()>& patienceEnd_;
    const std::stop_token& stop_;

    bool moving_ = false;       // the answer to Se is owed
    bool questionOut_ = false;  // a query was sent alongside
    bool announced_ = false;
    bool taken_ = false;
    MouthState mouth_ = MouthState::unclear;
    Instant motionDeadline_{};
    std::optional<Instant> goneSince_;
    std::optional<Instant> stopSince_;
};

}  // namespace liqu::drivers
