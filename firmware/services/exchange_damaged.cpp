// 换卡: for a card that cannot be read any more, or is worn (Guangdong Art.27(2)1, 28; Shangluo
// Window Art.17). Who asks for it for nothing asks for quality.
#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"

namespace liqu::services {

namespace {
constexpr Exchange exchangeDamagedExchange{.reason = province::RecoverReason::damaged};
}  // namespace

const Service exchangeDamaged{.id = "exchange-damaged",
                              .application = province::ApplicationKind::damaged,
                              .plan = &issuance::cardPlanWithFee,
                              .exchange = &exchangeDamagedExchange,
                              .says = exchangeSays,
                              .pages = exchangePages,
                              .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
