// 换卡: for another reason, which the attendant judges (Guangdong Art.27(2)5).
#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"

namespace liqu::services {

namespace {
constexpr Exchange exchangeOtherExchange{.reason = province::RecoverReason::other};
}  // namespace

const Service exchangeOther{.id = "exchange-other",
                            .application = province::ApplicationKind::other,
                            .plan = &issuance::cardPlanWithFee,
                            .exchange = &exchangeOtherExchange,
                            .says = exchangeSays,
                            .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
