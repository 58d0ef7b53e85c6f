// The one fault table (decision 30): every fault of the world at the places where it matters, and
// what must come of it.
#pragma once

#include <span>
#include <string_view>

namespace liqu::scenario {

struct FaultRow {
    std::string_view fault;  // verb@place, and a second one where the way out fails too
    // The first screen that says something is wrong, and what it says; where nothing is, the last
    // screen before the welcome ("next-steps": the card was made).
    std::string_view screen;
    std::string_view reason;  // name of an error code, empty where the screen has none
    // After everything was settled and, where needed, a technician had been there.
    std::string_view cards;                   // "holder 1, reject-bin 1": all that left the hopper
    std::string_view application;             // the province's state, "-" where there is none
    std::string_view outbox;                  // "delivered 3"
    std::string_view service = "first-card";  // what was asked for
};

std::span<const FaultRow> faultTable();

}  // namespace liqu::scenario
