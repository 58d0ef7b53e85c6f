#include "firmware/session/making_watch.hpp"

#include <algorithm>

#include "firmware/session/fee_pages.hpp"

namespace liqu::session {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Between two looks at what the province said, where nothing tells of it, and at who touches.
constexpr auto pause = milliseconds{20};
constexpr Duration lastSeconds = seconds{10};
constexpr Duration lookRhythm = seconds{1};
// So much of the whole later than usual is said.
constexpr int slowPercent = 30;
// So long it stands there that the money came.
constexpr Duration arrivedTime = seconds{3};

Duration wholeTime(const issuance::Plan& plan, const issuance::UsualTimes& usual) {
    Duration sum{};
    for (const issuance::PlanRow& row : plan.rows()) {
        if (!row.shown.empty()) sum += timeOf(row, usual);
    }
    return std::max(sum, Duration{1});
}

void awaitOutbox(SessionParts& parts) {
    if (parts.awaitOutbox) return parts.awaitOutbox(pause);
    parts.issuance.clock.sleepFor(pause);
}

int percentOf(Duration part, Duration whole) {
    return static_cast<int>(std::clamp(part * 100 / whole, std::int64_t{0}, std::int64_t{100}));
}

}  // namespace

MakingScreen makingAt(const issuance::Plan& plan, const issuance::PlanRow& row, Duration into,
                      const issuance::UsualTimes& usual) {
    MakingScreen screen;
    Duration before{};
    bool passed = false;
    for (const issuance::PlanRow& one : plan.rows()) {
        if (one.shown.empty()) continue;
        const std::string key = "making." + std::string(one.shown);
        if (screen.steps.empty() || screen.steps.back() != key) screen.steps.push_back(key);
        passed = passed || &one == &row;
        if (&one == &row) screen.current = screen.steps.size() - 1;
        if (!passed) before += timeOf(one, usual);
    }
    const Duration whole = wholeTime(plan, usual);
    const Duration after = before + timeOf(row, usual);
    const Duration now = std::min(before + into, after);
    screen.percent = percentOf(now, whole);
    screen.percentAfter = percentOf(after, whole);
    screen.untilAfter = after - now;
    screen.slowAfter = screen.untilAfter + whole * slowPercent / 100;
    screen.timeLeft = whole - now;
    return screen;
}

// Before the mouth; there takeUntil() listens, because more time is the card's.
MakingWatch::MakingWatch(SessionParts& parts, Conversation& conversation,
                         const issuance::Plan& plan, std::function<std::string()> takeOldCard)
    : parts_(parts),
      conversation_(conversation),
      plan_(plan),
      takeOldCard_(std::move(takeOldCard)),
      usual_(issuance::usualTimes(parts.issuance.database).value_or(issuance::UsualTimes{})) {
    parts_.issuance.printer.meanwhile([this] { listen(); });
}

void MakingWatch::stepBegins(std::string_view step) {
    parts_.log.info("step " + std::string(step));
    row_ = plan_.find(step);
    showProgress({});
}

void MakingWatch::printing(ports::PrintProgress panels) {
    if (row_ == nullptr) return;
    showProgress(timeOf(*row_, usual_) * panels.done / std::max(panels.of, 1));
}

void MakingWatch::showProgress(Duration into) {
    if (row_ == nullptr || row_->shown.empty()) return;
    into_ = into;
    MakingScreen screen = makingAt(plan_, *row_, into, usual_);
    screen.idCardMayGo = idCardLies_;
    conversation_.tellAndHear(screen);
}

void MakingWatch::listen() {
    if (takeUntil_) return;
    conversation_.hear();
    lookAtIdCard();
}

// While the printer works the reader has time. That it may be taken is true until it is seen to be
// gone, and then nobody looks again; nor where the reader fails, which would keep the printer
// waiting.
void MakingWatch::lookAtIdCard() {
    const Instant now = parts_.issuance.clock.now();
    if (!idCardLies_ || now < nextLook_) return;
    nextLook_ = now + lookRhythm;
    const auto lies = parts_.idReader.documentStillThere();
    if (!lies) nextLook_ = Instant::max();
    idCardLies_ = lies.value_or(true);
    if (!idCardLies_) showProgress(into_);
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
    listen();
    awaitOutbox(parts_);
}

bool MakingWatch::agreesToPay(const province::FeeQuote& quote) {
    const policy::LocalText& collector = parts_.issuance.region.fee.collector;
    const auto action =
        conversation_.ask(feeQuotePage(quote, collector.in(conversation_.language().code())));
    return action && action->kind == ActionKind::confirm;
}

void MakingWatch::feeIsFree(const province::FeeQuote& quote) {
    conversation_.ask(feeFreePage(quote));
}

bool MakingWatch::waitsForPayment(const issuance::FeeToPay& fee, Instant until) {
    const PersonPage page = feeCodePage(fee);
    const Manners manners{};
    if (feeShown_ != fee.orderNo) {
        feeShown_ = fee.orderNo;
        conversation_.nextQuestion();
        conversation_.showTimed(page, fee.until, manners);
    }
    const Clock& clock = parts_.issuance.clock;
    while (!conversation_.left() && !conversation_.timeIsOver() && !parts_.stop.stop_requested()) {
        if (conversation_.listen(page, manners, until)) return false;
        // More time is never less than there was.
        if (conversation_.deadline() < fee.until) conversation_.showTimed(page, fee.until, manners);
        if (clock.now() >= until) return !conversation_.left();
    }
    return false;
}

void MakingWatch::paymentIsChecked() {
    conversation_.tell(WaitingScreen{WaitingFor::payment});
}

void MakingWatch::paymentArrived(Money amount) {
    conversation_.tell(feeArrivedPage(amount));
    parts_.issuance.clock.sleepFor(arrivedTime);
}

void RecoveryWatch::stepBegins(std::string_view step) {
    log_.info("recovery, step " + std::string(step));
    conversation_.hear();
}

void RecoveryWatch::waitALittle() {
    conversation_.hear();
    UnseenWatch::waitALittle();
}

void UnseenWatch::waitALittle() {
    parts_.ringOutbox();
    awaitOutbox(parts_);
}

}  // namespace liqu::session
