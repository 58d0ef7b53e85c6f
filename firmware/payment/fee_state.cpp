#include "firmware/payment/fee_state.hpp"

#include <algorithm>

namespace liqu::payment {
namespace {

struct Move {
    FeeState from;
    FeeState to;
};
constexpr Move moves[] = {
    {FeeState::opening, FeeState::open},
    // A code that was never shown is ended like any other.
    {FeeState::opening, FeeState::closing},
    // Asked after a stop: it was opened, and paid at once.
    {FeeState::opening, FeeState::paid},
    {FeeState::opening, FeeState::held},
    // The platform said that it opens none.
    {FeeState::opening, FeeState::closed},
    {FeeState::open, FeeState::closing},
    {FeeState::open, FeeState::paid},
    {FeeState::open, FeeState::held},
    {FeeState::closing, FeeState::closed},
    {FeeState::closing, FeeState::paid},
    {FeeState::closing, FeeState::held},
    // Closed is not final.
    {FeeState::closed, FeeState::paid},
    {FeeState::closed, FeeState::held},
    {FeeState::closed, FeeState::refundWanted},
    {FeeState::paid, FeeState::refundWanted},
    {FeeState::held, FeeState::refundWanted},
    {FeeState::refundWanted, FeeState::refundSent},
    {FeeState::refundWanted, FeeState::refundStuck},
    {FeeState::refundSent, FeeState::refunded},
    {FeeState::refundSent, FeeState::refundStuck},
};

}  // namespace

bool mayBecome(FeeState from, FeeState to) {
    return std::ranges::any_of(
        moves, [&](const Move& move) { return move.from == from && move.to == to; });
}

}  // namespace liqu::payment
