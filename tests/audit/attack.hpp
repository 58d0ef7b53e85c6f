// Somebody who has the whole machine, with its keys as they are then, and makes the record say
// something else.
#pragma once

#include "firmware/base/words.hpp"
#include "tests/audit/recorder.hpp"

namespace liqu::proof {

enum class Attack : std::uint8_t {
    change,          // a field of a line, or a move it saw
    drop,            // a line
    swap,            // two lines
    cut,             // the end
    cutAndContinue,  // the end, and other lines in its place, with the key that was found
    rewrite,         // any of these, with digests and macs made anew with the key that was found
    restoreOldCopy,  // an older disk put back
    continueOldCopy  // an older disk put back with its key of then, and used on
};
constexpr auto wordsOf(Attack) {
    return words<Attack>({{Attack::change, "change"},
                          {Attack::drop, "drop"},
                          {Attack::swap, "swap"},
                          {Attack::cut, "cut"},
                          {Attack::cutAndContinue, "cut and continue"},
                          {Attack::rewrite, "rewrite"},
                          {Attack::restoreOldCopy, "restore an old copy"},
                          {Attack::continueOldCopy, "go on from an old copy"}});
}

struct Tampered {
    witness::Record record;
    std::int64_t touched = 0;  // the first line that is not what it was
};

Tampered tamper(const Recorded& honest, Attack attack, SeededRandom& random);

}  // namespace liqu::proof
