// Who carries a service out at this machine: the strictest word of all who have one.
#pragma once

#include "firmware/services/service.hpp"

namespace liqu::services {

// Where and when it is asked for.
struct Setting {
    const policy::RegionPolicy& region;
    const province::Province& province;
    Date today{};
    // The machine has a slot for a citizen's own card, and something to enter its PIN on.
    bool takesPins = false;
};

// The region, for the machine's kind of site (guide where it leaves the service out, and where its
// rules are not in force, but for questions), and the province's system (guide where it has no
// message for it). The person's age and presence were asked for before.
policy::ServiceMode whoMay(const Service& service, const Setting& setting);

// Has the province's system every message that a card is made with?
bool canMakeCards(const province::Province& province);

// By the citizen, or with an attendant.
inline bool isOffered(const Service& service, const Setting& setting) {
    return whoMay(service, setting) != policy::ServiceMode::guide;
}

}  // namespace liqu::services
