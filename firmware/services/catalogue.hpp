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
// null: no service of this version, or one without a plan.
const issuance::Plan* planOf(std::string_view id);
// null: an application that none of the services makes.
const Service* serviceFor(province::ApplicationKind application);

// A region that names a service nobody knows, or a way to carry it out that this version has not,
// promises what does not happen: configBadValue, with the file's name.
Result<void> checkServices(const policy::RegionPolicy& region, const std::filesystem::path& file);

// One each, in a file of its name.
extern const Service firstCard;
extern const Service replacement;
extern const Service progress;
extern const Service cardState;

}  // namespace liqu::services
