// 首次申领: a card for who has none (Guangdong Art.8, 36).
#include <array>

#include "firmware/services/catalogue.hpp"

namespace liqu::services {
namespace {

constexpr std::array<policy::Term, 2> terms = {
    // 一人一卡清理: whose card is of another city of the province has it cleared first. Elsewhere
    // it is a card like any other.
    policy::Term{.key = "otherCityCleared", .usual = 0},
    // 自主选择服务银行: the applicant says of which bank it is (Guangdong Art.8(2)).
    policy::Term{.key = "bankChoice", .usual = 0},
};

}  // namespace

const Service firstCard{.id = "first-card",
                        .application = province::ApplicationKind::newCard,
                        .plan = &issuance::cardPlan,
                        .terms = terms,
                        .picture = screen::Picture::newCard};

}  // namespace liqu::services
