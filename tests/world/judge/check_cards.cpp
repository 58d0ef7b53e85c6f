// Every physical card is where the ledger says, and the ledger is sound by itself.
#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

// Which places of the books a card may be at that physically lies there.
std::set<std::string> bookedPlaces(const std::string& physical) {
    if (physical.substr(0, 7) == "hopper ") return {"hopper-" + physical.substr(7)};
    if (physical == "chip") return {"chip-station"};
    if (physical == "print" || physical == "rear" || physical == "transport" ||
        physical == "jammed") {
        return {"chip-station", "transport"};
    }
    if (physical == "bin") return {"hold-bin", "reject-bin"};
    if (physical == "mouth") return {"mouth"};
    if (physical == "holder" || physical == "old-card-bin") return {physical};
    return {"missing"};
}

using Balances = std::map<std::string, long>;

// Replays the moves; false where a place would hold less than nothing.
bool replay(const std::vector<CsvRow>& ledger, Balances& balances,
            std::map<std::string, std::string>& placeOf) {
    long number = 0;
    for (const CsvRow& move : ledger) {
        if (std::atol(move.at("move").c_str()) != ++number) return false;
        const long quantity = std::atol(move.at("quantity").c_str());
        balances[move.at("from")] -= quantity;
        balances[move.at("to")] += quantity;
        if (quantity < 1) return false;
        if (move.at("from") != "bank" && balances[move.at("from")] < 0) return false;
        const std::string& card = move.at("card_number");
        if (!card.empty()) placeOf[card] = move.at("to");
    }
    return true;
}

std::string physicalSummary(const std::map<std::string, long>& counts) {
    std::string text;
    for (const auto& [place, count] : counts) text += place + "=" + std::to_string(count) + " ";
    return text;
}

// One that was made elsewhere and taken in for another.
bool isOldCard(const CsvRow& card) {
    return card.at("condition") == "recovered" && card.at("place") == "old-card-bin";
}

// What was never touched is booked as it came; only cards of an order carry one.
void checkBlanks(Bench& bench) {
    bool asTheyCame = true;
    for (const CsvRow& card : bench.evidence.stock) {
        if (isOldCard(card)) continue;
        const CsvRow& first = bench.evidence.stock.front();
        asTheyCame = asTheyCame && card.at("bank") == first.at("bank") && card.at("lane") == "1";
        if (card.at("place") != "hopper-1") continue;
        asTheyCame = asTheyCame && card.at("condition") == "blank" && card.at("order_id").empty();
    }
    bench.expect(asTheyCame, "blanks in the hopper are booked as they came");
    bool occasions = true;
    for (const CsvRow& move : bench.evidence.ledger) {
        const bool loaded = move.at("from") == "bank" && move.at("to") != "old-card-bin";
        const bool broughtBack = move.at("from") == "holder" && move.at("to") == "reject-bin";
        const Json* order = nullptr;
        for (const Json& one : bench.evidence.world.value("orders", Json::array())) {
            if (textAt(one, "orderId") == move.at("order_id")) order = &one;
        }
        occasions =
            occasions && (loaded || broughtBack ? move.at("order_id").empty() : order != nullptr);
    }
    bench.expect(occasions,
                 "every move but the loading, and what staff take back, belongs to an order");
}

}  // namespace

void checkCards(Bench& bench) {
    Balances balances;
    std::map<std::string, std::string> lastMoved;
    bench.expect(replay(bench.evidence.ledger, balances, lastMoved),
                 "the ledger's moves follow one another and no place falls below zero");

    std::map<std::string, std::string> booked;
    std::map<std::string, long> numbered;
    for (const CsvRow& card : bench.evidence.stock) {
        booked[card.at("card_number")] = card.at("place");
        ++numbered[card.at("place")];
    }
    for (const auto& [card, place] : lastMoved) {
        bench.expectEqual(booked[card], place, "card " + card + " is where its last move put it");
    }
    checkBlanks(bench);
    std::map<std::string, long> physical;
    for (const Json& card : bench.evidence.world.value("cards", Json::array())) {
        const std::string number = textAt(card, "cardNumber");
        const std::string place = textAt(card, "place");
        const auto allowed = bookedPlaces(place);
        // A blank that never said its number is booked where it was loaded; the sums catch it.
        const bool known = lastMoved.contains(number) || place.substr(0, 6) == "hopper";
        if (known) {
            bench.expect(allowed.contains(booked[number]),
                         "card " + number + " lies at \"" + place + "\" as booked", booked[number]);
        }
        std::string account = booked[number];
        if (!allowed.contains(account)) {
            // Without a name it is the card one of these places has too many.
            account = *allowed.begin();
            for (const std::string& one : allowed) {
                if (balances[one] > physical[one]) account = one;
            }
        }
        ++physical[account];
    }
    for (const auto& [place, count] : physical) balances.try_emplace(place, 0);
    for (const auto& [place, count] : balances) {
        if (place == "bank") continue;
        bench.expect(count == physical[place],
                     "the ledger's sum of " + place + " is the number of cards there",
                     std::to_string(count) + " booked, there are " + physicalSummary(physical));
    }
    std::set<std::string> numbers;
    for (const Json& card : bench.evidence.world.value("cards", Json::array())) {
        numbers.insert(textAt(card, "cardNumber"));
    }
    bool sameCards = numbers.size() == bench.evidence.stock.size();
    for (const CsvRow& card : bench.evidence.stock) {
        sameCards = sameCards && numbers.contains(card.at("card_number"));
    }
    bench.expect(sameCards, "the books know exactly the cards there are");
}

}  // namespace liqu::judge
