// Which moves of a fee order are allowed: every pair of states is named here.
#include "firmware/payment/fee_state.hpp"

#include <doctest/doctest.h>
#include <map>
#include <set>

using namespace liqu;
using namespace liqu::payment;

namespace {

// From, and what it may become.
const std::map<FeeState, std::set<FeeState>> allowed = {
    {FeeState::opening,
     {FeeState::open, FeeState::closing, FeeState::closed, FeeState::paid, FeeState::held}},
    {FeeState::open, {FeeState::closing, FeeState::paid, FeeState::held}},
    {FeeState::closing, {FeeState::closed, FeeState::paid, FeeState::held}},
    {FeeState::closed, {FeeState::paid, FeeState::held, FeeState::refundWanted}},
    {FeeState::paid, {FeeState::refundWanted}},
    {FeeState::held, {FeeState::refundWanted}},
    {FeeState::refundWanted, {FeeState::refundSent, FeeState::refundStuck}},
    {FeeState::refundSent, {FeeState::refunded, FeeState::refundStuck}},
    {FeeState::refunded, {}},
    {FeeState::refundStuck, {}},
};

}  // namespace

TEST_CASE("each state becomes what it may, and nothing else") {
    const auto& states = wordTable<FeeState>.values();
    REQUIRE(allowed.size() == states.size());
    for (const FeeState from : states) {
        for (const FeeState to : states) {
            CAPTURE(nameOf(from));
            CAPTURE(nameOf(to));
            CHECK(mayBecome(from, to) == allowed.at(from).contains(to));
        }
    }
}

TEST_CASE("an order may be paid until a query proved that it was not") {
    CHECK(isOpen(FeeState::opening));
    CHECK(isOpen(FeeState::open));
    CHECK(isOpen(FeeState::closing));
    for (const FeeState over :
         {FeeState::closed, FeeState::paid, FeeState::held, FeeState::refundWanted})
        CHECK_FALSE(isOpen(over));
}
