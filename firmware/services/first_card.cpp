// 首次申领: a card for who has none (Guangdong Art.8, 36).
#include <array>

#include "firmware/services/catalogue.hpp"

namespace liqu::services {
namespace {

constexpr std::array<policy::Term, 1> terms = {
    // 一人一卡清理: whose card is of another city of the province has it cleared first. Elsewhere
    // it is a card like any other.
    policy::Term{.key = "otherCityCleared", .usual = 0},
};

}  // namespace

const Service firstCard{.id = "first-card",
                        .application = province::ApplicationKind::newCard,
                        .plan = &issuance::cardPlan,
                        .terms = terms,
                        .picture = screen::Picture::newCard};

}  // namespace liqu::services
