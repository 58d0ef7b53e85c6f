// 社保密码 on the chip: tries left, verify, change, set for the first time, unlock, reset
// (hardware-notes/chip.md, "PIN and blocking"). The application is selected; nothing here selects,
// resets or repeats.
//
// Each call that costs a try sends one command, whatever comes back: a transport's error is an
// outcome of its own (unknown), after which the tries are asked and the citizen is asked, never the
// card a second time. A frame without a new PIN cannot be said with these types: it would leave the
// card with none.
#pragma once

#include <optional>
#include <string>

#include "firmware/chip/card_channel.hpp"
#include "firmware/ports/card_authority.hpp"
#include "firmware/ports/pin_pad.hpp"

namespace liqu::chip {

// Of the PIN itself, asked without a try.
struct PinState {
    enum class Kind : std::uint8_t {
        none,  // no PIN is set
        set,   // and so many tries are left
        locked,
    };
    Kind kind = Kind::none;
    int triesLeft = 0;
};

enum class PinOutcome : std::uint8_t {
    done,
    wrong,               // so many tries are left, one or more
    locked,              // now, or before
    unlockKeyRefused,    // the cryptogram, or the MAC, was not the card's: no second try
    unlockKeyDead,       // the card can never be unlocked again
    authenticationLost,  // by a reset, or the challenge is gone: nothing was done
    dead,                // the application or the card is blocked
    noPin,               // the card has no such PIN, or no such key
    writeFailed,         // the memory failed: what is in it now is not known
    conditions,          // not now: for staff
    refusedFrame,        // the card does not take our command: ours, or the profile's, is wrong
    foreign,             // an answer of another application
    unknown,             // sent, and no answer came
};

struct PinAnswer {
    PinOutcome outcome = PinOutcome::unknown;
    int triesLeft = 0;         // wrong: of what was tried
    std::uint16_t status = 0;  // as the card said it; 0: it said nothing
    // Nobody knows what is in the card now.
    bool isOpen() const {
        return outcome == PinOutcome::unknown || outcome == PinOutcome::writeFailed;
    }
};

// What a status word means to each command (hardware-notes/chip.md, "PIN and blocking").
PinAnswer verifyAnswer(std::uint16_t status);
PinAnswer changeAnswer(std::uint16_t status);
PinAnswer unlockKeyAnswer(std::uint16_t status);
PinAnswer maintenanceAnswer(std::uint16_t status);

class SocialPin {
  public:
    // offersT1: how the question for the tries is framed.
    SocialPin(CardChannel& channel, bool offersT1) : channel_(channel), offersT1_(offersT1) {}

    // Costs nothing. An error is the reader's, or the card's that has no PIN.
    Result<PinState> ask();

    PinAnswer verify(const ports::EnteredPin& pin);
    PinAnswer change(const ports::EnteredPin& old, const ports::EnteredPin& fresh);
    // Only right after ask() said that there is none: with one it is a wrong old PIN, and a try.
    PinAnswer setFirst(const ports::EnteredPin& fresh);

    // 解锁: the tries are whole again, the PIN is kept.
    Result<PinAnswer> unlock(const ports::CardKeyContext& card, ports::CardAuthority& keys,
                             ports::PinAuthority& messages);
    // 重置: to the transport PIN, which is then changed before the card is used.
    Result<PinAnswer> reset(const ports::CardKeyContext& card, ports::CardAuthority& keys,
                            ports::PinAuthority& messages, const std::string& transportPin);

    // Apart, because between them it is asked once more which card lies there, and the intent is
    // committed. An error: nothing was sent to the card that could change it.
    Result<PinAnswer> openUnlockKey(const ports::CardKeyContext& card, ports::CardAuthority& keys);
    // Empty transportPin: an unlock.
    Result<PersonalBytes> prepare(const ports::CardKeyContext& card, ports::PinAuthority& messages,
                                  const std::string& transportPin);
    PinAnswer carryOut(const PersonalBytes& command);

  private:
    PinAnswer changeFrame(const ports::EnteredPin* old, const ports::EnteredPin& fresh);
    Result<ports::Block8> drawChallenge();

    CardChannel& channel_;
    bool offersT1_;
};

}  // namespace liqu::chip
