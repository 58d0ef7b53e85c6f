// What is said around 撤回申请. What becomes of the old card is the province's word alone.
#pragma once

#include "firmware/services/service.hpp"

namespace liqu::services {

// Why an application cannot be withdrawn here.
enum class WithdrawBar : std::uint8_t {
    noApplication,
    elsewhere,   // applied for at another place: that outlet does it
    paid,        // 已缴纳工本费
    feeInDoubt,  // whether it was paid is being found out, or people decide
    batch,       // 已生成数据批次, or more
    counter,     // people look at it
};
constexpr auto wordsOf(WithdrawBar) {
    return words<WithdrawBar>({{WithdrawBar::noApplication, "none"},
                               {WithdrawBar::elsewhere, "elsewhere"},
                               {WithdrawBar::paid, "paid"},
                               {WithdrawBar::feeInDoubt, "fee-in-doubt"},
                               {WithdrawBar::batch, "batch"},
                               {WithdrawBar::counter, "counter"}});
}

// As the province says it stands; the fee apart. none: nothing is in its way.
std::optional<WithdrawBar> barOf(const province::Application& application,
                                 const policy::RegionPolicy& region);

screen::PersonPage withdrawBarPage(WithdrawBar bar);
screen::PersonPage withdrawAgreePage(const province::Application& application);
// cards: as the province lists them afterwards; null where it did not say.
screen::PersonPage withdrawnPage(const province::CardList* cards, const std::string& orderId,
                                 const policy::RegionPolicy& region);
// The application is there still.
screen::PersonPage withdrawFailedPage(const Error& error);
// It may have been done.
screen::PersonPage withdrawUnconfirmedPage(const std::string& orderId);

// All of them, with made-up values.
std::vector<screen::PersonPage> withdrawPages(const Occasion& occasion);

}  // namespace liqu::services
