// 质量问题: another card for one that is faulty, for nothing (Guangdong Art.22(2), 28(2); Shangluo
// Art.9). That it is faulty, and not by its holder's fault, the attendant judges, never the holder.
#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"

namespace liqu::services {

namespace {
constexpr Exchange qualityExchange{.reason = province::RecoverReason::quality,
                                   .takesNotEnabled = true};
}  // namespace

const Service quality{.id = "quality",
                      .application = province::ApplicationKind::warranty,
                      .plan = &issuance::cardPlanWithFee,
                      .exchange = &qualityExchange,
                      .says = exchangeSays,
                      .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
