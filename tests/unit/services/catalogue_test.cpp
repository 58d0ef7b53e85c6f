#include "firmware/services/catalogue.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>

namespace liqu::services {
namespace {

TEST_CASE("each service has a name of its own, and is found by it") {
    std::set<std::string_view> ids;
    for (const Service* service : catalogue()) {
        CAPTURE(std::string(service->id));
        CHECK(ids.insert(service->id).second);
        CHECK(serviceNamed(service->id) == service);
        // Part of keys of words and of policy, and of what the robot touches.
        const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
        CHECK(std::ranges::all_of(service->id, fits));
    }
    CHECK(serviceNamed("firstCard") == nullptr);
    CHECK(serviceNamed("") == nullptr);
}

TEST_CASE("a service makes an order, or answers a question") {
    for (const Service* service : catalogue()) {
        CAPTURE(std::string(service->id));
        CHECK((service->plan != nullptr) != (service->ask != nullptr));
        CHECK((service->plan != nullptr) == service->application.has_value());
        CHECK(planOf(service->id) == service->plan);
    }
    CHECK(planOf("dance") == nullptr);
}

TEST_CASE("an application is of the service that makes it") {
    CHECK(serviceFor(province::ApplicationKind::newCard) == &firstCard);
    CHECK(serviceFor(province::ApplicationKind::lost) == &replacement);
    CHECK(serviceFor(province::ApplicationKind::warranty) == nullptr);
}

TEST_CASE("a region that names a service nobody knows is refused") {
    policy::RegionPolicy region;
    CHECK(checkServices(region, "/etc/region.toml"));
    region.services["replacement"].mode = policy::ServiceMode::self;
    CHECK(checkServices(region, "/etc/region.toml"));
    region.services["first-crad"].mode = policy::ServiceMode::self;
    const auto checked = checkServices(region, "/etc/region.toml");
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == ErrorCode::configBadValue);
    CHECK(checked.error().cause.find("region.toml: service.first-crad") != std::string::npos);
}

TEST_CASE("a region that wants a service attended is refused by a version without attendants") {
    policy::RegionPolicy region;
    region.services["replacement"].mode = policy::ServiceMode::guide;
    CHECK(checkServices(region, "region.toml"));
    region.services["replacement"].mode = policy::ServiceMode::attended;
    CHECK_FALSE(checkServices(region, "region.toml"));
}

}  // namespace
}  // namespace liqu::services
