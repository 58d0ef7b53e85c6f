#include "firmware/services/catalogue.hpp"

#include <algorithm>
#include <array>

namespace liqu::services {
namespace {

constexpr std::array<const Service*, 4> all = {&firstCard, &replacement, &progress, &cardState};

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

Result<void> checkServices(const policy::RegionPolicy& region, const std::filesystem::path& file) {
    const auto wrong = [&file](const std::string& id, std::string_view why) {
        return fail(ErrorCode::configBadValue,
                    file.filename().string() + ": service." + id + ": " + std::string(why));
    };
    for (const auto& [id, rule] : region.services) {
        if (serviceNamed(id) == nullptr) return wrong(id, "this version knows no such service");
        if (rule.mode == policy::ServiceMode::attended)
            return wrong(id, "this version has no attended services");
    }
    return {};
}

}  // namespace liqu::services
