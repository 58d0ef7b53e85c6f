#include "firmware/session/making_watch.hpp"

#include <array>

namespace liqu::session {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The province answers in tens of milliseconds; a person waits for every pause.
constexpr Duration pause = milliseconds{20};
constexpr Duration lastSeconds = seconds{10};

struct Expected {
    std::string_view step;  // of the step table
    MakingStep shown;
    seconds takes;
};
// How long the steps take on the slow profile; only the bar depends on it.
constexpr std::array<Expected, 10> expected = {{
    {"apply", MakingStep::applying, seconds{2}},
    {"mark", MakingStep::applying, seconds{1}},
    {"feed", MakingStep::feedingCard, seconds{5}},
    {"checkBlank", MakingStep::checkingCard, seconds{3}},
    {"personalise", MakingStep::checkingCard, seconds{2}},
    {"writeChip", MakingStep::writingChip, seconds{5}},
    {"readBack", MakingStep::verifyingChip, seconds{4}},
    {"print", MakingStep::printingFace, seconds{25}},
    {"report", MakingStep::reporting, seconds{2}},
    {"enable", MakingStep::enabling, seconds{2}},
}};

constexpr Duration wholeTime() {
    Duration sum{};
    for (const Expected& step : expected) sum += step.takes;
    return sum;
}

}  // namespace

// Before the mouth; there takeUntil() listens, because more time is the card's.
MakingWatch::MakingWatch(SessionParts& parts, Conversation& conversation)
    : parts_(parts), conversation_(conversation) {
    parts_.issuance.printer.meanwhile([this] {
        if (!takeUntil_) conversation_.hear();
    });
}

void MakingWatch::stepBegins(std::string_view step) {
    parts_.log.info("step " + std::string(step));
    Duration done{};
    for (const Expected& row : expected) {
        if (row.step == step) return showProgress(row.shown, done);
        done += row.takes;
    }
}

void MakingWatch::printing(ports::PrintProgress panel) {
    constexpr int panels = 5;
    Duration done{};
    for (const Expected& row : expected) {
        if (row.shown == MakingStep::printingFace) {
            const int finished = static_cast<int>(panel);
            return showProgress(MakingStep::printingFace, done + row.takes * finished / panels);
        }
        done += row.takes;
    }
}

void MakingWatch::showProgress(MakingStep step, Duration done) {
    MakingScreen screen;
    screen.step = step;
    screen.percent = static_cast<int>(done * 100 / wholeTime());
    screen.timeLeft = wholeTime() - done;
    conversation_.tellAndHear(screen);
}

void MakingWatch::showTakeCard() {
    TakeCardScreen screen;
    screen.idCardStillThere = parts_.idReader.documentStillThere().value_or(true);
    screen.hurry = hurryShown_;
    conversation_.showTimed(screen, *takeUntil_);
}

void MakingWatch::cardAtMouth() {
    takeUntil_ = parts_.issuance.clock.now() + parts_.issuance.region.takePatience;
    showTakeCard();
}

Instant MakingWatch::takeUntil() {
    const Instant now = parts_.issuance.clock.now();
    if (!takeUntil_) return now + parts_.issuance.region.takePatience;
    if (const auto action = parts_.display.waitForAction(now)) {
        if (action->kind == ActionKind::moreTime) {
            takeUntil_ = now + parts_.issuance.region.takePatience;
            hurryShown_ = false;
            showTakeCard();
        } else {
            conversation_.heed(*action);
            showTakeCard();
        }
    }
    if (!hurryShown_ && *takeUntil_ - now <= lastSeconds) {
        hurryShown_ = true;
        showTakeCard();
    }
    return *takeUntil_;
}

void MakingWatch::waitALittle() {
    parts_.ringOutbox();
    if (!takeUntil_) conversation_.hear();
    parts_.issuance.clock.sleepFor(pause);
}

void RecoveryWatch::stepBegins(std::string_view step) {
    log_.info("recovery, step " + std::string(step));
    conversation_.hear();
}

void RecoveryWatch::waitALittle() {
    parts_.ringOutbox();
    conversation_.hear();
    parts_.issuance.clock.sleepFor(pause);
}

}  // namespace liqu::session
