// Port: what a citizen's PIN is entered on (XFS4IoT words: PinPad). The digits stay in the pad, or
// in one locked buffer: whoever asked gets a handle that can compare, judge and go into a command.
// A pad with a card path of its own, or one that encrypts, can be put behind it.
#pragma once

#include <cstdint>
#include <memory>

#include "firmware/base/locked_bytes.hpp"
#include "firmware/card/pin_rules.hpp"

namespace liqu::ports {

class EnteredPin {
  public:
    virtual ~EnteredPin() = default;

    virtual bool matches(const EnteredPin& other) const = 0;
    // Too easy to guess, for everybody or for whoever knows this holder.
    virtual bool isWeak(const card::PinRules& rules, const card::PinHolder& holder) const = 0;
    // Appends it to a command for the card, two digits a byte.
    virtual void intoApdu(LockedBytes& command) const = 0;
};

enum class PinPurpose : std::uint8_t {
    current,   // the one the card has
    fresh,     // the new one
    repeated,  // the new one once more
    proof      // the new one, where nobody knows whether the card has it
};

// What is said above the pad; the pad words it.
struct PinPrompt {
    PinPurpose purpose = PinPurpose::current;
    PersonalText cardTail{};    // of the card it belongs to
    int triesLeft = 0;          // of the current one; 0: not said
    bool wasWrong = false;      // the entry before was not the card's
    bool wasWeak = false;       // … was too easy to guess
    bool hint = false;          // … more than twice: how one is found
    bool wasAnother = false;    // the two new ones were not the same
    bool wasUnchanged = false;  // the new one is the old one
};

struct PinLength {
    std::size_t least = 6;
    std::size_t most = 6;
};

enum class PinEnd : std::uint8_t { entered, cancelled, timedOut, tampered, broken };

struct PinReading {
    PinEnd end = PinEnd::broken;
    std::unique_ptr<EnteredPin> pin{};  // where it was entered
};

class PinPad {
  public:
    virtual ~PinPad() = default;
    virtual PinReading read(const PinPrompt& prompt, PinLength length) = 0;
};

}  // namespace liqu::ports
