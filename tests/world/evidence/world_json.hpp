// world.json: what was asked of the run, which faults happened, where every physical card is, and
// what the robot saw and did.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/result.hpp"
#include "tests/world/card_printer/card_places.hpp"
#include "tests/world/evidence/kiosk_books.hpp"
#include "tests/world/fault_plan.hpp"

namespace liqu::world {

inline constexpr const char* oldCardBin = "old-card-bin";

// The card of their own that a person brought: where it is at the end, and its PIN.
struct OwnCardState {
    std::string cardNumber, place, pin;
};

// What was done at the counter after the visit.
struct CounterState {
    std::string act;                            // giveToHolder, giveToAgent, takeBackWrong
    std::string cardNumber;                     // that lay in the staff's hand
    std::vector<std::string> people;            // the two, and who confirmed
    std::map<std::string, std::string> papers;  // by what they are
};

struct WorldState {
    std::string visit, chipVersion, service, language, profile;
    std::string documentType, documentNumber, documentName;
    std::uint64_t seed = 1;
    double speed = 1.0;
    std::vector<ArmedFault> faults;
    CardPlaces cards;
    std::vector<OrderLine> orders;
    std::vector<std::string> screens;
    std::optional<std::string> takenCard;
    std::string reason;   // the last code a screen gave; empty: none
    std::string trouble;  // what kept the run from ending; empty: nothing
    bool idCardLeft = false;
    std::optional<OwnCardState> ownCard{};
    // What the visit must have led to, by name; those that say nothing are left out.
    std::map<std::string, std::string> afterwards{};
    std::optional<CounterState> counter{};
    std::string olderProvince{};           // the kiosk speaks to it: "hn"
    bool feeByCode = false;                // is paid by a code on the screen
    std::vector<std::string> feeWrongs{};  // what the service that collects it found wrong
};

Result<void> writeWorldJson(const std::filesystem::path& path, const WorldState& state);

}  // namespace liqu::world
