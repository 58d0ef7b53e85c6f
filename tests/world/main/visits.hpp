// The visits the simulated world can play: who comes, with which document, for what, and what
// lies in the hopper. Everybody here is synthetic and known to the simulated province
// (province/persons.json).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tests/world/id_reader/documents.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::world {

// A card of their own that a person brings, of this number; none where that is empty.
struct OwnCardPlan {
    std::string_view number;
    std::string_view pin = "360271";
    int triesLeft = 6;
};

// Who pays the fee, and how: nothing is collected here, or a code on the screen is paid, or not.
enum class FeePlan { atCounter, paidByCode, unpaid };

// What the branch does at the window once the citizen has gone.
enum class CounterPlan { none, giveToHolder, giveToAgent, takeBackWrong };

// They come once before, for this service, and go home from that screen; or walk away.
struct EarlierVisit {
    std::string_view service;
    std::string_view leavesAt;
};

// What books and chip must say afterwards; what is empty is of no account.
struct Afterwards {
    std::string_view order{};        // the end of the last order, "carriedOut"
    std::string_view message{};      // carried out by the province, exactly once
    std::string_view cardNumber{};   // a card of the person; empty: the one that was made
    std::string_view cardState{};    // and how it stands at the province
    std::string_view takenInAs{};    // the reason under which it came into the old-card bin
    std::string_view application{};  // the state of the only application
    std::string_view pin{};          // in the chip of their own card
};

struct VisitPlan {
    std::string_view name;
    std::string_view says;
    Document (*document)();
    std::string_view service = "first-card";
    std::string_view chipVersion = "3.00";
    // What is changed in the province's books before.
    void (*before)(Books& books) = nullptr;
    OwnCardPlan ownCard{};
    std::string_view pins{};  // what they type where a PIN is asked for, in this order
    FeePlan fee = FeePlan::atCounter;
    EarlierVisit earlier{};
    Afterwards afterwards{};
    CounterPlan counter = CounterPlan::none;
    std::string_view fault{};  // it is part of the visit
};

// Those of the services beside a first card and a replacement.
std::span<const VisitPlan> serviceVisits();
// Null where there is none of that name.
const VisitPlan* visitNamed(std::string_view name);
// All of them, in the order they are listed for people.
std::vector<const VisitPlan*> visitPlans();

Document residentNamed(std::string name, std::string number, std::string sex = "1");

}  // namespace liqu::world
