// The province's own audit: what may never be so, whatever the kiosk did and whatever was lost.
#include <algorithm>
#include <map>
#include <set>

#include "tests/world/province/books.hpp"

namespace liqu::world {
namespace {

class Audit {
  public:
    explicit Audit(const Books& books) : books_(books) {}

    std::vector<std::string> run() {
        applications();
        permits();
        cards();
        blanks();
        terminals();
        incidents();
        return std::move(found_);
    }

  private:
    void say(const std::string& what) { found_.push_back(what); }
    void demand(bool holds, const std::string& what) {
        if (!holds) say(what);
    }

    int cardsOfApplication(const std::string& number) const {
        int count = 0;
        for (const auto& [key, card] : books_.cards) count += card.applicationNo == number;
        return count;
    }

    bool isReturned(const std::string& number) const {
        return std::ranges::any_of(books_.cards, [&](const auto& entry) {
            return entry.second.applicationNo == number && entry.second.returned;
        });
    }

    int openPermits(const std::string& number) const {
        int count = 0;
        for (const auto& [key, permit] : books_.permits) {
            count += permit.applicationNo == number && permit.state == PermitState::open;
        }
        return count;
    }

    void applications() {
        std::map<std::string, int> openOf;
        for (const auto& [number, application] : books_.applications) {
            const std::string& state = application.state;
            if (application.open()) ++openOf[application.socialNumber];
            const int cards = cardsOfApplication(number);
            demand(cards <= 1, "two cards for one application: " + number);
            const bool made = state == "REPORTED_OK" || state == "ENABLED" || state == "HELD" ||
                              state == "HANDED_OVER";
            const bool returned = state == "CANCELLED" && isReturned(number);
            demand((made || returned) == (cards == 1),
                   "state and card do not fit: " + number + " " + state);
            demand((state == "DATA_READY") == (openPermits(number) == 1),
                   "state and permit do not fit: " + number + " " + state);
        }
        for (const auto& [person, count] : openOf) {
            demand(count <= 1, "two open applications of one person");
        }
    }

    void permits() {
        std::set<std::string> openBlanks;
        for (const auto& [id, permit] : books_.permits) {
            demand(books_.applications.contains(permit.applicationNo),
                   "a permit for no application: " + id);
            const auto blank = books_.blanks.find(permit.blankId);
            if (blank == books_.blanks.end()) {
                say("a permit for an unknown blank: " + id);
                continue;
            }
            const BlankState state = blank->second.state;
            if (permit.state == PermitState::open) {
                demand(openBlanks.insert(permit.blankId).second,
                       "two open permits for one blank: " + permit.blankId);
                demand(state == BlankState::permitted,
                       "an open permit for a blank that is not permitted: " + permit.blankId);
            }
            demand(permit.state != PermitState::reportedOk || state == BlankState::used,
                   "reported made, blank not used: " + permit.blankId);
            demand(permit.state != PermitState::reportedFailed || state == BlankState::spoiled,
                   "reported failed, blank not spoiled: " + permit.blankId);
        }
    }

    void cards() {
        std::set<std::string> blanks;
        std::map<std::string, int> inForce;
        for (const auto& [number, card] : books_.cards) {
            if (card.state == "NORMAL") ++inForce[card.socialNumber];
            demand(card.timesHandedOver <= 1, "handed over twice: " + number);
            demand(!card.returned || card.timesHandedOver == 0,
                   "returned to the bank and handed over: " + number);
            if (card.applicationNo.empty()) continue;
            demand(blanks.insert(card.blankId).second, "two cards from one blank: " + card.blankId);
            const auto permit = books_.permits.find(card.permitId);
            demand(permit != books_.permits.end() && permit->second.cardNo == number &&
                       permit->second.state == PermitState::reportedOk,
                   "a card nobody permitted: " + number);
            demand(books_.persons.contains(card.socialNumber), "a card of nobody: " + number);
        }
        for (const auto& [person, count] : inForce) {
            demand(count <= 1, "two cards in force for one person");
        }
    }

    void blanks() {
        for (const auto& [id, blank] : books_.blanks) {
            const bool bound = blank.state != BlankState::inStock;
            demand(bound != blank.applicationNo.empty(), "blank and application differ: " + id);
        }
    }

    void terminals() {
        std::map<std::string, std::set<std::int64_t>> seen;
        for (const auto& [key, message] : books_.carriedOut) {
            if (message.terminalSeq == 0) continue;
            demand(seen[message.terminalId + message.epoch].insert(message.terminalSeq).second,
                   "one sequence number for two facts: " + std::to_string(message.terminalSeq));
        }
    }

    // Refusals of business are normal; a break of the contract or of security never is.
    void incidents() {
        for (const Incident& incident : books_.incidents) {
            demand(incident.code != "PROTOCOL" && incident.code != "SECURITY",
                   incident.code + " " + incident.detail + " at " + incident.messageType + ": " +
                       incident.what);
        }
    }

    const Books& books_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> violations(const Books& books) {
    return Audit(books).run();
}

}  // namespace liqu::world
