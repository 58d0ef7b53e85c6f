// Every service this kiosk can carry out. What of it is offered, the region says.
#pragma once

#include <span>

#include "firmware/base/result.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/services/service.hpp"

namespace liqu::services {

// In the order in which a person is asked.
std::span<const Service* const> catalogue();
// null: no service of this version.
const Service* serviceNamed(std::string_view id);
bool isService(std::string_view id);
// null: an application that none of the services makes.
const Service* serviceFor(province::ApplicationKind application);

// A region that names a service nobody knows promises what does not happen: configBadValue.
Result<void> checkServices(const policy::RegionPolicy& region);

// One each, in a file of its name.
extern const Service firstCard;
extern const Service replacement;

}  // namespace liqu::services
