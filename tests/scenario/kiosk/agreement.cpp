#include "tests/scenario/kiosk/agreement.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "firmware/base/assert.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::scenario {
namespace {

using world::BlankState;

// What the books and the world both can tell apart. A card a technician pulled out of a jam goes
// into the bin by hand.
std::string kindOfBookedPlace(const std::string& place) {
    if (place == "transport" || place == "chip-station") return "inside";
    if (place == "hold-bin" || place == "reject-bin") return "bin";
    return place;
}
std::string kindOfPhysicalPlace(const std::string& place) {
    if (place.starts_with("hopper ")) return "hopper-" + place.substr(7);
    if (place == "mouth" || place == "holder" || place == "bin") return place;
    if (place == "gone") return "missing";
    return place == "removed" ? "bin" : place == "tray" ? "tray" : "inside";
}

// By value: a loop over a temporary's inside would outlive it.
std::vector<storage::Row> rowsOf(storage::Database& database, std::string_view sql) {
    return database.query(sql).value();
}
std::vector<custody::Balance> balancesOf(storage::Database& database) {
    return custody::balances(database).value();
}

const std::string oldCardBin = custody::Place::oldCardBin().name();

class Comparison {
  public:
    explicit Comparison(const Sides& sides) : sides_(sides), places_(sides.places) {}

    std::vector<std::string> run() {
        const auto sound = custody::checkInvariants(sides_.database);
        if (!sound) say("the books: " + describe(sound.error()));
        for (const std::string& line : sides_.audit) say("the province: " + line);
        counts();
        numberedCards();
        finishedCards();
        if (outboxIsEmpty()) provinceKnows();
        return std::move(found_);
    }

  private:
    void say(const std::string& what) { found_.push_back(what); }

    std::string kindOf(const world::CardPlaces::Found& found) const {
        if (sides_.inCabinet.contains(found.card->id)) return "cabinet";
        if (sides_.atBank.contains(found.card->id)) return "bank";
        const auto known = sides_.province.cards.find(found.card->id);
        if (known != sides_.province.cards.end() && !known->second.recoveredAs.empty())
            return oldCardBin;
        return kindOfPhysicalPlace(found.place);
    }

    void counts() {
        std::map<std::string, std::int64_t> booked;
        std::map<std::string, std::int64_t> physical;
        for (const custody::Balance& one : balancesOf(sides_.database)) {
            if (one.place != custody::Place::bank())
                booked[kindOfBookedPlace(one.place.name())] += one.cards;
        }
        for (const auto& one : places_.all()) ++physical[kindOf(one)];
        physical["vault"] = sides_.inVault;
        // In the hand of staff; most were never in this machine. The province was told of each, or
        // the hands do as it is written down.
        physical[oldCardBin] =
            isAllTold() ? recoveredAtProvince()
                        : std::max<std::int64_t>(booked[oldCardBin], sides_.oldCardsTakenIn);
        for (const auto& [place, count] : booked) {
            if (physical[place] == count) continue;
            say(place + ": the books have " + std::to_string(count) + ", there are " +
                std::to_string(physical[place]));
        }
    }

    bool isAllTold() const {
        return outboxIsEmpty() && sides_.database.number("SELECT count(*) FROM closed_facts") == 0;
    }

    std::int64_t recoveredAtProvince() const {
        return std::ranges::count_if(sides_.province.cards, [this](const auto& entry) {
            return !entry.second.recoveredAs.empty() ||
                   sides_.oldCardsByLetter.contains(entry.first);
        });
    }

    void numberedCards() {
        for (const storage::Row& row :
             rowsOf(sides_.database,
                    "SELECT card_number, place FROM cards WHERE place NOT GLOB 'hopper-*'")) {
            const auto found = places_.find(row.text(0));
            const bool beside =
                row.text(1) == "vault" || row.text(1) == "bank" || row.text(1) == oldCardBin;
            if (beside && !found) continue;
            const std::string wanted = kindOfBookedPlace(row.text(1));
            if (found && kindOf(*found) == wanted) continue;
            say(row.text(0) + " is booked at " + row.text(1) + " and is at " +
                (found ? found->place : "no place"));
        }
    }

    // 服务银行: the card body is of the bank that was applied for.
    void bankOf(const std::string& number, const std::string& body) {
        const auto orders =
            sides_.database.query("SELECT bank_code FROM orders WHERE card_number = ?", {number})
                .value();
        for (const storage::Row& row : orders) {
            if (row.textOrEmpty(0) != body)
                say(number + " is a card of " + body + ", applied for with " + row.textOrEmpty(0));
        }
    }

    // A finished card shows its whole face, and its chip says whose it is.
    void finishedCards() {
        for (const storage::Row& row :
             rowsOf(sides_.database, "SELECT card_number, " + isToldInFull("cards") +
                                         " FROM cards WHERE condition = 'finished'")) {
            const std::string& number = row.text(0);
            const auto found = places_.find(number);
            if (!found || !found->card->hasWholeFace())
                say(number + " is finished without a whole face");
            if (found) bankOf(number, found->card->bank);
            const Bytes holder = sides_.chipOf(number).item(world::card_tag::socialNumber);
            const auto& cards = sides_.province.cards;
            const auto known = cards.find(number);
            if (known == cards.end()) {
                const bool isTold = row.integer(1) != 0 && outboxIsEmpty();
                if (isTold) say(number + " is finished and the province does not know it");
            } else if (std::string(textOf(holder)).substr(0, known->second.socialNumber.size()) !=
                       known->second.socialNumber) {
                say(number + ": chip and province name different holders");
            }
        }
    }

    bool outboxIsEmpty() const {
        return sides_.database
                   .number(
                       "SELECT count(*) FROM outbox WHERE state <> 'delivered' AND "
                       "fact NOT IN (SELECT fact FROM closed_facts)")
                   .value() == 0;
    }

    void provinceKnows() {
        const auto& books = sides_.province;
        for (const storage::Row& row :
             rowsOf(sides_.database,
                    "SELECT card_number, place, condition FROM cards "
                    "WHERE condition NOT IN ('blank','refused','recovered') AND " +
                        isToldInFull("cards"))) {
            const std::string& number = row.text(0);
            const std::string& condition = row.text(2);
            const auto blank = books.blanks.find(number);
            if (blank == books.blanks.end()) {
                say(number + " is no blank of the province");
                continue;
            }
            const BlankState state = blank->second.state;
            if (condition == "finished" && state != BlankState::used)
                say(number + " is not used at the province");
            if (condition == "spoiled" && state != BlankState::spoiled)
                say(number + " is not spoiled at the province");
            const auto card = books.cards.find(number);
            const bool handedOver = card != books.cards.end() && card->second.timesHandedOver == 1;
            if (row.text(1) == "holder" && !handedOver && sides_.hearsOfHandovers) {
                say(number + " is in the holder's hand, not at the province");
            }
        }
    }

    const Sides& sides_;
    const world::CardPlaces& places_;
    std::vector<std::string> found_;
};

std::string joined(const std::map<std::string, std::int64_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts) {
        if (count == 0) continue;
        text += (text.empty() ? "" : ", ") + name + " " + std::to_string(count);
    }
    return text.empty() ? "-" : text;
}

std::string listed(SimulatedKiosk& kiosk, std::string_view sql) {
    std::string text;
    for (const storage::Row& row : rowsOf(kiosk.database(), sql)) {
        text += (text.empty() ? "" : ", ") + row.text(0);
    }
    return text.empty() ? "-" : text;
}

}  // namespace

std::string isToldInFull(const std::string& cards) {
    return "coalesce(" + cards +
           ".order_id, '') NOT IN (SELECT order_id FROM outbox JOIN closed_facts USING(fact))";
}

std::vector<std::string> disagreements(const Sides& sides) {
    return Comparison(sides).run();
}

Sides sidesOf(SimulatedKiosk& kiosk) {
    Outside& outside = kiosk.outside();
    return {
        kiosk.database(),
        outside.printer->places(),
        outside.province(),
        outside.inVault,
        outside.older == nullptr ? outside.front->auditBooks() : outside.older->complaints(),
        [&outside](const std::string& card) -> world::CardEngine& { return outside.chipOf(card); },
        outside.inCabinet,
        outside.atBank,
        outside.oldCardsTakenIn,
        outside.oldCardsByLetter,
        outside.older == nullptr};
}

std::vector<std::string> disagreements(SimulatedKiosk& kiosk) {
    auto found = disagreements(sidesOf(kiosk));
    const auto& foreign = kiosk.owners().found();
    found.insert(found.end(), foreign.begin(), foreign.end());
    return found;
}

std::string cardsInBooks(SimulatedKiosk& kiosk) {
    std::map<std::string, std::int64_t> counts;
    for (const custody::Balance& one : balancesOf(kiosk.database())) {
        const std::string& name = one.place.name();
        if (name != "bank" && !name.starts_with("hopper-")) counts[name] = one.cards;
    }
    return joined(counts);
}

std::string applicationsAtProvince(SimulatedKiosk& kiosk) {
    std::string text;
    for (const auto& [number, application] : kiosk.outside().province().applications) {
        text += (text.empty() ? "" : ", ") + application.state;
    }
    return text.empty() ? "-" : text;
}

std::string outboxOf(SimulatedKiosk& kiosk) {
    std::map<std::string, std::int64_t> counts;
    for (const storage::Row& row :
         rowsOf(kiosk.database(),
                "SELECT state, count(*) FROM outbox "
                "WHERE message_type <> 'AUDIT.CHECKPOINT' GROUP BY state")) {
        counts[row.text(0)] = row.integer(1);
    }
    return joined(counts);
}

std::string ordersOf(SimulatedKiosk& kiosk) {
    return listed(kiosk, "SELECT state FROM orders ORDER BY order_id");
}

void takeOutAsBooked(SimulatedKiosk& kiosk) {
    Outside& outside = kiosk.outside();
    const auto isAt = [&](const std::string& number, const custody::Place& place) {
        const auto record = custody::findCard(kiosk.database(), number);
        return record && *record && (*record)->place == place;
    };
    const world::CardPlaces places = outside.printer->places();
    for (const world::PlasticCard& card : places.bin) {
        if (!isAt(card.id, custody::Place::cabinet())) continue;
        outside.printer->giveFromBin(card.id);
        outside.inCabinet.insert(card.id);
    }
    const std::set<std::string> kept = outside.inCabinet;
    for (const std::string& number : kept) {
        if (!isAt(number, custody::Place::bank())) continue;
        outside.inCabinet.erase(number);
        outside.atBank.insert(number);
    }
}

std::string standing(SimulatedKiosk& kiosk) {
    kiosk.citizen().seen.clear();
    kiosk.turn();
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        if (const auto* queries = std::get_if<screen::QueriesOnlyScreen>(&screen.content)) {
            return std::string(nameOf(queries->reason));
        }
        if (const auto* out = std::get_if<screen::OutOfServiceScreen>(&screen.content)) {
            return std::string(nameOf(out->reason));
        }
        if (std::holds_alternative<screen::WelcomeScreen>(screen.content)) return "welcome";
    }
    return "";
}

}  // namespace liqu::scenario
