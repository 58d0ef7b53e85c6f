#include "tests/world/card_printer/card_places.hpp"

namespace liqu::world {

std::string CardPlaces::insidePlace() const {
    if (jammed) return "jammed";
    if (moving) return "transport";
    switch (station) {
        case Station::print:
            return "print";
        case Station::chip:
            return "chip";
        case Station::contactless:
            return "contactless";
        case Station::rear:
            return "rear";
    }
    return "transport";
}

std::vector<CardPlaces::Found> CardPlaces::all() const {
    std::vector<Found> found;
    for (std::size_t i = 0; i < hoppers.size(); ++i) {
        for (const PlasticCard& card : hoppers[i]) {
            found.push_back({"hopper " + std::to_string(i + 1), &card});
        }
    }
    if (inside) found.push_back({insidePlace(), &*inside});
    if (mouth) found.push_back({"mouth", &*mouth});
    for (const PlasticCard& card : bin) found.push_back({"bin", &card});
    for (const PlasticCard& card : tray) found.push_back({"tray", &card});
    for (const PlasticCard& card : holder) found.push_back({"holder", &card});
    for (const PlasticCard& card : removed) found.push_back({"removed", &card});
    for (const PlasticCard& card : gone) found.push_back({"gone", &card});
    return found;
}

std::optional<CardPlaces::Found> CardPlaces::find(const std::string& cardId) const {
    for (const Found& one : all()) {
        if (one.card->id == cardId) return one;
    }
    return std::nullopt;
}

}  // namespace liqu::world
