#include "ui/screens/signals.hpp"

#include <algorithm>

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;

// Twice a second at most, also from the last flash of one sound to the first of the next.
constexpr Duration flashPeriod = 500ms;
constexpr Duration flashOn = 250ms;
constexpr Duration remindRhythm = 5s;

}  // namespace

Signals::Kind Signals::kindOf(const screen::ScreenContent& content) {
    if (std::holds_alternative<screen::TakeCardScreen>(content)) return Kind::cardOut;
    if (std::holds_alternative<screen::TakeIdCardScreen>(content)) return Kind::idCardOut;
    if (std::holds_alternative<screen::MakingScreen>(content) ||
        std::holds_alternative<screen::WaitingScreen>(content))
        return Kind::working;
    if (const auto* document = std::get_if<screen::LayDownIdCardScreen>(&content))
        return document->reading ? Kind::working : Kind::asking;
    if (const auto* page = std::get_if<screen::PersonPage>(&content))
        return page->reason ? Kind::stopped : Kind::asking;
    const bool asks = std::holds_alternative<screen::AttendantScreen>(content) ||
                      std::holds_alternative<screen::PinScreen>(content) ||
                      std::holds_alternative<screen::IsThisYouScreen>(content);
    return asks ? Kind::asking : Kind::other;
}

void Signals::see(const screen::Screen& screen, Instant now) {
    if (!earcons_) return;
    const Kind kind = kindOf(screen.content);
    const std::pair page(std::string(nameOf(screen.content)), screen.frame.question);
    const auto* making = std::get_if<screen::MakingScreen>(&screen.content);
    const std::size_t step = making != nullptr ? making->current : 0;
    if (std::exchange(page_, page) != page || kind != kind_) {
        seeAnother(kind, now);
    } else if (step > step_) {
        ring(Earcon::step, now);
    }
    kind_ = kind;
    step_ = step;
}

void Signals::seeAnother(Kind kind, Instant now) {
    const bool takes = kind == Kind::cardOut || kind == Kind::idCardOut;
    if (takes != remindAt_.has_value() || kind != kind_) {
        remindAt_ = takes ? std::optional(now + remindRhythm) : std::nullopt;
        reminders_ = 0;
    }
    switch (kind) {
        case Kind::cardOut:
            return ring(Earcon::cardOut, now);
        case Kind::stopped:
            return ring(Earcon::stopped, now);
        case Kind::idCardOut:
            return ring(Earcon::yourTurn, now);
        case Kind::asking:
            return ring(kind_ == Kind::working ? Earcon::yourTurn : Earcon::step, now);
        case Kind::working:
        case Kind::other:
            return;
    }
}

void Signals::ring(Earcon earcon, Instant now) {
    if (!earcons_) return;
    sound_ = {earcon, earcon == Earcon::remind ? reminders_ : 0};
    const EarconRule& rule = earcons_->rule(earcon);
    if (rule.see == SeenAt::border) flash(rule, now);
}

void Signals::flash(const EarconRule& rule, Instant now) {
    Instant began = now;
    if (flash_ && now < flash_->began) began = flash_->began;
    if (flash_ && now >= flash_->began) {
        const auto last =
            std::min<std::int64_t>((now - flash_->began) / flashPeriod, flash_->count - 1);
        began = std::max(now, flash_->began + (last + 1) * flashPeriod);
    }
    flash_ = {began, rule.flashes, rule.tone};
}

std::optional<Signals::Sound> Signals::due(Instant now) {
    if (remindAt_ && now >= *remindAt_) {
        remindAt_ = now + remindRhythm;
        ++reminders_;
        ring(Earcon::remind, now);
    }
    return std::exchange(sound_, std::nullopt);
}

std::optional<screen::Tone> Signals::border(Instant now) const {
    if (!flash_ || now < flash_->began) return std::nullopt;
    const Duration since = now - flash_->began;
    const bool stands = since < flash_->count * flashPeriod && since % flashPeriod < flashOn;
    return stands ? std::optional(flash_->tone) : std::nullopt;
}

std::optional<Duration> Signals::untilNext(Instant now) const {
    std::optional<Duration> until;
    if (remindAt_) until = std::max(Duration{}, *remindAt_ - now);
    if (!flash_) return until;
    Duration change = flash_->began - now;
    if (change <= Duration{}) {
        const Duration since = now - flash_->began;
        if (since >= flash_->count * flashPeriod) return until;
        const Duration inPeriod = since % flashPeriod;
        change = inPeriod < flashOn ? flashOn - inPeriod : flashPeriod - inPeriod;
    }
    return until ? std::min(*until, change) : change;
}

}  // namespace liqu::ui
