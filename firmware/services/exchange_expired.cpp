// 换卡: its validity is over, or will be within the months that the region says (Guangdong Art.30).
#include <array>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"

namespace liqu::services {

namespace {
constexpr Exchange exchangeExpiredExchange{.reason = province::RecoverReason::expired,
                                           .takesExpiredOnly = true};

constexpr std::array<policy::Term, 1> terms = {
    // 有效期届满前几个月内; 0: once its last day is over.
    policy::Term{.key = "beforeMonths",
                 .kind = policy::Term::Kind::number,
                 .least = 0,
                 .most = 12,
                 .usual = 0},
};
}  // namespace

const Service exchangeExpired{.id = "exchange-expired",
                              .application = province::ApplicationKind::expired,
                              .plan = &issuance::cardPlanWithFee,
                              .exchange = &exchangeExpiredExchange,
                              .says = exchangeSays,
                              .terms = terms,
                              .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
