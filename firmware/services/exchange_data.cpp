// 换卡: what stands on the card has changed (Guangdong Art.29). The new data are those of the ID
// card and the register, which agree (issuance/binding.hpp): nobody is asked for another paper.
#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"

namespace liqu::services {

namespace {
constexpr Exchange exchangeDataExchange{.reason = province::RecoverReason::data};
}  // namespace

const Service exchangeData{.id = "exchange-data",
                           .application = province::ApplicationKind::infoChanged,
                           .plan = &issuance::cardPlanWithFee,
                           .exchange = &exchangeDataExchange,
                           .says = exchangeSays,
                           .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
