// 补卡: another card for who lost the last one, after its formal loss (Guangdong Art.27).
#include "firmware/services/catalogue.hpp"

namespace liqu::services {

const Service replacement{.id = "replacement",
                          .application = province::ApplicationKind::lost,
                          .plan = &issuance::cardPlanWithFee,
                          .picture = screen::Picture::replacedCard};

}  // namespace liqu::services
