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

// The keys of a service's own in a region's policy; none: no service of this version, nor one that
// it tells about.
std::optional<policy::Terms> termsOf(std::string_view id);

// One each, in a file of its name.
extern const Service firstCard;
extern const Service replacement;
extern const Service exchangeDamaged;
extern const Service exchangeData;
extern const Service exchangeExpired;
extern const Service exchangeOther;
extern const Service quality;
extern const Service progress;
extern const Service cardState;
extern const Service lossTemporary;
extern const Service lossFormal;
extern const Service lossRelease;
extern const Service pinFirst;
extern const Service pinChange;
extern const Service enable;
extern const Service withdraw;
extern const Service dataChange;
extern const Service pinUnlock;
extern const Service pinReset;

}  // namespace liqu::services
