// Looks at the simulated world and says what is so (truth.hpp). It is told what people do; the rest
// it sees for itself. One thread, or a lock around it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/province/books.hpp"
#include "tests/world/truth/truth.hpp"

namespace liqu::truth {

// Everything of it outlives the watch.
struct Surroundings {
    const world::PrinterEngine& printer;
    const world::ReaderEngine& idReader;
    const world::FaultPlan& faults;
    // The social number a card's chip holds; empty where none was written.
    std::function<std::string(const std::string& cardNumber)> holderOnChip;
    // A look into the province's books, under its lock.
    std::function<void(const std::function<void(world::Books&)>&)> withBooks;
    std::string terminal;
};

// The person a document belongs to; null where the province knows none.
world::Person* personOf(world::Books& books, const world::Document& document);

// A page whose "no" is a refusal: "consent", "loss-agree".
inline bool asksToAgree(std::string_view page) {
    return page == "consent" || page.ends_with("-agree");
}

// A page whose "no" is an answer like its "yes": the visit goes on.
inline bool offersMore(std::string_view page) {
    return page == "consent-choice";
}

class WorldWatch {
  public:
    explicit WorldWatch(Surroundings surroundings) : around_(std::move(surroundings)) {}

    void kioskStarts();
    // The first screen between two visits, or another of them.
    void machineIsFree();
    void visitBegins();
    // What people did since; each is a fact of its own.
    void happened(int Truth::*fact) { ++(told_.*fact); }

    Truth look(WallTime now);
    // Whose visit it is: the document that was read first. None before.
    const std::optional<world::Document>& holder() const { return holder_; }

  private:
    struct SeenCard {
        std::string number;
        std::string place;
        bool made = false;     // a whole face, and a chip that says whose it is
        bool touched = false;  // or any part of that, or put away
        std::string holder{};
    };
    std::vector<SeenCard> cardsOutside();
    void lookAtReader(Truth& truth, WallTime now);
    void lookAtCards(Truth& truth);
    void lookAtProvince(Truth& truth);
    void lookAtLoss(Truth& truth, const world::Card& card) const;
    void lookAtFaults(Truth& truth);
    std::string socialNumber();
    bool isConsumed(const std::string& card);

    Surroundings around_;
    Truth told_;  // what is told and not seen
    std::optional<world::Document> holder_;
    std::set<std::string> touchedBefore_;
    std::set<std::string> takenBefore_;
    std::set<std::string> inBinBefore_;
    std::map<std::string, std::string> statesBefore_;  // by card number
    std::map<std::string, std::string> dataBefore_;    // by social number
    std::set<std::string> struckChips_;                // in an earlier visit, too
};

}  // namespace liqu::truth
