#include "firmware/services/contradictions.hpp"

#include <array>

#include "firmware/services/catalogue.hpp"

namespace liqu::services {
namespace {

using policy::RegionPolicy;
using policy::ServiceMode;

ServiceMode modeOf(const RegionPolicy& region, std::string_view id) {
    const auto rule = region.services.find(std::string(id));
    return rule == region.services.end() ? ServiceMode::guide : rule->second.mode;
}

// A term that is not said is not meant.
bool says(const RegionPolicy& region, std::string_view id, std::string_view term) {
    const auto rule = region.services.find(std::string(id));
    if (rule == region.services.end()) return false;
    const auto value = rule->second.terms.find(term);
    return value != rule->second.terms.end() && value->second != 0;
}

struct Contradiction {
    std::string_view keys;
    std::string_view why;
    bool (*isIn)(const RegionPolicy&);
};

constexpr std::array contradictions = {
    Contradiction{.keys = "service.loss-formal.final, service.loss-formal.releasable",
                  .why = "what cannot be undone cannot be released",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return says(region, "loss-formal", "final") &&
                                 says(region, "loss-formal", "releasable");
                      }},
    Contradiction{.keys = "service.loss-formal.final, service.loss-release.formal",
                  .why = "what cannot be undone cannot be released",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return says(region, "loss-formal", "final") &&
                                 says(region, "loss-release", "formal");
                      }},
    Contradiction{.keys = "service.loss-formal.mode",
                  .why = "it is done in writing, before an attendant",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return modeOf(region, "loss-formal") == ServiceMode::self;
                      }},
    Contradiction{.keys = "service.loss-release.mode, service.loss-release.formal",
                  .why = "who released what was reported in writing is seen by an attendant",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return modeOf(region, "loss-release") == ServiceMode::self &&
                                 says(region, "loss-release", "formal");
                      }},
    Contradiction{.keys = "service.pin-unlock.mode",
                  .why = "an attendant looks at the ID card and its holder",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return modeOf(region, "pin-unlock") == ServiceMode::self;
                      }},
    Contradiction{.keys = "service.pin-reset.mode",
                  .why = "an attendant looks at the ID card and its holder",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return modeOf(region, "pin-reset") == ServiceMode::self;
                      }},
    Contradiction{.keys = "service.same-number.mode",
                  .why = "the blanks of this machine have their numbers already",
                  .isIn =
                      [](const RegionPolicy& region) {
                          return modeOf(region, "same-number") != ServiceMode::guide;
                      }},
};

}  // namespace

Result<void> agreesWithItself(const RegionPolicy& region, Faults* faults) {
    for (const Contradiction& one : contradictions) {
        if (!one.isIn(region)) continue;
        const Error error{
            ErrorCode::configBadValue,
            region.policyId + ": " + std::string(one.keys) + ": " + std::string(one.why)};
        if (faults == nullptr) return fail(error);
        faults->push_back(error);
    }
    return {};
}

}  // namespace liqu::services
