// Where the card is after something went wrong: every device error says it, because a
// prefabricated card must never leave the books unseen (design: the fate of the card).
#pragma once

#include <cstdint>

#include "firmware/base/words.hpp"

namespace liqu {

enum class CardFate : std::uint8_t {
    notFed,          // still in the hopper, nothing moved
    atPrintStation,  // inside the printer, under the print head
    atChipStation,   // inside the printer, on the contact station
    inTransport,     // inside the printer, somewhere else
    presented,       // sticking out of the mouth
    taken,           // in the hand of a person
    discarded,       // in the bin behind the printer
    unknown,         // nobody can say before sensors are asked
};

constexpr auto wordsOf(CardFate) {
    return words<CardFate>({{CardFate::notFed, "not fed"},
                            {CardFate::atPrintStation, "at the print station"},
                            {CardFate::atChipStation, "at the chip station"},
                            {CardFate::inTransport, "inside the printer"},
                            {CardFate::presented, "at the mouth"},
                            {CardFate::taken, "taken"},
                            {CardFate::discarded, "in the bin"},
                            {CardFate::unknown, "unknown"}});
}

}  // namespace liqu
