#include "firmware/services/who_may.hpp"

#include <algorithm>

#include "firmware/services/catalogue.hpp"

namespace liqu::services {

using policy::ServiceMode;

namespace {

// What any card is made with: a system without one of them makes none.
constexpr province::MessageType makingSays[] = {
    province::MessageType::eligibilityCheck, province::MessageType::photoGet,
    province::MessageType::applyCreate,      province::MessageType::issueMark,
    province::MessageType::blankReserve,     province::MessageType::personalisationGet,
    province::MessageType::cardAuthInternal, province::MessageType::cardAuthExternal,
    province::MessageType::issueReport,      province::MessageType::issueEnable};

bool canAllBeSaid(const province::Province& province,
                  std::span<const province::MessageType> messages) {
    return std::ranges::all_of(messages,
                               [&](province::MessageType type) { return province.can(type); });
}

}  // namespace

bool canMakeCards(const province::Province& province) {
    return canAllBeSaid(province, makingSays);
}

ServiceMode whoMay(const Service& service, const Setting& setting) {
    const bool canBeSaid = canAllBeSaid(setting.province, service.says) &&
                           (!service.makesCard() || canMakeCards(setting.province));
    if (!canBeSaid || (service.isOfPin && !setting.takesPins)) return ServiceMode::guide;
    if (service.ask == nullptr && !setting.region.term.holdsOn(setting.today))
        return ServiceMode::guide;
    // Never without a person who stands by, whatever a region's file says (Guangdong Art.20(2),
    // 21(2)); an old card is looked at and taken in by one (Guangdong Art.28–30, 32).
    const bool attendedOnly =
        &service == &pinUnlock || &service == &pinReset || service.exchange != nullptr;
    const auto rule = setting.region.services.find(std::string(service.id));
    if (rule == setting.region.services.end()) return ServiceMode::guide;
    return attendedOnly ? std::max(rule->second.mode, ServiceMode::attended) : rule->second.mode;
}

}  // namespace liqu::services
