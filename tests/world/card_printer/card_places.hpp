// Where the cards of the simulated world are, as far as the printer and the hand before it move
// them. A card is in exactly one place; only the machine moves it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "tests/world/card_printer/plastic_card.hpp"

namespace liqu::world {

enum class Station : std::uint8_t { print, chip, contactless, rear };

struct CardPlaces {
    std::vector<std::deque<PlasticCard>> hoppers;  // index 0 is lane 1
    std::optional<PlasticCard> inside;
    Station station = Station::print;  // of the card inside
    bool moving = false;               // between stations
    bool jammed = false;               // stuck there until somebody takes it out
    std::optional<PlasticCard> mouth;
    std::vector<PlasticCard> bin;
    std::vector<PlasticCard> tray;     // fell out of the standard exit, nobody held it
    std::vector<PlasticCard> holder;   // in the hand of a person
    std::vector<PlasticCard> removed;  // taken out by a technician
    std::vector<PlasticCard> gone;     // taken out through the cover by nobody knows whom

    struct Found {
        std::string place;  // "hopper 1", "transport", "chip", "print", "jammed", "mouth" …
        const PlasticCard* card = nullptr;
    };
    std::vector<Found> all() const;
    std::optional<Found> find(const std::string& cardId) const;
    std::string insidePlace() const;
};

}  // namespace liqu::world
