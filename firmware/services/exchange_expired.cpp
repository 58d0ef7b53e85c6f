// 换卡: its validity is over (Guangdong Art.30).
#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"

namespace liqu::services {

namespace {
constexpr Exchange exchangeExpiredExchange{.reason = province::RecoverReason::expired,
                                           .takesExpiredOnly = true};
}  // namespace

const Service exchangeExpired{.id = "exchange-expired",
                              .application = province::ApplicationKind::expired,
                              .plan = &issuance::cardPlanWithFee,
                              .exchange = &exchangeExpiredExchange,
                              .says = exchangeSays,
                              .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
