// 社保密码: the digits of one social PIN, as they were entered. They stay where they are: what can
// be done with them is done here, and there is no way to ask for them.
#pragma once

#include <optional>

#include "firmware/base/locked_bytes.hpp"
#include "firmware/card/pin_rules.hpp"

namespace liqu::card {

// A card takes 4 to 16 digits, a terminal 4 to 12 of them (hardware-notes/chip.md, "PIN and
// blocking").
inline constexpr std::size_t shortestPin = 4;
inline constexpr std::size_t longestPin = 16;

class Pin {
  public:
    // None: another length, or something that is no digit.
    static std::optional<Pin> of(const SecretText& digits);

    bool matches(const Pin& other) const;
    bool isWeak(const PinRules& rules, const PinHolder& holder) const;
    // Two digits a byte, an odd count filled with F: never empty.
    void into(LockedBytes& command) const;

  private:
    Pin() = default;
    LockedBytes digits_;  // one a byte
};

}  // namespace liqu::card
