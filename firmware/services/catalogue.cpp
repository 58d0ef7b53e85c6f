#include "firmware/services/catalogue.hpp"

#include <algorithm>
#include <array>

#include "firmware/services/guidance.hpp"

namespace liqu::services {
namespace {

constexpr std::array<const Service*, 19> all = {
    &firstCard, &replacement,     &lossTemporary, &lossFormal,      &lossRelease,
    &withdraw,  &enable,          &pinFirst,      &pinChange,       &pinUnlock,
    &pinReset,  &exchangeDamaged, &exchangeData,  &exchangeExpired, &exchangeOther,
    &quality,   &progress,        &cardState,     &dataChange};

template <typename Value>
const Service* found(const Value& value, Value Service::*const member) {
    const auto service =
        std::ranges::find_if(all, [&](const Service* one) { return one->*member == value; });
    return service == all.end() ? nullptr : *service;
}

}  // namespace

std::span<const Service* const> catalogue() {
    return all;
}

const Service* serviceNamed(std::string_view id) {
    return found(id, &Service::id);
}

const issuance::Plan* planOf(std::string_view id) {
    const Service* service = serviceNamed(id);
    return service == nullptr ? nullptr : service->plan;
}

const Service* serviceFor(province::ApplicationKind application) {
    return found(std::optional(application), &Service::application);
}

std::optional<policy::Terms> termsOf(std::string_view id) {
    const Service* service = serviceNamed(id);
    if (service != nullptr) return service->terms;
    // What the machine only tells about has none.
    return isInGuide(id) ? std::optional(policy::Terms()) : std::nullopt;
}

}  // namespace liqu::services
