#include "firmware/session/screen_pin_pad.hpp"

#include "firmware/base/assert.hpp"
#include "firmware/card/pin.hpp"

namespace liqu::session {
namespace {

using ports::PinEnd;
using ports::PinPrompt;
using ports::PinPurpose;

// Somebody who types too few digits so often does not want to enter one.
constexpr int mostShortEntries = 5;

class TypedPin final : public ports::EnteredPin {
  public:
    explicit TypedPin(card::Pin pin) : pin_(std::move(pin)) {}

    // Also of another pad: what would go to the card is compared.
    bool matches(const EnteredPin& other) const override {
        LockedBytes mine;
        LockedBytes theirs;
        intoApdu(mine);
        other.intoApdu(theirs);
        return equalInConstantTime(mine.view(), theirs.view());
    }
    bool isWeak(const card::PinRules& rules, const card::PinHolder& holder) const override {
        return pin_.isWeak(rules, holder);
    }
    void intoApdu(LockedBytes& command) const override { pin_.into(command); }

  private:
    card::Pin pin_;
};

PinEntry entryOf(PinPurpose purpose) {
    switch (purpose) {
        case PinPurpose::current:
            return PinEntry::current;
        case PinPurpose::fresh:
            return PinEntry::fresh;
        case PinPurpose::repeated:
            return PinEntry::repeated;
        case PinPurpose::proof:
            break;
    }
    return PinEntry::proof;
}

std::vector<Notice> noticesOf(const PinPrompt& prompt) {
    std::vector<Notice> notices;
    if (prompt.wasWrong) notices.push_back({{"pin-entry.wrong"}, Tone::danger});
    if (prompt.triesLeft > 0) {
        notices.push_back({{"pin-entry.tries", {{"tries", std::to_string(prompt.triesLeft)}}},
                           prompt.wasWrong ? Tone::danger : Tone::info});
    }
    if (prompt.wasWeak) notices.push_back({{"pin-entry.weak"}, Tone::warning});
    if (prompt.hint) notices.push_back({{"pin-entry.hint"}, Tone::info});
    if (prompt.wasAnother) notices.push_back({{"pin-entry.differ"}, Tone::warning});
    if (prompt.wasUnchanged) notices.push_back({{"pin-entry.unchanged"}, Tone::warning});
    return notices;
}

}  // namespace

std::unique_ptr<ports::EnteredPin> knownPin(const std::string& digits) {
    auto pin = card::Pin::of(SecretText(digits));
    LIQU_ASSERT(pin.has_value());
    return std::make_unique<TypedPin>(std::move(*pin));
}

ports::PinReading ScreenPinPad::read(const PinPrompt& prompt, ports::PinLength length) {
    PinScreen screen;
    screen.entry = entryOf(prompt.purpose);
    screen.digits = static_cast<int>(length.most);
    screen.cardTail = prompt.cardTail;
    screen.notices = noticesOf(prompt);
    for (int entries = 0; entries < mostShortEntries; ++entries) {
        const auto action = conversation_.ask(screen);
        if (!action) {
            const bool late = conversation_.whyLeft() == ErrorCode::visitTimedOut;
            return {late ? PinEnd::timedOut : PinEnd::cancelled, nullptr};
        }
        if (action->kind != ActionKind::submit) return {PinEnd::cancelled, nullptr};
        const SecretText typed = action->entry("pin");
        const std::size_t count = typed.reveal().size();
        auto pin = card::Pin::of(typed);
        if (pin && count >= length.least && count <= length.most)
            return {PinEnd::entered, std::make_unique<TypedPin>(std::move(*pin))};
        screen.notices = {
            {{"pin-entry.short", {{"digits", std::to_string(length.least)}}}, Tone::warning}};
    }
    return {PinEnd::cancelled, nullptr};
}

}  // namespace liqu::session
