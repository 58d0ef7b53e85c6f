// What an act on the social PIN works on: the citizen's own card, as it was read in this visit,
// and what was entered. It lives for one order, and nothing of it is kept.
#pragma once

#include "firmware/chip/citizen_card.hpp"

namespace liqu::issuance {

struct PinAct {
    chip::CitizenCard& card;
    const chip::CitizenCardShown& shown;
    const ports::EnteredPin* old = nullptr;  // null: the card has none yet
    const ports::EnteredPin* fresh = nullptr;
    std::string transportPin{};  // of a reset
    Duration patience{};
    int triesBefore = 0;       // as the card said before anything was sent; 0: it has no PIN
    chip::PinAnswer answer{};  // to what was sent
    PersonalBytes command{};   // of an unlock or a reset, made for the card's last challenge
};

}  // namespace liqu::issuance
