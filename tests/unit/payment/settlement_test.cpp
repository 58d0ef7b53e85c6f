// The book of fees against the service's account of a day.
#include "firmware/payment/settlement.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::payment;

namespace {

FeeOrder order(const char* number, FeeState state, std::int64_t fen = 2000) {
    FeeOrder made;
    made.orderNo = number;
    made.amount = Money::ofFen(fen);
    made.state = state;
    return made;
}
ports::SettledPayment line(const char* number, std::int64_t fen = 2000, bool refund = false) {
    return {number, Money::ofFen(fen), "42001", refund};
}
std::string told(const std::vector<Unsettled>& found) {
    std::string all;
    for (const Unsettled& one : found)
        all += one.orderNo + " " + std::string(nameOf(one.what)) + "; ";
    return all;
}

}  // namespace

TEST_CASE("what the book and the account of the day say differently is named, line by line") {
    const std::vector<FeeOrder> known = {
        order("A", FeeState::paid), order("B", FeeState::closed),  order("C", FeeState::paid),
        order("D", FeeState::held), order("E", FeeState::closing), order("F", FeeState::refunded)};
    const std::vector<FeeOrder> ofDay = {known[0], known[2], order("G", FeeState::paid)};
    CHECK(told(compare(ofDay, known, {line("A"), line("C")})) == "G only here; ");
    CHECK(told(compare({}, known, {line("A"), line("F"), line("F", 2000, true)})) == "");
    CHECK(told(compare({}, known, {line("B"), line("E"), line("X"), line("C", 200'000)})) ==
          "B not booked as paid; E not booked as paid; X only there; C another amount; ");
    // Held is known to differ.
    CHECK(told(compare({}, known, {line("D", 1600)})) == "");
    CHECK(told(compare({known[0]}, known, {line("A", 2000, true)})) == "A only here; ");
}
