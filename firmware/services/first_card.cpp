// 首次申领: a card for who has none (Guangdong Art.8, 36).
#include "firmware/services/catalogue.hpp"

namespace liqu::services {

const Service firstCard{.id = "first-card",
                        .application = province::ApplicationKind::newCard,
                        .plan = &issuance::cardPlan,
                        .picture = screen::Picture::newCard};

}  // namespace liqu::services
