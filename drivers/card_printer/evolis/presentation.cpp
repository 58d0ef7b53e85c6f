#include "drivers/card_printer/evolis/presentation.hpp"

namespace liqu::drivers {

using ports::MediaPosition;
using ports::PresentOutcome;

namespace {

// A card never seen at the mouth must be missing for so long before it counts as taken: it could
// be between two sensors.
constexpr Duration steadyAbsence = std::chrono::seconds{1};
// How long a stop, or the end of the patience, waits for the answer to Se.
constexpr Duration lastAnswer = std::chrono::seconds{5};

}  // namespace

Result<PresentOutcome> Presentation::run() {
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::none) {
        return fail(ErrorCode::cardGoneFromPrinter, "present: no card in the printer",
                    CardFate::unknown);
    }
    if (position == MediaPosition::mouth) {
        cardSeen();
    } else if (const auto sent = sendOut(); !sent) {
        return fail(runner_.withFate(sent.error(), CardFate::unknown));
    }
    while (true) {
        const auto step = moving_ ? listen() : look();
        if (!step) return fail(runner_.withFate(step.error(), CardFate::unknown));
        if (taken_) return PresentOutcome::taken;
        const Instant now = clock_.now();
        if (stop_.stop_requested()) {
            stopSince_ = stopSince_.value_or(now);
            if (!moving_ || now - *stopSince_ >= lastAnswer) return stopped();
        }
        const Instant end = patienceEnd_();
        if (now >= end && (!moving_ || now >= std::max(end, motionDeadline_) + lastAnswer)) {
            return patienceOver();
        }
        if (!moving_) clock_.sleepFor(exit_.pollRhythm);
    }
}

Result<void> Presentation::sendOut() {
    TRY(runner_.set("Pneab;A;1"));
    if (exit_.timeoutAction != "none") {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(exit_.hold).count();
        TRY(runner_.set("Pbc;A;" + exit_.timeoutAction));
        TRY(runner_.set("Pbc;D;" + std::to_string(seconds)));
    }
    const auto sent = link_.send("Se");
    if (sent || link_.lastCommandLeft()) sensors_.forgetPosition();
    if (!sent) return fail(runner_.explained(sent.error()));
    moving_ = true;
    motionDeadline_ = clock_.now() + runner_.profile().patience.move + exit_.hold;
    return {};
}

void Presentation::cardSeen() {
    mouth_ = MouthState::card;
    goneSince_.reset();
    if (announced_) return;
    announced_ = true;
    if (atMouth_) atMouth_();
}

Result<void> Presentation::listen() {
    if (runner_.profile().reply.queriesDuringMotion && !questionOut_) {
        TRY(link_.sendAlongside(sensors_.mouthQuery()));
        questionOut_ = true;
    }
    const Instant nextStep = clock_.now() + exit_.pollRhythm;
    const auto reply = TRY(link_.poll(exit_.pollRhythm));
    if (!reply) return clock_.now() >= motionDeadline_ ? motionOverdue() : Result<void>{};
    const auto volts = voltsOf(*reply);
    if (!volts) return endOfMotion(*reply);
    questionOut_ = false;
    // Before the card has been seen, an empty mouth only means that it is still on its way.
    if (sensors_.mouthOf(*volts) == MouthState::card) {
        cardSeen();
    } else {
        mouth_ = sensors_.mouthOf(*volts);
    }
    clock_.sleepUntil(nextStep);
    return {};
}

Result<void> Presentation::endOfMotion(const std::string& reply) {
    moving_ = false;
    // The answer to a query sent alongside is still on its way.
    if (questionOut_) link_.giveUpReply();
    questionOut_ = false;
    if (kindOf(reply) == ReplyKind::ok) return {};
    // Also "nobody took it" comes as an error: the sensors know better.
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::mouth || (position == MediaPosition::none && announced_))
        return {};
    Error error = runner_.explained(errorOf("Se", reply, Activity::present));
    error.fate = fateOf(position, CardFate::unknown);
    return fail(std::move(error));
}

// No answer long after the motion must have ended: it was lost, or this printer answers nothing
// until a hand has taken the card. The second one is all but visible: the card is at the mouth.
Result<void> Presentation::motionOverdue() {
    link_.giveUpReply();
    const auto now = sensors_.mouth();
    if (now) {
        moving_ = questionOut_ = false;
        return {};
    }
    if (now.error().code != ErrorCode::printerSilent || !link_.isOpen()) return fail(now.error());
    if (!announced_) {
        announced_ = true;
        if (atMouth_) atMouth_();
    }
    return {};
}

Result<void> Presentation::look() {
    mouth_ = TRY(sensors_.mouth());
    if (mouth_ == MouthState::card) cardSeen();
    return mouth_ == MouthState::noCard ? notAtMouth() : Result<void>{};
}

Result<void> Presentation::notAtMouth() {
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::mouth || position == MediaPosition::unknown) return {};
    if (position != MediaPosition::none) {
        // A printer that answered Se at once may still be moving the card.
        if (clock_.now() < motionDeadline_) return {};
        return fail(ErrorCode::cardNotWhereExpected, "Se: the card did not come out",
                    fateOf(position, CardFate::unknown));
    }
    goneSince_ = goneSince_.value_or(clock_.now());
    if (!announced_ && clock_.now() - *goneSince_ < steadyAbsence) return {};
    if (!announced_) cardSeen();
    taken_ = true;
    return {};
}

Result<PresentOutcome> Presentation::patienceOver() {
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::mouth) return PresentOutcome::notTaken;
    if (position == MediaPosition::none && announced_) return PresentOutcome::taken;
    return fail(ErrorCode::cardNotWhereExpected, "present: the card is not at the mouth",
                fateOf(position, CardFate::unknown));
}

Result<PresentOutcome> Presentation::stopped() {
    if (moving_) link_.giveUpReply();
    const auto position = sensors_.locate();
    if (position && *position == MediaPosition::none && announced_) return PresentOutcome::taken;
    const CardFate fate = position ? fateOf(*position, CardFate::unknown) : CardFate::unknown;
    return fail(ErrorCode::kioskStopping, "present: stop was asked for", fate);
}

}  // namespace liqu::drivers
