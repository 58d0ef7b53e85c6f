// The book of fee orders against the collecting service's own account of a day.
#pragma once

#include <string>
#include <vector>

#include "firmware/payment/fee_order.hpp"
#include "firmware/ports/payment_channel.hpp"

namespace liqu::payment {

enum class Difference : std::uint8_t {
    onlyHere,   // booked as paid, and not in the account
    onlyThere,  // in the account, and no order of this machine
    amount,
    state,  // in the account, and not booked as paid
};
constexpr auto wordsOf(Difference) {
    return words<Difference>({{Difference::onlyHere, "only here"},
                              {Difference::onlyThere, "only there"},
                              {Difference::amount, "another amount"},
                              {Difference::state, "not booked as paid"}});
}

struct Unsettled {
    std::string orderNo;
    Difference what = Difference::onlyHere;
    ports::SettledPayment there{};  // none of it where it is only here
};

// ofDay: what the service said was paid that day; known: every order the account may name.
std::vector<Unsettled> compare(const std::vector<FeeOrder>& ofDay,
                               const std::vector<FeeOrder>& known,
                               const std::vector<ports::SettledPayment>& account);

}  // namespace liqu::payment
