// Which PINs are too easy to guess (Guangdong Art.18: not too simple). A value and pure functions;
// the list and the patterns in use come from a file (policy/weak_pins.hpp).
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/base/words.hpp"

namespace liqu::card {

enum class PinPattern : std::uint8_t {
    allSame,
    steps,       // each one more, or one less, than the one before; 0 follows 9
    pairs,       // ABABAB
    triples,     // ABCABC
    doubles,     // AABBCC
    palindrome,  // ABCCBA
    twoDigits,   // at most two different ones
    fourInARow,
};
constexpr auto wordsOf(PinPattern) {
    return words<PinPattern>({{PinPattern::allSame, "all-same"},
                              {PinPattern::steps, "steps"},
                              {PinPattern::pairs, "pairs"},
                              {PinPattern::triples, "triples"},
                              {PinPattern::doubles, "doubles"},
                              {PinPattern::palindrome, "palindrome"},
                              {PinPattern::twoDigits, "two-digits"},
                              {PinPattern::fourInARow, "four-in-a-row"}});
}

// One digit a byte, 0 to 9.
using PinDigits = std::span<const std::uint8_t>;

bool hasPattern(PinDigits digits, PinPattern pattern);

struct PinRules {
    std::vector<PinPattern> patterns{};
    std::set<std::string, std::less<>> values{};  // what many people choose
};

// Whoever knows them, or finds the wallet, knows these.
struct PinHolder {
    PersonalText socialNumber{};  // 社会保障号码; it has the date of birth
    PersonalText birthDate{};     // YYYYMMDD, where it is known without the number
    PersonalText phone{};
    PersonalText cardNumber{};
    PersonalText bankNumber{};
};

bool isOfHolder(PinDigits digits, const PinHolder& holder);
bool isWeak(PinDigits digits, const PinRules& rules, const PinHolder& holder);

}  // namespace liqu::card
