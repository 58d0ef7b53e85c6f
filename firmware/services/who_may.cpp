#include "firmware/services/who_may.hpp"

#include <algorithm>

#include "firmware/services/catalogue.hpp"

namespace liqu::services {

using policy::ServiceMode;

ServiceMode whoMay(const Service& service, const Setting& setting) {
    const bool canBeSaid = std::ranges::all_of(
        service.says, [&](province::MessageType type) { return setting.province.can(type); });
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
