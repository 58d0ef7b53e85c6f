// The fee of a card (工本费), as whoever owes it reads it: what it is and by which article, the
// code to scan, and that it came.
#pragma once

#include <string>

#include "firmware/issuance/making.hpp"
#include "firmware/screen/person_page.hpp"

namespace liqu::session {

// collector: whose account it goes to.
screen::PersonPage feeQuotePage(const province::FeeQuote& quote, const std::string& collector);
screen::PersonPage feeFreePage(const province::FeeQuote& quote);
// The code; it is the only one while it is shown.
screen::PersonPage feeCodePage(const issuance::FeeToPay& fee);
screen::PersonPage feeArrivedPage(Money amount);

}  // namespace liqu::session
